import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Books, CodeCheck, Rules, Window, Witnesses } from "../../src/data/source.ts";
import {
    bookLines,
    completeness,
    concernSentences,
    contractLines,
    duration,
    ruleSentences,
    todaySentences,
    witnessLines,
} from "../../src/screens/grid/model.ts";
import { readerLines } from "../../src/screens/grid/readers.ts";
import type { Policy } from "../../src/types/energy-settlement.ts";
import more from "../../src/words/more/en.json" with { type: "json" };
import { withMore } from "../../src/words/more.ts";
import { ct, euro, kwh, plain, quarter, say } from "./say.ts";

const english = say();
const NOW = Date.parse("2026-11-30T08:00:00Z") / 1000;
const bands = [
    { from_minute: 0, retail: "260000000", feed_in: "80000000" },
    { from_minute: 360, retail: "320000000", feed_in: "80000000" },
];
const POLICY = {
    interval_length: 900,
    buyers: "even",
    sellers: "even",
    price: { mid_market: { weight: 5_000 } },
    tariff: { tables: [{ valid_from: 0, bands }] },
    fees: [{ id: 1, kind: { basis_points: 200 } }],
} as unknown as Policy;

function rules(policy: object = {}, some: Partial<Rules> = {}): Rules {
    return {
        policy: { ...POLICY, ...policy },
        intervalLength: 900,
        challengePeriod: 86_400,
        reportLimit: 604_800,
        resolution: 1_000,
        homes: 24,
        operator: "wasm1operator0000000000wxyz",
        pendingOperator: null,
        fees: [{ id: 1, label: "network", destination: { escrow: "wasm1e", project: 1, otherwise: "wasm1o" } }],
        rounding: { account: "wasm1rounding" },
        concerns: [],
        ...some,
    };
}

const said = (policy: object = {}, some: Partial<Rules> = {}): string =>
    plain(ruleSentences(english, rules(policy, some), NOW).join("\n"));

describe("the rules are sentences", () => {
    it("that say who gets what at which price, less which fees, and until when", () => {
        expect(said().split("\n")).toEqual([
            "Energy is shared for every 15 minutes by itself.",
            "What neighbours give goes to everybody alike until each has enough; what one does not need goes to the others.",
            "When more is given than needed, every seller sells the same until it has no more.",
            "The price lies halfway between what the utility pays and what it charges: today 17 ct/kWh to 20 ct/kWh.",
            "The utility charges 26 ct/kWh and pays 8 ct/kWh from 00:00 on.",
            "The utility charges 32 ct/kWh and pays 8 ct/kWh from 06:00 on.",
            "Nobody buys from themselves.",
            "network: 2% of what sellers earn goes to project 1.",
            "What rounding leaves goes to account wasm1rounding.",
            "A bill may be corrected for 1 day; then it is final.",
            "What was not reported within 7 days is closed, and nobody bought or sold in it.",
            "The operator admits meters and can touch nobody’s money: account wasm1ope…wxyz.",
        ]);
    });

    it.each(["even", "pro_rata", "priority", { static: { reoffer: true } }, { static: { reoffer: false } }])(
        "for each way of sharing: %j",
        (rule) => {
            expect(
                said({ buyers: rule, sellers: rule })
                    .split("\n")
                    .slice(1, 3)
                    .every((sentence) => sentence.length > 30),
            ).toBe(true);
        },
    );

    it.each([
        [
            { price: { fixed: { price: "200000000" } }, tariff: undefined },
            "The price is always 20 ct/kWh.\nThere is no utility here.",
        ],
        [
            { price: { mid_market: { weight: 2_500 } } },
            "25% of the way from what the utility pays to what it charges: today 12.5 ct/kWh to 14 ct/kWh.",
        ],
        [{ price: { supply_demand_ratio: { compensation: "10000000" } } }, "between 9 ct/kWh and 32 ct/kWh today."],
        [{ own_injection: "counts" }, "counts for its own need first"],
        [
            { fees: [{ id: 1, kind: { per_mwh: "10000000" } }] },
            "network: 1 ct/kWh of what sellers sell goes to project 1.",
        ],
        [{ fees: [] }, "There are no fees."],
    ])("for each rule: %j", (policy, words) => {
        expect(said(policy)).toContain(words);
    });

    it("what hurts members is said", () => {
        expect(concernSentences(english, rules({}, { concerns: ["fees_above_margin"] }))).toEqual([
            "Sometimes a seller gets less than from the utility, or nothing.",
        ]);
    });

    it("times are said in the largest unit that is exact", () => {
        expect([86_400, 5_400, 7_200, 604_800].map((seconds) => duration(english, seconds))).toEqual([
            "1 day",
            "90 minutes",
            "2 hours",
            "7 days",
        ]);
    });
});

