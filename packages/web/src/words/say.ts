// A language, a grid's money and a grid's time zone together: everything that is told is told through this.

import { addDays, type Day, dayOf } from "../format/days.ts";
import * as energy from "../format/energy.ts";
import * as moments from "../format/moments.ts";
import * as money from "../format/money.ts";
import type { Words } from "./words.ts";

/** What of a grid decides how things are written. */
export interface Manner {
    readonly asset: money.Asset;
    readonly feeCoin: money.Asset;
    /** IANA name. */
    readonly zone: string;
    /** Seconds of an interval. */
    readonly intervalLength: number;
}

/** Says things of one grid in one language. */
export interface Say extends Words, Manner {
    readonly money: (units: bigint) => string;
    readonly exactMoney: (units: bigint) => string;
    readonly fullMoney: (units: bigint) => string;
    readonly feeMoney: (units: bigint) => string;
    readonly price: (perMwh: bigint) => string;
    readonly exactPrice: (perMwh: bigint) => string;
    readonly energy: (mwh: bigint) => string;
    readonly exactEnergy: (mwh: bigint) => string;
    readonly power: (watts: number) => string;
    readonly number: (value: number) => string;
    readonly percent: (hundredths: number) => string;
    readonly clock: (seconds: number) => string;
    readonly deadline: (seconds: number) => string;
    /** A span of intervals by the clock: "12:15–12:30", "13:45 to 13:45 the next day". */
    readonly span: (first: number, intervals: number) => string;
    readonly shortDay: (day: Day) => string;
    readonly longDay: (day: Day) => string;
    readonly month: (day: Day) => string;
    readonly ago: (seconds: number, now: number) => string;
    readonly list: (items: readonly string[]) => string;
    /** The local day of an interval. */
    readonly dayOfInterval: (interval: number) => Day;
}

/** Everything that a screen needs to tell figures in a language. */
export function makeSay(words: Words, manner: Manner): Say {
    const { locale } = words;
    const { asset, feeCoin, zone, intervalLength } = manner;
    /** The day of its end is said where it is another one. */
    const spanOf = (from: number, until: number): string => {
        const [first, last] = [dayOf(from, zone), dayOf(until - 1, zone)];
        if (first === last) return moments.clockSpan(locale, from, until, zone);
        const clocks = { from: moments.clock(locale, from, zone), until: moments.endClock(locale, until, zone) };
        if (last === addDays(first, 1)) return words.t("span.next_day", clocks);
        return words.t("span.on_day", { ...clocks, day: moments.shortDay(locale, last) });
    };
    return {
        ...words,
        ...manner,
        money: (units) => money.money(locale, asset, units),
        exactMoney: (units) => money.exactMoney(locale, asset, units),
        fullMoney: (units) => money.fullMoney(locale, asset, units),
        feeMoney: (units) => money.money(locale, feeCoin, units),
        price: (perMwh) => money.price(locale, asset, perMwh),
        exactPrice: (perMwh) => money.exactPrice(locale, asset, perMwh),
        energy: (mwh) => energy.energy(locale, mwh),
        exactEnergy: (mwh) => energy.exactEnergy(locale, mwh),
        power: (watts) => energy.power(locale, watts),
        number: (value) => money.decimal(locale, `${value}`),
        percent: (hundredths) =>
            money.decimal(locale, `${hundredths / 100}`, { style: "percent", maximumFractionDigits: 2 }),
        clock: (seconds) => moments.clock(locale, seconds, zone),
        deadline: (seconds) => moments.deadline(locale, seconds, zone),
        span: (first, intervals) => spanOf(first * intervalLength, (first + intervals) * intervalLength),
        shortDay: (day) => moments.shortDay(locale, day),
        longDay: (day) => moments.longDay(locale, day),
        month: (day) => moments.monthName(locale, day),
        ago: (seconds, now) => moments.ago(locale, seconds, now),
        list: (items) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
        dayOfInterval: (interval) => dayOf(interval * intervalLength, zone),
    };
}
