import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
    addDays,
    type Day,
    dayOf,
    hoursOf,
    intervalsOf,
    monthOf,
    spanOf,
    startOfDay,
    weekOf,
} from "../../src/format/days.ts";

const QUARTER = 900;
const zones = [
    "Europe/Vienna",
    "UTC",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Beirut",
    "America/Santiago",
];
const zone = fc.constantFrom(...zones);
const day = fc.integer({ min: 0, max: 25_000 }).map((days) => addDays("1975-01-01" as Day, days % 22_000));

describe("local days", () => {
    it.each([
        ["2026-03-28", 96],
        ["2026-03-29", 92],
        ["2026-10-25", 100],
        ["2026-10-26", 96],
    ])("%s has %i quarter hours in Vienna", (date, count) => {
        expect(intervalsOf(date as Day, "Europe/Vienna", QUARTER).count).toBe(count);
    });

    it("begin at local midnight, summer and winter", () => {
        expect(startOfDay("2026-07-01", "Europe/Vienna")).toBe(Date.parse("2026-06-30T22:00:00Z") / 1000);
        expect(startOfDay("2026-12-01", "Europe/Vienna")).toBe(Date.parse("2026-11-30T23:00:00Z") / 1000);
    });

    it("begin at one o'clock where clocks leap over midnight", () => {
        expect(startOfDay("2023-09-03", "America/Santiago")).toBe(Date.parse("2023-09-03T04:00:00Z") / 1000);
    });

    it("tile time in every zone: each second of a day is in it, and the next begins where it ends", () => {
        fc.assert(
            fc.property(day, zone, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (date, where, at) => {
                const [from, until] = [startOfDay(date, where), startOfDay(addDays(date, 1), where)];
                // Samoa left out a day of its calendar.
                fc.pre(until > from);
                expect(dayOf(from, where)).toBe(date);
                expect(dayOf(from - 60, where) < date).toBe(true);
                expect(dayOf(from + Math.floor(at * (until - from)), where)).toBe(date);
            }),
        );
    });

    it("have intervals that join, with none left out or twice", () => {
        fc.assert(
            fc.property(day, zone, fc.constantFrom(900, 1800, 3600), (date, where, length) => {
                const [today, tomorrow] = [
                    intervalsOf(date, where, length),
                    intervalsOf(addDays(date, 1), where, length),
                ];
                expect(today.first + today.count).toBe(tomorrow.first);
                const hours = hoursOf(date, where, length);
                expect(hours.reduce((sum, hour) => sum + hour.count, 0)).toBe(today.count);
            }),
            { numRuns: 40 },
        );
    });

    it("are 23, 24 or 25 hours of the clock", () => {
        expect(hoursOf("2026-03-29", "Europe/Vienna", QUARTER)).toHaveLength(23);
        expect(hoursOf("2026-03-30", "Europe/Vienna", QUARTER)).toHaveLength(24);
        expect(hoursOf("2026-10-25", "Europe/Vienna", QUARTER)).toHaveLength(25);
    });
});

describe("weeks and months", () => {
    it("begin on Mondays and on the first", () => {
        expect(weekOf("2026-11-29")).toBe("2026-11-23");
        expect(weekOf("2026-11-23")).toBe("2026-11-23");
        expect(monthOf("2026-11-29")).toBe("2026-11-01");
        expect(monthOf("2026-01-31", -1)).toBe("2025-12-01");
        expect(monthOf("2026-12-31", 1)).toBe("2027-01-01");
    });

    it("count the intervals of the clocks' change", () => {
        expect(spanOf("2026-10-01", "2026-11-01", "Europe/Vienna", QUARTER).count).toBe(31 * 96 + 4);
    });
});
