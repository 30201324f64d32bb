// Windows and their intervals, of the grid and of a home. Units stand in ../source.ts.

/** A window: what one report covered, in sums; a gap is one that nobody reported. */
export interface Window {
    readonly firstInterval: number;
    readonly intervals: number;
    readonly state: "gap" | "provisional" | "final";
    readonly report: WindowReport | null;
    /** Sums that the settlement told in the report's block; null for a gap, where the node has forgotten the block, and in lists. */
    readonly sums: WindowSums | null;
}

export interface WindowReport {
    readonly revision: number;
    readonly reportedAt: number;
    readonly finalAt: number;
    readonly height: number;
    readonly epoch: number;
    readonly seats: number;
    readonly rosterVersion: number;
    /** Members whose signatures were brought, by their positions. */
    readonly signers: readonly number[];
    readonly bodyHash: string;
    readonly digest: string;
}

export interface WindowSums {
    readonly supply: bigint;
    readonly demand: bigint;
    /** Demand that balances could pay; equal to demand where nobody was short of money. */
    readonly payable: bigint;
    readonly traded: bigint;
    readonly debits: bigint;
    readonly credits: bigint;
    readonly fees: bigint;
    readonly rounding: bigint;
    readonly lowestPrice: bigint;
    readonly highestPrice: bigint;
    /** SHA-256 of the free balances as used and of the results, hex. */
    readonly balancesHash: string | null;
    readonly resultsHash: string | null;
}

export type Quality = "measured" | "substituted" | "substituted_for_now" | "missing" | "limited";

/** One interval of one home. */
export interface HomeInterval {
    readonly interval: number;
    /** Null: no reading, or nobody has reported the interval. */
    readonly reading: { readonly taken: bigint; readonly given: bigint; readonly quality: Quality } | null;
    /** Bought from and sold to neighbours; null where it cannot be worked out here, and `why` says so. */
    readonly bought: bigint | null;
    readonly sold: bigint | null;
    /** Base units per MWh at which neighbours traded; null where nothing was traded. */
    readonly price: bigint | null;
    /** The utility's prices of the interval; null without a utility. */
    readonly retail: bigint | null;
    readonly feedIn: bigint | null;
    readonly final: boolean;
}

/** A home's intervals from `from` up to `to`, `to` not included; each interval once, in order. */
export interface HomeEnergy {
    readonly slot: number;
    readonly from: number;
    readonly to: number;
    readonly intervals: readonly HomeInterval[];
    /** What is settled a window, whole windows within the range only. */
    readonly windows: readonly HomeWindow[];
    /** What could not be had, if anything. */
    readonly missing: readonly Missing[];
}

/** What a window cost and earned a home. Money is rounded once a window, so intervals have none of their own. */
export interface HomeWindow {
    readonly firstInterval: number;
    readonly intervals: number;
    readonly state: "provisional" | "final";
    readonly finalAt: number;
    readonly debit: bigint | null;
    readonly credit: bigint | null;
}

/** One interval of the whole grid. */
export interface GridInterval {
    readonly interval: number;
    readonly supply: bigint;
    readonly demand: bigint;
    readonly traded: bigint;
    readonly price: bigint | null;
    readonly homesWithReading: number;
    readonly homesWithoutReading: number;
    readonly substituted: number;
}

/** What is needed for an answer and could not be had. The words say what to do. */
export type Missing =
    | { readonly what: "report"; readonly firstInterval: number; readonly height: number; readonly why: MissingWhy }
    | { readonly what: "sums"; readonly firstInterval: number; readonly height: number; readonly why: MissingWhy }
    | { readonly what: "balances"; readonly firstInterval: number; readonly why: MissingWhy }
    | { readonly what: "committee"; readonly epoch: number; readonly why: "not_pinned" }
    | { readonly what: "engine"; readonly why: "not_loaded" }
    | { readonly what: "payments"; readonly why: "no_index" | "unreachable" };

/**
 * `forgotten`: the node has no block so old (its oldest is told by its health) and no archive has the file; `no_archive`: only an
 * archive could have it and grid.json names none; `not_found`: it was nowhere; `wrong`: what came has another hash; `too_large`;
 * `unreachable`.
 */
export type MissingWhy = "forgotten" | "no_archive" | "not_found" | "wrong" | "too_large" | "unreachable";
