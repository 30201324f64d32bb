// The home at a glance: the last period in one sentence, a chart, money, the grid.

import type { Account, GridInterval, HomeEnergy, HomeWindow, Window } from "../../data/source.ts";
import { addDays, type Day, dayOf, intervalsOf, monthOf, type Span, spanOf, weekOf } from "../../format/days.ts";
import { averagePrice, share } from "../../format/money.ts";
import { sum } from "../../format/whole.ts";
import { utilityWorth } from "../../format/worth.ts";
import type { Say } from "../../words/say.ts";
import { type Bin, bins } from "../energy/bins.ts";
import { homeChart } from "../energy/chart.ts";
import { clocksSentence, spansOf } from "../energy/model.ts";

export type Range = "day" | "week" | "month";

/** The days that a range shows, the last one not included. */
export function daysOf(range: Range, day: Day): { from: Day; until: Day } {
    if (range === "day") return { from: day, until: addDays(day, 1) };
    if (range === "week") return { from: weekOf(day), until: addDays(weekOf(day), 7) };
    return { from: monthOf(day), until: monthOf(day, 1) };
}

/** A period by its day where it is one, else by day and clock. */
export function periodName(say: Say, window: Span): string {
    const day = say.dayOfInterval(window.first);
    const whole = intervalsOf(day, say.zone, say.intervalLength);
    if (whole.first === window.first && whole.count === window.count) return say.longDay(day);
    const span = say.span(window.first, window.count);
    if (window.count === 1 && say.intervalLength === 900) return say.t("home.last", { span });
    return say.t("home.span_of_day", { day: say.shortDay(day), span });
}

/** What the last period was for a home. */
export function lastPeriod(say: Say, window: HomeWindow, energy: HomeEnergy, utility: boolean) {
    const span = { first: window.firstInterval, count: window.intervals };
    const own = energy.intervals.filter(({ interval }) => interval >= span.first && interval < span.first + span.count);
    const [bin] = bins(own, [span], { since: span.first, now: span.first + span.count });
    if (bin === undefined) throw new Error("one span makes one bin");
    const worth = utilityWorth(own);
    const money: string[] = [];
    if (window.debit === null || window.credit === null) money.push(say.t("home.amount_unknown"));
    else {
        const price = averagePrice(window.debit, bin.bought);
        if (window.debit > 0n && price !== null)
            money.push(say.t("home.cost", { money: say.money(window.debit), price: say.price(price) }));
        if (utility && worth !== null && bin.bought > 0n)
            money.push(say.t("home.instead_paid", { money: say.money(worth.bought) }));
        if (window.credit > 0n) money.push(say.t("home.brought", { money: say.money(window.credit) }));
        if (utility && worth !== null && bin.sold > 0n)
            money.push(say.t("home.instead_earned", { money: say.money(worth.sold) }));
    }
    return {
        title: periodName(say, span),
        headline: headline(say, bin),
        missing: bin.missing > 0 && bin.read > 0 ? say.t("home.part_missing") : null,
        money,
        final:
            window.state === "final"
                ? say.t("home.final")
                : say.t("home.provisional", { when: say.deadline(window.finalAt) }),
        isFinal: window.state === "final",
        href: `/bill/${window.firstInterval}`,
    };
}

/** One sentence about taking, and where the home gave one about that. */
function headline(say: Say, bin: Bin): string[] {
    if (bin.read === 0) return [say.t("home.unread")];
    const sentences: string[] = [];
    const [taken, given] = [say.energy(bin.taken), say.energy(bin.given)];
    if (bin.taken > 0n) {
        if (bin.unknown > 0n) sentences.push(say.t("home.unknown", { taken }));
        else if (bin.bought === 0n) sentences.push(say.t("home.covered_none", { taken }));
        else if (bin.bought === bin.taken) sentences.push(say.t("home.covered_all", { taken }));
        else sentences.push(say.t("home.covered_part", { taken, bought: say.energy(bin.bought) }));
    }
    if (bin.given > 0n && bin.givenUnknown === 0n) {
        if (bin.sold === 0n) sentences.push(say.t("home.gave_none", { given }));
        else if (bin.sold === bin.given) sentences.push(say.t("home.gave_all", { given }));
        else sentences.push(say.t("home.gave_part", { given, sold: say.energy(bin.sold) }));
    }
    return sentences.length === 0 ? [say.t("home.idle")] : sentences;
}

