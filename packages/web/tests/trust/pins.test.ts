import { expect, test } from "vitest";
import { PinsError, readPins } from "../../src/trust/pins.ts";
import { pins } from "../pins.ts";

const PAGE = "http://192.168.7.1:8080/app/";
const read = (value: unknown) => readPins(JSON.stringify(value), PAGE);
// biome-ignore lint/suspicious/noExplicitAny: the point is to break it anywhere.
const broken = (change: (copy: any) => void): unknown => {
    const copy = structuredClone(pins);
    change(copy);
    return copy;
};

test("a right one is read as it is", () => {
    expect(read(pins)).toEqual(pins);
    expect(
        read({ ...pins, asset: { cw20: pins.contracts.escrow, symbol: "EURe", currency: null, decimals: 18 } }).asset,
    ).toEqual({
        cw20: pins.contracts.escrow,
        symbol: "EURe",
        currency: null,
        decimals: 18,
    });
});

test("a grid without an escrow has no code of one", () => {
    const { "pledge-escrow": _, ...code } = pins.code;
    const alone = read({ ...pins, code, contracts: { ...pins.contracts, escrow: null } });
    expect(alone.code["pledge-escrow"]).toBe(null);
    expect(() => read({ ...pins, code })).toThrow("code.pledge-escrow: expected 64 hex digits");
});

test("a grid.json that says nothing of who reads what is as good", () => {
    const { readers: _, ...without } = pins;
    expect(read(without)).toEqual({ ...pins, readers: null });
});

test("a village's node is reached through the page's own origin", () => {
    const village = broken((copy) => {
        copy.chain.nodes = [{ name: "Village", rpc: "/rpc", rest: "/rest/" }];
    });
    expect(read(village).chain.nodes).toEqual([
        { name: "Village", rpc: "http://192.168.7.1:8080/rpc", rest: "http://192.168.7.1:8080/rest" },
    ]);
});

test.each<[string, (copy: never) => void, string]>([
    [
        "another version",
        (copy: { version: number }) => {
            copy.version = 2;
        },
        "version: expected 1, got 2",
    ],
    [
        "no nodes",
        (copy: { chain: { nodes: unknown } }) => {
            copy.chain.nodes = [];
        },
        "chain.nodes: expected a list of 1 to 8, got []",
    ],
    [
        "a node on plain http elsewhere",
        (copy: { chain: { nodes: { rpc: string }[] } }) => {
            Object.assign(copy.chain.nodes[0] ?? {}, { rpc: "http://node.example" });
        },
        "chain.nodes[0].rpc: expected an https address",
    ],
    [
        "a node with a password in its address",
        (copy: { chain: { nodes: { rpc: string }[] } }) => {
            Object.assign(copy.chain.nodes[0] ?? {}, { rpc: "https://a:b@node.example" });
        },
        "chain.nodes[0].rpc: expected an https address",
    ],
    [
        "a script for an archive",
        (copy: { archives: string[] }) => {
            copy.archives = ["javascript:alert(1)"];
        },
        "archives[0]: expected an https address",
    ],
    [
        "one letter of a contract changed",
        (copy: { contracts: { registry: string } }) => {
            copy.contracts.registry = copy.contracts.registry.replace(/.$/, (last) => (last === "q" ? "p" : "q"));
        },
        "contracts.registry: expected an address of wasm",
    ],
    [
        "an address of another chain",
        (copy: { fee_granter: string }) => {
            copy.fee_granter = "cosmos1qypqxpq9qcrsszg2pvxq6rs0zqg3yyc5lzv7xu";
        },
        "fee_granter: expected an address of wasm",
    ],
    [
        "a checksum in capitals",
        (copy: { code: Record<string, string> }) => {
            copy.code["meter-registry"] = "A1".repeat(32);
        },
        "code.meter-registry: expected 64 hex digits",
    ],
    [
        "a key of another length",
        (copy: { committee: { members: { public_key: string }[] }[] }) => {
            Object.assign(copy.committee[0]?.members[0] ?? {}, { public_key: "AgI=" });
        },
        "committee[0].members[0].public_key: expected a compressed secp256k1 key",
    ],
    [
        "a quorum that two reports could reach",
        (copy: { committee: { quorum: number }[] }) => {
            Object.assign(copy.committee[0] ?? {}, { quorum: 2 });
        },
        "committee[0].quorum: expected more than two thirds of 4, got 2",
    ],
    [
        "readers of a committee that is not there",
        (copy: { readers: { epoch: number } }) => {
            copy.readers.epoch = 2;
        },
        "readers.epoch: expected an epoch of the committee, got 2",
    ],
    [
        "a reader who is none of the committee",
        (copy: { readers: { meters: { read_by: number[] }[] } }) => {
            Object.assign(copy.readers.meters[0] ?? {}, { read_by: [0, 4] });
        },
        "readers.meters[0].read_by[1]: expected a whole number from 0 to 3, got 4",
    ],
    [
        "a reader who counts twice",
        (copy: { readers: { meters: { read_by: number[] }[] } }) => {
            Object.assign(copy.readers.meters[0] ?? {}, { read_by: [1, 1] });
        },
        "readers.meters[0].read_by: expected each witness once, got [1,1]",
    ],
    [
        "a stretch of homes that ends before it begins",
        (copy: { readers: { meters: { slots: number[][] }[] } }) => {
            Object.assign(copy.readers.meters[0] ?? {}, { slots: [[4, 3]] });
        },
        "readers.meters[0].slots[0][1]: expected a whole number from 4",
    ],
    [
        "homes that overlap",
        (copy: { readers: { meters: { slots: number[][] }[] } }) => {
            const slots = [
                [0, 3],
                [3, 4],
            ];
            Object.assign(copy.readers.meters[0] ?? {}, { slots });
        },
        "readers.meters[0].slots[1][0]: expected a whole number from 4",
    ],
    [
        "a time zone that is none",
        (copy: { time_zone: string }) => {
            copy.time_zone = "Europe/Atlantis";
        },
        "time_zone: expected an IANA time zone",
    ],
    [
        "a name that turns letters around",
        (copy: { name: string }) => {
            copy.name = "Linden\u202Eweg";
        },
        "name: expected 1 to 60 letters",
    ],
    [
        "decimals that are none",
        (copy: { asset: { decimals: number } }) => {
            copy.asset.decimals = 2.5;
        },
        "grid.json: expected JSON",
    ],
    [
        "no money",
        (copy: { asset: unknown }) => {
            copy.asset = { symbol: "EUR", currency: null, decimals: 6 };
        },
        "asset.denom: expected a denomination, got null",
    ],
])("%s is told with its place", (_, change, words) => {
    expect(() => read(broken(change as (copy: unknown) => void))).toThrow(PinsError);
    expect(() => read(broken(change as (copy: unknown) => void))).toThrow(words);
});

test("what is no JSON is told", () => {
    expect(() => readPins("<!doctype html>", PAGE)).toThrow("grid.json: expected JSON");
});
