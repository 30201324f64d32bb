// What people do, the call that it is, and what came of it, read from the events of the pinned contracts alone.

import { toBase64, utf8 } from "../chain/bytes.ts";
import type { FeeTerms } from "../chain/feegrant.ts";
import type { Json } from "../chain/json.ts";
import type { Call } from "../chain/messages.ts";
import type { ChainEvent } from "../chain/rpc.ts";
import type { Message } from "../chain/transactions.ts";
import type { GridPins } from "../trust/pins.ts";
import type { ExecuteMsg as SettlementMsg } from "../types/energy-settlement.ts";
import type { MeterProposal, ExecuteMsg as RegistryMsg } from "../types/meter-registry.ts";

/** Money is base units as a decimal string, so that an action can be kept as JSON. */
export type Action =
    | { readonly kind: "deposit"; readonly slot: number; readonly amount: string }
    /** Without an amount: all that is free. */
    | { readonly kind: "withdraw"; readonly slot: number; readonly amount: string | null }
    | { readonly kind: "propose_meter"; readonly meter: MeterProposal }
    | { readonly kind: "drop_proposal"; readonly proposal: number }
    /** Whoever signs pays network fees of these accounts, in place of what was granted before; without terms: no longer. */
    | { readonly kind: "fees"; readonly accounts: readonly Paid[]; readonly fees: FeeTerms | null }
    /** A call of a pinned contract that has no word of its own here. */
    | {
          readonly kind: "call";
          readonly contract: "registry" | "settlement" | "escrow";
          readonly message: Json;
          readonly amount: string | null;
      };

/** Somebody whose network fees are paid. */
export interface Paid {
    readonly address: string;
    /** Something is granted already. */
    readonly replaces: boolean;
}

/** What is signed for an action. Contracts come from grid.json, never from a node. */
export function messagesOf(action: Action, pins: GridPins, sender: string): readonly Message[] {
    if (action.kind !== "fees") return [callOf(action, pins, sender)];
    const { fees } = action;
    return action.accounts.flatMap(({ address: grantee, replaces }): Message[] => [
        ...(replaces || fees === null ? [{ sender, grantee, fees: null }] : []),
        ...(fees === null ? [] : [{ sender, grantee, fees }]),
    ]);
}

function callOf(action: Exclude<Action, { kind: "fees" }>, pins: GridPins, sender: string): Call {
    const { registry, settlement } = pins.contracts;
    const plain = (contract: string, message: Json): Call => ({ sender, contract, message, funds: [] });
    switch (action.kind) {
        case "deposit": {
            const message: SettlementMsg = { deposit: { slot: action.slot } };
            return paying(pins, sender, settlement, message, action.amount);
        }
        case "withdraw": {
            const { slot, amount } = action;
            const message: SettlementMsg = { withdraw: amount === null ? { slot } : { slot, amount } };
            return plain(settlement, message);
        }
        case "propose_meter": {
            const message = { propose_meter: { meter: { ...action.meter } } } satisfies RegistryMsg;
            return plain(registry, message);
        }
        case "drop_proposal": {
            const message: RegistryMsg = { drop_proposal: { proposal: action.proposal } };
            return plain(registry, message);
        }
        case "call": {
            const contract = pins.contracts[action.contract];
            if (contract === null) throw new Error("expected an escrow in grid.json, it names none");
            return action.amount === null
                ? plain(contract, action.message)
                : paying(pins, sender, contract, action.message, action.amount);
        }
    }
}

/** Money goes along as a coin, or a cw20 token is told to take it there and to hand the message on. */
function paying(pins: GridPins, sender: string, contract: string, message: Json, amount: string): Call {
    if (!/^[1-9]\d{0,38}$/.test(amount)) throw new Error(`expected an amount above 0 in base units, got '${amount}'`);
    const { asset } = pins;
    if ("denom" in asset) return { sender, contract, message, funds: [{ denom: asset.denom, amount }] };
    const send = { contract, amount, msg: toBase64(utf8(JSON.stringify(message))) };
    return { sender, contract: asset.cw20, message: { send }, funds: [] };
}

/** What an action changed. */
export type Change =
    | { readonly kind: "deposited"; readonly slot: number; readonly amount: bigint }
    | { readonly kind: "withdrawn"; readonly slot: number; readonly amount: bigint; readonly moreEnded: boolean }
    | { readonly kind: "proposed"; readonly proposal: number; readonly expiresAt: number }
    | { readonly kind: "proposal_dropped"; readonly proposal: number }
    /** Somebody's network fees are paid from now on, or no longer. */
    | { readonly kind: "fees"; readonly granter: string; readonly grantee: string; readonly paid: boolean }
    | { readonly kind: "escrow"; readonly event: string; readonly facts: Readonly<Record<string, string>> }
    | { readonly kind: "grid"; readonly event: string; readonly facts: Readonly<Record<string, string>> };

/** What else of a grid's contracts a person who sent something hears of. */
const OF_THE_GRID: readonly string[] = ["meters_admitted", "gap_closed", "no_gap", "ownership_updated", "swept"];

/** Reads changes from events. Anybody can have a contract of their own say the same: only the grid's own are believed. */
export function changesOf(events: readonly ChainEvent[], pins: GridPins): readonly Change[] {
    return renewed(
        events.flatMap(({ type, attributes }): Change[] => {
            // Of the chain's own module: no contract can say them, since what contracts say begins with "wasm".
            if (type === "set_feegrant" || type === "revoke_feegrant") {
                const { granter = "", grantee = "" } = attributes;
                return [{ kind: "fees", granter, grantee, paid: type === "set_feegrant" }];
            }
            const by = attributes["_contract_address"];
            if (by === pins.contracts.escrow && type.startsWith("wasm-"))
                return [{ kind: "escrow", event: type.slice("wasm-".length), facts: attributes }];
            const number = (key: string) => Number(attributes[key]);
            if (by === pins.contracts.settlement && type === "wasm-deposited")
                return [{ kind: "deposited", slot: number("slot"), amount: BigInt(attributes["amount"] ?? "0") }];
            if (by === pins.contracts.settlement && type === "wasm-withdrawn") {
                const amount = BigInt(attributes["amount"] ?? "0");
                return [
                    { kind: "withdrawn", slot: number("slot"), amount, moreEnded: attributes["more_ended"] === "true" },
                ];
            }
            if (by === pins.contracts.registry && type === "wasm-meter_proposed")
                return [{ kind: "proposed", proposal: number("proposal"), expiresAt: number("expires_at") }];
            if (by === pins.contracts.registry && type === "wasm-proposal_dropped")
                return [{ kind: "proposal_dropped", proposal: number("proposal") }];
            const event = type.slice("wasm-".length);
            const own = by === pins.contracts.registry || by === pins.contracts.settlement;
            return own && OF_THE_GRID.includes(event) ? [{ kind: "grid", event, facts: attributes }] : [];
        }),
    );
}

/** What is taken back and granted anew in one transaction was not taken back. */
function renewed(changes: readonly Change[]): readonly Change[] {
    const paid = new Set(changes.flatMap((one) => (one.kind === "fees" && one.paid ? [one.grantee] : [])));
    return changes.filter((one) => one.kind !== "fees" || one.paid || !paid.has(one.grantee));
}
