import { describe, expect, it } from "vitest";
import { NodeError, Refusal } from "../../src/chain/errors.ts";
import type { ChainAccount, CodeCheck, Health, NodeHealth } from "../../src/data/source.ts";
import { readTyped, yesterday } from "../../src/screens/first/model.ts";
import { hostOf, LONGEST_NAME, nodeLines, readNames, withName, withoutName } from "../../src/screens/settings/model.ts";
import { feeSentence } from "../../src/screens/start/model.ts";
import { alerts, moneyOff } from "../../src/ui/alerts.ts";
import { readBack, written } from "../../src/ui/kept.ts";
import { trouble } from "../../src/words/troubles.ts";
import { kwh, plain, say } from "./say.ts";

const english = say();
const NOW = 1_795_600_000;
const node = (some: Partial<NodeHealth> = {}): NodeHealth => ({
    name: "North",
    rpc: "https://north.example:26657",
    state: "well",
    chainId: "a-1",
    height: 9,
    blockTime: NOW,
    oldestBlock: 1,
    index: true,
    took: 12.4,
    ...some,
});
const health = (some: Partial<Health> = {}): Health => ({
    nodes: [node()],
    archives: [],
    used: "North",
    differences: [],
    clockOff: null,
    ...some,
});
const code = (same: boolean | null): CodeCheck => ({
    contract: "energy-settlement",
    address: "wasm1s",
    expected: "a",
    found: "b",
    admin: null,
    same,
});

describe("the first visit", () => {
    const interval = {
        interval: 1,
        supply: kwh(50),
        demand: kwh(160.5),
        traded: kwh(61),
        price: null,
        homesWithReading: 24,
        homesWithoutReading: 0,
        substituted: 0,
    };

    it("tells yesterday in two sentences", () => {
        expect(yesterday(english, 24, [interval], 1).map(plain)).toEqual([
            "24 homes shared 61 kWh yesterday.",
            "38% of what they took came from neighbours.",
        ]);
    });

    it("an empty grid, a day without a report and one without sharing are three things", () => {
        expect(yesterday(english, 24, [interval], 96)).toEqual([
            "24 homes take part. Not all of yesterday can be told here.",
        ]);
        expect(yesterday(english, 0, [], 96)).toEqual(["No home takes part yet. Propose the first meter."]);
        expect(yesterday(english, 1, [], 96)).toEqual(["1 home takes part. Yesterday has not been reported yet."]);
        expect(yesterday(english, 2, [{ ...interval, traded: 0n }], 1)).toEqual([
            "2 homes take part. Nothing was shared yesterday.",
        ]);
    });

    it.each([
        ["12", { kind: "number", slot: 12 }],
        [" 007 ", { kind: "number", slot: 7 }],
        ["WASM1ABC", { kind: "account", account: "wasm1abc" }],
        ["", { kind: "empty" }],
        ["cosmos1abc", { kind: "other", text: "cosmos1abc" }],
        ["-1", { kind: "other", text: "-1" }],
        ["1e3", { kind: "other", text: "1e3" }],
        [`wasm1${"a".repeat(200)}`, { kind: "other", text: `wasm1${"a".repeat(35)}` }],
    ])("reads %j", (text, typed) => {
        expect(readTyped(text, "wasm")).toEqual(typed);
    });
});

describe("what is said on every screen", () => {
    it("nothing, where all is well", () => {
        expect(alerts(english, health(), [code(true)], null)).toEqual([]);
        expect(moneyOff(english, { example: false, health: health(), codes: [code(true)] })).toBeNull();
    });

    it("other code is a danger and money is off", () => {
        expect(alerts(english, health(), [code(false)], null)[0]?.level).toBe("danger");
        expect(moneyOff(english, { example: false, health: health(), codes: [code(false)] })).toContain(
            "not the published ones",
        );
    });

    it("two nodes that differ are named and money is off", () => {
        const differ = health({ differences: [{ what: "books", height: 4, nodes: ["North", "South"] }] });
        expect(alerts(english, differ, null, null)[0]?.text).toContain("North and South");
        expect(moneyOff(english, { example: false, health: differ, codes: null })).not.toBeNull();
    });

    it("where nobody answers it is told of when the device knows", () => {
        const [alert] = alerts(english, health({ used: null, nodes: [node({ state: "unreachable" })] }), null, NOW);
        expect(alert?.text).toContain(english.deadline(NOW));
        expect(moneyOff(english, { example: false, health: health({ used: null }), codes: null })).not.toBeNull();
    });

    it.each([
        [health({ nodes: [node({ state: "behind" })] }), "is behind"],
        [health({ nodes: [node({ state: "catching_up" })] }), "still catching up"],
        [health({ nodes: [node({ index: false })] }), "keeps no list of payments"],
        [health({ nodes: [node(), node({ name: "East", state: "other_chain" })] }), "East belongs to another chain"],
        [health({ clockOff: 300 }), "5 minutes ahead"],
        [health({ clockOff: -180 }), "3 minutes behind"],
    ])("what is wrong with a node or the clock (%#)", (of, words) => {
        expect(
            alerts(english, of, null, null)
                .map(({ text }) => text)
                .join(" "),
        ).toContain(words);
    });

    it("nothing can be sent in the example", () => {
        expect(moneyOff(english, { example: true, health: null, codes: null })).toBe(
            "In the example nothing can be sent.",
        );
    });
});

