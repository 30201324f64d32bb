// Whom this page listens to, and what runs on the chain. Units stand in ../source.ts.

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
    /** `project`: of one project, or of somebody's money in it. */
    readonly what: "block" | "books" | "code" | "project";
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
    /** Null: grid.json does not say who reads what. */
    readonly readers: Readers | null;
}

/** Who reads which meter. */
export interface Readers {
    /** Number of what the witnesses agreed; null: there is one witness, and nothing to agree. */
    readonly version: number | null;
    /** It counts for windows that begin at this time or later. */
    readonly from: number;
    readonly meters: readonly MeterReaders[];
}

/** Meters that are read alike, and whose word their readings are. */
export interface MeterReaders {
    /** Homes, from and to, both included; null: every home. */
    readonly slots: readonly (readonly [number, number])[] | null;
    /**
     * `agree`: `need` of the readers have to say the same. `first`: the first of them who has a reading. `alone`: there is one.
     * `own`: there is one, which is the household's own. `nobody`: too few, so that there are no readings.
     */
    readonly word: "agree" | "first" | "alone" | "own" | "nobody";
    /** The most trusted first. */
    readonly readers: readonly { readonly member: number; readonly name: string | null }[];
    readonly need: number;
}
