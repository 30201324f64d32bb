// What happened to the money of the thousand homes, replayed once by the engine in Node.js, so that a page can do it again: what each home
// paid in, then window by window what became final and what was settled.
import { fromHex } from "../../src/chain/bytes.ts";
import type { Json } from "../../src/chain/json.ts";
import type { Seat } from "../../src/engine/engine.ts";
import type { Hashes } from "../../src/engine/replayed.ts";
import type { Policy } from "../../src/types/energy-settlement.ts";
import { engine } from "../../tests/engine.ts";
import type { Line } from "./lines.ts";

export const HOMES = 1_000;
export const DAY = 86_400;
/** What each home paid in, base units: more than a month costs, so that every home can always pay. */
const PAID_IN = 2_000_000_000n;
/** The block of the first payment; each has one of its own. */
const FIRST_PAYMENT = 10;
const FIRST_REPORT = FIRST_PAYMENT + HOMES;
/** Blocks of five seconds between two reports. */
const BLOCKS = { each: 180 };

/** A window, as it was settled after all before it. */
export interface Settled {
    readonly height: number;
    readonly reportedAt: number;
    readonly finalAt: number;
    readonly line: Line;
    readonly outcome: Outcome;
    readonly hashes: Hashes;
    /** First intervals of those that became final just before. */
    readonly final: readonly number[];
}

export interface Outcome {
    readonly totals: Record<"supply" | "demand" | "payable" | "traded" | "debit" | "credit", string>;
    readonly community: { readonly fees: readonly { readonly amount: string }[]; readonly rounding: string };
    readonly results: readonly { readonly debit: string; readonly credit: string }[];
}

export interface Books {
    readonly windows: readonly Settled[];
    /** By slot. */
    readonly free: readonly bigint[];
    readonly sums: Readonly<Record<"deposited" | "withdrawn" | "swept" | "free" | "held" | "community", bigint>>;
}

export async function booksOf(lines: readonly Line[]): Promise<Books> {
    const [first] = lines;
    if (first === undefined) throw new Error("expected a window at least");
    const books = (await engine()).replay(JSON.parse(first.policy) as Policy);
    for (let slot = 0; slot < HOMES; slot += 1) {
        books.open(slot, 0n);
        books.deposit(slot, PAID_IN);
    }
    books.roster(1, JSON.parse(first.seats) as Seat[]);
    const windows = lines.map((line, at) => {
        const reportedAt = (Number(line.decoded.first_interval) + line.decoded.intervals) * 900 + 1_800;
        const finalAt = reportedAt + DAY;
        const final: number[] = [];
        for (let one = books.finalise(reportedAt); one !== null; one = books.finalise(reportedAt)) final.push(one);
        const hashes = books.settle(reportedAt, finalAt, fromHex(line.report));
        const height = FIRST_REPORT + at * BLOCKS.each * line.decoded.intervals;
        return { height, reportedAt, finalAt, line, outcome: JSON.parse(line.settled.outcome), hashes, final };
    });
    const free = Array.from({ length: HOMES }, (_, slot) => books.free(slot) ?? 0n);
    const sums = { ...books.sums(), free: free.reduce((sum, one) => sum + one, 0n) };
    books.close();
    return { windows, free, sums };
}

/** Transactions that did something to the settlement, the oldest first. */
export function callsOf(
    { windows }: Books,
    settlement: string,
    settled: (window: Settled) => readonly Json[],
    carried: (height: number) => readonly string[],
) {
    const payments = Array.from({ length: HOMES }, (_, slot) => ({
        height: FIRST_PAYMENT + slot,
        tx: "",
        events: [eventOf("deposited", { _contract_address: settlement, slot, amount: PAID_IN })],
    }));
    const reports = windows.map((window) => ({
        height: window.height,
        tx: carried(window.height)[0] ?? "",
        events: [
            ...window.final.map((first) =>
                eventOf("window_finalised", { _contract_address: settlement, first_interval: first }),
            ),
            ...settled(window),
        ],
    }));
    return [...payments, ...reports];
}

export const eventOf = (type: string, attributes: Readonly<Record<string, string | number | bigint>>): Json => ({
    type: `wasm-${type}`,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: String(value), index: true })),
});
