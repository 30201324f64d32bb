import { sha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "../../src/chain/bytes.ts";
import type { Home } from "../../src/data/source.ts";
import {
    EMPTY,
    homeSentences,
    meterSentences,
    readMeter,
    saltOf,
    serialBytes,
    watts,
} from "../../src/screens/meter/model.ts";
import { readFees, USUAL_FEES } from "../../src/screens/operator/fees.ts";
import { admissionSentences, readAdmission, USUAL } from "../../src/screens/operator/model.ts";
import { gridChange, gridSentences } from "../../src/screens/sheet/grid.ts";
import { changesOf, messagesOf } from "../../src/sending/actions.ts";
import { pins } from "../pins.ts";
import { english, NOW, people } from "./projects/projects.ts";

const say = english();
const COIN = pins.chain.fee;

describe("a meter that is proposed", () => {
    it("of 3 x 25 A takes 17,250 W at most", () => {
        expect(watts({ phases: 3, amperes: 25 })).toBe(17_250);
        expect(readMeter(say, { ...EMPTY, serial: "1" })).toEqual({
            is: { kind: "consumer", import_limit: 17_250, export_limit: 0, provenance: "sealed" },
        });
    });

    it("gives nothing as a consumer and takes nothing as a producer, whatever was typed", () => {
        const draft = { ...EMPTY, fuse: "own", taken: "9000", given: "5000", serial: "1" };
        const limits = (kind: (typeof EMPTY)["kind"]) => {
            const read = readMeter(say, { ...draft, kind });
            return "is" in read ? [read.is.import_limit, read.is.export_limit] : read.wrong;
        };
        expect(limits("consumer")).toEqual([9_000, 0]);
        expect(limits("producer")).toEqual([0, 5_000]);
        expect(limits("prosumer")).toEqual([9_000, 5_000]);
        expect(limits("storage")).toEqual([9_000, 5_000]);
    });

    it.each([
        ["no serial number", { serial: " " }],
        ["one too long", { serial: "1".repeat(65) }],
        ["no watts", { fuse: "own", taken: "" }],
        ["0 W", { fuse: "own", taken: "0" }],
        ["half a watt", { fuse: "own", taken: "1.5" }],
        ["no watts given", { kind: "prosumer" as const, given: "" }],
    ])("with %s is told in words", (_, some) => {
        expect(readMeter(say, { ...EMPTY, serial: "1", ...some })).toHaveProperty("wrong");
    });

    it("is hashed as the program does it: length in eight bytes, serial, salt", () => {
        // printf '\0\0\0\0\0\0\0\0161EMH0012345678my own words' | sha256sum
        expect(toHex(sha256(serialBytes(" 1EMH0012345678 ", "my own words")))).toBe(
            "8838e1a390a21e466ff536cb9850655967f902cc0999a28e4d531f702b1c7ef0",
        );
    });

    it("no other serial and salt run together into the same bytes", () => {
        fc.assert(
            fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (serial, salt, other, otherSalt) => {
                fc.pre(serial.trim() !== other.trim() || salt !== otherSalt);
                expect(toHex(serialBytes(serial, salt))).not.toBe(toHex(serialBytes(other, otherSalt)));
            }),
            { seed: 16 },
        );
        expect(toHex(serialBytes("ab", "c"))).not.toBe(toHex(serialBytes("a", "bc")));
    });

    it("has a salt of 20 letters, all alike likely, and none from bytes that are not random", () => {
        let byte = -1;
        const counting = (): number => {
            byte = (byte + 1) % 256;
            return byte;
        };
        const counts = new Map<string, number>();
        // 248 of 256 bytes are letters: 31 x 20 letters take 2.5 rounds of bytes.
        for (let made = 0; made < 62; made += 1)
            for (const letter of saltOf(counting).replaceAll("-", ""))
                counts.set(letter, (counts.get(letter) ?? 0) + 1);
        expect(counts.size).toBe(31);
        expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
        expect(saltOf(counting)).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
        expect(() => saltOf(() => 255)).toThrow("random");
    });

    it("is told in sentences", () => {
        expect(
            meterSentences(say, {
                serial_hash: "",
                kind: "prosumer",
                import_limit: 17_250,
                export_limit: 10_000,
                provenance: "sealed",
                part: 250_000,
            }),
        ).toEqual([
            "It takes and gives.",
            "It takes 17.3 kW at most.",
            "It gives 10 kW at most.",
            "A third party sealed it.",
            "25% of it belongs to this grid.",
        ]);
    });
});

describe("a home that takes part", () => {
    const home: Home = {
        slot: 3,
        owner: "wasm1a",
        household: 3,
        weight: 1,
        buyTier: 0,
        sellTier: 255,
        priority: 0,
        from: Math.floor(NOW / 900) + 4,
        meter: { serial_hash: "", kind: "prosumer", import_limit: 1, export_limit: 1, provenance: "sealed" },
        seat: 3,
    };

    it("says from when, its weight and its tiers", () => {
        expect(homeSentences(say, home, NOW)).toEqual([
            "It takes part from Mon 22 Jun, 13:00 CEST.",
            "Its household counts once, like any other.",
            "It is among the first to buy.",
            "It sells nothing to neighbours.",
        ]);
        const other = homeSentences(say, { ...home, weight: 2, buyTier: 2, sellTier: 1 }, NOW + 7_200);
        expect(other).toEqual([
            "It has taken part since Mon 22 Jun, 13:00 CEST.",
            "Its household counts 2 times.",
            "It buys once the homes of the 2 tiers before it have enough.",
            "It sells once the sellers of the tier before it have sold all.",
        ]);
    });

    it("says nothing of a side on which it cannot trade", () => {
        const of = (kind: "consumer" | "producer") =>
            homeSentences(say, { ...home, meter: { ...home.meter, kind } }, NOW).slice(2);
        expect(of("consumer")).toEqual(["It is among the first to buy."]);
        expect(of("producer")).toEqual(["It sells nothing to neighbours."]);
    });
});