describe("the books", () => {
    const unit = fc.bigInt({ min: 0n, max: 1n << 96n });
    it("add up here, by this device's own sum, or it is said by how much they do not", () => {
        fc.assert(
            fc.property(
                unit,
                unit,
                unit,
                unit,
                unit,
                fc.bigInt({ min: -10n, max: 10n }),
                (withdrawn, swept, free, held, community, wrong) => {
                    const deposited = withdrawn + swept + free + held + community + wrong;
                    // What a node says of it does not count.
                    const books: Books = {
                        deposited,
                        withdrawn,
                        swept,
                        free,
                        held,
                        community,
                        fees: [],
                        rounding: 0n,
                        addsUp: true,
                    };
                    const lines = bookLines(english, books);
                    expect(lines.good).toBe(wrong === 0n);
                    expect(lines.sum + wrong).toBe(deposited);
                },
            ),
        );
    });

    it("say how much is missing", () => {
        const books = {
            deposited: euro(10),
            withdrawn: 0n,
            swept: 0n,
            free: euro(8),
            held: 0n,
            community: 0n,
            fees: [],
            rounding: 0n,
            addsUp: true,
        };
        expect(plain(bookLines(english, books).sentence)).toBe(
            "They do not add up. €2.00 is missing. Tell your neighbours.",
        );
        expect(plain(bookLines(english, { ...books, free: euro(11) }).sentence)).toBe(
            "They do not add up. There is €1.00 too much. Tell your neighbours.",
        );
    });
});

const member = (some: object = {}): Witnesses["members"][number] => ({
    member: 0,
    name: "North",
    publicKey: "02abcdef0123",
    pinned: true,
    signed: 12,
    lastSigned: Math.floor(NOW / 900) - 8,
    ...some,
});

describe("witnesses", () => {
    it("are told with how often they signed and when last", () => {
        const lines = witnessLines(
            english,
            {
                epoch: 1,
                quorum: 3,
                members: [member(), member({ name: null, member: 1, signed: 0, lastSigned: null })],
                windows: 13,
                next: null,
                readers: null,
            },
            NOW,
        );
        expect(lines.lead).toBe("They read the meters and sign what they read. 3 of 2 must sign.");
        expect(lines.members[0]?.sentence).toBe("signed 12 of the last 13 reports, last 2 hours ago");
        expect(lines.members[1]?.name).toBe("Witness 2 (02abcdef)");
        expect(lines.members[1]?.sentence).toBe("signed none of the last 13 reports");
    });

    it("one who reads all meters alone is called so, and a key that is not pinned is not believed", () => {
        const lines = witnessLines(
            english,
            { epoch: 1, quorum: 1, members: [member({ pinned: false })], windows: 0, next: null, readers: null },
            NOW,
        );
        expect(lines.lead).toContain("One witness reads all meters alone");
        expect(lines.members[0]?.unpinned).toContain("not believed");
    });
});

const late = withMore(english, more);

