// Which windows a replay goes through.

import type { RecomputeSpan, TooLong, Window, WindowReport } from "../source.ts";
import type { RecomputePorts } from "./ports.ts";

/** A month of quarter hours, and what is held when it begins. A phone settles it in a minute or two. */
export const MOST_WINDOWS = 4_000;

export type Reported = Window & { readonly report: WindowReport };

export interface Range {
    /** Windows that are settled in the replay, the oldest first. */
    readonly windows: readonly Reported[];
    /** Those that were held when it begins, the oldest first. */
    readonly held: readonly Reported[];
    /** Whether it begins with the grid. */
    readonly whole: boolean;
}

/** Windows by pages, the newest first, until the start and all that was held then is known. */
export async function rangeOf(
    ports: Pick<RecomputePorts, "windows" | "intervalLength">,
    span: RecomputeSpan,
    signal: AbortSignal,
    listen: (found: number) => void,
): Promise<Range | TooLong> {
    const all: Reported[] = [];
    for (let before: number | null = null; ; ) {
        signal.throwIfAborted();
        const page = await ports.windows(before);
        all.push(...page.items.filter((window): window is Reported => window.report !== null));
        listen(all.length);
        const range = cut(all, span, ports.intervalLength);
        if (range !== null) return range;
        if (page.next === null) return { windows: all.toReversed(), held: [], whole: true };
        if (all.length > MOST_WINDOWS) return { what: "too_long", of: "windows", most: MOST_WINDOWS };
        if (before !== null && page.next >= before)
            throw new Error(`expected windows before ${before}, got ${page.next}`);
        before = page.next;
    }
}

/** Null while older windows must be known first. They are told the newest first, and end in the order in which they were reported. */
function cut(all: readonly Reported[], span: RecomputeSpan, length: number): Range | null {
    const [newest] = all;
    if (newest === undefined || span === "all") return null;
    const since = newest.firstInterval + newest.intervals - (span * 86_400) / length;
    const older = all.findIndex(({ firstInterval }) => firstInterval < since);
    // A window that is longer than the span is replayed alone.
    const first = Math.max(older, 1);
    const start = older < 0 ? undefined : all[first - 1];
    if (start === undefined) return null;
    const final = all.findIndex(({ report }, at) => at >= first && report.finalAt <= start.report.reportedAt);
    if (final < 0) return null;
    return { windows: all.slice(0, first).toReversed(), held: all.slice(first, final).toReversed(), whole: false };
}
