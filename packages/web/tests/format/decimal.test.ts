import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalOf, MAX_UNITS, unitsOf } from "../../src/format/decimal.ts";

const units = fc.bigInt({ min: -MAX_UNITS, max: MAX_UNITS });
const decimals = fc.integer({ min: 0, max: 18 });

describe("decimal text", () => {
    it("has every digit: read back as a whole number of the smallest unit it is the same", () => {
        fc.assert(
            fc.property(units, decimals, (value, places) => {
                const text = decimalOf(value, places);
                expect(BigInt(text.replace(".", ""))).toBe(value);
                expect(text.split(".")[1]?.length ?? 0).toBe(places);
            }),
        );
    });

    it("is what Intl writes with all digits, also far beyond what a float holds", () => {
        fc.assert(
            fc.property(units, decimals, (value, places) => {
                const format = new Intl.NumberFormat("en", {
                    useGrouping: false,
                    minimumFractionDigits: places,
                    maximumFractionDigits: places,
                });
                expect(format.format(decimalOf(value, places))).toBe(decimalOf(value, places));
            }),
        );
    });
});

describe("what a person types", () => {
    it("comes back as the amount it was written from, in each language's own marks", () => {
        const locale = fc.constantFrom("en", "de", "fr", "de-CH");
        fc.assert(
            fc.property(
                fc.bigInt({ min: 0n, max: MAX_UNITS }),
                decimals,
                locale,
                fc.boolean(),
                (value, places, language, useGrouping) => {
                    const options = { useGrouping, minimumFractionDigits: places, maximumFractionDigits: places };
                    const typed = new Intl.NumberFormat(language, options).format(decimalOf(value, places));
                    // "1,234" in a language whose comma groups is the only way to read it.
                    expect(unitsOf(typed, places, language)).toBe(value);
                },
            ),
        );
    });

    it.each([
        ["", "empty"],
        ["   ", "empty"],
        ["12 EUR", "not_a_number"],
        ["-5", "not_a_number"],
        ["1e6", "not_a_number"],
        ["0x10", "not_a_number"],
        ["1.2.3", "not_a_number"],
        ["0.0000001", "too_many_digits"],
        ["9".repeat(40), "too_large"],
        ["9".repeat(400), "too_large"],
    ])("%j is refused: %s", (typed, why) => {
        expect(unitsOf(typed, 6, "en")).toBe(why);
    });

    it("idle zeros below the smallest unit do no harm", () => {
        expect(unitsOf("1.5000000000", 6, "en")).toBe(1_500_000n);
    });

    it("the other mark is taken for the decimal one where it cannot group", () => {
        expect(unitsOf("12,50", 6, "en")).toBe(12_500_000n);
        expect(unitsOf("12.50", 6, "de")).toBe(12_500_000n);
        expect(unitsOf("1.250", 6, "de")).toBe(1_250_000_000n);
    });
});
