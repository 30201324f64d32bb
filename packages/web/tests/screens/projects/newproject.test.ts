import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, it } from "vitest";
import { toHex, utf8 } from "../../../src/chain/bytes.ts";
import { readTerms, writeTerms } from "../../../src/data/projects/terms.ts";
import { type Draft, EMPTY, readDraft } from "../../../src/screens/newproject/draft.ts";
import { projectFile } from "../../../src/screens/newproject/file.ts";
import { readProject } from "../../../src/screens/newproject/model.ts";
import { pins } from "../../pins.ts";
import { english, NOW } from "./projects.ts";

const say = english();
const grid = {
    ...pins,
    chain: { ...pins.chain, prefix: "cosmos" },
    asset: { denom: "ueur", symbol: "EUR", currency: "EUR", decimals: 6 },
};
// Addresses of 20 bytes, with right checksums.
const [A, B, BUILDER, DECIDER] = [
    "cosmos1qyqszqgpqyqszqgpqyqszqgpqyqszqgpjnp7du",
    "cosmos1qgpqyqszqgpqyqszqgpqyqszqgpqyqszrh8mx2",
    "cosmos1qvpsxqcrqvpsxqcrqvpsxqcrqvpsxqcrz8x6vt",
    "cosmos1qszqgpqyqszqgpqyqszqgpqyqszqgpqyzhplth",
];
const HASH = toHex(sha256(utf8("A cable.\n")));

const draft: Draft = {
    ...EMPTY,
    title: 'A "cable"',
    description: "A cable.\n",
    target: "300",
    parties: [
        { address: A, amount: "100" },
        { address: B, amount: "200" },
    ],
    contractor: BUILDER,
    decider: DECIDER,
    bond: "15",
    milestones: [
        { title: "Dug", share: "60", due: "2026-08-30" },
        { title: "Laid", share: "40", due: "2026-08-30" },
    ],
    deadline: "2026-07-31",
};
const read = (some: Partial<Draft> = {}) => readProject(say, { ...draft, ...some }, grid, NOW, HASH);
const wrong = (some: Partial<Draft>) => {
    const got = read(some);
    return "wrong" in got ? `${got.page}: ${got.wrong}` : got;
};

describe("a project that is written", () => {
    it("becomes terms, to the second in the grid's time zone, that the contract's own form can hold", () => {
        const got = read();
        if ("wrong" in got) throw new Error(got.wrong);
        expect(got.terms).toMatchObject({
            title: 'A "cable"',
            target: "300000000",
            cap: "300000000",
            bond: "15000000",
            deadline: Date.parse("2026-08-01T00:00:00+02:00") / 1000,
            accept_within: 14 * 86_400,
            retention: 500,
            consent: 6_000,
            description_hash: HASH,
            decider: { address: DECIDER, time_limit: 21 * 86_400, objection: 3_000, silence: 5_000 },
        });
        expect(readTerms(utf8(writeTerms(got.terms)))).toEqual(got.terms);
    });

    it.each<[string, Partial<Draft>, string]>([
        ["no name", { title: " " }, "what: Give it a name"],
        ["a name of two lines", { title: "a\nb" }, "what: Give it a name"],
        ["a name that turns", { title: "a\u202eb" }, "what: Give it a name"],
        ["no description", { description: "" }, "what: Describe"],
        ["a place that cannot be opened", { uri: "http://x" }, "what: Leave it empty"],
        ["no target", { target: "" }, "money: Type an amount."],
        ["a cap below it", { cap: "299.99" }, "money: It must be at least €300"],
        [
            "a party named twice",
            {
                parties: [
                    { address: A, amount: "150" },
                    { address: A, amount: "150" },
                ],
            },
            "who: A party is named twice.",
        ],
        [
            "parties that cannot reach it",
            { parties: [{ address: A, amount: "100" }] },
            "who: The parties together pledge €100.00",
        ],
        ["a builder that pledges", { contractor: A }, "who: Whoever is paid or decides cannot pledge."],
        ["a builder that decides", { decider: BUILDER }, "who: Who builds cannot decide."],
        [
            "a builder that is paid twice",
            { payees: [{ address: BUILDER, part: "10" }] },
            "who: Somebody who is paid is named twice.",
        ],
        [
            "shares of less than all",
            { milestones: [{ title: "Dug", share: "60", due: "2026-08-30" }] },
            "work: The shares of the milestones come to 60%",
        ],
        [
            "work that is due before it can begin",
            { milestones: [{ title: "Dug", share: "100", due: "2026-08-13" }] },
            "work: Choose a day after",
        ],
        [
            "dates that go back",
            {
                milestones: [
                    { title: "Dug", share: "60", due: "2026-08-30" },
                    { title: "Laid", share: "40", due: "2026-08-29" },
                ],
            },
            "work: Choose a day after",
        ],
        ["half a consent", { consent: "50" }, "times: Type 50.01% to 100%."],
        ["no day at all", { acceptDays: "0" }, "times: Type a whole number from 1 to 1827."],
        ["a deadline that is over", { deadline: "2026-06-20" }, "times: Choose a day after"],
    ])("with %s says on which page", (_, some, words) => {
        expect(wrong(some)).toContain(words);
    });

    it("in an open call has a least pledge of a 512th of the target", () => {
        const open = { admission: "open", target: "5120" } as const;
        expect(wrong({ ...open, minimum: "9.99" })).toContain("money: It must be at least €10");
        expect(read({ ...open, minimum: "10" })).toMatchObject({
            terms: { admission: { open: { minimum: "10000000" } } },
        });
    });

    it("is the file that the program takes: texts, times and amounts as it reads them", () => {
        const got = read({ payees: [{ address: "cosmos1q5zs2pg9q5zs2pg9q5zs2pg9q5zs2pg9r8q7pk", part: "12.5" }] });
        if ("wrong" in got) throw new Error(got.wrong);
        const file = projectFile(got.terms, grid.asset, "description.txt");
        expect(file).toContain('title = "A \\"cable\\""\n');
        expect(file).toContain('target = "300000000ueur" # 300.000000 EUR\n');
        expect(file).toContain('deadline = "2026-07-31T22:00:00Z"\n');
        expect(file).toContain('accept_within = "14d"\n');
        expect(file).toContain('consent = "60.00%"\n');
        expect(file).toContain('payees = ["1: 12.50%"]\n');
        expect(file).toContain(`[[parties]]\naccount = "${A}"\namount = "100000000ueur" # 100.000000 EUR\n`);
    });
});

describe("a draft that was kept", () => {
    it("is read back, and what is of another shape is left as it usually is", () => {
        expect(readDraft(JSON.stringify(draft))).toEqual(draft);
        expect(readDraft(null)).toEqual(EMPTY);
        expect(readDraft("{")).toEqual(EMPTY);
        const bad = readDraft(
            JSON.stringify({ title: 5, parties: [{ address: 1 }], milestones: "x", decides: "yes", consent: "70" }),
        );
        expect(bad).toEqual({ ...EMPTY, consent: "70" });
    });
});
