// The engine as the app reads it, against the native one: random windows of every rule, spoilt ones too, made and settled by Rust.
// `scripts/engine --check` compares every byte of the bindings; here it is what the app makes of them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { fromHex, toHex } from "../../src/chain/bytes.ts";
import type { Engine, Seat } from "../../src/engine/engine.ts";
import type { Policy } from "../../src/types/energy-settlement.ts";
import { engine } from "../engine.ts";

const WINDOWS = 150;
/** Bytes of a compressed public key and of a signature, in hex. */
const KEY = 66;
const SIGNATURE = 128;

interface Refused {
    readonly refused: string;
}

interface Line {
    readonly policy: string;
    readonly seats: string;
    readonly balances: string;
    readonly report: string;
    readonly decoded: Refused | Record<string, string | number>;
    readonly settled: Refused | Record<string, string>;
    readonly signed: {
        readonly chain_id: string;
        readonly registry: string;
        readonly report: string;
        readonly digest: string;
        readonly keys: string;
        readonly quorum: number;
        readonly members: readonly number[];
        readonly signatures: string;
        readonly verified: Refused | { readonly signers: number };
    };
}

let here: Engine;
let lines: readonly Line[];

beforeAll(async () => {
    here = await engine();
    const example = ["run", "--quiet", "--locked", "-p", "gridpact-engine", "--example", "windows", "--"];
    const root = new URL("../../../../", import.meta.url).pathname;
    const made = execFileSync("cargo", [...example, String(WINDOWS), "0"], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: 1e8,
    });
    lines = made
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Line);
    // Where nothing is built yet, Rust is.
}, 600_000);

/** What came of it, or the words of the refusal. */
function told<T>(work: () => T): T | Refused {
    try {
        return work();
    } catch (error) {
        return { refused: (error as Error).message };
    }
}

const fingerprint = (list: ArrayBufferView): string =>
    createHash("sha256")
        .update(new Uint8Array(list.buffer, list.byteOffset, list.byteLength))
        .digest("hex");

const parts = (hex: string, size: number): string[] => hex.match(new RegExp(`.{1,${size}}`, "g")) ?? [];

test("readings are decoded as natively", () => {
    for (const { report, decoded } of lines) {
        const got = told(() => {
            const one = here.decode(fromHex(report));
            const { epoch, rosterVersion, firstInterval, intervals, seats, revision, bodyHash } = one;
            return {
                epoch,
                roster_version: rosterVersion,
                first_interval: String(firstInterval),
                intervals,
                seats,
                revision,
                body_hash: bodyHash,
                imports: fingerprint(one.imports),
                exports: fingerprint(one.exports),
                qualities: fingerprint(one.qualities),
            };
        });
        expect(decoded).toMatchObject(got);
    }
});

test("windows are settled as natively, to the unit and in every step", () => {
    for (const { policy, seats, balances, report, settled } of lines) {
        const got = told(() =>
            here.settle(
                JSON.parse(policy) as Policy,
                JSON.parse(seats) as (Seat | null)[],
                fromHex(balances),
                fromHex(report),
            ),
        );
        if ("refused" in got || "refused" in settled) {
            expect(got).toEqual(settled);
            continue;
        }
        const asText = (value: unknown): unknown =>
            JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one)));
        const outcome = JSON.parse(settled["outcome"] ?? "") as { results: object[] };
        const intervals = JSON.parse(settled["intervals"] ?? "") as { index: unknown }[];
        expect(outcome.results).toMatchObject(asText(got.results) as object[]);
        expect(intervals.map(({ index, ...sums }) => ({ ...sums, interval: Number(index) }))).toEqual(
            asText(got.intervals),
        );
        expect([got.balancesHash, got.resultsHash]).toEqual([settled["balances_hash"], settled["results_hash"]]);
        for (const step of ["needed", "asked", "offered", "bought", "sold"] as const)
            expect(fingerprint(got[step]), step).toBe(settled[step]);
    }
});

test("signatures are checked as natively", () => {
    for (const { signed } of lines) {
        const report = fromHex(signed.report);
        expect(toHex(here.digest(signed.chain_id, signed.registry, report))).toBe(signed.digest);
        const keys = parts(signed.keys, KEY).map(fromHex);
        const each = parts(signed.signatures, SIGNATURE);
        const signatures = signed.members.map((member, at) => ({ member, signature: fromHex(each[at] ?? "") }));
        const got = told(() => ({
            signers: here
                .verify(signed.chain_id, signed.registry, report, keys, signed.quorum, signatures)
                .reduce((bits, member) => bits | (1 << member), 0),
        }));
        expect(got).toEqual(signed.verified);
    }
});

test("of each kind there are some that are refused, and more that are not", () => {
    expect(lines).toHaveLength(WINDOWS);
    for (const of of [
        ({ decoded }: Line) => decoded,
        ({ settled }: Line) => settled,
        ({ signed }: Line) => signed.verified,
    ]) {
        const refused = lines.filter((line) => "refused" in of(line)).length;
        expect(refused).toBeGreaterThan(5);
        expect(refused).toBeLessThan(WINDOWS / 2);
    }
});
