// The one way of everything that is signed, as a machine without a clock, a network or a wallet:
//
//     words ──► pricing ──► ready ──► wallet ──► sent ──► done | refused
//                 │                      │          └───► not_happened | unsure
//                 └──► cannot            └──► ready (with the wallet's trouble)
//
// An event that does not belong to a step changes nothing: a second click on "Sign" finds the step `wallet` and is lost.

import type { NodeTrouble } from "../chain/errors.ts";
import type { ChainEvent } from "../chain/rpc.ts";
import type { WalletTrouble } from "../wallet/wallet.ts";
import type { Action } from "./actions.ts";
import type { Payer } from "./fee.ts";

/** What it will cost, as the chain said when it was tried without carrying it out. */
export interface Quote {
    readonly accountNumber: number;
    readonly sequence: number;
    readonly gas: number;
    /** Base units of the fee coin. */
    readonly fee: bigint;
    readonly payer: Extract<Payer, { by: "granter" | "self" }>;
    /** What would happen now: "NODE expects". */
    readonly expected: readonly ChainEvent[];
    readonly node: string;
    /** The last block when it was priced: what is signed for it stands in a later one. */
    readonly height: number;
    /** The last block that may have it. */
    readonly timeoutHeight: number;
}

/** What was signed and handed in; kept on the device until its end is known. */
export interface Pending {
    readonly address: string;
    readonly action: Action;
    /** The transaction, base64. */
    readonly bytes: string;
    /** SHA-256 of it, hex in capitals. */
    readonly hash: string;
    readonly sequence: number;
    readonly timeoutHeight: number;
    /** The last block before it was handed in: it stands in a later one. */
    readonly afterHeight: number;
    /** When, by the device's clock, ms. */
    readonly since: number;
}

export interface RefusalFacts {
    readonly codespace: string;
    readonly code: number;
    readonly log: string;
}

/** Why there is nothing to sign yet. */
export type Hindrance =
    | { readonly kind: "refused"; readonly refusal: RefusalFacts }
    | { readonly kind: "node"; readonly node: string; readonly trouble: NodeTrouble }
    | { readonly kind: "wallet"; readonly trouble: WalletTrouble }
    /** The chain has never heard of the account: it holds nothing and was granted nothing. */
    | { readonly kind: "unknown_account"; readonly address: string }
    | { readonly kind: "no_fee"; readonly fee: bigint; readonly payer: Extract<Payer, { by: "nobody" }> }
    /** Something of this account is under way already. */
    | { readonly kind: "pending"; readonly action: Action }
    /** What was to be tried again has happened after all: its sequence is used. */
    | { readonly kind: "sequence_moved" }
    | { readonly kind: "unexpected"; readonly detail: string };

export type Sending =
    | { readonly step: "words"; readonly action: Action; readonly retry: Retry | null }
    | { readonly step: "pricing"; readonly action: Action; readonly retry: Retry | null }
    | { readonly step: "cannot"; readonly action: Action; readonly retry: Retry | null; readonly why: Hindrance }
    | {
          readonly step: "ready";
          readonly action: Action;
          readonly retry: Retry | null;
          readonly quote: Quote;
          readonly trouble: WalletTrouble | null;
      }
    | { readonly step: "wallet"; readonly action: Action; readonly retry: Retry | null; readonly quote: Quote }
    | { readonly step: "sent"; readonly pending: Pending; readonly silent: NodeTrouble | null; readonly blocks: number }
    | {
          readonly step: "done";
          readonly action: Action;
          readonly height: number;
          readonly hash: string;
          readonly events: readonly ChainEvent[];
      }
    | {
          readonly step: "refused";
          readonly action: Action;
          readonly refusal: RefusalFacts;
          readonly height: number | null;
          readonly retry: Retry;
      }
    | {
          readonly step: "not_happened";
          readonly action: Action;
          readonly retry: Retry;
          readonly how: "sequence" | "second_node";
      }
    | { readonly step: "unsure"; readonly pending: Pending };

/** A retry takes the same sequence again: of the two, the chain can take only one. Null: whatever the chain says. */
export interface Retry {
    readonly sequence: number | null;
}

export type SendingEvent =
    | { readonly on: "price" }
    | { readonly on: "priced"; readonly quote: Quote }
    | { readonly on: "hindered"; readonly why: Hindrance }
    | { readonly on: "sign" }
    /** The wallet's window may be lost behind others. What is signed there after all is thrown away. */
    | { readonly on: "cancel" }
    | { readonly on: "wallet_failed"; readonly trouble: WalletTrouble }
    | { readonly on: "signed"; readonly pending: Pending }
    | { readonly on: "broadcast_refused"; readonly refusal: RefusalFacts }
    | { readonly on: "looked"; readonly blocks: number; readonly silent: NodeTrouble | null }
    | {
          readonly on: "found";
          readonly height: number;
          readonly events: readonly ChainEvent[];
          readonly refusal: RefusalFacts | null;
      }
    | { readonly on: "did_not_happen"; readonly how: "sequence" | "second_node" }
    | { readonly on: "cannot_tell" }
    | { readonly on: "look_again" }
    | { readonly on: "retry" };

export function begin(action: Action): Sending {
    return { step: "words", action, retry: null };
}

/** After a reload. */
export function resume(pending: Pending): Sending {
    return { step: "sent", pending, silent: null, blocks: 0 };
}

export function next(state: Sending, event: SendingEvent): Sending {
    switch (event.on) {
        case "price":
            return state.step === "words" || state.step === "cannot" || state.step === "ready"
                ? { step: "pricing", action: state.action, retry: state.retry }
                : state;
        case "priced":
            return state.step === "pricing" ? { ...state, step: "ready", quote: event.quote, trouble: null } : state;
        case "hindered":
            return state.step === "pricing" ? { ...state, step: "cannot", why: event.why } : state;
        case "sign":
            return state.step === "ready"
                ? { step: "wallet", action: state.action, retry: state.retry, quote: state.quote }
                : state;
        case "cancel":
            return state.step === "wallet" ? { ...state, step: "ready", trouble: null } : state;
        case "wallet_failed":
            return state.step === "wallet" ? { ...state, step: "ready", trouble: event.trouble } : state;
        case "signed":
            return state.step === "wallet" ? { step: "sent", pending: event.pending, silent: null, blocks: 0 } : state;
        case "retry":
            return state.step === "refused" || state.step === "not_happened"
                ? { step: "words", action: state.action, retry: state.retry }
                : state;
        case "look_again":
            return state.step === "unsure" ? resume(state.pending) : state;
        default:
            return state.step === "sent" ? whileSent(state, event) : state;
    }
}

function whileSent(state: Extract<Sending, { step: "sent" }>, event: SendingEvent): Sending {
    const { pending } = state;
    const { action, sequence } = pending;
    switch (event.on) {
        case "broadcast_refused":
            // The node says that it took nothing. Should it have passed it on all the same, a retry with this sequence excludes it.
            return { step: "refused", action, refusal: event.refusal, height: null, retry: { sequence } };
        case "looked":
            return { step: "sent", pending, silent: event.silent, blocks: event.blocks };
        case "found":
            return event.refusal === null
                ? { step: "done", action, height: event.height, hash: pending.hash, events: event.events }
                : // In a block: its sequence is used, and a retry is a new one.
                  { step: "refused", action, refusal: event.refusal, height: event.height, retry: { sequence: null } };
        case "did_not_happen":
            return { step: "not_happened", action, retry: { sequence }, how: event.how };
        case "cannot_tell":
            return { step: "unsure", pending };
        default:
            return state;
    }
}
