// A home's money: what is there, how long it lasts, what happened, and a month on one page.

import type { Account, HomeEnergy, HomeWindow, Payment } from "../../data/source.ts";
import { addDays, type Day, dayOf } from "../../format/days.ts";
import { type AmountError, unitsOf } from "../../format/decimal.ts";
import { sum } from "../../format/whole.ts";
import { utilityWorth } from "../../format/worth.ts";
import type { Say } from "../../words/say.ts";
import { short } from "../../words/troubles.ts";
import { bins, total } from "../energy/bins.ts";
import { periodName } from "../home/model.ts";

const DAY = 86_400;
/** A forecast beyond a year says more than a week's pace can know. */
const LONGEST_FORECAST = 365;

/** Available, waiting, together. */
export function purse(say: Say, account: Account) {
    const { free, coming, nextAt, lastAt } = account;
    return {
        available: free,
        coming,
        together: free + coming,
        next: waiting(say, nextAt, lastAt),
        empty: free + coming === 0n ? say.t("money.empty") : null,
    };
}

function waiting(say: Say, nextAt: number | null, lastAt: number | null): string {
    if (nextAt === null) return say.t("money.waiting_none");
    if (lastAt === null || lastAt === nextAt) return say.t("money.waiting_all", { when: say.deadline(nextAt) });
    return say.t("money.waiting_parts", { next: say.deadline(nextAt), last: say.deadline(lastAt) });
}

/** Until when the money lasts at the pace of the last days that were settled; null where no pace is known. */
export function lasts(say: Say, account: Account, windows: readonly HomeWindow[], now: number): string | null {
    const known = windows.filter((window) => window.debit !== null && window.credit !== null);
    if (known.length === 0 || known.length < windows.length) return null;
    const intervals = known.reduce((sum, window) => sum + window.intervals, 0);
    const days = Math.max(1, Math.round((intervals * say.intervalLength) / DAY));
    const spent = known.reduce((sum, window) => sum + (window.debit ?? 0n) - (window.credit ?? 0n), 0n);
    if (account.free + account.coming === 0n) return null;
    if (spent <= 0n) return say.t("money.lasts_ever", { days });
    const left = Number(((account.free + account.coming) * BigInt(days)) / spent);
    if (left > LONGEST_FORECAST) return say.t("money.lasts_long", { days });
    return say.t("money.lasts", { days, day: say.longDay(addDays(dayOf(now, say.zone), left)) });
}

/** One line of the account's history. */
export interface Line {
    readonly key: string;
    readonly what: string;
    readonly detail: string | null;
    /** Signed: what came in is positive. Null: not known. */
    readonly amount: bigint | null;
    readonly href: string | null;
    /** For the order, seconds since 1970. */
    readonly at: number;
}

/** The lines of a day, newest first. */
export interface HistoryDay {
    readonly day: Day;
    readonly lines: readonly Line[];
}

/** Days of the first stretch, and of each that follows: what is read at once has an end, however old the home is. */
const WEEK = 7;
const MONTH = 28;

export interface Stretch {
    readonly from: Day;
    /** Not included. */
    readonly until: Day;
    /** Whether the home did not take part before. */
    readonly oldest: boolean;
}

/** Stretches of days, the newest first, back to the day on which the home began; null: it is not known yet. */
export function stretches(
    today: Day,
    began: Day | null,
    count: number,
): { readonly shown: readonly Stretch[]; readonly more: boolean } {
    const shown: Stretch[] = [];
    let until = addDays(today, 1);
    while (shown.length < count) {
        const from = addDays(until, shown.length === 0 ? -WEEK : -MONTH);
        const oldest = began !== null && from <= began;
        shown.push({ from, until, oldest });
        if (oldest) break;
        until = from;
    }
    return { shown, more: began !== null && shown.at(-1)?.oldest === false };
}

/** What happened, by local day, the newest first. A period that neither cost nor brought anything is left out. */
export function history(
    say: Say,
    windows: readonly HomeWindow[],
    payments: readonly Payment[],
    account: string | null,
): HistoryDay[] {
    const byDay = new Map<Day, HomeWindow[]>();
    for (const window of windows) {
        const day = say.dayOfInterval(window.firstInterval + window.intervals - 1);
        byDay.set(day, [...(byDay.get(day) ?? []), window]);
    }
    const lines = [
        ...[...byDay].flatMap(([day, own]) => dayOfWindows(say, day, own)),
        ...payments.map((payment) => paymentLine(say, payment, account)),
    ];
    lines.sort((left, right) => right.at - left.at);
    const days: { day: Day; lines: Line[] }[] = [];
    for (const line of lines) {
        const day = dayOf(line.at, say.zone);
        const last = days.at(-1);
        if (last?.day === day) last.lines.push(line);
        else days.push({ day, lines: [line] });
    }
    return days;
}

