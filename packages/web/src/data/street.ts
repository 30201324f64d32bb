// Who gives and who takes in one interval, home by home, from the report of its window.

import { qualityOf } from "./quality.ts";
import type { Settling } from "./settling.ts";
import type { Missing, Quality, Window } from "./source.ts";

/** One interval of every home. */
export interface StreetInterval {
    readonly interval: number;
    /** The window that it belongs to: its first interval, and how many it has. */
    readonly first: number;
    readonly count: number;
    readonly homes: readonly StreetHome[];
}

export interface StreetHome {
    readonly slot: number;
    /** mWh; null: no reading. */
    readonly reading: { readonly taken: bigint; readonly given: bigint; readonly quality: Quality } | null;
}

/** The last interval of a window, or the one that is asked for; what cannot be had is told. */
export async function streetOf(
    settling: Pick<Settling, "settle">,
    window: Window,
    interval: number | null,
): Promise<StreetInterval | { readonly missing: readonly Missing[] }> {
    const done = await settling.settle(window);
    if (done.report === null) return { missing: done.missing };
    const { decoded, slots } = done;
    const { firstInterval: first } = window;
    const last = decoded.intervals - 1;
    const at = interval === null ? last : Math.min(last, Math.max(0, interval - first));
    const homes = slots.flatMap((slot, seat): StreetHome[] => {
        if (slot === null) return [];
        const place = at * slots.length + seat;
        const quality = qualityOf(decoded.qualities[place] ?? 3);
        const [taken, given] = [decoded.imports[place] ?? 0n, decoded.exports[place] ?? 0n];
        return [{ slot, reading: quality === "missing" ? null : { taken, given, quality } }];
    });
    return { interval: first + at, first, count: decoded.intervals, homes };
}
