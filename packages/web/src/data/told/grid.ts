// What was agreed, who takes part, and where the money is. Units stand in ../source.ts.

import type { Policy } from "../../types/energy-settlement.ts";
import type { MeterProposal } from "../../types/meter-registry.ts";

/** The grid's rules: what was agreed, and never changes without a word. */
export interface Rules {
    readonly policy: Policy;
    /** Seconds of an interval. */
    readonly intervalLength: number;
    /** Seconds for which a settled window may still be corrected. */
    readonly challengePeriod: number;
    /** Seconds after its end for which an interval may be reported. */
    readonly reportLimit: number;
    /** mWh of one count of a meter. */
    readonly resolution: number;
    /** Number of homes ever admitted; homes are 0 to this - 1. */
    readonly homes: number;
    /** Who admits meters; null: nobody any more. */
    readonly operator: string | null;
    readonly pendingOperator: string | null;
    readonly fees: readonly FeeName[];
    /** Where rounding goes. */
    readonly rounding: FeeDestination;
    readonly concerns: readonly ("fees_above_margin" | "fixed_above_retail" | "free_energy")[];
}

export interface FeeName {
    readonly id: number;
    readonly label: string;
    readonly destination: FeeDestination;
}

export type FeeDestination =
    | { readonly account: string }
    | { readonly escrow: string; readonly project: number; readonly otherwise: string };

/** Where every unit of the grid's money is: deposited = withdrawn + swept + free + held + community. */
export interface Books {
    readonly deposited: bigint;
    readonly withdrawn: bigint;
    readonly swept: bigint;
    readonly free: bigint;
    readonly held: bigint;
    readonly community: bigint;
    /** Not swept yet, by fee. */
    readonly fees: readonly { readonly id: number; readonly amount: bigint }[];
    readonly rounding: bigint;
    readonly addsUp: boolean;
}

/** A meter that takes part, called a home. */
export interface Home {
    readonly slot: number;
    readonly owner: string;
    readonly household: number;
    readonly weight: number;
    readonly buyTier: number;
    readonly sellTier: number;
    readonly priority: number;
    /** The first interval it takes part in. */
    readonly from: number;
    readonly meter: MeterProposal;
    /** Position in the newest reports. */
    readonly seat: number;
}

/** A meter that was proposed and waits for the operator. */
export interface Proposal {
    readonly proposal: number;
    readonly owner: string;
    readonly meter: MeterProposal;
    readonly expiresAt: number;
}
