// Energy by intervals, worked out here from reports: a home's, and the whole grid's.

import type { HeldResult, Policy } from "../types/energy-settlement.ts";
import { each } from "./contracts.ts";
import { utilityPrices } from "./prices.ts";
import { qualityOf } from "./quality.ts";
import type { Settlement, Settling } from "./settling.ts";
import type { GridInterval, HomeEnergy, HomeInterval, HomeWindow, Missing, Window } from "./source.ts";
import { MOST_INTERVALS, type Windows } from "./windows.ts";

export interface EnergyPorts {
    readonly windows: Pick<Windows, "within">;
    readonly settling: Pick<Settling, "settle">;
    policy(): Promise<Policy>;
    held(slot: number): Promise<readonly HeldResult[]>;
}

type Progress = (done: number, of: number) => void;

/** At most 62 days of quarter hours at once: what two months of a statement take. */
const MOST = 62 * 96;

export async function homeEnergy(
    ports: EnergyPorts,
    slot: number,
    from: number,
    to: number,
    progress: Progress,
): Promise<HomeEnergy> {
    bounded(from, to);
    const [windows, policy] = await Promise.all([ports.windows.within(from, to), ports.policy()]);
    const parts = await settled(ports.settling, windows, progress);
    // What cannot be settled here is known of the windows that the settlement still holds.
    const asked = parts.some(([window, { settled }]) => settled === null && window.state === "provisional");
    const held = asked ? await ports.held(slot) : [];
    const heldBy = new Map(held.map((result) => [result.first_interval, result]));
    const known = new Map<number, HomeInterval>();
    const missing: Missing[] = [];
    const bills: HomeWindow[] = [];
    for (const [window, done] of parts) {
        missing.push(...done.missing);
        for (const interval of homeIntervals(policy, window, done, slot)) known.set(interval.interval, interval);
        if (window.report === null || window.state === "gap") continue;
        const theirs = heldBy.get(window.firstInterval);
        const here = done.report === null ? undefined : done.settled?.results[done.slots.indexOf(slot)];
        bills.push({
            firstInterval: window.firstInterval,
            intervals: window.intervals,
            state: window.state,
            finalAt: window.report.finalAt,
            debit: here?.debit ?? (theirs === undefined ? null : BigInt(theirs.debit)),
            credit: here?.credit ?? (theirs === undefined ? null : BigInt(theirs.credit)),
        });
    }
    const intervals = Array.from({ length: to - from }, (_, at) => known.get(from + at) ?? nothing(policy, from + at));
    return {
        slot,
        from,
        to,
        intervals,
        windows: bills.filter((bill) => bill.firstInterval >= from && bill.firstInterval + bill.intervals <= to),
        missing,
    };
}

export async function gridEnergy(
    ports: EnergyPorts,
    from: number,
    to: number,
    progress: Progress,
): Promise<readonly GridInterval[]> {
    bounded(from, to);
    const windows = await ports.windows.within(from, to);
    const parts = await settled(ports.settling, windows, progress);
    return parts.flatMap(([, done]) => gridIntervals(done)).filter(({ interval }) => interval >= from && interval < to);
}

/** Reported windows settled here, a few at a time: each is dropped once its numbers are taken. */
async function settled(
    settling: Pick<Settling, "settle">,
    windows: readonly Window[],
    progress: Progress,
): Promise<[Window, Settlement][]> {
    const reported = windows.filter(({ report }) => report !== null);
    let done = 0;
    progress(0, reported.length);
    return each(reported, async (window) => {
        const settlement = await settling.settle(window);
        done += 1;
        progress(done, reported.length);
        return [window, settlement];
    });
}

function homeIntervals(policy: Policy, window: Window, done: Settlement, slot: number): readonly HomeInterval[] {
    if (done.report === null) return [];
    const { decoded, slots, settled: here } = done;
    const seat = slots.indexOf(slot);
    if (seat < 0) return [];
    return Array.from({ length: decoded.intervals }, (_, at) => {
        const place = at * slots.length + seat;
        const interval = window.firstInterval + at;
        const quality = qualityOf(decoded.qualities[place] ?? 3);
        const sums = here?.intervals[at];
        return {
            ...nothing(policy, interval),
            reading:
                quality === "missing"
                    ? null
                    : { taken: decoded.imports[place] ?? 0n, given: decoded.exports[place] ?? 0n, quality },
            bought: here?.bought[place] ?? null,
            sold: here?.sold[place] ?? null,
            price: sums !== undefined && sums.traded > 0n ? sums.price : null,
            final: window.state === "final",
        };
    });
}

function gridIntervals(done: Settlement): readonly GridInterval[] {
    if (done.report === null || done.settled === null) return [];
    const { decoded, slots, settled: here } = done;
    return here.intervals.map(({ interval, supply, demand, traded, price }, at) => {
        const qualities = slots.flatMap((slot, seat) =>
            slot === null ? [] : [decoded.qualities[at * slots.length + seat] ?? 3],
        );
        return {
            interval,
            supply,
            demand,
            traded,
            price: traded > 0n ? price : null,
            homesWithReading: qualities.filter((code) => code !== 3).length,
            homesWithoutReading: qualities.filter((code) => code === 3).length,
            substituted: qualities.filter((code) => code === 1 || code === 2).length,
        };
    });
}

function nothing(policy: Policy, interval: number): HomeInterval {
    const utility = utilityPrices(policy, interval);
    const prices = { retail: utility?.retail ?? null, feedIn: utility?.feedIn ?? null };
    return { interval, reading: null, bought: null, sold: null, price: null, ...prices, final: false };
}

function bounded(from: number, to: number): void {
    if (to < from || to - from > MOST + MOST_INTERVALS)
        throw new Error(`expected at most ${MOST} intervals, got ${to - from}`);
}
