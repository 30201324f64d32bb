import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averagePrice, exactMoney, exactPrice, fullMoney, money, price, share, worth } from "../../src/format/money.ts";

const euro = { symbol: "EUR", currency: "EUR", decimals: 6 };
const token = { symbol: "SUN", currency: null, decimals: 6 };
const wei = { symbol: "EURX", currency: "EUR", decimals: 18 };
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("money", () => {
    it.each([
        ["en", euro, 31_874_900n, "€31.87"],
        ["de", euro, 31_874_900n, "31,87 €"],
        ["en", euro, 0n, "€0.00"],
        ["en", euro, 3_160n, "€0.003"],
        ["en", euro, -120_000_000n, "-€120.00"],
        ["en", token, 1_234_500_000n, "1,234.50 SUN"],
        ["en", { symbol: "JPYX", currency: "JPY", decimals: 6 }, 1_500_000_000n, "¥1,500"],
        ["en", wei, 31_874_900_000_000_000_000n, "€31.87"],
    ])("in %s of %o: %s units are %s", (locale, asset, units, text) => {
        expect(plain(money(locale, asset, units))).toBe(text);
    });

    it("is never written as nothing where there is some", () => {
        fc.assert(
            fc.property(fc.bigInt({ min: 1n, max: 10n ** 24n }), (units) => {
                expect(money("en", wei, units)).toMatch(/[1-9]/);
            }),
        );
    });

    it("has its exact value", () => {
        expect(plain(exactMoney("en", euro, 31_684n))).toBe("€0.031684");
        expect(plain(exactMoney("de", wei, 1n))).toBe("0,000000000000000001 €");
        expect(plain(fullMoney("en", euro, 31_684n))).toBe("€0.031684");
        expect(plain(fullMoney("en", euro, 20_000_000n))).toBe("€20.00");
        expect(plain(fullMoney("en", euro, 20_100_010n))).toBe("€20.10001");
    });
});

describe("prices", () => {
    it.each([
        ["en", euro, 168_000_000n, "16.8 ct/kWh"],
        ["de", euro, 168_450_000n, "16,85 ct/kWh"],
        ["en", token, 168_000_000n, "0.168 SUN/kWh"],
        ["en", euro, 0n, "0 ct/kWh"],
        ["en", wei, 168_000_000_000_000_000_000n, "16.8 ct/kWh"],
    ])("in %s of %o: %s a MWh is %s", (locale, asset, perMwh, text) => {
        expect(plain(price(locale, asset, perMwh))).toBe(text);
    });

    it("have their exact value", () => {
        expect(plain(exactPrice("en", euro, 168_456_789n))).toBe("16.8456789 ct/kWh");
    });

    it("of energy and its value agree to a base unit", () => {
        fc.assert(
            fc.property(
                fc.bigInt({ min: 1n, max: 10n ** 12n }),
                fc.bigInt({ min: 0n, max: 10n ** 12n }),
                (mwh, perMwh) => {
                    const back = averagePrice(worth(mwh, perMwh), mwh);
                    expect(back).not.toBeNull();
                    const lost = perMwh - (back ?? 0n);
                    expect(lost >= 0n && lost * mwh < 2n * (1_000_000_000n + mwh)).toBe(true);
                },
            ),
        );
    });
});

describe("a part of a whole", () => {
    it("is rounded to the nearest hundredth and is none of nothing", () => {
        expect(share(1n, 3n)).toBe(33);
        expect(share(2n, 3n)).toBe(67);
        expect(share(1n, 200n)).toBe(1);
        expect(share(0n, 5n)).toBe(0);
        expect(share(0n, 0n)).toBeNull();
    });
});
