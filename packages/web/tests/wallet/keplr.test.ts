import { Secp256k1, Secp256k1Signature, sha256 } from "@cosmjs/crypto";
import { expect, test } from "vitest";
import { fromHex } from "../../src/chain/bytes.ts";
import { Fields } from "../../src/chain/protobuf.ts";
import { aminoBytes, aminoDoc, callsOf, type Draft, directBytes, directDoc } from "../../src/chain/transactions.ts";
import { Keplr } from "../../src/wallet/keplr.ts";
import { isPhone, openInKeplr } from "../../src/wallet/links.ts";
import { WalletError, type WalletTrouble } from "../../src/wallet/wallet.ts";
import { pins } from "../pins.ts";
import { addressOf, TestKeplr } from "./testKeplr.ts";

const anna = { name: "Anna", secret: fromHex("11".repeat(32)) };
const bert = { name: "Bert", secret: fromHex("22".repeat(32)), ledger: true };

function page(keplr: TestKeplr | null): { window: Window; wallet: Keplr } {
    const window = Object.assign(new EventTarget(), keplr === null ? {} : { keplr }) as unknown as Window;
    return { window, wallet: new Keplr(pins, window) };
}

async function draftOf(wallet: Keplr): Promise<Draft> {
    const { address, publicKey } = await wallet.connect();
    return {
        chainId: pins.chain.id,
        accountNumber: 7,
        sequence: 3,
        publicKey,
        messages: [
            { sender: address, contract: pins.contracts.settlement, message: { withdraw: { slot: 1 } }, funds: [] },
        ],
        fee: { amount: [{ denom: "stake", amount: "5000" }], gas: 200_000, granter: null },
        memo: "",
        timeoutHeight: 100,
    };
}

async function trouble(asked: Promise<unknown>): Promise<WalletTrouble> {
    const error = await asked.then(
        () => null,
        (reason: unknown) => reason,
    );
    if (!(error instanceof WalletError)) throw new Error(`expected a WalletError, got ${String(error)}`);
    return error.trouble;
}

async function signatureHolds(bytes: Uint8Array, signed: Uint8Array, publicKey: Uint8Array): Promise<boolean> {
    const signature = Secp256k1Signature.fromFixedLength(new Fields(bytes).bytes(3));
    return Secp256k1.verifySignature(signature, sha256(signed), publicKey);
}

test("Keplr hears of the chain, and the account is the one that is chosen there", async () => {
    const keplr = new TestKeplr([anna]);
    const { wallet } = page(keplr);
    const account = await wallet.connect();
    expect(account).toMatchObject({ address: addressOf(anna.secret), name: "Anna", hardware: false });
    expect(keplr.chains[0]).toMatchObject({
        chainId: pins.chain.id,
        rpc: pins.chain.nodes[0]?.rpc,
        rest: pins.chain.nodes[0]?.rest,
    });
    expect(keplr.defaultOptions).toEqual({ sign: { preferNoSetFee: true, preferNoSetMemo: true } });
});

test("a key signs directly, and CosmJS finds the signature right", async () => {
    const { wallet } = page(new TestKeplr([anna]));
    const draft = await draftOf(wallet);
    const { bytes } = await wallet.sign(draft);
    expect(await signatureHolds(bytes, directBytes(directDoc(draft)), draft.publicKey)).toBe(true);
});

test("a Ledger signs amino, and CosmJS finds the signature right", async () => {
    const { wallet } = page(new TestKeplr([bert]));
    const draft = await draftOf(wallet);
    const { bytes } = await wallet.sign(draft);
    expect(await signatureHolds(bytes, aminoBytes(aminoDoc(draft)), draft.publicKey)).toBe(true);
    expect((await wallet.connect()).hardware).toBe(true);
});

test("nobody there, a lock and a refusal are told apart", async () => {
    expect(await trouble(page(null).wallet.connect())).toEqual({ kind: "not_installed" });
    expect(page(null).wallet.installed()).toBe(false);
    const keplr = new TestKeplr([anna]);
    const { wallet } = page(keplr);
    const draft = await draftOf(wallet);
    keplr.mood = "is locked";
    expect(await trouble(wallet.connect())).toEqual({ kind: "locked" });
    expect(await trouble(wallet.sign(draft))).toEqual({ kind: "locked" });
    keplr.mood = "says no";
    expect(await trouble(wallet.connect())).toEqual({ kind: "rejected" });
    expect(await trouble(wallet.sign(draft))).toEqual({ kind: "rejected" });
});

test("what was prepared for one account is not signed by another", async () => {
    const keplr = new TestKeplr([anna, bert]);
    const { wallet } = page(keplr);
    const draft = await draftOf(wallet);
    keplr.current = 1;
    expect(await trouble(wallet.sign(draft))).toEqual({
        kind: "other_account",
        expected: addressOf(anna.secret),
        got: addressOf(bert.secret),
    });
    expect(keplr.asked).toBe(0);
});

test("the page hears when another account is chosen, until it stops listening", async () => {
    const { window, wallet } = page(new TestKeplr([anna, bert]));
    let heard = 0;
    const stop = wallet.onChange(() => {
        heard += 1;
    });
    window.dispatchEvent(new Event("keplr_keystorechange"));
    stop();
    window.dispatchEvent(new Event("keplr_keystorechange"));
    expect(heard).toBe(1);
});

test("a fee that the wallet changed is taken over, other calls are refused", async () => {
    const keplr = new TestKeplr([bert]);
    const { wallet } = page(keplr);
    const draft = await draftOf(wallet);
    keplr.tamper = (doc) => ({ ...doc, fee: { ...doc.fee, gas: "300000" } });
    const { bytes } = await wallet.sign(draft);
    const fee = { ...draft.fee, gas: 300_000 };
    expect(await signatureHolds(bytes, aminoBytes(aminoDoc({ ...draft, fee })), draft.publicKey)).toBe(true);
    expect(callsOf(bytes)).toHaveLength(1);
    keplr.tamper = (doc) => ({ ...doc, msgs: [] });
    expect(await trouble(wallet.sign(draft))).toEqual({ kind: "changed" });
});

test("on another chain's prefix nothing is signed", async () => {
    expect(await trouble(page(new TestKeplr([anna], "juno")).wallet.connect())).toEqual({ kind: "other_chain" });
});

test("a phone is sent to Keplr's browser with the page it is on", () => {
    expect(openInKeplr("https://grid.example/?a=1#/money")).toBe(
        "https://deeplink.keplr.app/web-browser?url=https%3A%2F%2Fgrid.example%2F%3Fa%3D1%23%2Fmoney",
    );
    expect(isPhone("Mozilla/5.0 (Linux; Android 14; Pixel 8) Mobile", 5)).toBe(true);
    expect(isPhone("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 5)).toBe(true);
    expect(isPhone("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 0)).toBe(false);
    expect(isPhone("Mozilla/5.0 (X11; Linux x86_64)", 0)).toBe(false);
});