it("who reads a meter alone is told first, and whether it is the household's own", () => {
    const [north, east, west] = [
        { member: 0, name: "North" },
        { member: 1, name: "East" },
        { member: 3, name: null },
    ];
    const of = readerLines(late, {
        version: 3,
        from: 0,
        meters: [
            {
                slots: [
                    [0, 16],
                    [18, 18],
                ],
                word: "agree",
                readers: [north, east, west],
                need: 2,
            },
            { slots: [[17, 17]], word: "alone", readers: [east], need: 1 },
            { slots: [[19, 20]], word: "first", readers: [east, west], need: 1 },
            { slots: [[21, 21]], word: "own", readers: [west], need: 1 },
            { slots: [[22, 22]], word: "nobody", readers: [], need: 1 },
        ],
    });
    expect(of.lines.map(({ sentence }) => sentence)).toEqual([
        "Home 21: read only by its own household’s witness, witness 4. Nobody else says what it took and gave.",
        "Home 17: read by East alone. Nobody can compare what East says.",
        "Homes 19 to 20: the word of East counts, and witness 4 only where East has no reading.",
        "Home 22: too few witnesses read here, so there are no readings.",
        "Homes 0 to 16 and 18: read by North, East and witness 4; 2 of them must say the same.",
    ]);
    expect(of.lines.map(({ doubtful }) => doubtful)).toEqual([true, true, true, true, false]);
    expect(of.more).toBeNull();
});

it("a thousand homes, each read in another way, are not a thousand lines", () => {
    const meters = Array.from({ length: 1_000 }, (_, at) => ({
        slots: Array.from({ length: 500 }, (_, one) => [2 * one, 2 * one] as const),
        word: "alone" as const,
        readers: [{ member: at % 32, name: null }],
        need: 1,
    }));
    const of = readerLines(late, { version: 1, from: 0, meters });
    expect(of.lines.length).toBe(20);
    expect(of.more).toBe("and 980 more lines");
    expect(of.lines[0]?.sentence.length).toBeLessThan(200);
});

it("gaps and readings that are missing are told", () => {
    const gap: Window = {
        firstInterval: quarter("2026-11-28T23:00:00Z"),
        intervals: 96,
        state: "gap",
        report: null,
        sums: null,
    };
    const of = { interval: 1, supply: 0n, demand: 0n, traded: 0n, price: null };
    const today = [{ ...of, homesWithReading: 20, homesWithoutReading: 4, substituted: 1 }];
    const told = completeness(english, [gap], today, {
        epoch: 1,
        quorum: 1,
        members: [],
        windows: 0,
        next: { firstInterval: 1, gap: true, expiresAt: null },
        readers: null,
    });
    expect(told.newest).toBe("No report has come yet.");
    expect(told.gaps[0]).toMatch(/^Sun,? 29 Nov, 00:00 .* to Mon,? 30 Nov, 00:00 .*: nobody reported\.$/);
    expect(told.next).toBe("A gap must be closed before the next report.");
    expect(told.readings).toBe(
        "On the last day 16.7% of the readings are missing, and 4.2% were worked out, not measured.",
    );
});

it("a day in sums names the band of prices at which something was traded", () => {
    const one = (traded: bigint, price: bigint | null) => ({
        interval: 1,
        supply: kwh(2),
        demand: kwh(4),
        traded,
        price,
        homesWithReading: 1,
        homesWithoutReading: 0,
        substituted: 0,
    });
    expect(
        todaySentences(english, rules(), [one(kwh(1), ct(17)), one(kwh(2), ct(20)), one(0n, null)]).map(plain),
    ).toEqual([
        "24 homes take part.",
        "They shared 3 kWh; 25% of what they took came from neighbours.",
        "Neighbours’ prices: 17 ct/kWh to 20 ct/kWh.",
    ]);
    expect(todaySentences(english, rules({}, { homes: 0 }), [])).toEqual(["No home takes part yet."]);
});

describe("contracts", () => {
    const code = (some: Partial<CodeCheck> = {}): CodeCheck => ({
        contract: "energy-settlement",
        address: "wasm1s",
        expected: "ab".repeat(32),
        found: "ab".repeat(32),
        admin: null,
        same: true,
        ...some,
    });

    it("are good only where every code is told and the published one", () => {
        expect(contractLines(english, [code()]).state).toBe("good");
        expect(contractLines(english, [code(), code({ same: null, found: null })]).state).toBe("open");
        expect(contractLines(english, [code(), code({ same: false, found: "cd".repeat(32) })]).state).toBe("bad");
    });

    it("whoever can replace one is named", () => {
        const [contract] = contractLines(english, [code({ admin: "wasm1admin" })]).contracts;
        expect(contract?.admin).toBe("wasm1admin can put other code there and take what it holds.");
    });
});
