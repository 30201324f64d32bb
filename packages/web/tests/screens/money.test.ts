import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account, HomeEnergy, HomeWindow, Payment } from "../../src/data/source.ts";
import { amount, history, lasts, purse, statement, stretches } from "../../src/screens/money/model.ts";
import { ct, euro, kwh, plain, quarter, say } from "./say.ts";

const english = say();
const MONDAY = quarter("2026-11-22T23:00:00Z");

const account = (free: number, coming = 0, nextAt: number | null = null, lastAt = nextAt): Account => ({
    slot: 12,
    owner: "wasm1owner",
    free: euro(free),
    coming: euro(coming),
    nextAt,
    lastAt,
});
const window = (
    day: number,
    debit: bigint | null,
    credit: bigint | null,
    state: HomeWindow["state"] = "final",
): HomeWindow => ({ firstInterval: MONDAY + day * 96, intervals: 96, state, finalAt: 0, debit, credit });

describe("the purse", () => {
    it("tells what comes and when", () => {
        const [next, last] = [1_795_600_000, 1_795_686_400];
        const of = purse(english, account(31.87, 1.12, next, last));
        expect(plain(of.next)).toBe(
            `The next part becomes available ${english.deadline(next)}, the last one ${english.deadline(last)}.`,
        );
        expect(of.together).toBe(euro(32.99));
        expect(plain(purse(english, account(1, 1, next)).next)).toBe(`It becomes available ${english.deadline(next)}.`);
        expect(purse(english, account(1)).next).toBe("Nothing is on its way.");
    });

    it("an empty one says what that means", () => {
        expect(purse(english, account(0)).empty).toContain("it still sells");
    });
});

describe("how long the money lasts", () => {
    const now = Date.parse("2026-11-30T08:00:00Z") / 1000;
    const week = Array.from({ length: 7 }, (_, day) => window(day, euro(1), 0n));

    it("follows the last days' pace", () => {
        expect(lasts(english, account(10), week, now)).toBe(
            "At the pace of the last 7 days this lasts until Thursday, 10 December 2026.",
        );
    });

    it("is not guessed from days of which one is not known", () => {
        expect(lasts(english, account(10), [...week, window(7, null, null)], now)).toBeNull();
        expect(lasts(english, account(10), [], now)).toBeNull();
    });

    it("who earns more than it pays never runs out", () => {
        expect(lasts(english, account(10), [window(0, euro(1), euro(2))], now)).toContain("earned at least as much");
    });
});

describe("what happened", () => {
    const payment: Payment = {
        kind: "deposit",
        slot: 12,
        amount: euro(50),
        who: "wasm1neighbour00000000000abcd",
        height: 5,
        time: Date.parse("2026-11-24T09:00:00Z") / 1000,
        transaction: "AA",
    };

    it("is listed by local day, the newest first, signed, each leading to its bill", () => {
        const days = history(english, [window(0, euro(0.62), euro(0.1)), window(1, 0n, 0n)], [payment], null);
        expect(days.map(({ day }) => day)).toEqual(["2026-11-24", "2026-11-23"]);
        expect(days[0]?.lines.map(({ what, detail, amount: units }) => [what, detail, units])).toEqual([
            ["Paid in", "by wasm1nei…abcd", euro(50)],
        ]);
        expect(days[1]?.lines.map(({ what, amount: units, href }) => [what, units, href])).toEqual([
            ["Bought", -euro(0.62), `/bill/${MONDAY}`],
            ["Sold", euro(0.1), `/bill/${MONDAY}`],
        ]);
    });

    it("many short periods of a day are one line, which leads to the day", () => {
        const short = (place: number, debit: bigint | null): HomeWindow => ({
            ...window(0, debit, 0n),
            firstInterval: MONDAY + place,
            intervals: 1,
        });
        const [day] = history(english, [short(0, euro(0.1)), short(1, euro(0.2))], [], null);
        expect(day?.lines.map(({ what, amount: units, href, detail }) => [what, units, href, detail])).toEqual([
            ["Bought", -euro(0.3), "/energy/2026-11-23", "2 periods"],
        ]);
        const [unknown] = history(english, [short(0, euro(0.1)), short(1, null)], [], null);
        expect(unknown?.lines[0]?.amount).toBeNull();
    });

    it("one's own account is called so, and what is not known is no 0", () => {
        const days = history(english, [window(0, null, null)], [payment], payment.who);
        expect(days[0]?.lines[0]?.detail).toBe("by your account");
        expect(days[1]?.lines[0]?.amount).toBeNull();
    });
});

