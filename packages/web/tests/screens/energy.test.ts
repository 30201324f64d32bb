import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HomeEnergy, HomeInterval } from "../../src/data/source.ts";
import { intervalsOf } from "../../src/format/days.ts";
import { bins, fromElsewhere, toElsewhere, total } from "../../src/screens/energy/bins.ts";
import { cell, csv, dayFrom, dayModel } from "../../src/screens/energy/model.ts";
import { ct, kwh, plain, say } from "./say.ts";

const english = say();
const DAY = "2026-11-23";
const { first, count } = intervalsOf(DAY, "Europe/Vienna", 900);

function one(interval: number, some: Partial<HomeInterval> = {}): HomeInterval {
    return {
        interval,
        reading: { taken: kwh(0.2), given: 0n, quality: "measured" },
        bought: kwh(0.05),
        sold: 0n,
        price: ct(17),
        retail: ct(26),
        feedIn: ct(8),
        final: true,
        ...some,
    };
}

function day(change: (interval: HomeInterval, place: number) => HomeInterval = (interval) => interval): HomeEnergy {
    const intervals = Array.from({ length: count }, (_, place) => change(one(first + place), place));
    return { slot: 12, from: first, to: first + count, intervals, windows: [], missing: [] };
}

const END = (first + count) * 900;
const facts = (energy: HomeEnergy, some = {}) =>
    ({ day: DAY, energy, before: null, utility: true, wide: false, now: END, since: 0, ...some }) as const;

describe("a day", () => {
    it("is as many bars as it has hours, and they add up to its readings", () => {
        const { chart, sum } = dayModel(english, facts(day()));
        expect(chart.bars).toHaveLength(24);
        expect(sum.taken).toBe(kwh(19.2));
        expect(plain(chart.sentence)).toBe("You took 19.2 kWh, 4.8 kWh of it (25%) from neighbours.");
    });

    it("where there is room, is as many bars as it has quarter hours", () => {
        expect(dayModel(english, facts(day(), { wide: true })).chart.bars).toHaveLength(96);
    });

    it("tells that clocks change", () => {
        const spring = "2026-03-29" as const;
        const span = intervalsOf(spring, "Europe/Vienna", 900);
        const energy = {
            slot: 12,
            from: span.first,
            to: span.first + span.count,
            intervals: [],
            windows: [],
            missing: [],
        };
        const model = dayModel(english, facts(energy, { day: spring, now: 0 }));
        expect(model.chart.bars).toHaveLength(23);
        expect(model.clocks).toBe("The clocks went forward: this day has 23 hours.");
    });

    it("zero is 0 kWh, missing is no reading, and the future is neither", () => {
        const energy = day((interval, place) => {
            if (place < 4) return { ...interval, reading: { taken: 0n, given: 0n, quality: "measured" }, bought: 0n };
            if (place < 8) return { ...interval, reading: null, bought: null, sold: null };
            return interval;
        });
        const { chart, complete } = dayModel(english, facts(energy, { now: (first + 8) * 900 }));
        expect(chart.bars[0]?.cells.map(plain)).toContain("0 kWh");
        expect(chart.bars[0]?.missing).toBe("none");
        expect(chart.bars[1]?.cells).toContain("no reading");
        expect(chart.bars[1]?.missing).toBe("all");
        expect(complete).toContain("4 quarter hours without a reading.");
        const tomorrow = dayModel(
            english,
            facts(
                day((interval) => ({ ...interval, reading: null })),
                { now: first * 900 },
            ),
        );
        expect(tomorrow.chart.bars[5]?.cells).toContain("–");
        expect(tomorrow.chart.bars[5]?.missing).toBe("none");
    });

    it("nothing is missing of the time before the home took part", () => {
        const before = day((interval, place) => (place < 8 ? { ...interval, reading: null } : interval));
        const { chart, complete } = dayModel(english, facts(before, { since: first + 8 }));
        expect(chart.bars[0]?.missing).toBe("none");
        expect(chart.bars[0]?.cells).toContain("–");
        expect(complete).toBe("All 88 readings are there.");
    });

    it("a source that nobody knows is not called the utility", () => {
        const model = dayModel(english, facts(day((interval) => ({ ...interval, bought: null, sold: null }))));
        expect(model.from.map(({ id }) => id)).toEqual(["unknown"]);
        expect(model.chart.sentence).toContain("How much came from neighbours is not known");
    });

    it("is compared with the day before only where both were read", () => {
        const more = day((interval) => ({ ...interval, reading: { taken: kwh(0.1), given: 0n, quality: "measured" } }));
        const shift = (energy: HomeEnergy): HomeEnergy => ({
            ...energy,
            intervals: energy.intervals.map((interval) => ({ ...interval, interval: interval.interval - 96 })),
        });
        expect(plain(dayModel(english, facts(day(), { before: shift(more) })).compare ?? "")).toBe(
            "You took 9.6 kWh more than the day before.",
        );
        const gap = shift(day((interval, place) => (place === 0 ? { ...interval, reading: null } : interval)));
        expect(dayModel(english, facts(day(), { before: gap })).compare).toContain("cannot be compared");
    });
});

