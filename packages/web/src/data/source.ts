// What the screens ask for, and in which units they are told.
//
// Energy is whole mWh and money whole base units of the grid's asset, both `bigint`; a price is base units per MWh, `bigint`.
// Times are unix seconds. An interval is its index, unix seconds / interval length. `null` says that nobody knows, and never zero.
// A question that the chain or a node refuses ends with an error of src/chain/errors.ts, which src/words can say.

import type { GridPins } from "../trust/pins.ts";
import type { Policy } from "../types/energy-settlement.ts";
import type { MeterProposal } from "../types/meter-registry.ts";
import type { ProjectSource } from "./projects/source.ts";
import type { StreetInterval } from "./street.ts";

/** A page of a list. */
export interface Page<T> {
    readonly items: readonly T[];
    /** What to ask for to get the next page; null where the list ends. */
    readonly next: number | null;
}

/** A node, as it answers now. */
export interface NodeHealth {
    readonly name: string;
    readonly rpc: string;
    /** `other_chain`: it answers for another chain id; `behind`: its last block is over a minute older than the device's clock or the other nodes'. */
    readonly state: "well" | "behind" | "catching_up" | "other_chain" | "unreachable";
    readonly chainId: string | null;
    readonly height: number | null;
    /** Time of its last block. */
    readonly blockTime: number | null;
    /** The oldest block it still has. */
    readonly oldestBlock: number | null;
    /** Whether it can search transactions. Without it, payments of the past are not listed. */
    readonly index: boolean | null;
    /** Round trip, in ms. */
    readonly took: number | null;
}

/** An archive of reports and balances, as it answers now. */
export interface ArchiveHealth {
    readonly url: string;
    readonly state: "well" | "unreachable" | "empty";
}

/** Whom this page listens to, and whether they agree. */
export interface Health {
    readonly nodes: readonly NodeHealth[];
    readonly archives: readonly ArchiveHealth[];
    /** The node that answers now; null: none can be reached. */
    readonly used: string | null;
    /** What two nodes answered differently, by the question's name; money buttons are off where there is one. */
    readonly differences: readonly NodeDifference[];
    /** Device clock minus block time where that cannot be the network's delay (over two minutes); else null. */
    readonly clockOff: number | null;
}

/** Two nodes told two things about one height. */
export interface NodeDifference {
    readonly what: "block" | "books" | "code";
    readonly height: number;
    readonly nodes: readonly [string, string];
}

/** The code of a contract against the checksum that grid.json pins. */
export interface CodeCheck {
    readonly contract: "meter-registry" | "energy-settlement" | "pledge-escrow";
    readonly address: string;
    readonly expected: string;
    /** SHA-256 of the code that runs there, hex; null where the node does not tell. */
    readonly found: string | null;
    /** Who can put other code there; null: nobody. */
    readonly admin: string | null;
    readonly same: boolean | null;
}

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

/** A member of the committee, and how it has signed lately. */
export interface Witness {
    readonly member: number;
    /** Name in grid.json; null: it has none there. */
    readonly name: string | null;
    /** Compressed public key, hex. */
    readonly publicKey: string;
    /** Whether grid.json pins this key for this epoch. */
    readonly pinned: boolean;
    /** Of the last reported windows that were looked at, how many it signed. */
    readonly signed: number;
    /** First interval of the last window it signed; null: none of those. */
    readonly lastSigned: number | null;
}

export interface Witnesses {
    readonly epoch: number;
    readonly quorum: number;
    readonly members: readonly Witness[];
    /** How many windows were looked at. */
    readonly windows: number;
    /** What the next report must cover; null before the first home takes part. */
    readonly next: { readonly firstInterval: number; readonly gap: boolean; readonly expiresAt: number | null } | null;
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

/** A bill that cannot be told, and why. */
export interface BillUnknown {
    readonly slot: number;
    readonly window: Window | null;
    readonly intervals: null;
    readonly check: BillCheck;
}
