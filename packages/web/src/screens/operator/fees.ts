// Whose network fees are paid, how much and until when.

import type { FeeTerms } from "../../chain/feegrant.ts";
import type { ChainAccount } from "../../data/source.ts";
import { unitsOf } from "../../format/decimal.ts";
import type { FeeCoin } from "../../trust/pins.ts";
import type { Say } from "../../words/say.ts";
import type { People } from "../project/conditions.ts";
import type { Typed } from "../project/forms.ts";

const DAY = 86_400;
/** Days of a period, and days until the end, that can be chosen. */
export const PERIODS = ["7", "30", "90"] as const;
export const SPANS = ["30", "90", "365"] as const;

/** An allowance while it is typed. */
export interface FeesDraft {
    /** Of the fee coin, in a period. */
    readonly amount: string;
    readonly period: string;
    readonly span: string;
}

export const USUAL_FEES: FeesDraft = { amount: "", period: "30", span: "365" };

/** What a draft means from now on: as many periods as begin until the end bound the whole. */
export function readFees(say: Say, coin: FeeCoin, draft: FeesDraft, now: number): Typed<FeeTerms> {
    const { decimals, symbol } = coin;
    const amount = unitsOf(draft.amount, decimals, say.locale);
    if (amount === "too_many_digits") return { wrong: say.t("money.bad_digits", { symbol, digits: decimals }) };
    if (amount === "too_large") return { wrong: say.t("money.bad_large") };
    if (amount === "empty") return { wrong: say.t("money.bad_empty") };
    if (typeof amount !== "bigint") return { wrong: say.t("money.bad_number", { example: say.number(12.5) }) };
    if (amount === 0n) return { wrong: say.t("money.bad_zero") };
    const [period, span] = [Number(draft.period) * DAY, Number(draft.span) * DAY];
    return {
        is: {
            denom: coin.denom,
            perPeriod: String(amount),
            total: String(amount * BigInt(Math.ceil(span / period))),
            period,
            firstReset: now + period,
            expiresAt: now + span,
        },
    };
}

export function feesSentences(say: Say, fees: FeeTerms): readonly string[] {
    const money = say.feeMoney(BigInt(fees.perPeriod));
    const until = say.deadline(fees.expiresAt);
    return [
        say.t("fees.terms", { money, days: fees.period / DAY, until, total: say.feeMoney(BigInt(fees.total)) }),
        say.t("fees.calls"),
    ];
}

/** What is paid of somebody's fees now. */
export function paidSentence(say: Say, { address, allowance }: ChainAccount, people: People): string {
    if (allowance === null) return say.t("operator.fees_without", { who: people(address) });
    return say.t("operator.fees_with", {
        who: people(address),
        left: allowance.left === null ? "none" : say.feeMoney(allowance.left),
        until: allowance.expiresAt === null ? "none" : say.deadline(allowance.expiresAt),
    });
}
