// Keplr, as a browser's extension or as the browser in its app puts it into the page.

import { fromBase64, same, toHex } from "../chain/bytes.ts";
import { type Json, sortedJson } from "../chain/json.ts";
import { Fields } from "../chain/protobuf.ts";
import {
    type AminoDoc,
    aminoDoc,
    type DirectDoc,
    type Draft,
    directDoc,
    signedAmino,
    signedDirect,
} from "../chain/transactions.ts";
import type { GridPins } from "../trust/pins.ts";
import { chainInfo } from "./chainInfo.ts";
import { type Signed, type Wallet, type WalletAccount, WalletError } from "./wallet.ts";

/** As much of Keplr as is used. */
export interface KeplrApi {
    defaultOptions: { readonly sign?: { readonly preferNoSetFee?: boolean; readonly preferNoSetMemo?: boolean } };
    experimentalSuggestChain(info: unknown): Promise<void>;
    enable(chainId: string): Promise<void>;
    getKey(chainId: string): Promise<KeplrKey>;
    getOfflineSignerAuto(chainId: string): Promise<KeplrSigner>;
}

export interface KeplrKey {
    readonly name: string;
    readonly algo: string;
    readonly pubKey: Uint8Array;
    readonly bech32Address: string;
    readonly isNanoLedger: boolean;
    readonly isKeystone?: boolean;
}

interface Signature {
    readonly signature: string;
}

/** Direct where the key can; a Ledger signs amino only. */
export interface KeplrSigner {
    signDirect?(
        address: string,
        doc: DirectDoc,
    ): Promise<{ readonly signed: DirectDoc; readonly signature: Signature }>;
    signAmino?(address: string, doc: AminoDoc): Promise<{ readonly signed: AminoDoc; readonly signature: Signature }>;
}

declare global {
    interface Window {
        keplr?: KeplrApi;
    }
}

/** The name of the event that Keplr sends the page when its owner chooses another account. */
const ACCOUNT_CHANGED = "keplr_keystorechange";

export class Keplr implements Wallet {
    constructor(
        private readonly pins: GridPins,
        private readonly page: Window = window,
    ) {}

    installed(): boolean {
        return this.page.keplr !== undefined;
    }

    async connect(): Promise<WalletAccount> {
        const keplr = this.api();
        const { id, prefix } = this.pins.chain;
        return told(async () => {
            // A chain that it knows already it lets pass without a word.
            await keplr.experimentalSuggestChain(chainInfo(this.pins));
            await keplr.enable(id);
            // The fee is the one that was shown, and who pays it too.
            keplr.defaultOptions = { sign: { preferNoSetFee: true, preferNoSetMemo: true } };
            const account = accountOf(await keplr.getKey(id));
            if (!account.address.startsWith(`${prefix}1`)) throw new WalletError({ kind: "other_chain" });
            return account;
        });
    }

    async sign(draft: Draft): Promise<Signed> {
        const keplr = this.api();
        return told(async () => {
            const account = accountOf(await keplr.getKey(draft.chainId));
            const expected = draft.messages[0]?.sender ?? "";
            if (account.address !== expected || !same(account.publicKey, draft.publicKey))
                throw new WalletError({ kind: "other_account", expected, got: account.address });
            const signer = await keplr.getOfflineSignerAuto(draft.chainId);
            if (signer.signDirect !== undefined)
                return direct(await signer.signDirect(expected, directDoc(draft)), draft);
            if (signer.signAmino !== undefined) return amino(await signer.signAmino(expected, aminoDoc(draft)), draft);
            throw new WalletError({
                kind: "failed",
                detail: "expected a signer of transactions, got one that signs none",
            });
        });
    }

    onChange(changed: () => void): () => void {
        this.page.addEventListener(ACCOUNT_CHANGED, changed);
        return () => this.page.removeEventListener(ACCOUNT_CHANGED, changed);
    }

    private api(): KeplrApi {
        const keplr = this.page.keplr;
        if (keplr === undefined) throw new WalletError({ kind: "not_installed" });
        return keplr;
    }
}

type Answer<T> = { readonly signed: T; readonly signature: Signature };

/** The fee and the memo are taken as they were signed. The messages, the sequence and the last block must be those that were shown. */
function direct({ signed, signature }: Answer<DirectDoc>, draft: Draft): Signed {
    const shown = directDoc(draft);
    if (essence(signed) !== essence(shown)) throw new WalletError({ kind: "changed" });
    return { bytes: signedDirect(signed.bodyBytes, signed.authInfoBytes, fromBase64(signature.signature)) };
}

function essence({ bodyBytes, authInfoBytes }: DirectDoc): string {
    const body = new Fields(bodyBytes);
    const signers = new Fields(authInfoBytes).every(1).map(toHex);
    return JSON.stringify([body.every(1).map(toHex), String(body.number(3)), signers]);
}

function amino({ signed, signature }: Answer<AminoDoc>, draft: Draft): Signed {
    const shown = aminoDoc(draft);
    const rest = { fee: shown.fee, memo: shown.memo };
    if (sortedJson({ ...signed, ...rest } as unknown as Json) !== sortedJson(shown as unknown as Json))
        throw new WalletError({ kind: "changed" });
    const fee = { amount: signed.fee.amount, gas: Number(signed.fee.gas), granter: signed.fee.granter ?? null };
    return { bytes: signedAmino({ ...draft, fee, memo: signed.memo }, fromBase64(signature.signature)) };
}

function accountOf(key: KeplrKey): WalletAccount {
    // Another algorithm is another kind of key, which no message of the contracts needs and this chain may not know.
    if (key.algo !== "secp256k1" || key.pubKey.length !== 33)
        throw new WalletError({
            kind: "failed",
            detail: `expected a secp256k1 key of 33 bytes, got ${key.algo} of ${key.pubKey.length}`,
        });
    return {
        address: key.bech32Address,
        publicKey: key.pubKey,
        name: key.name,
        hardware: key.isNanoLedger || key.isKeystone === true,
    };
}

/** Keplr says why in words alone: what it says of a lock and of a refusal has been the same for years; the rest is told as it is. */
async function told<T>(asked: () => Promise<T>): Promise<T> {
    try {
        return await asked();
    } catch (error) {
        if (error instanceof WalletError) throw error;
        const said = detail(error);
        if (/reject|denied|cancel/i.test(said)) throw new WalletError({ kind: "rejected" });
        if (/locked|not initialized/i.test(said)) throw new WalletError({ kind: "locked" });
        throw new WalletError({ kind: "failed", detail: said });
    }
}

const detail = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
