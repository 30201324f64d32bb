// What a transaction costs, and who pays it.

import { EXECUTE_CONTRACT } from "../chain/messages.ts";
import type { FeeAllowance } from "../chain/queries.ts";
import type { FeeCoin } from "../trust/pins.ts";

/** A simulation may lack a little (1 % was seen), and state moves until the block: a fifth more. What is not used is paid all the same. */
const MARGIN_PERCENT = 120n;

export function gasLimit(simulated: number): number {
    return Number((BigInt(simulated) * MARGIN_PERCENT + 99n) / 100n);
}

/** Base units for so much gas, rounded up as the chain asks: gas x price. */
export function feeFor(gas: number, coin: FeeCoin): bigint {
    const [whole = "", part = ""] = coin.gas_price.split(".");
    const scaled = BigInt(whole + part) * BigInt(gas);
    const scale = 10n ** BigInt(part.length);
    return (scaled + scale - 1n) / scale;
}

/** Who pays, or what is missing. */
export type Payer =
    | { readonly by: "granter"; readonly granter: string; readonly left: bigint | null }
    | { readonly by: "self" }
    | {
          readonly by: "nobody";
          readonly has: bigint;
          readonly allowance: "none" | "used_up" | "expired" | "other_messages";
          /** When an allowance that is used up will suffice again; null: not by itself. */
          readonly againAt: number | null;
      };

/** The grid where its allowance suffices, else the account itself. `now` is the chain's time. */
export function payerOf(
    fee: bigint,
    denom: string,
    granter: string | null,
    allowance: FeeAllowance | null,
    has: bigint,
    now: number,
): Payer {
    const granted = granter === null || allowance === null ? "none" : pays(fee, denom, allowance, now);
    if (granter !== null && granted === "pays") return { by: "granter", granter, left: left(denom, allowance, now) };
    if (has >= fee) return { by: "self" };
    const againAt = granted === "used_up" ? fillsUp(fee, denom, allowance, now) : null;
    return { by: "nobody", has, allowance: granted === "pays" ? "none" : granted, againAt };
}

/** When the next period begins, where that suffices and the allowance still holds then. */
function fillsUp(fee: bigint, denom: string, allowance: FeeAllowance | null, now: number): number | null {
    const at = allowance?.resetsAt ?? null;
    if (allowance === null || at === null || at <= now) return null;
    const over = allowance.expiresAt !== null && allowance.expiresAt <= at;
    return over || (left(denom, allowance, at) ?? fee) < fee ? null : at;
}

function pays(
    fee: bigint,
    denom: string,
    allowance: FeeAllowance,
    now: number,
): "pays" | "used_up" | "expired" | "other_messages" {
    if (allowance.expiresAt !== null && allowance.expiresAt <= now) return "expired";
    if (allowance.messages !== null && !allowance.messages.includes(EXECUTE_CONTRACT)) return "other_messages";
    const rest = left(denom, allowance, now);
    return rest === null || rest >= fee ? "pays" : "used_up";
}

/** Base units that the allowance still pays now; null: no limit. A period that is over has begun anew with the next fee. */
export function left(denom: string, allowance: FeeAllowance | null, now: number): bigint | null {
    if (allowance === null) return 0n;
    const { limit, periodLeft, periodLimit, resetsAt } = allowance;
    const period = resetsAt !== null && resetsAt <= now ? periodLimit : periodLeft;
    const parts = [limit, period].filter((part) => part !== null).map((part) => part.get(denom) ?? 0n);
    return parts.length === 0 ? null : parts.reduce((least, part) => (part < least ? part : least));
}
