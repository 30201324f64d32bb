// Transactions of one signer: the bytes that are signed, in both ways, and the bytes that are sent.

import { fromUtf8, utf8 } from "./bytes.ts";
import { type FeeGrant, feeGrantAmino, feeGrantAny } from "./feegrant.ts";
import { type Json, sortedJson } from "./json.ts";
import { any, type Call, type Coin, callAmino, callBytes, coin, EXECUTE_CONTRACT } from "./messages.ts";
import { Fields, Writer } from "./protobuf.ts";

const DIRECT = 1;
const AMINO = 127;
export type SignMode = typeof DIRECT | typeof AMINO;
export const SIGN_DIRECT: SignMode = DIRECT;
export const SIGN_AMINO: SignMode = AMINO;

export interface Fee {
    readonly amount: readonly Coin[];
    readonly gas: number;
    /** Who pays it; null: the signer. */
    readonly granter: string | null;
}

/** One thing that is signed. */
export type Message = Call | FeeGrant;

/** Everything that a signature is made for. */
export interface Draft {
    readonly chainId: string;
    readonly accountNumber: number;
    readonly sequence: number;
    /** Compressed secp256k1, 33 bytes. */
    readonly publicKey: Uint8Array;
    /** All of one sender. */
    readonly messages: readonly Message[];
    readonly fee: Fee;
    readonly memo: string;
    /** The last block that may have it. A transaction that could still happen much later could never be called off. */
    readonly timeoutHeight: number;
}

export interface DirectDoc {
    readonly bodyBytes: Uint8Array<ArrayBuffer>;
    readonly authInfoBytes: Uint8Array<ArrayBuffer>;
    readonly chainId: string;
    readonly accountNumber: bigint;
}

/** Amino's document; Keplr and Ledger show it. */
export interface AminoDoc {
    readonly chain_id: string;
    readonly account_number: string;
    readonly sequence: string;
    readonly timeout_height?: string;
    readonly fee: { readonly amount: readonly Coin[]; readonly gas: string; readonly granter?: string };
    readonly msgs: readonly { readonly type: string; readonly value: Json }[];
    readonly memo: string;
}

export function directDoc(draft: Draft): DirectDoc {
    return {
        bodyBytes: body(draft),
        authInfoBytes: authInfo(draft, SIGN_DIRECT),
        chainId: draft.chainId,
        accountNumber: BigInt(draft.accountNumber),
    };
}

/** The bytes whose SHA-256 is signed. */
export function directBytes(doc: DirectDoc): Uint8Array<ArrayBuffer> {
    return new Writer()
        .bytes(1, doc.bodyBytes)
        .bytes(2, doc.authInfoBytes)
        .text(3, doc.chainId)
        .number(4, doc.accountNumber)
        .done();
}

export function aminoDoc(draft: Draft): AminoDoc {
    const { amount, gas, granter } = draft.fee;
    return {
        chain_id: draft.chainId,
        account_number: String(draft.accountNumber),
        sequence: String(draft.sequence),
        ...(draft.timeoutHeight === 0 ? {} : { timeout_height: String(draft.timeoutHeight) }),
        fee: { amount, gas: String(gas), ...(granter === null ? {} : { granter }) },
        msgs: draft.messages.map((one) => ("contract" in one ? callAmino(one) : feeGrantAmino(one))),
        memo: draft.memo,
    };
}

/** The bytes whose SHA-256 is signed. `<`, `>` and `&` are written as Go writes them. */
export function aminoBytes(doc: AminoDoc): Uint8Array<ArrayBuffer> {
    const escaped = sortedJson(doc as unknown as Json).replace(
        /[<>&]/g,
        (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`,
    );
    return utf8(escaped);
}

/** The transaction as it is sent, of what a wallet signed directly. */
export function signedDirect(
    bodyBytes: Uint8Array,
    authInfoBytes: Uint8Array,
    signature: Uint8Array,
): Uint8Array<ArrayBuffer> {
    return new Writer().bytes(1, bodyBytes).bytes(2, authInfoBytes).bytes(3, signature).done();
}

/** The same of a draft that was signed as amino. */
export function signedAmino(draft: Draft, signature: Uint8Array): Uint8Array<ArrayBuffer> {
    return signedDirect(body(draft), authInfo(draft, SIGN_AMINO), signature);
}

/** For a simulation: no signature, but a fee and its payer, since taking them costs gas too. */
export function unsigned(draft: Draft): Uint8Array<ArrayBuffer> {
    const transaction = new Writer().bytes(1, body(draft)).bytes(2, authInfo(draft, SIGN_DIRECT));
    return transaction.message(3, new Writer()).done();
}

function body(draft: Draft): Uint8Array<ArrayBuffer> {
    const writer = new Writer();
    for (const one of draft.messages)
        writer.message(1, "contract" in one ? any(EXECUTE_CONTRACT, callBytes(one)) : feeGrantAny(one));
    return writer.text(2, draft.memo).number(3, draft.timeoutHeight).done();
}

function authInfo(draft: Draft, mode: SignMode): Uint8Array<ArrayBuffer> {
    const key = any("/cosmos.crypto.secp256k1.PubKey", new Writer().bytes(1, draft.publicKey));
    const modeInfo = new Writer().message(1, new Writer().number(1, mode));
    const signer = new Writer().message(1, key).message(2, modeInfo).number(3, draft.sequence);
    const fee = new Writer();
    for (const part of draft.fee.amount) fee.message(1, coin(part));
    fee.number(2, draft.fee.gas).text(4, draft.fee.granter ?? "");
    return new Writer().message(1, signer).message(2, fee).done();
}

/** A call of a contract as a block holds it. */
export interface SentCall {
    readonly sender: string;
    readonly contract: string;
    readonly message: string;
    readonly funds: readonly Coin[];
}

/** The calls of contracts that stand in a transaction. Calls that a contract or another module made on somebody's behalf do not. */
export function callsOf(transaction: Uint8Array): readonly SentCall[] {
    const inner = new Fields(transaction).message(1);
    if (inner === null) return [];
    return inner.every(1).flatMap((bytes) => {
        const message = new Fields(bytes);
        if (message.text(1) !== EXECUTE_CONTRACT) return [];
        const call = new Fields(message.bytes(2));
        return [
            {
                sender: call.text(1),
                contract: call.text(2),
                message: fromUtf8(call.bytes(3)),
                funds: call.every(5).map((bytes) => {
                    const fund = new Fields(bytes);
                    return { denom: fund.text(1), amount: fund.text(2) };
                }),
            },
        ];
    });
}
