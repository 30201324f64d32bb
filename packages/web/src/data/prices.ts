// The utility's prices of an interval, as the settlement's tariff has them.

import type { Policy } from "../types/energy-settlement.ts";

export interface UtilityPrices {
    readonly retail: bigint;
    readonly feedIn: bigint;
}

/** Prices of an interval; null: the grid has no utility. */
export function utilityPrices(policy: Policy, interval: number): UtilityPrices | null {
    const { tables, utc_offsets: offsets = [] } = policy.tariff ?? { tables: [] };
    // The first of a list also holds before it begins.
    const table = tables.findLast((one) => one.valid_from <= interval) ?? tables[0];
    if (table === undefined) return null;
    const offset = (offsets.findLast((one) => one.valid_from <= interval) ?? offsets[0])?.minutes ?? 0;
    const minute = Math.floor((interval * policy.interval_length) / 60) + offset;
    const ofDay = ((minute % 1440) + 1440) % 1440;
    const band = table.bands.findLast((one) => one.from_minute <= ofDay);
    return band === undefined ? null : { retail: BigInt(band.retail), feedIn: BigInt(band.feed_in) };
}
