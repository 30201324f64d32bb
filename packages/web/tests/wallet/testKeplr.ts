// A Keplr for tests: it signs really, and can be locked, refuse, switch accounts and be a Ledger. Never part of what is built:
// tests/bundle.test.ts looks for its mark there.

import { toBech32 } from "@cosmjs/encoding";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { ripemd160 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toBase64 } from "../../src/chain/bytes.ts";
import { type AminoDoc, aminoBytes, type DirectDoc, directBytes } from "../../src/chain/transactions.ts";
import type { KeplrApi, KeplrKey, KeplrSigner } from "../../src/wallet/keplr.ts";

export interface TestAccount {
    readonly name: string;
    readonly secret: Uint8Array;
    readonly ledger?: boolean;
}

/** What its owner does with the next questions. */
export type Mood = "says yes" | "says no" | "is locked" | "does nothing";

export const MARK = "not-for-money";

export function addressOf(secret: Uint8Array, prefix = "wasm"): string {
    return toBech32(prefix, ripemd160(sha256(secp256k1.getPublicKey(secret, true))));
}

export class TestKeplr implements KeplrApi {
    readonly mark = MARK;
    mood: Mood = "says yes";
    current = 0;
    /** Chains that it was told of. */
    readonly chains: unknown[] = [];
    /** How often it was asked for a signature. */
    asked = 0;
    /** Changes what is signed, as a wallet that lies would. */
    tamper: ((doc: AminoDoc) => AminoDoc) | null = null;
    defaultOptions: KeplrApi["defaultOptions"] = {};

    constructor(
        readonly accounts: readonly TestAccount[],
        readonly prefix = "wasm",
    ) {}

    async experimentalSuggestChain(info: unknown): Promise<void> {
        await this.question();
        this.chains.push(info);
    }

    async enable(chainId: string): Promise<void> {
        await this.question();
        if (!this.chains.some((info) => (info as { chainId: string }).chainId === chainId))
            throw new Error(`There is no chain info for ${chainId}`);
    }

    async getKey(_chainId: string): Promise<KeplrKey> {
        if (this.mood === "is locked") throw new Error("Key ring is locked or not initialized");
        const account = this.account();
        return {
            name: account.name,
            algo: "secp256k1",
            pubKey: secp256k1.getPublicKey(account.secret, true),
            bech32Address: addressOf(account.secret, this.prefix),
            isNanoLedger: account.ledger === true,
            isKeystone: false,
        };
    }

    async getOfflineSignerAuto(_chainId: string): Promise<KeplrSigner> {
        const signDirect = (address: string, doc: DirectDoc) => this.signDirect(address, doc);
        const signAmino = (address: string, doc: AminoDoc) => this.signAmino(address, doc);
        return this.account().ledger === true ? { signAmino } : { signAmino, signDirect };
    }

    private async signDirect(address: string, doc: DirectDoc) {
        await this.signature(address);
        return { signed: doc, signature: { signature: this.sign(directBytes(doc)) } };
    }

    private async signAmino(address: string, doc: AminoDoc) {
        await this.signature(address);
        const signed = this.tamper === null ? doc : this.tamper(doc);
        return { signed, signature: { signature: this.sign(aminoBytes(signed)) } };
    }

    private async signature(address: string): Promise<void> {
        this.asked += 1;
        await this.question();
        if (address !== addressOf(this.account().secret, this.prefix)) throw new Error("Signer mismatched");
        // Without it Keplr puts a fee of its own in the place of the one that was shown.
        if (this.defaultOptions.sign?.preferNoSetFee !== true) throw new Error("expected preferNoSetFee");
    }

    private async question(): Promise<void> {
        if (this.mood === "is locked") throw new Error("Key ring is locked or not initialized");
        if (this.mood === "says no") throw new Error("Request rejected");
        if (this.mood === "does nothing") await new Promise(() => undefined);
    }

    private sign(bytes: Uint8Array): string {
        return toBase64(secp256k1.sign(bytes, this.account().secret));
    }

    private account(): TestAccount {
        const account = this.accounts[this.current];
        if (account === undefined)
            throw new Error(`expected one of ${this.accounts.length} accounts, got ${this.current}`);
        return account;
    }
}