describe("names of homes", () => {
    it("have bounds, and what was kept on the device is checked anew", () => {
        expect(withName({}, "12", " Mill ")).toEqual({ 12: "Mill" });
        expect(withName({}, "x", "Mill")).toBeNull();
        expect(withName({}, "1", "")).toBeNull();
        expect(withName({}, "1", "a".repeat(LONGEST_NAME + 1))).toBeNull();
        expect(withoutName({ 1: "a", 2: "b" }, 1)).toEqual({ 2: "b" });
        expect(readNames('{"12":"Mill","x":"no","3":7,"__proto__":"no"}')).toEqual({ 12: "Mill" });
        expect(readNames("[1")).toEqual({});
        expect(readNames(null)).toEqual({});
    });
});

it("a node's state is told with block and time, and what it cannot do", () => {
    const [line] = nodeLines(english, health({ nodes: [node({ index: false, oldestBlock: 5 })] }));
    expect(line?.host).toBe("north.example:26657");
    expect(line?.state).toContain("block 9");
    expect(line?.notes).toEqual(["It answered in 12 ms.", "Its oldest block is 5.", "It keeps no list of payments."]);
    expect(hostOf("no address")).toBe("no address");
});

describe("network fees", () => {
    const account: ChainAccount = { address: "a", money: 0n, feeCoins: 0n, known: true, allowance: null };
    const allowance = { granter: "g", left: 410_000n, limit: 500_000n, resetsAt: null, expiresAt: NOW + 5 };

    it("are the grid's while its allowance holds, else one's own, else nobody's", () => {
        expect(plain(feeSentence(english, { ...account, allowance }, NOW))).toMatch(
            /^Your grid pays network fees for you: 0.41 STAKE left until /,
        );
        expect(plain(feeSentence(english, { ...account, allowance, feeCoins: 5_000n }, NOW + 5))).toBe(
            "You pay network fees yourself and have 0.005 STAKE.",
        );
        expect(feeSentence(english, { ...account, allowance: { ...allowance, left: 0n } }, NOW)).toContain(
            "nothing to pay network fees with",
        );
        expect(feeSentence(english, { ...account, allowance: { ...allowance, left: null } }, NOW)).toBe(
            "Your grid pays network fees for you.",
        );
    });
});

describe("errors", () => {
    it("are told with what to do", () => {
        expect(trouble(english, new NodeError("North", { kind: "unreachable" }))).toBe(
            "North does not answer. Look whether you are online, or choose another node.",
        );
        expect(trouble(english, new NodeError("North", { kind: "forgotten", height: 4_711 }))).toContain("block 4,711");
        expect(
            trouble(english, new Refusal("wasm", 5, "slot: expected one, got none: query wasm contract failed")),
        ).toBe("The contract says: “slot: expected one, got none”.");
    });

    it("bytes of a log are never shown", () => {
        const told = trouble(english, new Refusal("feegrant", 2, "\u0000\ufffd\u202e fee limit exceeded"));
        expect(told).toBe("Your grid’s allowance for network fees is used up. Ask your operator for a new one.");
        expect(trouble(english, new Error(`a\u202eb${"c".repeat(999)}`)).length).toBeLessThan(260);
        expect(trouble(english, new Error("a\u202eb"))).not.toContain("\u202e");
    });
});

it("what is kept on the device comes back as it was: whole numbers too", () => {
    const answer = { free: 31_874_900n, coming: [{ credit: -1n }], name: "n5", none: null };
    expect(readBack(written(answer))).toEqual(answer);
});