/** One line for what was bought and one for what was sold on a day; it leads to the bill, or where there are many to the day. */
function dayOfWindows(say: Say, day: Day, windows: readonly HomeWindow[]): Line[] {
    const [first] = windows;
    const last = windows.at(-1);
    if (first === undefined || last === undefined) return [];
    const end = Math.max(...windows.map((window) => window.firstInterval + window.intervals));
    const one = windows.length === 1;
    const line = (key: string, what: string, amount: bigint | null): Line => ({
        key: `${first.firstInterval}-${key}`,
        what,
        detail: one
            ? periodName(say, { first: first.firstInterval, count: first.intervals })
            : say.t("money.periods", { count: windows.length }),
        amount,
        href: one ? `/bill/${first.firstInterval}` : `/energy/${day}`,
        at: end * say.intervalLength - 1,
    });
    const known = windows.every((window) => window.debit !== null && window.credit !== null);
    if (!known) return [line("unknown", say.t("money.bought"), null)];
    const debit = sum(windows.map((window) => window.debit ?? 0n));
    const credit = sum(windows.map((window) => window.credit ?? 0n));
    const lines: Line[] = [];
    if (debit > 0n) lines.push(line("bought", say.t("money.bought"), -debit));
    if (credit > 0n) lines.push(line("sold", say.t("money.sold"), credit));
    return lines;
}

function paymentLine(say: Say, payment: Payment, account: string | null): Line {
    const who = payment.who === account ? say.t("money.you") : short(payment.who);
    const deposit = payment.kind === "deposit";
    return {
        key: `${payment.transaction}-${payment.kind}-${payment.amount}`,
        what: say.t(deposit ? "money.paid_in" : "money.taken_out"),
        detail: say.t(deposit ? "money.by" : "money.to", { who }),
        amount: deposit ? payment.amount : -payment.amount,
        href: null,
        at: payment.time ?? 0,
    };
}

/** A month on one page. Sums are exact; what could not be read is said and not guessed. */
export function statement(say: Say, energy: HomeEnergy, now: number) {
    const whole = total(
        bins(energy.intervals, [{ first: energy.from, count: energy.to - energy.from }], {
            since: 0,
            now: Math.floor(now / say.intervalLength),
        }),
    );
    const known = energy.windows.filter((window) => window.debit !== null && window.credit !== null);
    const paid = known.reduce((sum, window) => sum + (window.debit ?? 0n), 0n);
    const earned = known.reduce((sum, window) => sum + (window.credit ?? 0n), 0n);
    const unread = energy.windows.length - known.length;
    const provisional = energy.windows.filter((window) => window.state === "provisional").length;
    const worth = unread === 0 ? utilityWorth(energy.intervals) : null;
    const better = worth === null ? null : worth.bought - paid + earned - worth.sold;
    return {
        bought: whole.bought,
        sold: whole.sold,
        paid,
        earned,
        balance: earned - paid,
        formulas: worth === null ? [] : formulas(say, worth, paid, earned),
        better,
        verdict:
            better === null || (worth?.bought === 0n && worth.sold === 0n)
                ? null
                : better >= 0n
                  ? say.t("money.saved_yes", { money: say.money(better) })
                  : say.t("money.saved_not", { money: say.money(-better) }),
        incomplete: unread === 0 ? null : say.t("money.month_incomplete", { count: unread }),
        provisional: provisional === 0 ? null : say.t("money.provisional", { count: provisional }),
        empty: energy.windows.length === 0,
    };
}

function formulas(
    say: Say,
    worth: NonNullable<ReturnType<typeof utilityWorth>>,
    paid: bigint,
    earned: bigint,
): string[] {
    const all: string[] = [];
    if (worth.boughtEnergy > 0n) {
        const energy = say.energy(worth.boughtEnergy);
        all.push(say.t("money.saved_formula", { energy, utility: say.money(worth.bought), paid: say.money(paid) }));
    }
    if (worth.soldEnergy > 0n) {
        const energy = say.energy(worth.soldEnergy);
        all.push(say.t("money.gained_formula", { energy, utility: say.money(worth.sold), earned: say.money(earned) }));
    }
    return all;
}

/** What was typed as an amount: base units, or what is wrong with it in words. `most` is null where it is not known. */
export function amount(say: Say, typed: string, most: bigint | null, kind: "deposit" | "withdraw"): bigint | string {
    const units = unitsOf(typed, say.asset.decimals, say.locale);
    if (typeof units !== "bigint") return say.t(...wrong(say, units));
    if (units === 0n) return say.t("money.bad_zero");
    if (most !== null && units > most)
        return say.t(kind === "deposit" ? "money.too_much_in" : "money.too_much_out", { money: say.fullMoney(most) });
    return units;
}

function wrong(say: Say, error: AmountError): Parameters<Say["t"]> {
    if (error === "empty") return ["money.bad_empty"];
    if (error === "too_large") return ["money.bad_large"];
    if (error === "too_many_digits")
        return ["money.bad_digits", { symbol: say.asset.symbol, digits: say.asset.decimals }];
    return ["money.bad_number", { example: say.number(12.5) }];
}
