import { describe, expect, it } from "vitest";
import { A, B, C } from "../../../src/example/made/parts.ts";
import {
    ALWAYS,
    amountOf,
    bindingSentences,
    draftOf,
    effectSentences,
    readCondition,
    readWeaker,
} from "../../../src/screens/pledge/model.ts";
import { typedDay, typedPercent, typedUri } from "../../../src/screens/project/forms.ts";
import { callSentences, escrowChange } from "../../../src/screens/sheet/escrow.ts";
import type { IfPledgedResponse } from "../../../src/types/pledge-escrow.ts";
import { english, NOW, people, project, projects } from "./projects.ts";

const say = english();
// Real addresses, since what is typed is checked for its checksum.
const REAL = "cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a";
const condition = async (draft: Parameters<typeof readCondition>[1], number = 2) =>
    readCondition(say, draft, (await project(number)).terms, "cosmos", people);

describe("a condition that is built", () => {
    it("means what its sentence says", async () => {
        expect(await condition(ALWAYS)).toEqual({ is: { parties: [], pledgers: null, total: null } });
        const draft = {
            parties: [{ address: ` ${REAL} `, amount: "1,000" }],
            pledgers: { count: "20", amount: "500" },
            total: "8000.50",
        };
        expect(await condition(draft)).toEqual({
            is: {
                parties: [{ address: REAL, at_least: "1000000000" }],
                pledgers: { count: 20, at_least: "500000000" },
                total: "8000500000",
            },
        });
    });

    it("read back and taken apart again it is the same", async () => {
        const built = await condition({ parties: [], pledgers: { count: "3", amount: "500" }, total: "5000" });
        if ("wrong" in built) throw new Error(built.wrong);
        const draft = draftOf(built.is, (units) => `${units / 1_000_000n}`);
        expect(await condition(draft)).toEqual(built);
    });

    it.each([
        [
            "an account that is none",
            { ...ALWAYS, parties: [{ address: "wasm1nobody", amount: "1" }] },
            "This is not an account of this chain.",
        ],
        [
            "an account named twice",
            {
                ...ALWAYS,
                parties: [
                    { address: REAL, amount: "1" },
                    { address: REAL, amount: "2" },
                ],
            },
            "is named twice",
        ],
        ["no amount", { ...ALWAYS, total: "" }, "Type an amount."],
        ["nothing", { ...ALWAYS, total: "0" }, "Type more than 0."],
        ["half a person", { ...ALWAYS, pledgers: { count: "1.5", amount: "1" } }, "Type a whole number from 1 to 513."],
        ["more than ever comes", { ...ALWAYS, pledgers: { count: "2", amount: "20000" } }, "so this can never hold"],
    ])("%s is told in words", async (_, draft, words) => {
        expect(await condition(draft)).toEqual({ wrong: expect.stringContaining(words) });
    });

    it("can only be weakened, and has to be", () => {
        const before = { total: "2" };
        expect(readWeaker(say, { is: { total: "1" } }, before)).toEqual({ is: { total: "1" } });
        expect(readWeaker(say, { is: { total: "3" } }, before)).toEqual({
            wrong: expect.stringContaining("only ask less"),
        });
        expect(readWeaker(say, { is: { total: "2" } }, before)).toEqual({
            wrong: expect.stringContaining("Change something"),
        });
        expect(readWeaker(say, { wrong: "no" }, before)).toEqual({ wrong: "no" });
    });
});

describe("an amount", () => {
    it("of a named party is the terms' own", async () => {
        expect(amountOf(say, "5", await project(1), C, null)).toEqual({ is: 10_000_000_000n });
    });

    it("in an open call lies between the minimum and the cap, with what was pledged before", async () => {
        const of = await project(2);
        expect(amountOf(say, "99.99", of, B, null)).toEqual({ wrong: expect.stringContaining("at least €100.00") });
        expect(amountOf(say, "12000", of, B, null)).toEqual({ is: 12_000_000_000n });
        expect(amountOf(say, "12000.01", of, B, null)).toEqual({
            wrong: expect.stringContaining("at most €12,000.00"),
        });
        const earlier = (await projects.pledges(2)).find(({ pledger }) => pledger === A) ?? null;
        expect(amountOf(say, "9500", of, A, earlier)).toEqual({ is: 9_500_000_000n });
        expect(amountOf(say, "9500.01", of, A, earlier)).toEqual({
            wrong: expect.stringContaining("at most €9,500.00"),
        });
        // A raise may be as small as it likes.
        expect(amountOf(say, "0.01", of, A, earlier)).toEqual({ is: 10_000n });
    });
});

