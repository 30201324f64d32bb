// The grid's books, replayed on this device by the engine of the contracts: from what blocks and archives have, window by window, and
// compared with what a node says. What is proven by a hash or a signature is told apart from what is the node's word.

import type { Recomputed, RecomputeSpan, Recomputing, TooLong } from "../source.ts";
import { compare, fileOf } from "./compare.ts";
import type { FoundPage, RecomputePorts } from "./ports.ts";
import { type Range, rangeOf } from "./range.ts";
import { Replay } from "./replay.ts";
import { type Step, stepsOf } from "./steps.ts";

/** Transactions of a month of quarter hours, and thousands of payments. */
export const MOST_CALLS = 12_000;

export async function recompute(
    ports: RecomputePorts,
    span: RecomputeSpan,
    listen: (how: Recomputing) => void,
    signal: AbortSignal,
): Promise<Recomputed> {
    listen({ part: "listing", done: 0, of: 0 });
    const [told, range] = await Promise.all([
        ports.told(),
        rangeOf(ports, span, signal, (found) => listen({ part: "listing", done: found, of: 0 })),
    ]);
    const nothing: Omit<Recomputed, "missing"> = {
        began: null,
        node: told.node,
        height: told.height,
        windows: 0,
        signed: 0,
        payments: 0,
        accounts: told.free.size,
        free: 0n,
        held: 0n,
        differences: [],
        file: null,
    };
    if ("what" in range) return { ...nothing, missing: range };
    // What was reported after the block as of which the books are told is no part of them.
    const within = { ...range, windows: range.windows.filter(({ report }) => report.height <= told.height) };
    const steps = await stepsWithin(ports, within, told.height, signal, listen);
    if ("what" in steps) return { ...nothing, missing: steps };
    const books = (await ports.load()).replay(await ports.policy());
    try {
        const replay = new Replay(ports, books, within, steps);
        await replay.run(told.free, signal, (done, of) => listen({ part: "settling", done, of }));
        const began = within.whole ? null : (within.windows[0]?.firstInterval ?? null);
        const ended = replay.missing === null && !replay.broken;
        const differences = [...replay.differences, ...(ended ? compare(books, told, within.whole) : [])];
        const free = [...told.free.keys()].reduce((sum, slot) => sum + (books.free(slot) ?? 0n), 0n);
        const { windows, signed, payments, missing } = replay;
        const { held } = books.sums();
        const done = { ...nothing, began, windows, signed, payments, free, held, differences, missing };
        return { ...done, file: differences.length === 0 ? null : fileOf(done) };
    } finally {
        books.close();
    }
}

/** All that happened from the first window that must be known on. A node that leaves a page out, or never ends, is found out. */
async function stepsWithin(
    ports: RecomputePorts,
    { windows, held, whole }: Range,
    height: number,
    signal: AbortSignal,
    listen: (how: Recomputing) => void,
): Promise<readonly Step[] | TooLong> {
    const from = whole ? 1 : ((held[0] ?? windows[0])?.report.height ?? 1);
    const steps: Step[] = [];
    for (let page = 1, got = 0; ; page += 1) {
        signal.throwIfAborted();
        const { total, found }: FoundPage = await ports.calls(from, height, page);
        if (total > MOST_CALLS) return { what: "too_long", of: "payments", most: MOST_CALLS };
        steps.push(...stepsOf(found, ports.settlement));
        got += found.length;
        listen({ part: "reading", done: got, of: total });
        if (got >= total) return steps;
        if (found.length === 0) throw new Error(`expected ${total} transactions, got ${got}`);
    }
}
