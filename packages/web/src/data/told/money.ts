// Accounts, of homes and of the chain. Units stand in ../source.ts.

/** A home's money. */
export interface Account {
    readonly slot: number;
    readonly owner: string;
    /** Can be taken out now. */
    readonly free: bigint;
    /** Earned in windows that are not final, which comes on top of `free`. */
    readonly coming: bigint;
    /** When the next and when the last of it becomes free; null where nothing is coming. */
    readonly nextAt: number | null;
    readonly lastAt: number | null;
}

/** Money in or out of a home's account, newest first. */
export interface Payment {
    readonly kind: "deposit" | "withdrawal";
    readonly slot: number;
    readonly amount: bigint;
    readonly who: string;
    readonly height: number;
    readonly time: number | null;
    readonly transaction: string;
}

/** An account of the chain: what it holds, and who pays its network fees. */
export interface ChainAccount {
    readonly address: string;
    /** Of the grid's asset. */
    readonly money: bigint;
    /** Of the coin that pays network fees. */
    readonly feeCoins: bigint;
    /** Whether the chain has ever heard of it. */
    readonly known: boolean;
    readonly allowance: Allowance | null;
}

/** What the grid still pays of somebody's network fees. */
export interface Allowance {
    readonly granter: string;
    /** Base units of the fee coin; null: no limit. */
    readonly left: bigint | null;
    readonly limit: bigint | null;
    /** When the limit is filled up again, and when the allowance ends. */
    readonly resetsAt: number | null;
    readonly expiresAt: number | null;
}
