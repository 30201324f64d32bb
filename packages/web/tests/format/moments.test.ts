import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ago, clock, clockSpan, deadline, longDay } from "../../src/format/moments.ts";

const at = (text: string) => Date.parse(text) / 1000;
const vienna = "Europe/Vienna";

describe("moments are told in the grid's time", () => {
    it("by its clock", () => {
        expect(clock("en", at("2026-11-23T13:15:00Z"), vienna)).toBe("14:15");
        expect(clock("de", at("2026-07-23T13:15:00Z"), vienna)).toBe("15:15");
    });

    it("with the zone where the clock shows the same twice", () => {
        expect(clock("en", at("2026-10-25T00:30:00Z"), vienna)).not.toBe(
            clock("en", at("2026-10-25T01:30:00Z"), vienna),
        );
    });

    it("spans end at 24:00, not at 00:00 of the same day", () => {
        expect(clockSpan("en", at("2026-11-22T23:00:00Z"), at("2026-11-23T23:00:00Z"), vienna)).toBe("00:00–24:00");
        expect(clockSpan("en", at("2026-11-23T11:15:00Z"), at("2026-11-23T11:30:00Z"), vienna)).toBe("12:15–12:30");
    });

    it("deadlines name day, clock and zone", () => {
        const text = deadline("en-GB", at("2026-11-24T13:20:00Z"), vienna);
        expect(text).toMatch(/24 Nov/);
        expect(text).toMatch(/14:20 (CET|GMT\+1)/);
    });

    it("days have their names", () => {
        expect(longDay("de", "2026-11-23")).toBe("Montag, 23. November 2026");
    });

    it("ages are whole units", () => {
        expect(ago("en", 1_000, 1_000 + 25 * 60 + 59)).toBe("25 minutes ago");
        expect(ago("en", 1_000 + 3 * 86_400, 1_000)).toBe("in 3 days");
        expect(ago("en", 1_000, 1_030)).toBe("this minute");
    });
});

it("whatever number a node tells as a time, something is said and nothing breaks", () => {
    fc.assert(
        fc.property(fc.oneof(fc.double(), fc.integer(), fc.constant(2 ** 63)), (seconds) => {
            expect(deadline("en-GB", seconds, vienna)).toMatch(/\d/);
            expect(clockSpan("de", seconds, seconds + 900, vienna)).toMatch(/\d/);
        }),
    );
});