describe("the operator", () => {
    it("lets a meter in with what was typed, read back", () => {
        expect(readAdmission(say, 7, USUAL)).toEqual({
            is: { proposal: 7, household: null, weight: 1, priority: 0, buy_tier: 0, sell_tier: 0 },
        });
        const read = readAdmission(say, 7, { household: "0", weight: "2", priority: "3", buy: "1", sell: "never" });
        expect(read).toEqual({
            is: { proposal: 7, household: 0, weight: 2, priority: 3, buy_tier: 1, sell_tier: 255 },
        });
        expect("is" in read ? admissionSentences(say, read.is) : read).toEqual([
            "It joins household 0.",
            "Its household counts 2 times.",
            "It comes at place 3 where an order is agreed.",
            "It buys once the homes of the tier before it have enough.",
            "It sells nothing to neighbours.",
        ]);
        for (const some of [{ weight: "0" }, { weight: "" }, { household: "-1" }, { priority: "65536" }])
            expect(readAdmission(say, 7, { ...USUAL, ...some })).toHaveProperty("wrong");
    });

    it("sees on the sheet what is signed, and what came of it", () => {
        const call = (message: object) => ({ kind: "call", contract: "registry", message, amount: null }) as never;
        expect(
            gridSentences(say, call({ admit_meters: { admissions: [{ proposal: 7 }] } }), people)?.slice(0, 2),
        ).toEqual(["Proposal 7 is let in.", "It becomes a household of its own."]);
        expect(
            gridSentences(say, call({ update_ownership: { transfer_ownership: { new_owner: "wasm1next" } } }), people),
        ).toEqual(["You name Next as the next operator.", "You stay the operator until that account accepts."]);
        const facts = { first_slot: "12", from: `${Math.floor(NOW / 900)}` };
        expect(gridChange(say, { kind: "grid", event: "meters_admitted", facts }, people)).toBe(
            "It becomes home 12 and takes part from Mon 22 Jun, 12:00 CEST.",
        );
    });

    it("pays fees of whom it names: so much in a period, the whole bounded by the periods until the end", () => {
        const read = readFees(say, COIN, { amount: "0.5", period: "30", span: "90" }, NOW);
        expect(read).toEqual({
            is: {
                denom: "stake",
                perPeriod: "500000",
                total: "1500000",
                period: 2_592_000,
                firstReset: NOW + 2_592_000,
                expiresAt: NOW + 7_776_000,
            },
        });
        if ("wrong" in read) throw new Error("expected terms");
        const renewal = { kind: "fees", accounts: [{ address: "wasm1next", replaces: true }], fees: read.is } as const;
        expect(gridSentences(say, renewal, people)).toEqual([
            "You pay network fees of Next.",
            "Up to 0.50 STAKE in every 30 days until Sun 20 Sept, 12:00 CEST, 1.50 STAKE in all.",
            "They are paid for calls of contracts and for nothing else.",
        ]);
        expect(messagesOf(renewal, pins, "wasm1operator")).toEqual([
            { sender: "wasm1operator", grantee: "wasm1next", fees: null },
            { sender: "wasm1operator", grantee: "wasm1next", fees: read.is },
        ]);
        const periods = (span: string) => readFees(say, COIN, { amount: "1", period: "7", span }, NOW);
        // Five weeks begin within thirty days.
        expect(periods("30")).toMatchObject({ is: { total: "5000000" } });
    });

    it.each([
        ["", say.t("money.bad_empty")],
        ["0", say.t("money.bad_zero")],
        ["a lot", say.t("money.bad_number", { example: "12.5" })],
        ["0.0000001", say.t("money.bad_digits", { symbol: "STAKE", digits: 6 })],
    ])("is told what is wrong with fees of '%s'", (amount, wrong) => {
        expect(readFees(say, COIN, { ...USUAL_FEES, amount }, NOW)).toEqual({ wrong });
    });

    it("hears of a renewal once, and of fees only where they are what was sent", () => {
        const feegrant = (type: string) => ({ type, attributes: { granter: "wasm1operator", grantee: "wasm1next" } });
        const renewed = changesOf([feegrant("revoke_feegrant"), feegrant("set_feegrant")], pins);
        expect(renewed.map((change) => gridChange(say, change, people))).toEqual(["Network fees of Next are paid."]);
        const ended = changesOf([feegrant("revoke_feegrant")], pins);
        expect(ended.map((change) => gridChange(say, change, people))).toEqual([
            "Network fees of Next are paid no longer.",
        ]);
    });
});
