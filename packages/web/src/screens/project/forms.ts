// What people type, as what the escrow takes; or what is wrong with it, in words.

import { isAddress } from "../../chain/bech32.ts";
import { addDays, type Day, startOfDay } from "../../format/days.ts";
import { type AmountError, unitsOf } from "../../format/decimal.ts";
import type { Say } from "../../words/say.ts";

/** Something typed: what it means, or what is wrong with it. */
export type Typed<T> = { readonly is: T } | { readonly wrong: string };

export function typedAmount(say: Say, text: string, bounds: { least?: bigint; most?: bigint } = {}): Typed<bigint> {
    const is = unitsOf(text, say.asset.decimals, say.locale);
    if (typeof is !== "bigint") return { wrong: wrongAmount(say, is) };
    if (is === 0n) return { wrong: say.t("money.bad_zero") };
    const { least, most } = bounds;
    if (least !== undefined && is < least) return { wrong: say.t("forms.least", { money: say.fullMoney(least) }) };
    if (most !== undefined && is > most) return { wrong: say.t("forms.most", { money: say.fullMoney(most) }) };
    return { is };
}

function wrongAmount(say: Say, error: AmountError): string {
    if (error === "empty") return say.t("money.bad_empty");
    if (error === "too_large") return say.t("money.bad_large");
    if (error === "too_many_digits")
        return say.t("money.bad_digits", { symbol: say.asset.symbol, digits: say.asset.decimals });
    return say.t("money.bad_number", { example: say.number(12.5) });
}

/** "60" or "33,3" per cent as basis points. */
export function typedPercent(say: Say, text: string, least = 0, most = 10_000): Typed<number> {
    const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
    const is = match === null ? -1 : Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
    if (is < least || is > most)
        return { wrong: say.t("forms.percent", { least: say.percent(least / 100), most: say.percent(most / 100) }) };
    return { is };
}

export function typedCount(say: Say, text: string, least: number, most: number): Typed<number> {
    const is = /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : -1;
    return is < least || is > most ? { wrong: say.t("forms.count", { least, most }) } : { is };
}

export function typedAddress(say: Say, text: string, prefix: string): Typed<string> {
    const is = text.trim();
    return isAddress(is, prefix) ? { is } : { wrong: say.t("forms.address", { prefix }) };
}

/** The longest that terms may have, as JSON stores it. */
const LONGEST_URI = 512;

/** Nothing, or a place that programs can open. */
export function typedUri(say: Say, text: string): Typed<string> {
    const is = text.trim();
    if (is === "") return { is };
    const good = /^(https|ipfs):\/\/[!-~]+$/.test(is) && JSON.stringify(is).length - 2 <= LONGEST_URI;
    return good ? { is } : { wrong: say.t("forms.uri") };
}

/** The end of a day in the grid's time zone, so that "until the 5th" holds on the 5th. */
export function typedDay(say: Say, text: string, after: number): Typed<number> {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return { wrong: say.t("forms.day") };
    const is = startOfDay(addDays(text as Day, 1), say.zone);
    return is > after ? { is } : { wrong: say.t("forms.later", { when: say.deadline(after) }) };
}
