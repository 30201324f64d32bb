// The bytes that are signed and sent, against those of CosmJS.
import { makeSignDoc as makeAminoDoc, serializeSignDoc } from "@cosmjs/amino";
import { createWasmAminoConverters } from "@cosmjs/cosmwasm-stargate";
import { fromBase64, toUtf8 } from "@cosmjs/encoding";
import { encodePubkey, makeAuthInfoBytes, makeSignBytes, makeSignDoc, Registry } from "@cosmjs/proto-signing";
import { AminoTypes } from "@cosmjs/stargate";
import { SignMode } from "cosmjs-types/cosmos/tx/signing/v1beta1/signing";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { MsgExecuteContract } from "cosmjs-types/cosmwasm/wasm/v1/tx";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64 } from "../../src/chain/bytes.ts";
import { type Json, sortedJson } from "../../src/chain/json.ts";
import {
    aminoBytes,
    aminoDoc,
    callsOf,
    type Draft,
    directBytes,
    directDoc,
    signedAmino,
    signedDirect,
} from "../../src/chain/transactions.ts";

const registry = new Registry([["/cosmwasm.wasm.v1.MsgExecuteContract", MsgExecuteContract]]);
const converters = new AminoTypes(createWasmAminoConverters());

const coins = fc.array(
    fc.record({
        denom: fc.stringMatching(/^[a-z]{3,12}$/),
        amount: fc.bigInt({ min: 0n, max: 1n << 100n }).map(String),
    }),
    { maxLength: 2 },
);
/** Messages as the contracts have them: objects, whole numbers, any text. */
const message = fc.letrec<{ value: Json; object: Json }>((tie) => ({
    value: fc.oneof(
        { maxDepth: 3 },
        fc.maxSafeNat(),
        fc.string({ unit: "binary" }),
        fc.constantFrom("a & b", "<b>", "Übergröße"),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        tie("object"),
    ),
    object: fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), tie("value"), { maxKeys: 4 }),
})).object;
const drafts: fc.Arbitrary<Draft> = fc.record({
    chainId: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
    accountNumber: fc.nat(),
    sequence: fc.nat(),
    publicKey: fc.uint8Array({ minLength: 33, maxLength: 33 }),
    calls: fc.array(
        fc.record({
            sender: fc.constant("wasm1sender"),
            contract: fc.constant("wasm1contract"),
            message,
            funds: coins,
        }),
        { minLength: 1, maxLength: 3 },
    ),
    fee: fc.record({
        amount: coins,
        gas: fc.integer({ min: 1, max: 10_000_000 }),
        granter: fc.option(fc.constant("wasm1granter")),
    }),
    memo: fc.string({ maxLength: 40 }),
    timeoutHeight: fc.nat(),
});

const messagesOf = (draft: Draft) =>
    draft.calls.map((call) => ({
        typeUrl: "/cosmwasm.wasm.v1.MsgExecuteContract",
        value: MsgExecuteContract.fromPartial({
            sender: call.sender,
            contract: call.contract,
            msg: toUtf8(sortedJson(call.message)),
            funds: [...call.funds],
        }),
    }));
const keyOf = (draft: Draft) => encodePubkey({ type: "tendermint/PubKeySecp256k1", value: toBase64(draft.publicKey) });
const bodyOf = (draft: Draft) =>
    registry.encode({
        typeUrl: "/cosmos.tx.v1beta1.TxBody",
        value: { messages: messagesOf(draft), memo: draft.memo, timeoutHeight: BigInt(draft.timeoutHeight) },
    });
const authInfoOf = (draft: Draft, mode: SignMode) =>
    makeAuthInfoBytes(
        [{ pubkey: keyOf(draft), sequence: draft.sequence }],
        [...draft.fee.amount],
        draft.fee.gas,
        draft.fee.granter ?? undefined,
        undefined,
        mode,
    );
const signature =
    fc.sample(fc.uint8Array({ minLength: 64, maxLength: 64 }), { numRuns: 1, seed: 1 })[0] ?? new Uint8Array();

test("what is signed directly is byte for byte what CosmJS signs, and so is what is sent", () => {
    fc.assert(
        fc.property(drafts, (draft) => {
            const theirs = makeSignDoc(
                bodyOf(draft),
                authInfoOf(draft, SignMode.SIGN_MODE_DIRECT),
                draft.chainId,
                draft.accountNumber,
            );
            const ours = directDoc(draft);
            expect(directBytes(ours)).toEqual(makeSignBytes(theirs));
            const sent = TxRaw.encode({ ...theirs, signatures: [signature] }).finish();
            expect(signedDirect(ours.bodyBytes, ours.authInfoBytes, signature)).toEqual(sent);
        }),
    );
});

test("what is signed as amino is byte for byte what CosmJS signs, and so is what is sent", () => {
    fc.assert(
        fc.property(drafts, (draft) => {
            const fee = {
                amount: [...draft.fee.amount],
                gas: String(draft.fee.gas),
                ...(draft.fee.granter === null ? {} : { granter: draft.fee.granter }),
            };
            const messages = messagesOf(draft).map((one) => converters.toAmino(one));
            const theirs = makeAminoDoc(
                messages,
                fee,
                draft.chainId,
                draft.memo,
                draft.accountNumber,
                draft.sequence,
                draft.timeoutHeight === 0 ? undefined : BigInt(draft.timeoutHeight),
            );
            expect(aminoBytes(aminoDoc(draft))).toEqual(serializeSignDoc(theirs));
            const sent = TxRaw.encode({
                bodyBytes: bodyOf(draft),
                authInfoBytes: authInfoOf(draft, SignMode.SIGN_MODE_LEGACY_AMINO_JSON),
                signatures: [signature],
            }).finish();
            expect(signedAmino(draft, signature)).toEqual(sent);
        }),
    );
});

test("the calls in a transaction are read back as they were sent", () => {
    fc.assert(
        fc.property(drafts, (draft) => {
            const { bodyBytes, authInfoBytes } = directDoc(draft);
            const sent = callsOf(signedDirect(bodyBytes, authInfoBytes, signature));
            expect(sent).toEqual(draft.calls.map((call) => ({ ...call, message: sortedJson(call.message) })));
        }),
    );
});

test("a transaction that CosmJS did not write as protobuf is refused, never half read", () => {
    fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
            try {
                for (const call of callsOf(bytes)) expect(typeof call.contract).toBe("string");
            } catch (error) {
                expect(error).toBeInstanceOf(Error);
            }
        }),
    );
    expect(() => callsOf(fromBase64("CgQKAg=="))).toThrow("expected");
});
