// The grid's books as this device comes to them, event by event, beside what a node says. Units stand in ../source.ts.

import type { Forged } from "../../trust/evidence.ts";
import type { Missing } from "./energy.ts";

/** How far back: days before the newest settled window, or to the grid's beginning. */
export type RecomputeSpan = 1 | 7 | 30 | "all";

/** How far a replay has got. */
export interface Recomputing {
    readonly part: "listing" | "reading" | "settling";
    readonly done: number;
    readonly of: number;
}

export interface Recomputed {
    /** First interval of the window it began with; null: with the grid itself. */
    readonly began: number | null;
    /** Who told what is compared, and as of which block. */
    readonly node: string;
    readonly height: number;
    /** Windows settled here, those included that were held at the beginning. */
    readonly windows: number;
    /** Of these, how many had a quorum of signatures that was checked here. */
    readonly signed: number;
    /** Deposits, withdrawals and payments of the community. */
    readonly payments: number;
    readonly accounts: number;
    /** What all homes have, and what waits in windows that are not final, as it was worked out here. */
    readonly free: bigint;
    readonly held: bigint;
    /** What is not as the node says, the accounts with the largest difference first; empty: all is the same. */
    readonly differences: readonly BookDifference[];
    /** Why it could not be done to the end; null: it was. */
    readonly missing: Missing | TooLong | null;
    /** Everything that differs, to hand on; null: nothing does. */
    readonly file: string | null;
}

/** More happened than a phone goes through at once. */
export interface TooLong {
    readonly what: "too_long";
    readonly most: number;
    readonly of: "windows" | "payments";
}

export type BookSum = "deposited" | "withdrawn" | "swept" | "free" | "held" | "community";

export type BookDifference =
    | { readonly what: "account"; readonly slot: number; readonly here: bigint | null; readonly told: bigint | null }
    | { readonly what: "sum"; readonly sum: BookSum; readonly here: bigint; readonly told: bigint }
    /** A window was settled with other balances, or to other results, than here: the first of them. */
    | { readonly what: "balances" | "results"; readonly firstInterval: number }
    /** Something that cannot have happened after what was before; the replay ends there. */
    | { readonly what: "event"; readonly height: number; readonly detail: string }
    | { readonly what: "forged"; readonly firstInterval: number; readonly forged: Forged };
