// What the app signs: calls of the grid's contracts (and feegrant.ts, whose network fees are paid), and nothing else.

import { utf8 } from "./bytes.ts";
import type { Json } from "./json.ts";
import { sortedJson } from "./json.ts";
import { Writer } from "./protobuf.ts";

export const EXECUTE_CONTRACT = "/cosmwasm.wasm.v1.MsgExecuteContract";

export interface Coin {
    readonly denom: string;
    /** Base units, a decimal string. */
    readonly amount: string;
}

/** A call of a contract. */
export interface Call {
    readonly sender: string;
    readonly contract: string;
    readonly message: Json;
    /** Coins that go along, by denomination. */
    readonly funds: readonly Coin[];
}

export function coin({ denom, amount }: Coin): Writer {
    return new Writer().text(1, denom).text(2, amount);
}

export function callBytes(call: Call): Writer {
    const message = new Writer()
        .text(1, call.sender)
        .text(2, call.contract)
        .bytes(3, utf8(sortedJson(call.message)));
    for (const fund of call.funds) message.message(5, coin(fund));
    return message;
}

/** The same as the amino JSON that a Ledger shows and signs. */
export function callAmino(call: Call): { readonly type: string; readonly value: Json } {
    const funds = call.funds.map(({ denom, amount }) => ({ denom, amount }));
    return {
        type: "wasm/MsgExecuteContract",
        value: { sender: call.sender, contract: call.contract, msg: call.message, funds },
    };
}

/** A value of any type, with its name. */
export function any(type: string, value: Writer): Writer {
    return new Writer().text(1, type).bytes(2, value.done());
}
