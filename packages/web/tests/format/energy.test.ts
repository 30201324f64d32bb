import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { energy, exactEnergy, power } from "../../src/format/energy.ts";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("energy", () => {
    it.each([
        ["en", 180_000n, "0.18 kWh"],
        ["de", 180_000n, "0,18 kWh"],
        ["en", 61_234_000n, "61.2 kWh"],
        ["en", 0n, "0 kWh"],
        ["en", 250n, "0.00025 kWh"],
        ["en", 12_345_678_000n, "12,300 kWh"],
    ])("in %s %s mWh are %s", (locale, mwh, text) => {
        expect(plain(energy(locale, mwh))).toBe(text);
    });

    it("has at most three significant digits, and some where there is some", () => {
        fc.assert(
            fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), (mwh) => {
                const digits = energy("en", mwh)
                    .replace(/[^0-9]/g, "")
                    .replace(/^0+/, "")
                    .replace(/0+$/, "");
                expect(digits.length).toBeGreaterThan(0);
                expect(digits.length).toBeLessThanOrEqual(3);
            }),
        );
    });

    it("has its exact value", () => {
        expect(plain(exactEnergy("en", 1_234_567n))).toBe("1.234567 kWh");
        expect(plain(exactEnergy("en", 61_234_000n))).toBe("61.234 kWh");
    });

    it("of a connection is a power in kW", () => {
        expect(plain(power("en", 17_000))).toBe("17 kW");
    });
});
