// The books replayed here, over the made-up street whose reports, signatures and hashes are right; a test spoils what it wants noticed.
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { Nodes } from "../../src/chain/nodes.ts";
import type { FoundTransaction } from "../../src/chain/rpc.ts";
import { Rpc } from "../../src/chain/rpc.ts";
import type { RecomputePorts } from "../../src/data/recompute/ports.ts";
import { MOST_CALLS, recompute } from "../../src/data/recompute/recompute.ts";
import type { Recomputed, RecomputeSpan } from "../../src/data/source.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { streetPorts } from "../../src/example/recomputing.ts";
import { type Street, streetPins, windowOf } from "../../src/example/street.ts";
import { Evidence } from "../../src/trust/evidence.ts";
import { engine } from "../engine.ts";

const street = JSON.parse(readFileSync(new URL("../../fixtures/street.json", import.meta.url), "utf8")) as Street;
let ports: RecomputePorts;

beforeAll(async () => {
    const here: Engine = await engine();
    const pins = streetPins(street);
    const windows = street.windows.map((window) => windowOf(window, street.now)).reverse();
    const evidence = new Evidence(new Nodes([new Rpc("Example", "https://node.example")]), pins, here);
    ports = streetPorts({
        street,
        pins,
        windows,
        evidence: () => Promise.resolve(evidence),
        load: () => Promise.resolve(here),
    });
});

const run = (change: Partial<RecomputePorts> = {}, span: RecomputeSpan = "all"): Promise<Recomputed> =>
    recompute({ ...ports, ...change }, span, () => undefined, new AbortController().signal);

/** The street's transactions, changed one by one. */
function calls(change: (one: FoundTransaction) => readonly FoundTransaction[]): Pick<RecomputePorts, "calls"> {
    return {
        calls: async (from, to, page) => {
            const all: FoundTransaction[] = [];
            for (let at = 1; ; at += 1) {
                const { total, found } = await ports.calls(from, to, at);
                all.push(...found.flatMap(change));
                if (at * 30 >= total) break;
            }
            return page === 1 ? { total: all.length, found: all } : { total: all.length, found: [] };
        },
    };
}

/** Every event of one type with other attributes. */
function events(type: string, change: Record<string, string>, only = 0): Pick<RecomputePorts, "calls"> {
    let seen = 0;
    return calls((one) => [
        {
            ...one,
            outcome: {
                ...one.outcome,
                events: one.outcome.events.map((event) => {
                    if (event.type !== `wasm-${type}`) return event;
                    seen += 1;
                    return seen - 1 === only ? { ...event, attributes: { ...event.attributes, ...change } } : event;
                }),
            },
        },
    ]);
}

const reported = street.windows.filter(({ report }) => report !== null);

test("from the beginning, every account and every sum is the settlement's", async () => {
    const done = await run();
    expect(done).toMatchObject({ began: null, missing: null, differences: [], file: null });
    expect(done.windows).toBe(reported.length);
    expect(done.signed).toBe(reported.length);
    expect(done.payments).toBe(street.accounts.length);
    expect(done.held).toBe(BigInt(street.books.held));
    expect(done.free).toBe(BigInt(street.books.free));
});

test.each([1, 7] as const)("the last %i days come to the same, from balances that a hash proves", async (span) => {
    const done = await run({}, span);
    expect(done).toMatchObject({ missing: null, differences: [] });
    expect(done.began).not.toBe(null);
    expect(done.windows).toBeLessThan(reported.length);
});

test("an account that a node tells wrong is named with the exact difference", async () => {
    const told = await ports.told();
    const free = new Map(told.free);
    free.set(5, (free.get(5) ?? 0n) + 7n);
    for (const span of [1, "all"] as const) {
        const done = await run({ told: () => Promise.resolve({ ...told, free }) }, span);
        const here = told.free.get(5) ?? 0n;
        expect(done.differences).toEqual([{ what: "account", slot: 5, here, told: here + 7n }]);
        expect(JSON.parse(done.file ?? "")).toMatchObject({ differences: [{ slot: 5, told: String(here + 7n) }] });
    }
});