/** The home's chart of a day, a week or a month. */
export function rangeChart(
    say: Say,
    range: Range,
    day: Day,
    energy: HomeEnergy,
    facts: { utility: boolean; wide: boolean; now: number; since: number },
) {
    const { zone, intervalLength: length } = say;
    const expected = { since: facts.since, now: Math.floor(facts.now / length) };
    if (range === "day") {
        const all = bins(energy.intervals, spansOf(day, zone, length, facts.wide), expected);
        const chart = homeChart(say, {
            title: say.longDay(day),
            bins: all,
            label: (bin) => say.clock(bin.first * length),
            name: (bin) => say.span(bin.first, bin.count),
            head: say.t("chart.time"),
            utility: facts.utility,
            href: (bin) => `/bill/${bin.first}`,
        });
        return { chart, note: clocksSentence(say, day) };
    }
    const { from, until } = daysOf(range, day);
    const days: Day[] = [];
    for (let one = from; one < until; one = addDays(one, 1)) days.push(one);
    const spans = days.map((one) => intervalsOf(one, zone, length));
    const name = (bin: Bin): string => say.shortDay(dayOf(bin.first * length, zone));
    const chart = homeChart(say, {
        title: range === "week" ? say.t("home.week_of", { day: say.shortDay(from) }) : say.month(from),
        bins: bins(energy.intervals, spans, expected),
        label: range === "week" ? name : (bin) => say.number(Number(dayOf(bin.first * length, zone).slice(8))),
        name,
        head: say.t("chart.day"),
        utility: facts.utility,
        href: (bin) => `/energy/${dayOf(bin.first * length, zone)}`,
    });
    return { chart, note: null };
}

/** Money at a glance. */
export function moneyTile(say: Say, account: Account, saved: bigint | null) {
    const { coming, lastAt } = account;
    return {
        available: account.free,
        coming,
        comingUntil: lastAt === null || coming === 0n ? null : say.deadline(lastAt),
        saved,
        empty: account.free === 0n && coming === 0n ? say.t("money.empty") : null,
    };
}

/** What neighbours saved or gained a home against the utility in some time; null where it cannot be told. */
export function savedOf(energy: HomeEnergy): bigint | null {
    const worth = utilityWorth(energy.intervals);
    if (worth === null || energy.missing.length > 0 || energy.windows.length === 0) return null;
    let saved = worth.bought - worth.sold;
    for (const window of energy.windows) {
        if (window.debit === null || window.credit === null) return null;
        saved += window.credit - window.debit;
    }
    return saved;
}

/** The grid at a glance. */
export function gridTile(say: Say, intervals: readonly GridInterval[], homes: number) {
    const demand = sum(intervals.map((one) => one.demand));
    const traded = sum(intervals.map((one) => one.traded));
    const percent = share(traded, demand);
    const read = intervals.at(-1)?.homesWithReading;
    return {
        share:
            percent === null || traded === 0n
                ? say.t("home.grid_none")
                : say.t("home.grid_share", { percent: say.percent(percent) }),
        homes: read === undefined ? null : say.t("home.grid_homes", { read, homes }),
    };
}

/** Reports that are overdue: two usual periods have passed since the last one ended. Null where all is well. */
export function staleSince(windows: readonly Window[], now: number, intervalLength: number): number | null {
    const last = windows.find((window) => window.report !== null);
    if (last === undefined) return null;
    const end = (last.firstInterval + last.intervals) * intervalLength;
    const usual = Math.max(...windows.filter((window) => window.report !== null).map((window) => window.intervals));
    return now - end > 2 * usual * intervalLength ? end : null;
}

/** The intervals of a range, to ask for. */
export function rangeIntervals(range: Range, day: Day, say: Say): { from: number; to: number } {
    const { from, until } = daysOf(range, day);
    const { first, count } = spanOf(from, until, say.zone, say.intervalLength);
    return { from: first, to: first + count };
}
