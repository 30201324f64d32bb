// A grid's books under replay, on this device.

import { toHex, utf8 } from "../chain/bytes.ts";
import type { Policy } from "../types/energy-settlement.ts";
import type { Glue, Seat } from "./engine.ts";

/** What the event `window_settled` tells too, hex. */
export interface Hashes {
    readonly balances: string;
    readonly results: string;
}

/** Base units; times are unix seconds. Each call throws, in words, what cannot have happened, and has changed nothing then. */
export interface ReplayedBooks {
    open(slot: number, free: bigint): void;
    roster(version: number, seats: readonly (Seat | null)[]): void;
    /** A window that is held when the replay begins. */
    hold(finalAt: number, balances: Uint8Array, report: Uint8Array): Hashes;
    settle(now: number, finalAt: number, report: Uint8Array): Hashes;
    deposit(slot: number, amount: bigint): void;
    withdraw(now: number, slot: number, amount: bigint): void;
    /** The window whose end comes first, made final; null: it is not over. */
    finalise(now: number): number | null;
    /** A fee by its number, or what rounding left; how much there was. */
    sweep(fee: number | null): bigint;
    /** Null: there is no such account. */
    free(slot: number): bigint | null;
    sums(): ReplayedSums;
    /** Gives the memory back; nothing can be asked afterwards. */
    close(): void;
}

/** Since the replay began; `held` and, where that was the grid's beginning, all others are the grid's. */
export interface ReplayedSums {
    readonly deposited: bigint;
    readonly withdrawn: bigint;
    readonly swept: bigint;
    readonly held: bigint;
    readonly community: bigint;
}

/** Kinds of calls, as packages/engine/src/call.rs has them. */
const KIND = {
    open: 0,
    roster: 1,
    hold: 2,
    settle: 3,
    deposit: 4,
    withdraw: 5,
    finalise: 6,
    sweepRounding: 7,
    sweepFee: 8,
    free: 9,
    sums: 10,
} as const;

interface Given {
    readonly now?: number;
    readonly at?: number;
    readonly amount?: bigint;
    readonly first?: Uint8Array;
    readonly second?: Uint8Array;
}

const NONE = new Uint8Array();

export function replayedBooks(glue: Glue, policy: Policy): ReplayedBooks {
    const books = new glue.ReplayedBooks(JSON.stringify(policy));
    const call = (kind: keyof typeof KIND, { now = 0, at = 0, amount = 0n, first = NONE, second = NONE }: Given) =>
        books.call(KIND[kind], BigInt(now), BigInt(at), amount, first, second);
    return {
        open: (at, amount) => void call("open", { at, amount }),
        roster: (at, seats) => void call("roster", { at, first: utf8(JSON.stringify(seats)) }),
        hold: (at, second, first) => hashesOf(call("hold", { at, first, second })),
        settle: (now, at, first) => hashesOf(call("settle", { now, at, first })),
        deposit: (at, amount) => void call("deposit", { at, amount }),
        withdraw: (now, at, amount) => void call("withdraw", { now, at, amount }),
        finalise: (now) => {
            const first = call("finalise", { now });
            return first.length === 0 ? null : Number(numberOf(first));
        },
        sweep: (fee) => numberOf(fee === null ? call("sweepRounding", {}) : call("sweepFee", { at: fee })),
        free: (at) => {
            const free = call("free", { at });
            return free.length === 0 ? null : numberOf(free);
        },
        sums: () => {
            const bytes = call("sums", {});
            const sum = (at: number): bigint => numberOf(bytes.subarray(16 * at, 16 * at + 16));
            return { deposited: sum(0), withdrawn: sum(1), swept: sum(2), held: sum(3), community: sum(4) };
        },
        close: () => books.free(),
    };
}

/** Most significant byte first. */
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`);

function hashesOf(bytes: Uint8Array): Hashes {
    return { balances: toHex(bytes.subarray(0, 32)), results: toHex(bytes.subarray(32)) };
}
