import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { A, B, BUILDER, C, MEDIATOR } from "../../../src/example/made/parts.ts";
import { asksNoMore, conditionParts, conditionSentence, neverHolds } from "../../../src/screens/project/conditions.ts";
import type { Condition } from "../../../src/types/pledge-escrow.ts";
import { english, people, project, projects } from "./projects.ts";

const say = english();
const euro = (whole: number): string => `${whole}000000`;

describe("a condition is a sentence", () => {
    it.each<[Condition, string]>([
        [{}, "Counts whatever the others do."],
        [{ parties: [{ address: C, at_least: euro(10_000) }] }, "Counts only if Home006 pledges at least €10,000.00."],
        [
            { pledgers: { count: 3, at_least: euro(500) }, total: euro(5_000) },
            "Counts only if at least 3 pledge €500.00 or more each and all together pledge at least €5,000.00.",
        ],
        [{ pledgers: { count: 1, at_least: "1" } }, "Counts only if at least 1 pledges €0.000001 or more each."],
    ])("%j", (condition, sentence) => {
        expect(conditionSentence(say, condition, people)).toBe(sentence);
    });

    it("each part is met or not by pledges that count themselves", async () => {
        const pledges = await projects.pledges(1);
        const condition: Condition = {
            parties: [
                { address: A, at_least: euro(10_000) },
                // Pledged as much, and waits.
                { address: B, at_least: euro(10_000) },
            ],
            pledgers: { count: 1, at_least: euro(10_000) },
            total: euro(20_000),
        };
        expect(conditionParts(say, condition, people, pledges).map(({ key, met }) => [key, met])).toEqual([
            [A, true],
            [B, false],
            ["pledgers", true],
            ["total", false],
        ]);
    });
});

describe("a condition that can never hold is refused in words", () => {
    const never = async (number: number, condition: Condition) =>
        neverHolds(say, condition, (await project(number)).terms, people);

    it.each<[string, Condition, string]>([
        [
            "a stranger",
            { parties: [{ address: "wasm1stranger", at_least: "1" }] },
            "Stranger is not one of the parties here",
        ],
        ["the builder", { parties: [{ address: BUILDER, at_least: "1" }] }, "Builder is paid or decides here"],
        ["the decider", { parties: [{ address: MEDIATOR, at_least: "1" }] }, "Mediator is paid or decides here"],
        [
            "more of a party than it may",
            { parties: [{ address: B, at_least: "10000000001" }] },
            "Home012 can pledge €10,000.00 at most",
        ],
        ["more pledgers than parties", { pledgers: { count: 4, at_least: "1" } }, "Only 3 can pledge"],
        [
            "pledgers with more than any may",
            { pledgers: { count: 1, at_least: euro(10_001) } },
            "Nobody can pledge €10,001.00",
        ],
        ["more than all together", { total: "30000000001" }, "All together can pledge €30,000.00 at most"],
    ])("%s, where parties are named", async (_, condition, words) => {
        expect(await never(1, condition)).toContain(words);
        expect(await never(1, condition)).toContain("so this can never hold.");
    });

    it("at the edge it may hold", async () => {
        expect(await never(1, { parties: [{ address: B, at_least: euro(10_000) }], total: euro(30_000) })).toBeNull();
        expect(await never(1, { pledgers: { count: 3, at_least: euro(10_000) } })).toBeNull();
    });

    it("in an open call anybody may pledge up to the cap, 513 at most", async () => {
        const anybody = { address: "wasm1stranger", at_least: euro(12_000) };
        expect(await never(2, { parties: [anybody] })).toBeNull();
        expect(await never(2, { parties: [{ ...anybody, at_least: "12000000001" }] })).toContain("€12,000.00 at most");
        expect(await never(2, { pledgers: { count: 513, at_least: "1" } })).toBeNull();
        expect(await never(2, { pledgers: { count: 514, at_least: "1" } })).toContain("Only 513");
        expect(await never(2, { total: `${12_000 * 513}000000` })).toBeNull();
        expect(await never(2, { total: `${12_000 * 513}000001` })).toContain("so this can never hold");
    });
});

describe("a condition can only be weakened", () => {
    const part = fc.option(fc.bigInt({ min: 1n, max: 5n }), { nil: null });
    const arbitrary = fc
        .record({
            parties: fc.uniqueArray(
                fc.record({ address: fc.constantFrom(A, B, C), at_least: fc.constantFrom("1", "2") }),
                {
                    selector: ({ address }) => address,
                },
            ),
            count: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
            total: part,
        })
        .map(
            ({ parties, count, total }): Condition => ({
                parties,
                pledgers: count === null ? null : { count, at_least: "3" },
                total: total === null ? null : total.toString(),
            }),
        );

    it("asks no more than itself, and nothing is no more than anything", () => {
        fc.assert(
            fc.property(arbitrary, (condition) => {
                expect(asksNoMore(condition, condition)).toBe(true);
                expect(asksNoMore({}, condition)).toBe(true);
            }),
            { seed: 16 },
        );
    });

    it("where parts are left out or lowered it asks no more, and every set that meets the other meets it", () => {
        const weaken = (strong: Condition, left: readonly boolean[]): Condition => ({
            parties: (strong.parties ?? []).flatMap((one, at) =>
                left[at] === true ? [] : [{ ...one, at_least: "1" }],
            ),
            pledgers: left[3] === true || strong.pledgers == null ? null : { ...strong.pledgers, count: 1 },
            total: left[4] === true || strong.total == null ? null : "1",
        });
        const flags = fc.array(fc.boolean(), { minLength: 5, maxLength: 5 });
        const amounts = fc.bigInt({ min: 1n, max: 4n });
        fc.assert(
            fc.property(arbitrary, flags, fc.subarray([A, B, C]), amounts, (strong, left, who, amount) => {
                const weak = weaken(strong, left);
                expect(asksNoMore(weak, strong)).toBe(true);
                const pledges = who.map((pledger) => ({
                    pledger,
                    amount: amount.toString(),
                    condition: {},
                    consistent: true,
                    displaced: "0",
                    paid: "0",
                    refundable: "0",
                    revenue: "0",
                }));
                const met = (condition: Condition) =>
                    conditionParts(say, condition, people, pledges).every((one) => one.met);
                if (met(strong)) expect(met(weak)).toBe(true);
            }),
            { seed: 16 },
        );
    });

    it("one more of anything is more", () => {
        expect(asksNoMore({ total: "2" }, { total: "1" })).toBe(false);
        expect(asksNoMore({ total: "1" }, {})).toBe(false);
        expect(asksNoMore({ pledgers: { count: 2, at_least: "1" } }, { pledgers: { count: 1, at_least: "1" } })).toBe(
            false,
        );
        expect(asksNoMore({ pledgers: { count: 1, at_least: "2" } }, { pledgers: { count: 1, at_least: "1" } })).toBe(
            false,
        );
        expect(
            asksNoMore({ parties: [{ address: A, at_least: "2" }] }, { parties: [{ address: A, at_least: "1" }] }),
        ).toBe(false);
        expect(
            asksNoMore({ parties: [{ address: A, at_least: "1" }] }, { parties: [{ address: B, at_least: "1" }] }),
        ).toBe(false);
    });
});