describe("the effect is told before anything is signed", () => {
    const told: IfPledgedResponse = {
        consistent: true,
        consistent_pledges: 2,
        consistent_total: "20000000000",
        others_joining: 0,
        paid: "0",
    };
    const effect = async (some: Partial<IfPledgedResponse>) =>
        effectSentences(say, await project(1), 10_000_000_000n, { ...told, ...some }, people);

    it("it starts the project", async () => {
        expect(await effect({ funded: "30000000000", paid: "10000000000", others_joining: 1 })).toEqual([
            "With your pledge the project starts, with €30,000.00.",
            "One pledge of somebody else counts with it.",
        ]);
        expect(await effect({ funded: "30000000000", paid: "4000000000" })).toContain(
            "It takes €4,000.00 of yours; €6,000.00 you can take back at once.",
        );
    });

    it("it counts, or waits, and so much is missing", async () => {
        expect(await effect({})).toEqual(["Then €20,000.00 count; €10,000.00 are missing."]);
        expect(await effect({ consistent: false, displaced: A })).toEqual([
            "Then your pledge waits: what you ask is not met yet. €20,000.00 count; €10,000.00 are missing.",
            "It takes the place of the pledge of Home008, who can take it back.",
        ]);
    });

    it("a refusal is told alone", async () => {
        expect(await effect({ refused: "pledge: expected more than 0", funded: "1" })).toEqual([
            "This pledge would be refused: “pledge: expected more than 0”.",
        ]);
    });

    it("by the example, the third of three starts what the second waits for", async () => {
        expect(await projects.ifPledged(1, "10000000000", {}, C)).toMatchObject({
            funded: "30000000000",
            others_joining: 1,
            consistent: true,
        });
        expect(await projects.ifPledged(1, "9000000000", {}, C)).toMatchObject({ funded: null, others_joining: 0 });
    });

    it("what is locked until when, and what there is no way back from", async () => {
        const said = bindingSentences(say, await project(2), people, NOW).join(" ");
        expect(said).toContain("Until the project starts, or Sat 4 Jul, 12:00 CEST passes (12 days left)");
        expect(said).toContain("Once it starts you cannot take it back");
        expect(said).toContain("Nobody can object");
    });
});

describe("what is typed elsewhere", () => {
    it("per cent, to the hundredth, within bounds", () => {
        expect(typedPercent(say, "60")).toEqual({ is: 6000 });
        expect(typedPercent(say, "33,3 %")).toEqual({ is: 3330 });
        expect(typedPercent(say, "0")).toEqual({ is: 0 });
        for (const text of ["", "100.01", "-1", "1.234", "a"]) expect(typedPercent(say, text)).toHaveProperty("wrong");
        expect(typedPercent(say, "50", 5_001)).toHaveProperty("wrong");
    });

    it("a place that programs can open, or none", () => {
        expect(typedUri(say, " ")).toEqual({ is: "" });
        expect(typedUri(say, "https://a.example/x?y=1")).toEqual({ is: "https://a.example/x?y=1" });
        for (const text of [
            "http://a.example",
            "javascript:alert(1)",
            "https://a b",
            "https://ü.example",
            `https://${"a".repeat(512)}`,
        ])
            expect(typedUri(say, text)).toHaveProperty("wrong");
    });

    it("a day ends in the grid's own time zone", () => {
        expect(typedDay(say, "2026-07-04", NOW)).toEqual({ is: Date.parse("2026-07-05T00:00:00+02:00") / 1000 });
        expect(typedDay(say, "2026-06-21", NOW)).toHaveProperty("wrong");
        expect(typedDay(say, "soon", NOW)).toHaveProperty("wrong");
    });
});

describe("the sheet says what a message does, from the message itself", () => {
    it("a pledge names the sum, the condition, and what is locked", () => {
        const message = { pledge: { project: 1, terms_hash: "ab", condition: { total: "30000000000" } } };
        expect(callSentences(say, { message, amount: "10000000000" }, "The line", people)).toEqual([
            "€10,000.00 go from your account into “The line”.",
            "Counts only if all together pledge at least €30,000.00.",
            "They are locked there until the project starts or its time is over. Once it starts you cannot take them back.",
        ]);
    });

    it("a verdict and a consent say that there is no way back", () => {
        const decide = {
            decide: {
                project: 1,
                dispute: { milestone: { milestone: 0 } },
                kept: 6_000,
                reason: { hash: "", uri: "" },
            },
        };
        expect(callSentences(say, { message: decide, amount: null }, "The line", people)).toEqual([
            "You decide about Milestone 1 in “The line”: 60% is paid out, 40% goes back to those who paid.",
            "There is no way back from this.",
        ]);
    });

    it("events are told in words, and what is not known is left out", () => {
        const change = (event: string, facts: Record<string, string>) =>
            escrowChange(say, { kind: "escrow", event, facts }, people);
        expect(change("funded", { funded: "30000000000" })).toBe("The project starts with €30,000.00.");
        expect(change("disputed", { milestone: "1", decide_until: `${NOW}` })).toContain("Milestone 2 is in dispute");
        expect(change("decided", { claim: "3", kept: "2500", returned: "1" })).toContain(
            "Claim 3 is decided: 25% is paid out",
        );
        expect(change("refunded", { amount: "<b>" })).toBe("€0.00 came to your account.");
        expect(change("something_new", {})).toBeNull();
    });
});