describe("a month", () => {
    const intervals = [
        {
            interval: MONDAY,
            reading: { taken: kwh(5), given: 0n, quality: "measured" as const },
            bought: kwh(3.69),
            sold: 0n,
            price: ct(16.8),
            retail: ct(31),
            feedIn: ct(8),
            final: true,
        },
    ];
    const energy = (windows: HomeWindow[]): HomeEnergy => ({
        slot: 12,
        from: MONDAY,
        to: MONDAY + 96 * 8,
        intervals,
        windows,
        missing: [],
    });

    it("shows what was saved with its figures", () => {
        const of = statement(english, energy([window(0, euro(0.62), 0n)]), 0);
        expect(of.balance).toBe(-euro(0.62));
        expect(of.formulas.map(plain)).toEqual([
            "3.69 kWh would have cost €1.14 from the utility; from neighbours they cost €0.62.",
        ]);
        expect(plain(of.verdict ?? "")).toBe("That is €0.52 better than the utility.");
    });

    it("a loss is not called a saving", () => {
        expect(statement(english, energy([window(0, euro(2), 0n)]), 0).verdict).toContain("more than the utility");
    });

    it("what could not be read is said, and then nothing is compared", () => {
        const of = statement(english, energy([window(0, euro(0.62), 0n), window(1, null, null)]), 0);
        expect(of.incomplete).toContain("1 period of this month could not be read");
        expect(of.verdict).toBeNull();
    });
});

describe("an amount", () => {
    it.each([
        ["", "Type an amount."],
        ["abc", "This is not an amount. Write it like 12.5."],
        ["0", "Type more than 0."],
        ["0.0000001", "EUR has at most 6 digits behind the mark."],
        ["120.01", "Your account holds €120.00. Choose at most that."],
    ])("%j is refused with what to do", (typed, words) => {
        const told = amount(english, typed, euro(120), "deposit");
        expect(typeof told === "string" ? plain(told) : told).toBe(words);
    });

    it("up to all of it is taken, to the smallest unit", () => {
        fc.assert(
            fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), (units) => {
                const text = `${units / 1_000_000n}.${(units % 1_000_000n).toString().padStart(6, "0")}`;
                expect(amount(english, text, units, "withdraw")).toBe(units);
                expect(typeof amount(english, text, units - 1n, "withdraw")).toBe("string");
            }),
        );
    });
});

it("history goes back stretch by stretch to the day on which the home began", () => {
    const today = "2026-11-26";
    expect(stretches(today, null, 1)).toEqual({
        shown: [{ from: "2026-11-20", until: "2026-11-27", oldest: false }],
        more: false,
    });
    const two = stretches(today, "2024-02-29", 2);
    expect(two.more).toBe(true);
    expect(two.shown[1]).toEqual({ from: "2026-10-23", until: "2026-11-20", oldest: false });
    const all = stretches(today, "2024-02-29", 1000);
    expect(all.more).toBe(false);
    expect(all.shown.filter(({ oldest }) => oldest)).toHaveLength(1);
    expect((all.shown.at(-1)?.from ?? "") <= "2024-02-29").toBe(true);
    // They tile the days.
    for (const [at, { until }] of all.shown.entries()) if (at > 0) expect(until).toBe(all.shown[at - 1]?.from);
});
