import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BillCheck, BillProof, MeterReaders } from "../../src/data/source.ts";
import { verdict } from "../../src/screens/bill/check.ts";
import { chosen, nanoMoney, summary, sums } from "../../src/screens/bill/model.ts";
import { bill, english, interval, rules } from "./bill.ts";
import { euro, kwh, plain } from "./say.ts";

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
    readBy: null,
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
        expect(of.sentences).toContain("Readings signed by 3 of 4 witnesses; 3 must: North, witness 3 and West.");
        expect(of.sentences).toContain("Recomputed here in 12 ms with the rules of the contracts.");
        expect(of.file).toBeNull();
    });

    it.each<[MeterReaders["word"], number[], string]>([
        [
            "alone",
            [0],
            "This home’s meter is read by North alone: the signatures show that nobody changed what North said,",
        ],
        ["own", [0], "This home’s meter is read only by its own household’s witness, North:"],
        ["first", [0, 2], "For this home the word of North counts;"],
        ["agree", [0, 2], "This home’s meter is read by North and witness 3; 2 of them had to say the same."],
    ])("says whose word the readings are: %s", (word, members, expected) => {
        const readers = members.map((member) => ({ member, name: member === 0 ? "North" : null }));
        const readBy = { slots: [[3, 3] as const], word, readers, need: 2 };
        const of = verdict(english, { result: "same", proof: { ...PROOF, readBy } }, 1);
        expect(of.sentences[1]).toContain(expected);
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

    it("a home that took no part has nothing that could be missing", () => {
        const of = verdict(english, { result: "incomplete", missing: [] }, 1);
        expect(of.headline).toBe("Your home took no part in this period.");
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
