// A home's intervals gathered into bars: hours of a day, days of a week or a month. Sums only; nothing of the sharing is worked out here.

import type { HomeInterval } from "../../data/source.ts";
import type { Span } from "../../format/days.ts";

/** Energy of some intervals that follow one another, mWh. */
export interface Bin extends Span {
    /** Taken from the wire: by source, as far as it is known. */
    readonly taken: bigint;
    readonly bought: bigint;
    /** Taken in intervals of which nobody can tell how much came from neighbours. */
    readonly unknown: bigint;
    /** Given to the wire. */
    readonly given: bigint;
    readonly sold: bigint;
    readonly givenUnknown: bigint;
    /** Intervals that were read, that have no reading though their time is over, and that are substituted. */
    readonly read: number;
    readonly missing: number;
    readonly substituted: number;
}

const EMPTY = { taken: 0n, bought: 0n, unknown: 0n, given: 0n, sold: 0n, givenUnknown: 0n };

/** Intervals in which a reading is expected: from the home's first one on, up to now. */
export interface Expected {
    readonly since: number;
    readonly now: number;
}

/** One bar a span. Only where a reading is expected one can be missing: not before the home took part, and not in time to come. */
export function bins(intervals: readonly HomeInterval[], spans: readonly Span[], expected: Expected): Bin[] {
    const byIndex = new Map(intervals.map((interval) => [interval.interval, interval]));
    return spans.map((span) => bin(byIndex, span, expected));
}

function bin(byIndex: ReadonlyMap<number, HomeInterval>, span: Span, { since, now }: Expected): Bin {
    const sum = { ...EMPTY, read: 0, missing: 0, substituted: 0 };
    for (let index = span.first; index < span.first + span.count; index += 1) {
        const interval = byIndex.get(index);
        if (interval === undefined || interval.reading === null || interval.reading.quality === "missing") {
            if (index >= since && index < now) sum.missing += 1;
            continue;
        }
        const { taken, given, quality } = interval.reading;
        sum.read += 1;
        if (quality === "substituted" || quality === "substituted_for_now") sum.substituted += 1;
        sum.taken += taken;
        sum.given += given;
        if (interval.bought === null) sum.unknown += taken;
        else sum.bought += interval.bought;
        if (interval.sold === null) sum.givenUnknown += given;
        else sum.sold += interval.sold;
    }
    return { ...span, ...sum };
}

/** All of them together. */
export function total(all: readonly Bin[]): Bin {
    const first = all[0]?.first ?? 0;
    const sum = { ...EMPTY, first, count: 0, read: 0, missing: 0, substituted: 0 };
    for (const one of all) {
        sum.count += one.count;
        sum.taken += one.taken;
        sum.bought += one.bought;
        sum.unknown += one.unknown;
        sum.given += one.given;
        sum.sold += one.sold;
        sum.givenUnknown += one.givenUnknown;
        sum.read += one.read;
        sum.missing += one.missing;
        sum.substituted += one.substituted;
    }
    return sum;
}

/** What of the taken energy is known not to have come from neighbours. */
export function fromElsewhere(of: Bin): bigint {
    return of.taken - of.bought - of.unknown;
}

/** What of the given energy is known not to have gone to neighbours. */
export function toElsewhere(of: Bin): bigint {
    return of.given - of.sold - of.givenUnknown;
}
