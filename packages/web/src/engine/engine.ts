// The engine of the contracts, in this browser. It is loaded with the first check: 90 kB that a first view does not need.

import { joined, toHex } from "../chain/bytes.ts";
import type { Policy } from "../types/energy-settlement.ts";
import { type ReplayedBooks, replayedBooks } from "./replayed.ts";

/** A seat of a roster, and what was agreed with the slot that holds it. */
export interface Seat {
    readonly slot: number;
    readonly household: number;
    readonly weight: number;
    readonly part: number;
    readonly priority: number;
    readonly buy_tier: number;
    readonly sell_tier: number;
}

/** A report's readings: interval by interval, in each the seats in order; mWh. */
export interface Decoded {
    readonly epoch: number;
    readonly rosterVersion: number;
    readonly firstInterval: number;
    readonly intervals: number;
    readonly seats: number;
    readonly revision: number;
    /** Hex. */
    readonly bodyHash: string;
    readonly imports: BigUint64Array;
    readonly exports: BigUint64Array;
    readonly qualities: Uint8Array;
}

/** A window as this device settles it. Lists go interval by interval, in each the seats in order; mWh. */
export interface Settled {
    readonly results: readonly SeatResult[];
    readonly intervals: readonly IntervalSums[];
    readonly needed: BigUint64Array;
    readonly asked: BigUint64Array;
    readonly offered: BigUint64Array;
    readonly bought: BigUint64Array;
    readonly sold: BigUint64Array;
    /** Hex. */
    readonly balancesHash: string;
    readonly resultsHash: string;
}

/** Base units and mWh of a seat over the window. */
export interface SeatResult {
    readonly bought: bigint;
    readonly sold: bigint;
    readonly debit: bigint;
    readonly credit: bigint;
    /** What fees took from its earnings. */
    readonly fee: bigint;
}

export interface IntervalSums {
    readonly interval: number;
    readonly price: bigint;
    readonly supply: bigint;
    readonly demand: bigint;
    readonly counted: bigint;
    readonly payable: bigint;
    readonly traded: bigint;
}

/** Signatures under a report, each by a member's position in its committee. */
export interface ReportSignature {
    readonly member: number;
    readonly signature: Uint8Array;
}

export interface Engine {
    sha256(bytes: Uint8Array): Uint8Array;
    /** What a committee signs of a report; throws where the bytes are none. */
    digest(chainId: string, registry: string, report: Uint8Array): Uint8Array;
    /** The members that signed; throws, in words, where a quorum of these keys did not. */
    verify(
        chainId: string,
        registry: string,
        report: Uint8Array,
        keys: readonly Uint8Array[],
        quorum: number,
        signatures: readonly ReportSignature[],
    ): readonly number[];
    decode(report: Uint8Array): Decoded;
    settle(policy: Policy, seats: readonly (Seat | null)[], balances: Uint8Array, report: Uint8Array): Settled;
    /** Empty books to replay a grid's events on; `close` them after use. */
    replay(policy: Policy): ReplayedBooks;
}

export type Glue = typeof import("../../../engine/pkg/gridpact_engine.js");

let loading: Promise<Engine> | null = null;

/** The engine, loaded once. A load that failed is tried again with the next check. */
export function loadEngine(): Promise<Engine> {
    loading ??= (async () => {
        const glue = await import("../../../engine/pkg/gridpact_engine.js");
        const { default: wasm } = await import("../../../engine/pkg/gridpact_engine_bg.wasm?url");
        await glue.default({ module_or_path: wasm });
        return engineOf(glue);
    })().catch((error: unknown) => {
        loading = null;
        throw error;
    });
    return loading;
}

/** The engine of loaded bindings. */
export function engineOf(glue: Glue): Engine {
    return {
        sha256: (bytes) => glue.sha256(bytes),
        digest: (chainId, registry, report) => glue.report_digest(chainId, registry, report),
        verify: (chainId, registry, report, keys, quorum, signatures) => {
            const members = Uint8Array.from(signatures, ({ member }) => member);
            const signed = joined(signatures.map(({ signature }) => signature));
            const bits = glue.verify_report(chainId, registry, report, joined(keys), quorum, members, signed);
            return bitsOf(bits);
        },
        decode: (report) => {
            const decoded = new glue.DecodedReport(report);
            try {
                return {
                    epoch: decoded.epoch,
                    rosterVersion: decoded.roster_version,
                    firstInterval: Number(decoded.first_interval),
                    intervals: decoded.intervals,
                    seats: decoded.seats,
                    revision: decoded.revision,
                    bodyHash: toHex(decoded.body_hash),
                    imports: decoded.imports(),
                    exports: decoded.exports(),
                    qualities: decoded.qualities(),
                };
            } finally {
                decoded.free();
            }
        },
        settle: (policy, seats, balances, report) => {
            const window = new glue.SettledWindow(JSON.stringify(policy), JSON.stringify(seats), balances, report);
            try {
                return settledOf(window);
            } finally {
                window.free();
            }
        },
        replay: (policy) => replayedBooks(glue, policy),
    };
}

function settledOf(window: InstanceType<Glue["SettledWindow"]>): Settled {
    // Written by the engine itself: its shape is known.
    const outcome = JSON.parse(window.outcome()) as { results: Record<keyof SeatResult, string>[] };
    const intervals = JSON.parse(window.intervals()) as (Record<Exclude<keyof IntervalSums, "interval">, string> & {
        index: number;
    })[];
    const steps = window.steps();
    const each = steps.length / 5;
    const step = (at: number): BigUint64Array => steps.subarray(at * each, (at + 1) * each);
    return {
        results: outcome.results.map((one) => ({
            bought: BigInt(one.bought),
            sold: BigInt(one.sold),
            debit: BigInt(one.debit),
            credit: BigInt(one.credit),
            fee: BigInt(one.fee),
        })),
        intervals: intervals.map((one) => ({
            interval: Number(one.index),
            price: BigInt(one.price),
            supply: BigInt(one.supply),
            demand: BigInt(one.demand),
            counted: BigInt(one.counted),
            payable: BigInt(one.payable),
            traded: BigInt(one.traded),
        })),
        needed: step(0),
        asked: step(1),
        offered: step(2),
        bought: step(3),
        sold: step(4),
        balancesHash: toHex(window.balances_hash),
        resultsHash: toHex(window.results_hash),
    };
}

/** Positions of the bits that are set, the lowest first. */
export function bitsOf(bits: number): readonly number[] {
    return Array.from({ length: 32 }, (_, at) => at).filter((at) => ((bits >>> at) & 1) === 1);
}
