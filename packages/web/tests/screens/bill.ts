// A bill for tests: Monday 23 November 2026 at noon, home 12, even shares, halfway.

import type { Bill, BillInterval, Home, Rules } from "../../src/data/source.ts";
import type { Policy } from "../../src/types/energy-settlement.ts";
import { ct, kwh, quarter, say } from "./say.ts";

export const english = say();
export const NOON = quarter("2026-11-23T11:15:00Z");

export const HALF: Policy = {
    interval_length: 900,
    buyers: "even",
    sellers: "even",
    price: { mid_market: { weight: 5_000 } },
} as Policy;

export function rules(policy: Partial<Policy> = {}): Rules {
    return {
        policy: { ...HALF, ...policy },
        intervalLength: 900,
        challengePeriod: 86_400,
        reportLimit: 604_800,
        resolution: 1_000,
        homes: 12,
        operator: null,
        pendingOperator: null,
        fees: [{ id: 1, label: "network", destination: { account: "wasm1a" } }],
        rounding: { account: "wasm1a" },
        concerns: [],
    };
}

export const HOME = {
    slot: 12,
    owner: "wasm1owner",
    household: 12,
    weight: 1,
    buyTier: 0,
    sellTier: 255,
    priority: 2,
    from: 0,
    seat: 12,
} as Home;

export function interval(some: Partial<BillInterval> = {}): BillInterval {
    return {
        interval: NOON,
        supply: kwh(4.2),
        demand: kwh(9.8),
        payable: kwh(9.8),
        counted: kwh(9.8),
        traded: kwh(4.2),
        price: ct(17),
        retail: ct(26),
        feedIn: ct(8),
        reading: { taken: kwh(0.24), given: 0n, quality: "measured" },
        needed: kwh(0.24),
        asked: kwh(0.24),
        offered: 0n,
        bought: kwh(0.15),
        sold: 0n,
        mostBought: kwh(0.15),
        buyersServed: 3,
        buyers: 11,
        sellers: 4,
        ...some,
    };
}

export function bill(some: Partial<Bill> = {}): Bill {
    return {
        slot: 12,
        window: {
            firstInterval: quarter("2026-11-22T23:00:00Z"),
            intervals: 96,
            state: "final",
            report: null,
            sums: null,
        },
        intervals: [interval()],
        debit: 25_500n,
        credit: 0n,
        fees: [],
        roundedUpNano: 0n,
        roundedDownNano: 0n,
        check: { result: "incomplete", missing: [] },
        ...some,
    };
}
