import { describe, expect, it } from "vitest";
import { claimSentences, offerSentences, payeeSentences } from "../../../src/screens/project/offers.ts";
import { bar, left, milestoneSentences, phaseSentences } from "../../../src/screens/project/progress.ts";
import { silenceSentence, termsSentences } from "../../../src/screens/project/terms.ts";
import { projectCard } from "../../../src/screens/projects/model.ts";
import { english, NOW, people, project, projects } from "./projects.ts";

const say = english();
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");
const all = async (number: number, some = {}) =>
    termsSentences(say, { ...(await project(number)).terms, ...some }, people)
        .flatMap(({ sentences }) => sentences)
        .map(plain);

describe("pledged and counted are two numbers on one bar", () => {
    it("in thousandths of the longest, with the same in words", async () => {
        expect(bar(say, await project(1))).toEqual({
            pledged: 666,
            counts: 333,
            target: 1000,
            sentence: "€10,000.00 of €30,000.00 count today; €20,000.00 are pledged.",
        });
    });

    it("more pledged than the target moves the target inwards", async () => {
        expect(bar(say, await project(1, { pledged: "60000000000" }))).toMatchObject({ pledged: 1000, target: 500 });
        expect(bar(say, await project(1, { pledged: "0", consistent: "0" }))).toMatchObject({ pledged: 0, counts: 0 });
    });
});

describe("a phase is told with its deadline, zone and time left", () => {
    it("open", async () => {
        expect(phaseSentences(say, await project(1), people, NOW).map(plain)).toEqual([
            "Pledges are taken until Sat 4 Jul, 12:00 CEST (12 days left).",
            "€20,000.00 are missing.",
        ]);
    });

    it("failed for want of pledges, or of an acceptance", async () => {
        expect(phaseSentences(say, await project(6), people, NOW)[0]).toContain("The target was not reached by");
        const late = await project(3, { phase: "failed" });
        expect(phaseSentences(say, late, people, NOW)[0]).toContain("Builder did not accept the work by");
    });

    it("overdue is not under way", async () => {
        const of = await project(4);
        expect(phaseSentences(say, of, people, (of.next_due ?? 0) - 1)[0]).toContain("has until");
        expect(phaseSentences(say, of, people, of.next_due ?? 0)[0]).toContain("has not handed it in");
    });

    it("time left is told in the unit in which it means something", () => {
        expect(left(say, NOW + 3 * 86_400 + 5, NOW)).toBe("3 days left");
        expect(left(say, NOW + 2 * 86_400 - 1, NOW)).toBe("47 hours left");
        expect(left(say, NOW + 7_199, NOW)).toBe("119 minutes left");
        expect(left(say, NOW - 5, NOW)).toBe("0 minutes left");
    });
});

describe("terms are sentences", () => {
    it("say what happens to the money, and when", async () => {
        const said = await all(1);
        expect(said).toContain("Not reached by Sat 4 Jul, 12:00 CEST: everybody takes the whole pledge back.");
        expect(said).toContain("Once the project starts nobody can take a pledge back.");
        expect(said).toContain("5% of every payment is kept back for 30 days after the last milestone, for defects.");
        expect(said).toContain("Of milestone 2, 30% goes to Electrician.");
        expect(said).toContain("With the acceptance Builder posts a bond of €1,500.00.");
    });

    it("name who gains where the decider says nothing", async () => {
        const { decider } = (await project(1)).terms;
        if (decider == null) throw new Error("expected a decider");
        const gains = (silence: number) => silenceSentence(say, { ...decider, silence }, people);
        expect(gains(5_000)).toContain("nobody gains by silence");
        expect(gains(5_001)).toContain("50.01% is paid out and 49.99% goes back: the builder gains by silence");
        expect(gains(4_999)).toContain("those who paid gain by silence");
    });

    it("say that nobody can object where nobody decides, and that a decider is paid too", async () => {
        expect(await all(2)).toContain("Nobody can object: these terms name nobody who would decide.");
        const { terms } = await project(1);
        const said = await all(1, { payees: [terms.decider?.address] });
        expect(said).toContain("Mind that Mediator is also paid here.");
    });
});

describe("what happened is told with how much is needed and until when", () => {
    it("a dispute", async () => {
        const of = await project(4);
        const [first] = of.milestones;
        if (first === undefined) throw new Error("expected a milestone");
        const said = milestoneSentences(say, first, of, people, NOW).map(plain);
        expect(said).toEqual([
            "In dispute. Mediator must decide by Sun 12 Jul, 12:00 CEST (20 days left).",
            "If Mediator says nothing in time, half is paid out and half goes back: nobody gains by silence.",
            "Those who object paid €10,000.00 together; with €9,000.00 it is in dispute.",
        ]);
        const decided = { at: NOW, by: "silence" as const, kept: 5_000 };
        expect(milestoneSentences(say, { ...first, status: "payable", decided }, of, people, NOW).at(-1)).toContain(
            "Mediator said nothing until",
        );
    });

    it("an offer", async () => {
        expect(offerSentences(say, await project(4))).toEqual([
            "Milestone 1 is split: 80% is paid out, 20% goes back to those who paid.",
            "Those who agree paid €10,000.00 together; with €18,000.00 it is carried out.",
            "Whoever agreed cannot take it back.",
        ]);
    });

    it("claims and payees", async () => {
        const of = await project(5);
        const claims = (await projects.claims(5)).map((claim) => claimSentences(say, claim, of, people));
        expect(claims[0]?.[0]).toBe("Home008 claims €400.00 for a defect.");
        expect(claims[1]?.[1]).toBe("Its supporters paid €1,000.00 together; €9,000.00 are needed.");
        const [builder] = await projects.payees(4);
        if (builder === undefined) throw new Error("expected a payee");
        expect(payeeSentences(say, builder, people).map(plain)).toEqual([
            "Drawn €0.00; €0.00 can be drawn now.",
            "€18,000.00 of milestone 1 are in dispute, until Sun 12 Jul, 12:00 CEST at the latest.",
            "€1,500.00 of bond come back when all is done.",
        ]);
    });
});

describe("a card of the list", () => {
    const asset = { denom: "ueur", symbol: "EUR", currency: "EUR", decimals: 6 };

    it("says one's own part and whether it counts", async () => {
        const [mine] = await projects.pledgesOf("wasm1example0home012");
        expect(projectCard(say, await project(1), mine, asset, people, NOW).sentences.map(plain)).toEqual([
            "Until Sat 4 Jul, 12:00 CEST, 12 days left.",
            "You pledged €10,000.00.",
            "Counts only if Home006 pledges at least €10,000.00.",
            "Your pledge waits.",
        ]);
    });

    it("shows no amounts of other money, and no terms that it cannot read", async () => {
        const other = { ...asset, denom: "uother" };
        expect(projectCard(say, await project(1), undefined, other, people, NOW)).toMatchObject({ bar: null });
        const unreadable = { project: 7, phase: "open", terms: null, why: "" } as const;
        expect(projectCard(say, unreadable, undefined, asset, people, NOW)).toMatchObject({
            title: "Project 7",
            bar: null,
        });
    });
});