test("sums that add up and are not the grid's are noticed where it began with the grid", async () => {
    const told = await ports.told();
    const sums = { ...told.sums, deposited: told.sums.deposited + 3n, withdrawn: told.sums.withdrawn + 3n };
    const done = await run({ told: () => Promise.resolve({ ...told, sums }) });
    expect(done.differences.map((one) => one.what === "sum" && one.sum)).toEqual(["deposited", "withdrawn"]);
});

test("results that the rules do not give are told with the period", async () => {
    const done = await run(events("window_settled", { results: "ab".repeat(32) }, 3));
    expect(done.differences).toEqual([{ what: "results", firstInterval: reported[3]?.first_interval }]);
});

test("a payment that a node makes up shows in the next period's balances, and in the account", async () => {
    const done = await run(events("deposited", { amount: "41000000" }, 2));
    expect(done.differences[0]).toEqual({ what: "balances", firstInterval: reported[0]?.first_interval });
    expect(done.differences).toContainEqual(expect.objectContaining({ what: "account", slot: 2 }));
});

test("what cannot have happened ends the replay, in the engine's words", async () => {
    const withdrawal = (one: FoundTransaction): readonly FoundTransaction[] => {
        const attributes = { _contract_address: ports.settlement, slot: "6", amount: "3000001" };
        const events = [...one.outcome.events, { type: "wasm-withdrawn", attributes }];
        return one.height === 39_000 ? [{ ...one, outcome: { ...one.outcome, events } }] : [one];
    };
    const done = await run({ ...calls(withdrawal), time: () => Promise.resolve(0) });
    expect(done.differences).toEqual([
        { what: "event", height: 39_000, detail: "slot 6: expected at most 3000000, which is free, got 3000001" },
    ]);
});

test("a period that is final before its time is noticed", async () => {
    const early = reported[1]?.first_interval;
    const finalised = (one: FoundTransaction): readonly FoundTransaction[] => {
        const attributes = { _contract_address: ports.settlement, first_interval: String(early) };
        const events = [...one.outcome.events, { type: "wasm-window_finalised", attributes }];
        return one.height === reported[1]?.height ? [{ ...one, outcome: { ...one.outcome, events } }] : [one];
    };
    const done = await run(calls(finalised));
    expect(done.differences).toMatchObject([{ what: "event", height: reported[1]?.height }]);
});

test("signatures that are no witness's are told, and whose", async () => {
    const signers = () => Promise.resolve({ forged: { what: "signatures" as const, from: "Example", detail: "no" } });
    expect((await run({ signers })).differences).toMatchObject([{ what: "forged", forged: { from: "Example" } }]);
});

test("what is missing is told exactly, and nothing is called the same", async () => {
    const first = reported[0]?.first_interval ?? 0;
    const gone = { what: "balances" as const, firstInterval: first, why: "no_archive" as const };
    const done = await run({ balances: () => Promise.resolve({ missing: gone }) }, 1);
    expect(done).toMatchObject({ missing: gone, differences: [] });
    const height = reported[4]?.height ?? 0;
    const leftOut = await run(calls((one) => (one.height === height ? [] : [one])));
    expect(leftOut.missing).toMatchObject({ what: "sums", height, why: "not_found" });
    const newest = reported.at(-1);
    const last = await run(calls((one) => (one.height === newest?.height ? [] : [one])));
    expect(last.missing).toMatchObject({ what: "sums", height: newest?.height, why: "not_found" });
});

test("more than a phone goes through is refused before it is read", async () => {
    const many = () => Promise.resolve({ total: MOST_CALLS + 1, found: [] });
    expect((await run({ calls: many })).missing).toEqual({ what: "too_long", of: "payments", most: MOST_CALLS });
});

test("a node whose list never ends, or ends early, is found out", async () => {
    const empty = () => Promise.resolve({ total: 5, found: [] });
    await expect(run({ calls: empty })).rejects.toThrow("expected 5 transactions, got 0");
});

test("it tells how far it is, and stops when it is told to", async () => {
    const control = new AbortController();
    const parts = new Set<string>();
    const stopped = recompute(
        ports,
        "all",
        ({ part, done }) => {
            parts.add(part);
            if (part === "settling" && done === 5) control.abort(new Error("enough"));
        },
        control.signal,
    );
    await expect(stopped).rejects.toThrow("enough");
    expect([...parts]).toEqual(["listing", "reading", "settling"]);
});
