// Questions that more than one screen asks.

import type { GridInterval, HomeEnergy, Rules, Window } from "../data/source.ts";
import { type Day, dayOf, intervalsOf } from "../format/days.ts";
import { useApp } from "../ui/app-context.tsx";
import { type Asked, useAsk } from "../ui/ask.ts";

export function useRules(): Asked<Rules> {
    return useAsk(["rules"], (source) => source.rules());
}

/** The grid's intervals of a local day. */
export function useGridDay(day: Day | null): Asked<readonly GridInterval[]> {
    const { say } = useApp();
    const span = day === null ? null : intervalsOf(day, say.zone, say.intervalLength);
    return useAsk(span === null ? null : ["gridEnergy", span.first, span.count], (source, progress) =>
        source.gridEnergy(span?.first ?? 0, (span?.first ?? 0) + (span?.count ?? 0), progress),
    );
}

/** The newest day of which something was reported; today where nothing was, null while that is asked. Where reports come once a day, today has nothing. */
export function useNewestDay(): Day | null {
    const { say, now } = useApp();
    const windows = useRecentWindows();
    if (windows.data === undefined) return windows.error == null ? null : dayOf(now, say.zone);
    const newest = windows.data.find((window) => window.report !== null);
    if (newest === undefined) return dayOf(now, say.zone);
    return say.dayOfInterval(newest.firstInterval + newest.intervals - 1);
}

/** A home's energy from one interval up to another; nothing without a home. */
export function useHomeEnergy(slot: number | null, range: { from: number; to: number } | null): Asked<HomeEnergy> {
    const key = slot === null || range === null ? null : ["homeEnergy", slot, range.from, range.to];
    return useAsk(key, (source, progress) => source.homeEnergy(slot ?? 0, range?.from ?? 0, range?.to ?? 0, progress));
}

/** How many windows are looked at for age and gaps: a month of days. */
export const RECENT_WINDOWS = 30;

export function useRecentWindows(): Asked<readonly Window[]> {
    return useAsk(["windows", RECENT_WINDOWS], async (source) => (await source.windows(null, RECENT_WINDOWS)).items);
}
