// "Why this amount?" and its check. Units stand in ../source.ts.

import type { Missing, Quality, Window } from "./energy.ts";
import type { MeterReaders } from "./trust.ts";

/** "Why this amount?": a window as it went for one home, interval by interval. */
export interface Bill {
    readonly slot: number;
    readonly window: Window;
    readonly intervals: readonly BillInterval[];
    readonly debit: bigint;
    readonly credit: bigint;
    /** Fees that were taken from this home's earnings, by number. */
    readonly fees: readonly { readonly id: number; readonly amount: bigint }[];
    /** What rounding took from this home, exactly: base units x 10^9 (mWh times a price per MWh has nine more decimals). */
    readonly roundedUpNano: bigint;
    readonly roundedDownNano: bigint;
    readonly check: BillCheck;
}

export interface BillInterval {
    readonly interval: number;
    /** The street: what was given, needed, could be paid for, and went from home to home. */
    readonly supply: bigint;
    readonly demand: bigint;
    readonly payable: bigint;
    readonly counted: bigint;
    readonly traded: bigint;
    readonly price: bigint;
    readonly retail: bigint | null;
    readonly feedIn: bigint | null;
    /** This home; null without a reading. */
    readonly reading: { readonly taken: bigint; readonly given: bigint; readonly quality: Quality } | null;
    readonly needed: bigint;
    /** What it needed, cut to what it could pay and to its fixed part. */
    readonly asked: bigint;
    readonly offered: bigint;
    readonly bought: bigint;
    readonly sold: bigint;
    /** The most that any home got in this interval, and how many got as much as they needed. */
    readonly mostBought: bigint;
    readonly buyersServed: number;
    readonly buyers: number;
    readonly sellers: number;
}

/** What came of checking a bill on this device. */
export type BillCheck =
    /** Readings signed by enough witnesses, everything recomputed here, and the chain says the same to the base unit. */
    | { readonly result: "same"; readonly proof: BillProof }
    /** Recomputed here, and the chain says something else. `file` is the evidence to hand on, JSON. */
    | {
          readonly result: "differs";
          readonly proof: BillProof;
          readonly here: { readonly debit: bigint; readonly credit: bigint };
          readonly chain: {
              readonly debit: bigint | null;
              readonly credit: bigint | null;
              readonly resultsHash: string | null;
          };
          readonly file: string;
      }
    /** What came is not what the witnesses signed or what the chain's hash names. Whoever served it is told. */
    | {
          readonly result: "forged";
          readonly what: "signatures" | "report" | "balances";
          readonly from: string;
          readonly detail: string;
      }
    /** Something was not to be had. */
    | { readonly result: "incomplete"; readonly missing: readonly Missing[] };

export interface BillProof {
    /** Witnesses whose signatures were verified here with the keys of grid.json. Empty: the report came from an archive, which has no signatures; that a quorum signed it is then the registry's word, and only the digest was compared. */
    readonly signedBy: readonly { readonly member: number; readonly name: string | null }[];
    readonly quorum: number;
    readonly members: number;
    /** Who reads the home's meter; null: grid.json does not say it of then. */
    readonly readBy: MeterReaders | null;
    /** Time that decoding, verifying and settling took here, in ms. */
    readonly took: number;
    readonly reportFrom: string;
    /** Null where balances played no part. */
    readonly balancesFrom: string | null;
    readonly height: number;
    readonly transaction: string | null;
    /** Whether the chain's value was the home's own (held results) or the hash of all results. */
    readonly comparedWith: "results_hash" | "held_result";
}

/** A bill that cannot be told, and why. */
export interface BillUnknown {
    readonly slot: number;
    readonly window: Window | null;
    readonly intervals: null;
    readonly check: BillCheck;
}
