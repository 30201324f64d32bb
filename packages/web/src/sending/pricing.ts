// From an action to what it would cost, without signing anything: one node is asked throughout.

import { Refusal } from "../chain/errors.ts";
import { account, allowance, balance, simulate } from "../chain/queries.ts";
import type { Rpc } from "../chain/rpc.ts";
import { type Draft, unsigned } from "../chain/transactions.ts";
import type { GridPins } from "../trust/pins.ts";
import type { WalletAccount } from "../wallet/wallet.ts";
import { type Action, messagesOf } from "./actions.ts";
import { feeFor, gasLimit, payerOf } from "./fee.ts";
import type { Hindrance, Quote, Retry } from "./state.ts";

/** For how long a transaction may still be carried out, in seconds: a Ledger takes its time, and a refusal must come within a walk. */
const PATIENCE = 180;
/** Blocks whose mean length is taken. */
const SAMPLE = 20;
/** A chain that stood still looks as if its blocks were long. */
const LEAST_BLOCKS = 30;

/** Taking a fee costs gas too, so that a simulation has one: the least there is. */
const SIMULATED_FEE = 1n;
/** What taking it from an allowance costs at most, for where nobody can pay even that. */
const GAS_OF_FEE = 40_000;

export type Priced = { readonly quote: Quote } | { readonly why: Hindrance };

export async function price(
    rpc: Rpc,
    pins: GridPins,
    by: WalletAccount,
    action: Action,
    retry: Retry | null,
): Promise<Priced> {
    const { chain } = pins;
    // An allowance pays for calls of contracts alone.
    const granter = action.kind === "fees" ? null : pins.fee_granter;
    const state = await account(rpc, by.address);
    if (state === null) return { why: { kind: "unknown_account", address: by.address } };
    const sequence = retry?.sequence ?? state.sequence;
    if (sequence !== state.sequence) return { why: { kind: "sequence_moved" } };
    const { denom } = chain.fee;
    const [granted, has, status] = await Promise.all([
        granter === null ? null : allowance(rpc, granter, by.address),
        balance(rpc, by.address, denom),
        rpc.status(),
    ]);
    const trying = payerOf(SIMULATED_FEE, denom, granter, granted, has, status.time);
    const draft: Draft = {
        chainId: chain.id,
        accountNumber: state.number,
        sequence,
        publicKey: by.publicKey,
        messages: messagesOf(action, pins, by.address),
        fee: {
            amount: trying.by === "nobody" ? [] : [{ denom, amount: String(SIMULATED_FEE) }],
            gas: 0,
            granter: trying.by === "granter" ? trying.granter : null,
        },
        memo: "",
        timeoutHeight: 0,
    };
    try {
        const simulated = await simulate(rpc, unsigned(draft));
        const gas = gasLimit(simulated.gasUsed + (trying.by === "nobody" ? GAS_OF_FEE : 0));
        const fee = feeFor(gas, chain.fee);
        const payer = payerOf(fee, denom, granter, granted, has, status.time);
        if (payer.by === "nobody") return { why: { kind: "no_fee", fee, payer } };
        const { height } = status;
        const timeoutHeight = height + (await blocksWithin(rpc, height, PATIENCE));
        const { number: accountNumber } = state;
        return {
            quote: {
                accountNumber,
                sequence,
                gas,
                fee,
                payer,
                expected: simulated.events,
                node: rpc.name,
                height,
                timeoutHeight,
            },
        };
    } catch (error) {
        if (error instanceof Refusal) return { why: { kind: "refused", refusal: error } };
        throw error;
    }
}

/** The draft that is signed for a quote. */
export function draftOf(pins: GridPins, by: WalletAccount, action: Action, quote: Quote): Draft {
    return {
        chainId: pins.chain.id,
        accountNumber: quote.accountNumber,
        sequence: quote.sequence,
        publicKey: by.publicKey,
        messages: messagesOf(action, pins, by.address),
        fee: {
            amount: [{ denom: pins.chain.fee.denom, amount: String(quote.fee) }],
            gas: quote.gas,
            granter: quote.payer.by === "granter" ? quote.payer.granter : null,
        },
        memo: "",
        timeoutHeight: quote.timeoutHeight,
    };
}

/** How many blocks come in so many seconds, by the last ones. */
async function blocksWithin(rpc: Rpc, height: number, seconds: number): Promise<number> {
    const before = Math.max(1, height - SAMPLE);
    if (before === height) return LEAST_BLOCKS;
    const [old, last] = await Promise.all([rpc.block(before), rpc.block(height)]);
    const took = Math.max(1, last.time - old.time);
    return Math.max(LEAST_BLOCKS, Math.ceil((seconds * (height - before)) / took));
}
