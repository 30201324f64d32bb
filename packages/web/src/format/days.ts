/** Local days of a grid's time zone, and the intervals in them: 92, 96 or 100 quarter hours as the clocks change. */

/** A day of the calendar as "2026-03-29". */
export type Day = `${number}-${number}-${number}`;

const MINUTE = 60;
/** Local time is at most 14 hours ahead of UTC and 12 behind. */
const WIDEST_OFFSET = 15 * 3600;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format, kept: making one costs a hundred times as much as using it. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = `${locale} ${JSON.stringify(options)}`;
    let found = formats.get(key);
    if (found === undefined) {
        found = new Intl.DateTimeFormat(locale, options);
        formats.set(key, found);
    }
    return found;
}

/** The last day of the year 9999: calendars are written with four digits. */
const LATEST = 253_402_214_400;

/** A moment as calendars take it. A node may tell any number; one that is no moment must not break a page. */
export function milliseconds(seconds: number): number {
    return Number.isNaN(seconds) ? 0 : Math.min(Math.max(seconds, 0), LATEST) * 1000;
}

/** The local day in which a moment (seconds since 1970) falls. */
export function dayOf(seconds: number, zone: string): Day {
    const format = dateFormat("en-US", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    const parts = new Map(format.formatToParts(milliseconds(seconds)).map((part) => [part.type, part.value]));
    return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}` as Day;
}

/** The day some days later (or earlier); calendars know no time zone. */
export function addDays(day: Day, days: number): Day {
    return new Date(utcMidnight(day) * 1000 + days * 86_400_000).toISOString().slice(0, 10) as Day;
}

/** The first day of the month, some months later or earlier. */
export function monthOf(day: Day, later = 0): Day {
    const [year = 0, month = 1] = day.split("-").map(Number);
    return new Date(Date.UTC(year, month - 1 + later, 1)).toISOString().slice(0, 10) as Day;
}

/** The Monday of the day's week. */
export function weekOf(day: Day): Day {
    const weekday = new Date(utcMidnight(day) * 1000).getUTCDay();
    return addDays(day, -((weekday + 6) % 7));
}

function utcMidnight(day: Day): number {
    return Date.parse(`${day}T00:00:00Z`) / 1000;
}

const starts = new Map<string, number>();

/** The first second of a local day. Where clocks leap over midnight the day begins at one o'clock. */
export function startOfDay(day: Day, zone: string): number {
    const key = `${day} ${zone}`;
    const known = starts.get(key);
    if (known !== undefined) return known;
    const utc = utcMidnight(day);
    // Local days follow one another, so the first minute of this one is found by halving; offsets are whole minutes.
    let before = (utc - WIDEST_OFFSET) / MINUTE;
    let within = (utc + WIDEST_OFFSET) / MINUTE;
    while (within - before > 1) {
        const middle = Math.floor((before + within) / 2);
        if (dayOf(middle * MINUTE, zone) < day) before = middle;
        else within = middle;
    }
    if (starts.size > 5_000) starts.clear();
    starts.set(key, within * MINUTE);
    return within * MINUTE;
}

/** Some intervals that follow one another: `first`, and how many. */
export interface Span {
    first: number;
    count: number;
}

/** The intervals that start in a local day. */
export function intervalsOf(day: Day, zone: string, length: number): Span {
    return spanOf(day, addDays(day, 1), zone, length);
}

/** The intervals that start from one day on and before another. */
export function spanOf(from: Day, until: Day, zone: string, length: number): Span {
    const first = Math.ceil(startOfDay(from, zone) / length);
    return { first, count: Math.ceil(startOfDay(until, zone) / length) - first };
}

/** How a day's intervals fall into hours of the local clock, for charts: an hour's first interval and its count. A repeated hour counts twice. */
export function hoursOf(day: Day, zone: string, length: number): Span[] {
    const { first, count } = intervalsOf(day, zone, length);
    const hours: Span[] = [];
    let hour = "";
    for (let index = first; index < first + count; index += 1) {
        const now = hourOf(index * length, zone);
        const last = hours.at(-1);
        if (last !== undefined && now === hour) last.count += 1;
        else hours.push({ first: index, count: 1 });
        hour = now;
    }
    return hours;
}

/** Local hour with its offset, so that the hour that is repeated when clocks go back is told from the first. */
function hourOf(seconds: number, zone: string): string {
    return dateFormat("en-US", {
        timeZone: zone,
        hour: "2-digit",
        hourCycle: "h23",
        timeZoneName: "longOffset",
    }).format(milliseconds(seconds));
}
