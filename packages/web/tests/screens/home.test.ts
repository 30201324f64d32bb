import { describe, expect, it } from "vitest";
import type { HomeEnergy, HomeInterval, HomeWindow, Window } from "../../src/data/source.ts";
import {
    daysOf,
    gridTile,
    lastPeriod,
    moneyTile,
    periodName,
    rangeChart,
    savedOf,
    staleSince,
} from "../../src/screens/home/model.ts";
import { ct, euro, kwh, plain, quarter, say } from "./say.ts";

const english = say();
const FIRST = quarter("2026-11-23T13:00:00Z");

function energyOf(some: Partial<HomeInterval>, window: Partial<HomeWindow> = {}): HomeEnergy {
    const interval: HomeInterval = {
        interval: FIRST,
        reading: { taken: kwh(0.24), given: 0n, quality: "measured" },
        bought: kwh(0.18),
        sold: 0n,
        price: ct(16.8),
        retail: ct(31),
        feedIn: ct(8),
        final: false,
        ...some,
    };
    const whole: HomeWindow = {
        firstInterval: FIRST,
        intervals: 1,
        state: "provisional",
        finalAt: Date.parse("2026-11-24T13:20:00Z") / 1000,
        debit: euro(0.03024),
        credit: 0n,
        ...window,
    };
    return { slot: 12, from: FIRST, to: FIRST + 1, intervals: [interval], windows: [whole], missing: [] };
}

function last(some: Partial<HomeInterval> = {}, window: Partial<HomeWindow> = {}, utility = true) {
    const energy = energyOf(some, window);
    const [of] = energy.windows;
    if (of === undefined) throw new Error("one window");
    const told = lastPeriod(english, of, energy, utility);
    return { ...told, headline: told.headline.map(plain), money: told.money.map(plain) };
}

describe("the last period", () => {
    it("is one sentence, with what it cost and what the utility would have charged", () => {
        const of = last();
        expect(of.title).toBe("The last quarter hour, 14:00–14:15");
        expect(of.headline).toEqual(["Your neighbours covered 0.18 kWh of the 0.24 kWh you took."]);
        expect(of.money).toEqual([
            "It cost you €0.03, 16.8 ct/kWh on average.",
            "Your utility would have charged €0.06.",
        ]);
        expect(of.final).toMatch(/^May still be corrected until Tue,? 24 Nov,? 14:20 (CET|GMT\+1)$/);
    });

    it.each([
        [{ bought: kwh(0.24) }, "Your neighbours covered all of the 0.24 kWh you took."],
        [{ bought: 0n }, "You took 0.24 kWh. Your neighbours had nothing left for it."],
        [{ bought: null, sold: null }, "You took 0.24 kWh. How much of it came from neighbours cannot be told now."],
        [{ reading: null, bought: null, sold: null }, "There is no reading of your home for this time."],
        [
            { reading: { taken: 0n, given: 0n, quality: "measured" as const }, bought: 0n },
            "You took 0 kWh and gave 0 kWh.",
        ],
        [
            { reading: { taken: 0n, given: kwh(1), quality: "measured" as const }, bought: 0n, sold: kwh(0.4) },
            "0.4 kWh of the 1 kWh you gave went to your neighbours.",
        ],
    ])("%o", (some, sentence) => {
        expect(last(some).headline).toEqual([sentence]);
    });

    it("an amount that nobody can tell is said so, and never 0", () => {
        expect(last({ bought: null }, { debit: null, credit: null }).money).toEqual([
            "What it cost or earned cannot be told now: open it to see what is missing.",
        ]);
    });

    it("without a utility nothing is compared with one", () => {
        expect(last({ retail: null, feedIn: null }, {}, false).money).toEqual([
            "It cost you €0.03, 16.8 ct/kWh on average.",
        ]);
    });

    it("a whole local day goes by its date", () => {
        expect(periodName(english, { first: quarter("2026-11-22T23:00:00Z"), count: 96 })).toBe(
            "Monday, 23 November 2026",
        );
        expect(plain(periodName(english, { first: quarter("2026-11-22T23:00:00Z"), count: 8 }))).toMatch(
            /^Mon,? 23 Nov, 00:00–02:00$/,
        );
    });
});

describe("what is shown", () => {
    it("is a day, a week from Monday or a calendar month", () => {
        expect(daysOf("day", "2026-11-25")).toEqual({ from: "2026-11-25", until: "2026-11-26" });
        expect(daysOf("week", "2026-11-25")).toEqual({ from: "2026-11-23", until: "2026-11-30" });
        expect(daysOf("month", "2026-11-25")).toEqual({ from: "2026-11-01", until: "2026-12-01" });
    });

    it("bars of a day lead to bills, those of a month to days, and bars without a reading nowhere", () => {
        const facts = { utility: true, wide: false, now: (FIRST + 40) * 900, since: 0 };
        const day = rangeChart(english, "day", "2026-11-23", energyOf({}), facts).chart;
        expect(day.bars.find((bar) => bar.href !== null)?.href).toBe(`/bill/${FIRST}`);
        const month = rangeChart(english, "month", "2026-11-23", energyOf({}), facts).chart;
        expect(month.bars).toHaveLength(30);
        expect(month.bars[22]?.href).toBe("/energy/2026-11-23");
        expect(month.bars[3]?.href).toBeNull();
    });
});

describe("money", () => {
    it("what comes is told with its last date", () => {
        const dates = { nextAt: 1_795_600_000, lastAt: 1_795_686_400 };
        const tile = moneyTile(
            english,
            { slot: 12, owner: "a", free: euro(31.87), coming: euro(1.12), ...dates },
            null,
        );
        expect(tile.comingUntil).toBe(english.deadline(1_795_686_400));
        expect(tile.empty).toBeNull();
    });

    it("what was saved is told only where all of it is known", () => {
        expect(savedOf(energyOf({}))).toBe(euro(0.18 * 0.31) - euro(0.03024));
        expect(savedOf(energyOf({}, { debit: null }))).toBeNull();
        expect(savedOf(energyOf({ bought: null }))).toBeNull();
        expect(savedOf({ ...energyOf({}), missing: [{ what: "engine", why: "not_loaded" }] })).toBeNull();
    });
});

describe("silence", () => {
    const window = (firstInterval: number, intervals: number): Window => ({
        firstInterval,
        intervals,
        state: "final",
        report: {
            revision: 0,
            reportedAt: 0,
            finalAt: 0,
            height: 1,
            epoch: 1,
            seats: 1,
            rosterVersion: 1,
            signers: [],
            bodyHash: "",
            digest: "",
        },
        sums: null,
    });

    it("is told after two usual periods", () => {
        const end = (FIRST + 4) * 900;
        const windows = [window(FIRST, 4), window(FIRST - 4, 4)];
        expect(staleSince(windows, end + 7_200, 900)).toBeNull();
        expect(staleSince(windows, end + 7_201, 900)).toBe(end);
        expect(staleSince([], end, 900)).toBeNull();
    });
});

it("the grid's tile says how many homes were read", () => {
    const one = {
        interval: FIRST,
        supply: kwh(2),
        demand: kwh(4),
        traded: kwh(2),
        price: ct(17),
        homesWithReading: 11,
        homesWithoutReading: 1,
        substituted: 0,
    };
    expect(gridTile(english, [one], 12)).toEqual({
        share: "50% of what the homes took came from neighbours.",
        homes: "11 of 12 homes were read.",
    });
    expect(gridTile(english, [], 12).homes).toBeNull();
});
