// What is told of the made-up grid: its node, contracts, rules, books and witnesses, and who wants to take part.

import { readersOf } from "../data/readers.ts";
import type * as Told from "../data/source.ts";
import type { GridPins } from "../trust/pins.ts";
import type { Policy } from "../types/energy-settlement.ts";
import { NAMES, NODE, type Street } from "./street.ts";

export function healthOf(street: Street): Told.Health {
    const node = {
        name: NODE,
        rpc: "https://node.example",
        state: "well",
        chainId: street.chain_id,
        height: 240_000,
        blockTime: street.now,
        oldestBlock: 1,
        index: true,
        took: 12,
    } as const;
    return { nodes: [node], archives: [], used: NODE, differences: [], clockOff: null };
}

export function codesOf({ contracts, code }: GridPins): readonly Told.CodeCheck[] {
    const of = (contract: "meter-registry" | "energy-settlement", address: string): Told.CodeCheck => ({
        contract,
        address,
        expected: code[contract],
        found: code[contract],
        admin: null,
        same: true,
    });
    return [of("meter-registry", contracts.registry), of("energy-settlement", contracts.settlement)];
}

export function rulesOf(street: Street): Told.Rules {
    return {
        // Written by the market itself, in the shape in which a settlement answers it.
        policy: street.policy as Policy,
        intervalLength: 900,
        challengePeriod: 86_400,
        reportLimit: 604_800,
        resolution: 1_000,
        homes: street.seats.length,
        operator: "wasm1example0operator",
        pendingOperator: null,
        fees: [
            {
                id: 1,
                label: "Street line",
                destination: { escrow: "wasm1example0escrow", project: 1, otherwise: "wasm1example0operator" },
            },
        ],
        rounding: { account: "wasm1example0operator" },
        concerns: [],
    };
}

export function booksOf(street: Street): Told.Books {
    const { deposited, free, held, community } = street.books;
    const sums = {
        deposited: BigInt(deposited),
        withdrawn: 0n,
        swept: 0n,
        free: BigInt(free),
        held: BigInt(held),
        community: BigInt(community),
    };
    return { ...sums, fees: [{ id: 1, amount: sums.community }], rounding: 0n, addsUp: true };
}

/** `windows`: the newest first. */
export function witnessesOf(street: Street, pins: GridPins, windows: readonly Told.Window[]): Told.Witnesses {
    const reported = windows.flatMap(({ firstInterval, report }) =>
        report === null ? [] : [{ firstInterval, report }],
    );
    const members = street.keys.map((publicKey, member) => {
        const signed = reported.filter(({ report }) => report.signers.includes(member));
        return {
            member,
            name: NAMES[member] ?? null,
            publicKey,
            pinned: true,
            signed: signed.length,
            lastSigned: signed[0]?.firstInterval ?? null,
        };
    });
    const [newest] = windows;
    const next =
        newest === undefined
            ? null
            : { firstInterval: newest.firstInterval + newest.intervals, gap: false, expiresAt: null };
    const readers = readersOf(pins, 1);
    return { epoch: 1, quorum: street.quorum, members, windows: reported.length, next, readers };
}

export function proposalsOf(street: Street): readonly Told.Proposal[] {
    const meter = {
        serial_hash: "ab".repeat(32),
        kind: "prosumer",
        import_limit: 17_250,
        export_limit: 10_000,
        provenance: "sealed",
    } as const;
    const expiresAt = street.now + 12 * 86_400;
    return [
        { proposal: 27, owner: "wasm1example0home030", meter, expiresAt },
        { proposal: 26, owner: "wasm1example0home012", meter: { ...meter, kind: "storage" as const }, expiresAt },
    ];
}
