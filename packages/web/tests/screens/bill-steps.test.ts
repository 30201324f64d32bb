import { describe, expect, it } from "vitest";
import type { BillInterval, Home } from "../../src/data/source.ts";
import { steps } from "../../src/screens/bill/model.ts";
import type { Policy } from "../../src/types/energy-settlement.ts";
import { english, HOME, interval, rules } from "./bill.ts";
import { ct, kwh, plain } from "./say.ts";

const told = (one: BillInterval, policy: Partial<Policy> = {}, home: Partial<Home> = {}): Record<string, string> =>
    Object.fromEntries(
        steps(english, one, rules(policy), { ...HOME, ...home }).map(({ id, sentences }) => [
            id,
            plain(sentences.join(" ")),
        ]),
    );

describe("a quarter hour, step by step", () => {
    it("tells the street, the price, the sharing, the home and the cost", () => {
        expect(told(interval())).toEqual({
            street: "Homes with more than they needed gave 4.2 kWh; the others needed 9.8 kWh.",
            price: "The price lies halfway between what the utility pays (8 ct/kWh) and what it charges (26 ct/kWh): 17 ct/kWh.",
            share: "There was 4.2 kWh to share. Everybody got the same until they had enough; the most that a home got is 0.15 kWh. 3 of 11 homes got all that they asked for.",
            you: "You needed 0.24 kWh and got 0.15 kWh. 0.09 kWh came from your utility.",
            cost: "0.15 kWh at 17 ct/kWh comes to €0.0255. Money is rounded once, for the whole period.",
        });
    });

    it("where there was enough for all nobody hears of sharing out", () => {
        const plenty = interval({ supply: kwh(12), traded: kwh(9.8), bought: kwh(0.24), buyersServed: 11 });
        expect(told(plenty)["share"]).toBe("There was enough: everybody got what they asked for, 9.8 kWh together.");
        expect(told(plenty)["you"]).toBe("You needed 0.24 kWh and got all of it.");
    });

    it("says when money, not the sun, was short", () => {
        expect(told(interval({ asked: kwh(0.1), bought: kwh(0.1) }))["you"]).toContain(
            "Your money sufficed for 0.1 kWh of the 0.24 kWh you needed.",
        );
        expect(told(interval())["you"]).not.toContain("money sufficed");
    });

    it("what nobody could pay for is said, so that the sums add up to a reader", () => {
        expect(told(interval())["street"]).not.toContain("money");
        expect(told(interval({ payable: kwh(9.5) }))["street"]).toContain("Their money sufficed for 9.5 kWh of it.");
    });

    it.each([
        ["pro_rata" as const, "in proportion to what each needed: about 43% of every need"],
        ["priority" as const, "in the agreed order; yours is place 2"],
        [
            { static: { reoffer: true } },
            "by fixed weights; yours is 1. What somebody did not need was offered to the others again",
        ],
        [
            { static: { reoffer: false } },
            "a fixed part of what is given, by its weight; yours is 1. What somebody did not need went to the utility",
        ],
    ])("tells the rule %j", (buyers, words) => {
        expect(told(interval(), { buyers })["share"]).toContain(words);
    });

    it("a fixed part that cuts a need is not called a lack of money", () => {
        const cut = told(interval({ asked: kwh(0.15) }), { buyers: { static: { reoffer: false } } })["you"];
        expect(cut).toContain("Your fixed part was 0.15 kWh of the 0.24 kWh you needed.");
        expect(cut).not.toContain("money");
    });

    it("a weight of two and a later tier are told", () => {
        expect(told(interval(), {}, { weight: 2 })["share"]).toContain("Your home counts 2 times.");
        expect(told(interval(), {}, { buyTier: 1 })["share"]).toContain("served first");
    });

    it.each([
        [
            { fixed: { price: "200000000" } },
            interval({ price: ct(20), retail: null, feedIn: null }),
            "The price is always 20 ct/kWh.",
        ],
        [
            { mid_market: { weight: 2_500 } },
            interval({ price: ct(12.5) }),
            "25% of the way from what the utility pays (8 ct/kWh) to what it charges (26 ct/kWh): 12.5 ct/kWh.",
        ],
        [
            { supply_demand_ratio: { compensation: "10000000" } },
            interval({ price: ct(14.1) }),
            "between 9 ct/kWh and 26 ct/kWh: 4.2 kWh for 9.8 kWh needed makes 14.1 ct/kWh.",
        ],
        [
            { supply_demand_ratio: { compensation: "10000000" } },
            interval({ price: ct(9), supply: kwh(10) }),
            "as much as was needed, so the lowest price holds: 9 ct/kWh.",
        ],
        [
            { supply_demand_ratio: { compensation: "10000000" } },
            interval({ price: ct(26), supply: 0n, traded: 0n }),
            "so the price would have been the utility’s: 26 ct/kWh.",
        ],
    ])("tells the price rule %j", (price, one, words) => {
        expect(told(one, { price })["price"]).toContain(words);
    });

    it("demand that could not pay is said where it set no price", () => {
        const one = interval({ counted: kwh(6), price: ct(12) });
        expect(told(one, { price: { supply_demand_ratio: { compensation: "0" } } })["price"]).toContain(
            "Only what the homes could pay counts for the price: 6 kWh of the 9.8 kWh needed.",
        );
    });

    it("a seller hears of sales, and of the rule that divided them", () => {
        const one = interval({
            supply: kwh(9.8),
            demand: kwh(4.2),
            needed: 0n,
            asked: 0n,
            bought: 0n,
            offered: kwh(0.5),
            sold: kwh(0.2),
            reading: { taken: 0n, given: kwh(0.5), quality: "measured" },
        });
        expect(told(one)["share"]).toBe(
            "The neighbours needed less than was given. Every seller sold the same until it had no more.",
        );
        expect(told(one)["you"]).toBe("You gave 0.5 kWh, and neighbours bought 0.2 kWh. 0.3 kWh went to your utility.");
    });

    it("no reading is not a reading of 0", () => {
        expect(told(interval({ reading: null, needed: 0n, asked: 0n, bought: 0n }))["you"]).toBe(
            "There is no reading of your home, so it neither bought nor sold.",
        );
        expect(
            told(
                interval({ reading: { taken: 0n, given: 0n, quality: "measured" }, needed: 0n, asked: 0n, bought: 0n }),
            )["you"],
        ).toBe("You neither took nor gave anything.");
    });

    it("an island has no utility to speak of", () => {
        const all = Object.values(
            told(interval({ retail: null, feedIn: null }), { price: { fixed: { price: "200000000" } } }),
        ).join(" ");
        expect(all).not.toMatch(/utility/);
    });
});
