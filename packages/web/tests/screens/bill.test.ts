import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bill, BillCheck, BillInterval, BillProof, Home, Rules } from "../../src/data/source.ts";
import { verdict } from "../../src/screens/bill/check.ts";
import { chosen, nanoMoney, steps, summary, sums } from "../../src/screens/bill/model.ts";
import type { Policy } from "../../src/types/energy-settlement.ts";
import { ct, euro, kwh, plain, quarter, say } from "./say.ts";

const english = say();
const NOON = quarter("2026-11-23T11:15:00Z");

const HALF: Policy = {
    interval_length: 900,
    buyers: "even",
    sellers: "even",
    price: { mid_market: { weight: 5_000 } },
} as Policy;

function rules(policy: Partial<Policy> = {}): Rules {
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

const HOME = {
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

function interval(some: Partial<BillInterval> = {}): BillInterval {
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
            share: "There were 4.2 kWh to share. Everybody got the same until they had enough; the most that a home got is 0.15 kWh. 3 of 11 homes got all that they asked for.",
            you: "You needed 0.24 kWh and got 0.15 kWh. 0.09 kWh came from your utility.",
            cost: "0.15 kWh at 17 ct/kWh are €0.0255. Money is rounded once, for the whole period.",
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

function bill(some: Partial<Bill> = {}): Bill {
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

describe("the result", () => {
    it("is told with its average price and against the utility", () => {
        const of = summary(english, bill());
        expect(of.title).toBe("You pay €0.03");
        expect(of.period).toBe("Monday, 23 November 2026");
        expect(of.sentences.map(plain)).toEqual([
            "You bought 0.15 kWh from neighbours, at 17 ct/kWh on average.",
            "From your utility they would have cost €0.04: you saved €0.01.",
        ]);
    });

    it("never says that a negative sum was saved", () => {
        const dear = summary(english, bill({ debit: euro(0.05) })).sentences.join(" ");
        expect(dear).not.toContain("saved");
        expect(dear).toContain("less");
    });

    it("its exact sum comes out to the smallest unit", () => {
        const amount = fc.bigInt({ min: 1n, max: 10n ** 12n });
        fc.assert(
            fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 9n }), (bought, price) => {
                const nano = bought * price;
                const debit = (nano + 999_999_999n) / 1_000_000_000n;
                const lines = sums(
                    english,
                    bill({
                        intervals: [interval({ bought, price })],
                        debit,
                        roundedUpNano: debit * 1_000_000_000n - nano,
                    }),
                    rules(),
                );
                const digits = (key: string) => {
                    const [whole = "0", rest = ""] = (lines.find((line) => line.key === key)?.value ?? "")
                        .replace(/[^0-9.]/g, "")
                        .split(".");
                    return BigInt(whole + rest.padEnd(15, "0"));
                };
                expect(digits("bought") + digits("up")).toBe(digits("pay"));
            }),
        );
    });

    it("fees have their names, and one whose name is gone its number", () => {
        const sold = interval({ bought: 0n, sold: kwh(1), offered: kwh(1) });
        const lines = sums(
            english,
            bill({
                intervals: [sold],
                debit: 0n,
                credit: euro(0.16),
                fees: [
                    { id: 1, amount: 3_400n },
                    { id: 7, amount: 1n },
                ],
            }),
            rules(),
        );
        expect(lines.map(({ label }) => label)).toEqual([
            "Sold, exact",
            "network",
            "Fee 7",
            "Rounded down, for the community",
            "You get",
        ]);
        expect(lines[1]?.value).toBe("-€0.003400");
    });

    it("a billionth of a unit is shown, not swallowed", () => {
        expect(nanoMoney(english, 1n)).toBe("€0.000000000000001");
        expect(nanoMoney(english, 1_500_000_000_000_000n)).toBe("€1.50");
    });
});

it("the quarter hour that is asked for is shown, else the one with the most trade", () => {
    const all = [
        interval({ interval: 1, bought: 1n }),
        interval({ interval: 2, bought: 5n }),
        interval({ interval: 3, bought: 2n }),
    ];
    expect(chosen(all, 3)?.interval).toBe(3);
    expect(chosen(all, null)?.interval).toBe(2);
    expect(chosen([], 3)).toBeNull();
});

const PROOF: BillProof = {
    signedBy: [
        { member: 0, name: "North" },
        { member: 2, name: null },
        { member: 3, name: "West" },
    ],
    quorum: 3,
    members: 4,
    took: 12.4,
    reportFrom: "node A",
    balancesFrom: null,
    height: 1_234,
    transaction: null,
    comparedWith: "results_hash",
};

describe("the check", () => {
    it("says who signed, that it was recomputed here, and how it compares", () => {
        const of = verdict(english, { result: "same", proof: PROOF }, 1);
        expect(of.state).toBe("good");
        expect(of.headline).toBe("This device comes to the same amount, to the smallest unit.");
        expect(of.sentences).toContain("Readings signed by 3 of 4 witnesses; 3 must: North, 3 and West.");
        expect(of.sentences).toContain("Recomputed here in 12 ms with the rules of the contracts.");
        expect(of.file).toBeNull();
    });

    it("a difference shows both values and hands out the evidence", () => {
        const check: BillCheck = {
            result: "differs",
            proof: PROOF,
            here: { debit: 610_000n, credit: 0n },
            chain: { debit: 620_000n, credit: null, resultsHash: null },
            file: "{}",
        };
        const of = verdict(english, check, 7);
        expect(of.state).toBe("bad");
        expect(of.sentences[0]).toBe("You pay: here €0.610000, on the chain €0.620000.");
        expect(of.file).toEqual({ name: "gridpact-7.json", text: "{}" });
    });

    it("a forgery names who served it", () => {
        const of = verdict(
            english,
            { result: "forged", what: "signatures", from: "node A", detail: "expected 3, got 2" },
            1,
        );
        expect(of.state).toBe("bad");
        expect(of.sentences[0]).toBe("node A served a report that your witnesses did not sign.");
    });

    it("what is missing is said exactly, with what to do", () => {
        const of = verdict(
            english,
            {
                result: "incomplete",
                missing: [
                    { what: "report", firstInterval: 1, height: 4_711, why: "forgotten" },
                    { what: "balances", firstInterval: 1, why: "no_archive" },
                ],
            },
            1,
        );
        expect(of.state).toBe("open");
        expect(of.sentences).toEqual([
            "The readings of block 4,711: the node has forgotten blocks so old and no archive has them. Choose another node or archive.",
            "The balances that were used: only an archive could have them, and your grid names none. Ask your operator for one.",
        ]);
    });
});
