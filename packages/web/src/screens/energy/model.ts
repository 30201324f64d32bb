// One local day of a home: its bars, where energy came from and went, how complete it is, and the table to save.

import type { HomeEnergy, HomeInterval } from "../../data/source.ts";
import { addDays, type Day, dayOf, hoursOf, intervalsOf, type Span, spanOf } from "../../format/days.ts";
import { decimalOf } from "../../format/decimal.ts";
import { clock } from "../../format/moments.ts";
import type { Say } from "../../words/say.ts";
import { type Bin, bins, fromElsewhere, toElsewhere, total } from "./bins.ts";
import { homeChart, missingSentence } from "./chart.ts";

/** A day of the calendar that was asked for in an address, or today. */
export function dayFrom(text: string | undefined, today: Day): Day {
    if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return today;
    const moment = Date.parse(`${text}T00:00:00Z`);
    const valid = !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
    return valid && text <= today ? (text as Day) : today;
}

/** The hours of a day, or its intervals where there is room for them. */
export function spansOf(day: Day, zone: string, length: number, wide: boolean): Span[] {
    if (!wide) return hoursOf(day, zone, length);
    const { first, count } = intervalsOf(day, zone, length);
    return Array.from({ length: count }, (_, place) => ({ first: first + place, count: 1 }));
}

/** What is known of a day. */
export interface DayFacts {
    readonly day: Day;
    readonly energy: HomeEnergy;
    /** The day before, where it is compared. */
    readonly before: HomeEnergy | null;
    readonly utility: boolean;
    readonly wide: boolean;
    /** Seconds since 1970. */
    readonly now: number;
    /** The first interval that the home takes part in. */
    readonly since: number;
}

/** A part of a bar that is drawn as a whole: how much, and how it is called. */
export interface Part {
    readonly id: "neighbours" | "utility" | "unknown";
    readonly name: string;
    readonly energy: string;
    /** Of 10,000. */
    readonly width: number;
}

/** The day as it is shown. */
export function dayModel(say: Say, facts: DayFacts) {
    const { zone, intervalLength: length } = say;
    const spans = spansOf(facts.day, zone, length, facts.wide);
    const expected = { since: facts.since, now: Math.floor(facts.now / length) };
    const today = bins(facts.energy.intervals, spans, expected);
    const yesterdaySpans = spansOf(addDays(facts.day, -1), zone, length, facts.wide);
    const compared = facts.before === null ? null : bins(facts.before.intervals, yesterdaySpans, expected);
    const sum = total(today);
    const chart = homeChart(say, {
        title: say.longDay(facts.day),
        bins: today,
        label: (bin) => say.clock(bin.first * length),
        name: (bin) => say.span(bin.first, bin.count),
        head: say.t("chart.time"),
        utility: facts.utility,
        href: (bin) => `/bill/${bin.first}`,
        compare: compared,
    });
    return {
        chart,
        sum,
        clocks: clocksSentence(say, facts.day),
        complete: completeSentence(say, sum),
        substituted: sum.substituted === 0 ? null : say.t("energy.substituted", { count: sum.substituted }),
        compare: compared === null ? null : compareSentence(say, sum, total(compared)),
        from: parts(sum.taken, [
            ["neighbours", say.t("series.neighbours"), sum.bought],
            ["utility", say.t(facts.utility ? "series.utility" : "series.elsewhere"), fromElsewhere(sum)],
            ["unknown", say.t("series.unknown"), sum.unknown],
        ]),
        to: parts(sum.given, [
            ["neighbours", say.t("series.to_neighbours"), sum.sold],
            ["utility", say.t(facts.utility ? "series.to_utility" : "series.to_elsewhere"), toElsewhere(sum)],
            ["unknown", say.t("series.to_unknown"), sum.givenUnknown],
        ]),
    };

    function parts(whole: bigint, all: [Part["id"], string, bigint][]): Part[] {
        const some = all.filter(([, , amount]) => amount > 0n);
        return some.map(([id, name, amount]) => ({
            id,
            name,
            energy: say.energy(amount),
            width: Number((amount * 10_000n) / whole),
        }));
    }
}

/** Says that a day is longer or shorter than others; null of a usual one. */
export function clocksSentence(say: Say, day: Day): string | null {
    const seconds = intervalsOf(day, say.zone, say.intervalLength).count * say.intervalLength;
    if (seconds === 86_400) return null;
    if (seconds === 82_800) return say.t("energy.short_day");
    if (seconds === 90_000) return say.t("energy.long_day");
    return say.t("energy.changed_day", { hours: say.number(seconds / 3600) });
}

function completeSentence(say: Say, sum: Bin): string | null {
    const count = sum.read + sum.missing;
    if (count === 0) return null;
    if (sum.missing === 0) return say.t("energy.complete", { count });
    return `${say.t("energy.incomplete", { there: sum.read, count })} ${missingSentence(say, sum.missing)}`;
}

/** Two days are compared only where both were read as a whole: a gap is no saving. */
function compareSentence(say: Say, today: Bin, before: Bin): string {
    const missing = today.missing + before.missing;
    if (missing > 0) return say.t("energy.cannot_compare", { count: missing });
    if (today.taken > before.taken) return say.t("energy.more", { energy: say.energy(today.taken - before.taken) });
    if (today.taken < before.taken) return say.t("energy.less", { energy: say.energy(before.taken - today.taken) });
    return say.t("energy.same");
}

/** The intervals of days as a table for programs: numbers with a point, UTC and local time, empty where there is no reading. */
export function csv(say: Say, intervals: readonly HomeInterval[]): string {
    const { zone, intervalLength: length, asset } = say;
    const unit = asset.currency ?? asset.symbol;
    const heads = [
        say.t("energy.start_utc"),
        say.t("energy.start_local"),
        say.t("energy.taken_wh"),
        say.t("energy.given_wh"),
        say.t("energy.bought_wh"),
        say.t("energy.sold_wh"),
        say.t("energy.price_kwh", { unit }),
        say.t("energy.quality"),
    ];
    const wh = (mwh: bigint | null | undefined): string => (mwh == null ? "" : trimmed(decimalOf(mwh, 3)));
    const rows = intervals.map((interval) => {
        const start = interval.interval * length;
        const { reading } = interval;
        const read = reading !== null && reading.quality !== "missing";
        return [
            `${new Date(start * 1000).toISOString().slice(0, 16)}Z`,
            `${dayOf(start, zone)} ${clock("en-GB", start, zone)}`,
            wh(read ? reading.taken : null),
            wh(read ? reading.given : null),
            wh(read ? interval.bought : null),
            wh(read ? interval.sold : null),
            interval.price === null ? "" : trimmed(decimalOf(interval.price, asset.decimals + 3)),
            say.t(`quality.${reading?.quality ?? "missing"}`),
        ];
    });
    return [heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

function trimmed(text: string): string {
    return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A cell that a spreadsheet takes as text or number, and never as a formula: texts of the chain are hostile. */
export function cell(text: string): string {
    const harmless = /^[=+@\t\r]|^-(?![0-9])/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The intervals to ask for: a day. */
export function range(day: Day, say: Say): { from: number; to: number } {
    const { first, count } = spanOf(day, addDays(day, 1), say.zone, say.intervalLength);
    return { from: first, to: first + count };
}
