// What shared energy is worth against the utility: sums of exact products, divided once.

import type { HomeInterval } from "../data/source.ts";

/** mWh times base units per MWh are billionths of a base unit. */
const NANO = 1_000_000_000n;

/** What energy from and to neighbours would have come to at the utility's prices, base units. */
export interface UtilityWorth {
    readonly bought: bigint;
    readonly sold: bigint;
    /** Energy that was compared, mWh. */
    readonly boughtEnergy: bigint;
    readonly soldEnergy: bigint;
}

/** Null where there is no utility, or where something of it is not known: a part would pass for the whole. */
export function utilityWorth(intervals: readonly HomeInterval[]): UtilityWorth | null {
    let [bought, sold, boughtEnergy, soldEnergy] = [0n, 0n, 0n, 0n];
    for (const interval of intervals) {
        if (interval.reading === null || interval.reading.quality === "missing") continue;
        if (interval.bought === null || interval.sold === null) return null;
        if (interval.bought === 0n && interval.sold === 0n) continue;
        if (interval.retail === null || interval.feedIn === null) return null;
        bought += interval.bought * interval.retail;
        sold += interval.sold * interval.feedIn;
        boughtEnergy += interval.bought;
        soldEnergy += interval.sold;
    }
    return { bought: bought / NANO, sold: sold / NANO, boughtEnergy, soldEnergy };
}
