// What the app needs of whoever holds the keys. Keplr is one; whoever only looks has none.

import type { Draft } from "../chain/transactions.ts";

export interface WalletAccount {
    readonly address: string;
    /** Compressed secp256k1, 33 bytes. */
    readonly publicKey: Uint8Array;
    /** What its owner calls it. */
    readonly name: string;
    /** A device that signs by itself: it takes a while, and shows the text. */
    readonly hardware: boolean;
}

/** A transaction as it is sent. */
export interface Signed {
    readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Why a wallet did not do as asked. Nothing was signed. */
export type WalletTrouble =
    | { readonly kind: "not_installed" }
    | { readonly kind: "locked" }
    /** Somebody said no, or closed its window. */
    | { readonly kind: "rejected" }
    /** It answers, but knows this chain not or in another way. */
    | { readonly kind: "other_chain" }
    /** Another account is chosen there than the one for which this was prepared. */
    | { readonly kind: "other_account"; readonly expected: string; readonly got: string }
    /** It signed something else than it was given: the messages are not those that were shown. */
    | { readonly kind: "changed" }
    | { readonly kind: "failed"; readonly detail: string };

export class WalletError extends Error {
    override readonly name = "WalletError";
    constructor(readonly trouble: WalletTrouble) {
        super("detail" in trouble ? trouble.detail : `wallet: ${trouble.kind}`);
    }
}

export interface Wallet {
    /** Whether it is there at all; not whether it is open. */
    installed(): boolean;
    /** Tells it about the chain and asks to see the account. Ends with a `WalletError`. */
    connect(): Promise<WalletAccount>;
    /** Has the messages of a draft signed. The wallet may set another fee; never other messages. */
    sign(draft: Draft): Promise<Signed>;
    /** Called when its owner chooses another account. Returns what ends that. */
    onChange(changed: () => void): () => void;
}

/** Nobody signs: everything can be read without. */
export const readOnly: Wallet = {
    installed: () => false,
    connect: () => Promise.reject(new WalletError({ kind: "not_installed" })),
    sign: () => Promise.reject(new WalletError({ kind: "not_installed" })),
    onChange: () => () => undefined,
};
