// grid.json: what this page believes without asking a node. It comes from where the page comes from.

export interface GridPins {
    readonly version: 1;
    readonly name: string;
    readonly chain: {
        readonly id: string;
        /** Of addresses, in front of the `1`. */
        readonly prefix: string;
        /** In order of preference; 1 to 8. */
        readonly nodes: readonly PinnedNode[];
        readonly fee: FeeCoin;
    };
    readonly contracts: { readonly registry: string; readonly settlement: string; readonly escrow: string | null };
    /** SHA-256 of each contract's code, hex, by the contract's name. */
    readonly code: Readonly<Record<"meter-registry" | "energy-settlement" | "pledge-escrow", string>>;
    readonly committee: readonly PinnedCommittee[];
    readonly asset: GridAsset;
    /** IANA name: days begin and end by it. */
    readonly time_zone: string;
    readonly languages: readonly string[];
    /** Who pays network fees of those it has granted an allowance to; null: everybody pays their own. */
    readonly fee_granter: string | null;
    readonly archives: readonly string[];
}

export interface PinnedNode {
    readonly name: string;
    readonly rpc: string;
    readonly rest: string | null;
}

/** The coin that pays network fees. */
export interface FeeCoin {
    readonly denom: string;
    readonly symbol: string;
    readonly decimals: number;
    /** Base units for a unit of gas, a decimal string. */
    readonly gas_price: string;
}

export interface PinnedCommittee {
    readonly epoch: number;
    readonly quorum: number;
    readonly members: readonly { readonly name: string | null; readonly public_key: string }[];
}

/** The grid's money. */
export type GridAsset = ({ readonly denom: string } | { readonly cw20: string }) & {
    readonly symbol: string;
    /** ISO 4217 code where the asset stands for a currency; null: it is a coin of its own. */
    readonly currency: string | null;
    readonly decimals: number;
};
