// The bytes that are signed and sent, against those of CosmJS.
import { makeSignDoc as makeAminoDoc, serializeSignDoc } from "@cosmjs/amino";
import { createWasmAminoConverters } from "@cosmjs/cosmwasm-stargate";
import { fromBase64, toUtf8 } from "@cosmjs/encoding";
import { encodePubkey, makeAuthInfoBytes, makeSignBytes, makeSignDoc, Registry } from "@cosmjs/proto-signing";
import { AminoTypes } from "@cosmjs/stargate";
import { AllowedMsgAllowance, PeriodicAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/feegrant";
import { MsgGrantAllowance, MsgRevokeAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/tx";
import { SignMode } from "cosmjs-types/cosmos/tx/signing/v1beta1/signing";
import { TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { MsgExecuteContract } from "cosmjs-types/cosmwasm/wasm/v1/tx";
import fc from "fast-check";
import { expect, test } from "vitest";
import { toBase64 } from "../../src/chain/bytes.ts";
import { type FeeGrant, feeGrantAmino } from "../../src/chain/feegrant.ts";
import { type Json, sortedJson } from "../../src/chain/json.ts";
import type { Call } from "../../src/chain/messages.ts";
import {
    aminoBytes,
    aminoDoc,
    callsOf,
    type Draft,
    directBytes,
    directDoc,
    type Message,
    signedAmino,
    signedDirect,
} from "../../src/chain/transactions.ts";

const registry = new Registry([
    ["/cosmwasm.wasm.v1.MsgExecuteContract", MsgExecuteContract],
    ["/cosmos.feegrant.v1beta1.MsgGrantAllowance", MsgGrantAllowance],
    ["/cosmos.feegrant.v1beta1.MsgRevokeAllowance", MsgRevokeAllowance],
]);
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
const call: fc.Arbitrary<Call> = fc.record({
    sender: fc.constant("wasm1sender"),
    contract: fc.constant("wasm1contract"),
    message,
    funds: coins,
});
/** CosmJS writes no moment from 2^31 s on, in 2038, rightly. */
const seconds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
/** Many large documents. */
const PATIENCE = 30_000;
const amount = fc.bigInt({ min: 1n, max: 1n << 100n }).map(String);
const feeGrant: fc.Arbitrary<FeeGrant> = fc.record({
    sender: fc.constant("wasm1sender"),
    grantee: fc.stringMatching(/^wasm1[a-z0-9]{5}$/),
    fees: fc.option(
        fc.record({
            denom: fc.stringMatching(/^[a-z]{3,12}$/),
            perPeriod: amount,
            total: amount,
            period: seconds,
            firstReset: seconds,
            expiresAt: seconds,
        }),
    ),
});
const draftsOf = (messages: fc.Arbitrary<Message>): fc.Arbitrary<Draft> =>
    fc.record({
        chainId: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
        accountNumber: fc.nat(),
        sequence: fc.nat(),
        publicKey: fc.uint8Array({ minLength: 33, maxLength: 33 }),
        messages: fc.array(messages, { minLength: 1, maxLength: 3 }),
        fee: fc.record({
            amount: coins,
            gas: fc.integer({ min: 1, max: 10_000_000 }),
            granter: fc.option(fc.constant("wasm1granter")),
        }),
        memo: fc.string({ maxLength: 40 }),
        timeoutHeight: fc.nat(),
    });
const drafts = draftsOf(fc.oneof(call, feeGrant));
const calls = draftsOf(call);

const messagesOf = (draft: Draft) => draft.messages.map((one) => ("contract" in one ? callOf(one) : feeGrantOf(one)));
const callOf = ({ sender, contract, message, funds }: Call) => ({
    typeUrl: "/cosmwasm.wasm.v1.MsgExecuteContract",
    value: MsgExecuteContract.fromPartial({ sender, contract, msg: toUtf8(sortedJson(message)), funds: [...funds] }),
});
const time = (at: number) => ({ seconds: BigInt(at), nanos: 0 });
const feeGrantOf = ({ sender: granter, grantee, fees }: FeeGrant) => {
    if (fees === null)
        return {
            typeUrl: "/cosmos.feegrant.v1beta1.MsgRevokeAllowance",
            value: MsgRevokeAllowance.fromPartial({ granter, grantee }),
        };
    const { denom, perPeriod, total, period, firstReset, expiresAt } = fees;
    const periodic = PeriodicAllowance.fromPartial({
        basic: { spendLimit: [{ denom, amount: total }], expiration: time(expiresAt) },
        period: time(period),
        periodSpendLimit: [{ denom, amount: perPeriod }],
        periodCanSpend: [{ denom, amount: perPeriod }],
        periodReset: time(firstReset),
    });
    const allowed = AllowedMsgAllowance.fromPartial({
        allowance: {
            typeUrl: "/cosmos.feegrant.v1beta1.PeriodicAllowance",
            value: PeriodicAllowance.encode(periodic).finish(),
        },
        allowedMessages: ["/cosmwasm.wasm.v1.MsgExecuteContract"],
    });
    return {
        typeUrl: "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
        value: MsgGrantAllowance.fromPartial({
            granter,
            grantee,
            allowance: {
                typeUrl: "/cosmos.feegrant.v1beta1.AllowedMsgAllowance",
                value: AllowedMsgAllowance.encode(allowed).finish(),
            },
        }),
    };
};
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

test("what is signed directly is byte for byte what CosmJS signs, and so is what is sent", {
    timeout: PATIENCE,
}, () => {
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

test("a call that is signed as amino is byte for byte what CosmJS signs, and so is what is sent", {
    timeout: PATIENCE,
}, () => {
    fc.assert(
        fc.property(calls, (draft) => {
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

// CosmJS writes no amino JSON of them: this is the form in the chain's own documentation, and a story signs it on a chain.
test("an allowance as amino says lengths in nanoseconds and moments in words", () => {
    const fees = {
        denom: "stake",
        perPeriod: "5000",
        total: "65000",
        period: 2_592_000,
        firstReset: 1_782_864_000,
        expiresAt: 1_811_808_000,
    };
    const parties = { sender: "wasm1sender", grantee: "wasm1grantee" };
    expect(feeGrantAmino({ ...parties, fees })).toEqual({
        type: "cosmos-sdk/MsgGrantAllowance",
        value: {
            granter: "wasm1sender",
            grantee: "wasm1grantee",
            allowance: {
                type: "cosmos-sdk/AllowedMsgAllowance",
                value: {
                    allowance: {
                        type: "cosmos-sdk/PeriodicAllowance",
                        value: {
                            basic: {
                                spend_limit: [{ denom: "stake", amount: "65000" }],
                                expiration: "2027-06-01T00:00:00Z",
                            },
                            period: "2592000000000000",
                            period_spend_limit: [{ denom: "stake", amount: "5000" }],
                            period_can_spend: [{ denom: "stake", amount: "5000" }],
                            period_reset: "2026-07-01T00:00:00Z",
                        },
                    },
                    allowed_messages: ["/cosmwasm.wasm.v1.MsgExecuteContract"],
                },
            },
        },
    });
    expect(feeGrantAmino({ ...parties, fees: null })).toEqual({
        type: "cosmos-sdk/MsgRevokeAllowance",
        value: { granter: "wasm1sender", grantee: "wasm1grantee" },
    });
});

test("the calls in a transaction are read back as they were sent", () => {
    fc.assert(
        fc.property(drafts, (draft) => {
            const { bodyBytes, authInfoBytes } = directDoc(draft);
            const sent = callsOf(signedDirect(bodyBytes, authInfoBytes, signature));
            const called = draft.messages.filter((one) => "contract" in one);
            expect(sent).toEqual(called.map((one) => ({ ...one, message: sortedJson(one.message) })));
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