it("bars of any spans keep every mWh: by source and in sum", () => {
    const energy = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const readings = fc.array(
        fc.record({
            taken: energy,
            given: energy,
            bought: fc.option(energy),
            sold: fc.option(energy),
            gone: fc.boolean(),
        }),
        { minLength: 1, maxLength: 60 },
    );
    fc.assert(
        fc.property(readings, fc.integer({ min: 1, max: 9 }), (list, width) => {
            const intervals = list.map((of, interval) =>
                one(interval, {
                    reading: of.gone ? null : { taken: of.taken, given: of.given, quality: "measured" },
                    bought: of.bought,
                    sold: of.sold,
                }),
            );
            const spans = Array.from({ length: Math.ceil(list.length / width) }, (_, place) => ({
                first: place * width,
                count: Math.min(width, list.length - place * width),
            }));
            const sum = total(bins(intervals, spans, { since: 0, now: list.length }));
            const read = intervals.flatMap(({ reading }) => (reading === null ? [] : [reading]));
            expect(sum.taken).toBe(read.reduce((all, { taken }) => all + taken, 0n));
            expect(sum.read + sum.missing).toBe(list.length);
            expect(sum.bought + sum.unknown + fromElsewhere(sum)).toBe(sum.taken);
            expect(sum.sold + sum.givenUnknown + toElsewhere(sum)).toBe(sum.given);
        }),
    );
});

describe("the table to save", () => {
    it("has UTC and local time, Wh and the price, and nothing where there is no reading", () => {
        const rows = csv(english, [
            one(first),
            one(first + 1, { reading: null, bought: null, sold: null, price: null }),
        ]).split("\r\n");
        expect(rows[0]).toBe(
            "start (UTC),start (local),taken (Wh),given (Wh),from neighbours (Wh),to neighbours (Wh),price (EUR/kWh),reading",
        );
        expect(rows[1]).toBe("2026-11-22T23:00Z,2026-11-23 00:00,200,0,50,0,0.17,measured");
        expect(rows[2]).toBe("2026-11-22T23:15Z,2026-11-23 00:15,,,,,,no reading");
    });

    it("gives no spreadsheet a formula", () => {
        expect(cell("=1+1")).toBe("'=1+1");
        expect(cell("+49")).toBe("'+49");
        expect(cell("@a")).toBe("'@a");
        expect(cell("-cmd")).toBe("'-cmd");
        expect(cell("-5")).toBe("-5");
        expect(cell('a "b", c')).toBe('"a ""b"", c"');
    });
});

it("an address that names no day, or one to come, shows today", () => {
    expect(dayFrom("2026-11-20", DAY)).toBe("2026-11-20");
    expect(dayFrom("2026-02-30", DAY)).toBe(DAY);
    expect(dayFrom("2026-11-24", DAY)).toBe(DAY);
    expect(dayFrom("<b>", DAY)).toBe(DAY);
    expect(dayFrom(undefined, DAY)).toBe(DAY);
});
