// What the screens ask for, and in which units they are told.
//
// Energy is whole mWh and money whole base units of the grid's asset, both `bigint`; a price is base units per MWh, `bigint`.
// Times are unix seconds. An interval is its index, unix seconds / interval length. `null` says that nobody knows, and never zero.
// A question that the chain or a node refuses ends with an error of src/chain/errors.ts, which src/words can say.

import type { GridPins } from "../trust/pins.ts";
import type { ProjectSource } from "./projects/source.ts";
import type { StreetInterval } from "./street.ts";
import type { Bill, BillUnknown } from "./told/bill.ts";
import type { GridInterval, HomeEnergy, Missing, Window } from "./told/energy.ts";
import type { Books, Home, Proposal, Rules } from "./told/grid.ts";
import type { Account, ChainAccount, Payment } from "./told/money.ts";
import type { Recomputed, RecomputeSpan, Recomputing } from "./told/recomputed.ts";
import type { CodeCheck, Health, Witnesses } from "./told/trust.ts";

export type * from "./told/bill.ts";
export type * from "./told/energy.ts";
export type * from "./told/grid.ts";
export type * from "./told/money.ts";
export type * from "./told/recomputed.ts";
export type * from "./told/trust.ts";

/** A page of a list. */
export interface Page<T> {
    readonly items: readonly T[];
    /** What to ask for to get the next page; null where the list ends. */
    readonly next: number | null;
}

/** Every question that the screens ask. */
export interface GridSource {
    /** grid.json, parsed and checked. */
    readonly grid: GridPins;
    /** Whether these are made-up data, to be marked on every screen. */
    readonly example: boolean;

    health(): Promise<Health>;
    codes(): Promise<readonly CodeCheck[]>;
    rules(): Promise<Rules>;
    books(): Promise<Books>;
    /** The books replayed on this device. Ends with the signal's reason when it is stopped. */
    recompute(span: RecomputeSpan, progress: (how: Recomputing) => void, signal: AbortSignal): Promise<Recomputed>;
    witnesses(): Promise<Witnesses>;

    /** Homes by number. */
    homes(after: number | null, limit: number): Promise<Page<Home>>;
    home(slot: number): Promise<Home | null>;
    homesOf(owner: string): Promise<readonly Home[]>;
    proposalsOf(owner: string): Promise<readonly Proposal[]>;
    /** Everybody's, the newest first; `before` is the number of the last one of the page before. */
    proposals(before: number | null): Promise<Page<Proposal>>;

    account(slot: number): Promise<Account | null>;
    /** Payments into and out of a home's account, the newest first; `before` is the height of the last one of the page before. */
    payments(slot: number, before: number | null): Promise<Page<Payment>>;
    chainAccount(address: string): Promise<ChainAccount>;

    /** Windows, the newest first, without sums; `before` is the first interval of the last one of the page before. */
    windows(before: number | null, limit: number): Promise<Page<Window>>;
    window(firstInterval: number): Promise<Window | null>;

    /** `progress` is called with parts of a whole, as windows arrive. At most 62 days. */
    homeEnergy(
        slot: number,
        from: number,
        to: number,
        progress?: (done: number, of: number) => void,
    ): Promise<HomeEnergy>;
    gridEnergy(
        from: number,
        to: number,
        progress?: (done: number, of: number) => void,
    ): Promise<readonly GridInterval[]>;

    /** Every home in one interval of the newest reported window, its last one unless told otherwise; null: nothing was reported yet. */
    streetAt(interval: number | null): Promise<StreetInterval | { readonly missing: readonly Missing[] } | null>;

    /** What is asked about projects; null where grid.json names no escrow. Loaded when somebody goes there. */
    projects(): Promise<ProjectSource | null>;

    /** A bill and its check, in one: nothing is shown as checked that was not. */
    bill(slot: number, firstInterval: number): Promise<Bill | BillUnknown>;
}
