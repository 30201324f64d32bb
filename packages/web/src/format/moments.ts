/** Moments as text, always in the grid's time zone: a neighbour far away reads the same clock. */

import { addDays, type Day, dateFormat, dayOf, milliseconds, startOfDay } from "./days.ts";

/** By how much clocks are put back, either way, seconds: an hour, on Lord Howe Island half of one. */
const SHIFTS = [-3600, -1800, 1800, 3600];

/** "14:15"; in the hour that clocks repeat with its zone ("02:15 CEST"), since two moments bear that name. */
export function clock(locale: string, seconds: number, zone: string): string {
    const plain = dateFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    const text = plain.format(milliseconds(seconds));
    const twice = SHIFTS.some((shift) => plain.format(milliseconds(seconds + shift)) === text);
    if (!twice) return text;
    return `${text} ${zoneName(locale, seconds, zone)}`;
}

/** "Mon 23 Nov". */
export function shortDay(locale: string, day: Day): string {
    return dateFormat(locale, { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" }).format(
        new Date(`${day}T12:00:00Z`),
    );
}

/** "Monday 23 November 2026". */
export function longDay(locale: string, day: Day): string {
    const options = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
    return dateFormat(locale, options).format(new Date(`${day}T12:00:00Z`));
}

/** "November 2026". */
export function monthName(locale: string, day: Day): string {
    return dateFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" }).format(new Date(`${day}T12:00:00Z`));
}

/** A moment that somebody waits for or must keep: day, clock and zone, "Tue 24 Nov, 14:20 CET". */
export function deadline(locale: string, seconds: number, zone: string): string {
    const day = shortDay(locale, dayOf(seconds, zone));
    return `${day}, ${clockWithZone(locale, seconds, zone)}`;
}

/** "14:20 CET". */
export function clockWithZone(locale: string, seconds: number, zone: string): string {
    const text = clock(locale, seconds, zone);
    const name = zoneName(locale, seconds, zone);
    return text.endsWith(name) ? text : `${text} ${name}`;
}

function zoneName(locale: string, seconds: number, zone: string): string {
    const parts = dateFormat(locale, { timeZone: zone, hour: "numeric", timeZoneName: "short" }).formatToParts(
        milliseconds(seconds),
    );
    return parts.find((part) => part.type === "timeZoneName")?.value ?? "UTC";
}

/** A time span within a day: "12:15–12:30". */
export function clockSpan(locale: string, from: number, until: number, zone: string): string {
    return `${clock(locale, from, zone)}–${endClock(locale, until, zone)}`;
}

/** The clock at the end of a span: a day ends at 24:00, not at 00:00 of the next one. */
export function endClock(locale: string, until: number, zone: string): string {
    return until === startOfDay(addDays(dayOf(until - 1, zone), 1), zone) ? "24:00" : clock(locale, until, zone);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
];

/** "25 minutes ago", "in 3 days": whole units, so nothing sounds more exact than it is. */
export function ago(locale: string, seconds: number, now: number): string {
    const difference = seconds - now;
    const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    for (const [unit, length] of STEPS) {
        if (Math.abs(difference) >= length) return format.format(Math.trunc(difference / length), unit);
    }
    return format.format(0, "minute");
}
