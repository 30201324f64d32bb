// What happened to a grid's money, from the events of its settlement: each is one step of a replay.

import type { FoundTransaction } from "../../chain/rpc.ts";

export type Step = { readonly height: number } & (
    | { readonly kind: "opened"; readonly firstSlot: number; readonly count: number }
    | { readonly kind: "deposited" | "withdrawn"; readonly slot: number; readonly amount: bigint }
    | { readonly kind: "finalised"; readonly firstInterval: number }
    | { readonly kind: "swept"; readonly fee: number | null; readonly amount: bigint }
    | ({ readonly kind: "settled" } & SettledStep)
);

export interface SettledStep {
    readonly firstInterval: number;
    /** Whether somebody could not pay all, so that balances decided something. */
    readonly short: boolean;
    readonly balances: string;
    readonly results: string;
}

/** The steps of transactions in their order. Only the grid's own settlement is believed; a transaction that failed did nothing. */
export function stepsOf(transactions: readonly FoundTransaction[], settlement: string): readonly Step[] {
    return transactions.flatMap(({ height, outcome }) =>
        outcome.code !== 0
            ? []
            : outcome.events.flatMap(({ type, attributes }) =>
                  attributes["_contract_address"] === settlement ? stepOf(type, attributes, height) : [],
              ),
    );
}

function stepOf(type: string, attributes: Readonly<Record<string, string>>, height: number): readonly Step[] {
    const read = (key: string, shape: RegExp): string => {
        const text = attributes[key] ?? "";
        if (!shape.test(text)) throw new Error(`${type}: expected ${key} as the settlement writes it, got '${text}'`);
        return text;
    };
    const number = (key: string): number => Number(read(key, /^\d{1,15}$/));
    const amount = (key: string): bigint => BigInt(read(key, /^\d{1,39}$/));
    switch (type) {
        case "wasm-accounts_opened":
            return [{ kind: "opened", height, firstSlot: number("first_slot"), count: number("count") }];
        case "wasm-deposited":
            return [{ kind: "deposited", height, slot: number("slot"), amount: amount("amount") }];
        case "wasm-withdrawn":
            return [{ kind: "withdrawn", height, slot: number("slot"), amount: amount("amount") }];
        case "wasm-window_finalised":
            return [{ kind: "finalised", height, firstInterval: number("first_interval") }];
        case "wasm-swept": {
            const account = read("account", /^(rounding|\d{1,3})$/);
            const fee = account === "rounding" ? null : Number(account);
            return [{ kind: "swept", height, fee, amount: amount("amount") }];
        }
        case "wasm-window_settled":
            return [
                {
                    kind: "settled",
                    height,
                    firstInterval: number("first_interval"),
                    short: amount("payable_mwh") !== amount("demand_mwh"),
                    balances: read("balances", /^[0-9a-f]{64}$/),
                    results: read("results", /^[0-9a-f]{64}$/),
                },
            ];
        default:
            return [];
    }
}
