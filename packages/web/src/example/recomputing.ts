// What a replay needs, of the made-up street: its reports and balances, and events as its settlement would tell them.

import { fromHex } from "../chain/bytes.ts";
import type { ChainEvent, FoundTransaction } from "../chain/rpc.ts";
import type { RecomputePorts } from "../data/recompute/ports.ts";
import type { Window } from "../data/source.ts";
import type { Engine } from "../engine/engine.ts";
import type { Evidence } from "../trust/evidence.ts";
import type { GridPins } from "../trust/pins.ts";
import type { Policy } from "../types/energy-settlement.ts";
import { NODE, PAID_IN, paidIn, type Street, signaturesOf } from "./street.ts";

const PAGE = 30;
const LAST = 240_000;

export interface StreetParts {
    readonly street: Street;
    readonly pins: GridPins;
    /** The newest first. */
    readonly windows: readonly Window[];
    evidence(): Promise<Evidence>;
    load(): Promise<Engine>;
}

export function streetPorts({ street, pins, windows, evidence, load }: StreetParts): RecomputePorts {
    const { settlement } = pins.contracts;
    const calls = callsOf(street, settlement);
    const told = (firstInterval: number) => {
        const found = street.windows.find((window) => window.first_interval === firstInterval);
        if (found?.report == null) throw new Error(`expected a report of ${firstInterval}`);
        return { ...found, report: found.report };
    };
    const { deposited, free, held, community } = street.books;
    return {
        settlement,
        intervalLength: 900,
        load,
        policy: () => Promise.resolve(street.policy as Policy),
        told: () =>
            Promise.resolve({
                node: NODE,
                height: LAST,
                free: new Map(street.accounts.map((account, slot) => [slot, BigInt(account.free)])),
                sums: {
                    deposited: BigInt(deposited),
                    withdrawn: 0n,
                    swept: 0n,
                    free: BigInt(free),
                    held: BigInt(held),
                    community: BigInt(community),
                },
            }),
        windows: () => Promise.resolve({ items: windows, next: null }),
        seats: () => Promise.resolve(street.seats),
        calls: (from, to, page) => {
            const within = calls.filter(({ height }) => height >= from && height <= to);
            return Promise.resolve({ total: within.length, found: within.slice((page - 1) * PAGE, page * PAGE) });
        },
        time: (height) => Promise.reject(new Error(`expected a time that is known, got block ${height}`)),
        paidBefore: () => Promise.resolve(0n),
        report: (first) => {
            const one = told(first);
            const bytes = fromHex(one.report);
            return Promise.resolve({ got: { bytes, from: NODE, signatures: signaturesOf(one), transaction: null } });
        },
        balances: (first) => Promise.resolve({ got: { bytes: fromHex(told(first).balances ?? "") } }),
        signers: async (report, reported) => (await evidence()).signers(report, reported),
    };
}

/** The street's events, a block each: what was paid in, then window by window what became final and what was settled. */
function callsOf(street: Street, settlement: string): readonly FoundTransaction[] {
    const event = (type: string, attributes: Record<string, string>): ChainEvent => ({
        type: `wasm-${type}`,
        attributes: { _contract_address: settlement, ...attributes },
    });
    const call = (height: number, events: readonly ChainEvent[]): FoundTransaction => ({
        hash: "A".repeat(64),
        height,
        outcome: { code: 0, codespace: "", log: "", events, gasUsed: 0 },
    });
    const reported = street.windows.filter(({ report }) => report !== null);
    const settled = reported.map((window, at) => {
        const { first_interval: first, reported_at: now = 0 } = window;
        const since = reported[at - 1]?.reported_at ?? 0;
        const final = reported.filter(({ final_at: end = 0 }) => end > since && end <= now);
        const of = window as unknown as Readonly<Record<string, string>>;
        return call(window.height ?? 0, [
            ...final.map((one) => event("window_finalised", { first_interval: String(one.first_interval) })),
            event("window_settled", {
                first_interval: String(first),
                demand_mwh: of["demand"] ?? "0",
                payable_mwh: of["payable"] ?? "0",
                balances: window.balances_hash ?? "",
                results: window.results_hash ?? "",
            }),
        ]);
    });
    const deposits = street.accounts.map((_, slot) =>
        event("deposited", { slot: String(slot), amount: String(paidIn(slot)) }),
    );
    return [call(PAID_IN, deposits), ...settled];
}
