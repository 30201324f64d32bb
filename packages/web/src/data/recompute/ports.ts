// What a replay of the books needs of whoever knows the grid.

import type { FoundTransaction } from "../../chain/rpc.ts";
import type { Engine, Seat } from "../../engine/engine.ts";
import type { Had, Report } from "../../trust/evidence.ts";
import type { Policy } from "../../types/energy-settlement.ts";
import type { BookSum, Page, Window, WindowReport } from "../source.ts";

/** What a node says of the books, as of one block. */
export interface ToldBooks {
    readonly node: string;
    readonly height: number;
    readonly free: ReadonlyMap<number, bigint>;
    readonly sums: Readonly<Record<BookSum, bigint>>;
}

export interface FoundPage {
    readonly total: number;
    readonly found: readonly FoundTransaction[];
}

export interface RecomputePorts {
    readonly settlement: string;
    /** Seconds of an interval. */
    readonly intervalLength: number;
    load(): Promise<Engine>;
    policy(): Promise<Policy>;
    told(): Promise<ToldBooks>;
    /** The newest first. */
    windows(before: number | null): Promise<Page<Window>>;
    seats(version: number, size: number): Promise<readonly (Seat | null)[]>;
    /** Transactions that did something to the settlement, the oldest first; `page` counts from 1. */
    calls(from: number, to: number, page: number): Promise<FoundPage>;
    /** Time of a block, unix seconds. */
    time(height: number): Promise<number>;
    /** What was paid into an account less what was taken out before a block, for one that has not traded yet. */
    paidBefore(slot: number, height: number): Promise<bigint>;
    report(firstInterval: number, report: WindowReport): Promise<Had<Report>>;
    balances(firstInterval: number, hash: string): Promise<Had<{ readonly bytes: Uint8Array }>>;
    /** Null: the signatures were not to be had. */
    signers(report: Report, reported: WindowReport): Promise<Had<readonly number[] | null>>;
}
