// A bill is shown as checked only where readings, signatures, balances and results fit together, and what does not fit is named.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, expect, test } from "vitest";
import { fromHex } from "../../src/chain/bytes.ts";
import { Nodes } from "../../src/chain/nodes.ts";
import { ChainSource } from "../../src/data/chainSource.ts";
import type { Bill, BillCheck } from "../../src/data/source.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { engine as loaded } from "../engine.ts";
import { carrying } from "./carrying.ts";
import { GridNode, gridPins, vector } from "./gridNode.ts";

const PLENTY = 10n ** 12n;
const LITTLE = 100n;
let engine: Engine;
const servers: Server[] = [];

beforeAll(async () => {
    engine = await loaded();
});
afterEach(() => {
    for (const server of servers.splice(0)) server.close();
});

const sourceOf = (node: GridNode, change: Parameters<typeof gridPins>[0] = {}) =>
    new ChainSource(gridPins(change), async () => engine, new Nodes([node]));
const checkOf = async (node: GridNode, change: Parameters<typeof gridPins>[0] = {}): Promise<BillCheck> =>
    (await sourceOf(node, change).bill(3, node.firstInterval)).check;

/** An archive with these files. */
async function archive(files: Record<string, Uint8Array>): Promise<string> {
    const server = createServer(({ url }, response) => {
        const file = files[url ?? ""];
        if (file === undefined) response.statusCode = 404;
        response.end(file);
    });
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("where nobody was short of money the report alone proves the bill", async () => {
    const node = new GridNode(engine, PLENTY);
    expect(await checkOf(node)).toMatchObject({
        result: "same",
        proof: {
            signedBy: [{ member: 0, name: "Witness 0" }, {}, {}],
            quorum: vector.committee.quorum,
            balancesFrom: null,
            reportFrom: "North",
            comparedWith: "results_hash",
        },
    });
});

test("the bill adds up: bought x price is the debit less what was rounded up, and so with what was earned", async () => {
    const node = new GridNode(engine, PLENTY);
    for (let slot = 0; slot < 12; slot += 1) {
        const bill = (await sourceOf(node).bill(slot, node.firstInterval)) as Bill;
        const spent = bill.intervals.reduce((sum, { bought, price }) => sum + bought * price, 0n);
        const earned = bill.intervals.reduce((sum, { sold, price }) => sum + sold * price, 0n);
        const fees = bill.fees.reduce((sum, { amount }) => sum + amount, 0n);
        expect(bill.debit * 10n ** 9n - bill.roundedUpNano).toBe(spent);
        expect((bill.credit + fees) * 10n ** 9n + bill.roundedDownNano).toBe(earned);
        expect(bill.roundedUpNano >= 0n && bill.roundedUpNano < 10n ** 9n).toBe(true);
        expect(bill.roundedDownNano >= 0n && bill.roundedDownNano < 2n * 10n ** 9n).toBe(true);
        for (const { bought, mostBought, asked, needed } of bill.intervals)
            expect(bought <= mostBought && bought <= asked && asked <= needed).toBe(true);
    }
});

test("where somebody was short, the balances come from an archive by their hash", async () => {
    const node = new GridNode(engine, LITTLE);
    expect(node.event["payable_mwh"]).not.toBe(node.event["demand_mwh"]);
    expect(await checkOf(node)).toEqual({
        result: "incomplete",
        missing: [{ what: "balances", firstInterval: node.firstInterval, why: "no_archive" }],
    });
    const empty = await archive({});
    expect(await checkOf(node, { archives: [empty] })).toMatchObject({
        result: "incomplete",
        missing: [{ what: "balances", why: "not_found" }],
    });
    const good = await archive({ [`/balances/${node.settled.balancesHash}.bin`]: node.balances });
    expect(await checkOf(node, { archives: [empty, good] })).toMatchObject({
        result: "same",
        proof: { balancesFrom: good },
    });
});

test("forged balances are noticed by their hash, and the next archive is asked", async () => {
    const node = new GridNode(engine, LITTLE);
    const path = `/balances/${node.settled.balancesHash}.bin`;
    const forged = await archive({ [path]: new Uint8Array(node.balances.length) });
    expect(await checkOf(node, { archives: [forged] })).toMatchObject({
        result: "forged",
        what: "balances",
        from: forged,
    });
    const good = await archive({ [path]: node.balances });
    expect(await checkOf(node, { archives: [forged, good] })).toMatchObject({ result: "same" });
});

test("a file larger than balances can be is not read to its end", async () => {
    const node = new GridNode(engine, LITTLE);
    const huge = await archive({ [`/balances/${node.settled.balancesHash}.bin`]: new Uint8Array(20_000) });
    expect(await checkOf(node, { archives: [huge] })).toMatchObject({
        result: "incomplete",
        missing: [{ what: "balances", why: "too_large" }],
    });
});

test("a report that the node has forgotten comes from an archive, and what it lacks is not claimed", async () => {
    const node = new GridNode(engine, PLENTY);
    node.forgotten = true;
    expect(await checkOf(node)).toMatchObject({
        result: "incomplete",
        missing: [{ what: "report", height: 50, why: "forgotten" }],
    });
    const path = `/reports/${vector.body_hash}.bin`;
    const good = await archive({ [path]: fromHex(vector.bytes) });
    expect(await checkOf(node, { archives: [good] })).toMatchObject({
        result: "same",
        proof: { signedBy: [], reportFrom: good, transaction: null },
    });
    const other = fromHex(vector.bytes);
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    const forged = await archive({ [path]: other });
    expect(await checkOf(node, { archives: [forged] })).toMatchObject({
        result: "forged",
        what: "report",
        from: forged,
    });
});

test("signatures that the keys of grid.json did not make are noticed", async () => {
    const node = new GridNode(engine, PLENTY);
    node.signatures = vector.signatures.map((one, at) =>
        at === 0 ? { ...one, signature: one.signature.replace(/^../, "00") } : one,
    );
    expect(await checkOf(node)).toMatchObject({ result: "forged", what: "signatures", from: "North" });
});

test("fewer signatures than the quorum are noticed", async () => {
    const node = new GridNode(engine, PLENTY);
    node.signatures = vector.signatures.slice(1);
    expect(await checkOf(node)).toMatchObject({ result: "forged", what: "signatures" });
});

test("a stranger's copy of the report under no signatures, in the same block, raises no alarm", async () => {
    const node = new GridNode(engine, PLENTY);
    node.before = [
        carrying(vector.domain, vector.bytes, [{ member: 0, signature: "00".repeat(64) }]),
        new Uint8Array([10, 0]),
    ];
    expect(await checkOf(node)).toMatchObject({ result: "same" });
});

test("keys of another epoch than grid.json has are asked for", async () => {
    const node = new GridNode(engine, PLENTY);
    const other = gridPins().committee.map((one) => ({ ...one, epoch: 4 }));
    expect(await checkOf(node, { committee: other })).toEqual({
        result: "incomplete",
        missing: [{ what: "committee", epoch: 3, why: "not_pinned" }],
    });
});

test("another value on the chain is told with both, and a file to hand on", async () => {
    const node = new GridNode(engine, PLENTY);
    node.event = { ...node.event, results: "ab".repeat(32) };
    const check = await checkOf(node);
    expect(check).toMatchObject({ result: "differs", chain: { resultsHash: "ab".repeat(32), debit: null } });
    if (check.result !== "differs") throw new Error("expected a difference");
    expect(check.here.debit).toBe(node.settled.results[3]?.debit);
    expect(JSON.parse(check.file)).toMatchObject({ slot: 3, here: { results_hash: node.settled.resultsHash } });
});

test("a held result that is not what was recomputed is told, whatever the hash says", async () => {
    const node = new GridNode(engine, PLENTY);
    const { debit, credit } = node.settled.results[3] ?? { debit: 0n, credit: 0n };
    node.held = { debit: String(debit), credit: String(credit) };
    expect(await checkOf(node)).toMatchObject({ result: "same" });
    node.held = { debit: String(debit + 1n), credit: String(credit) };
    expect(await checkOf(node)).toMatchObject({ result: "differs", chain: { debit: debit + 1n } });
});

test("a node that says nobody was short, where somebody was, is found out by the results' hash", async () => {
    const node = new GridNode(engine, 0n);
    node.event = { ...node.event, payable_mwh: node.event["demand_mwh"] ?? "" };
    expect(await checkOf(node)).toMatchObject({ result: "differs" });
});

test("what another contract says of the window is not believed", async () => {
    const node = new GridNode(engine, PLENTY);
    node.event = { ...node.event, _contract_address: "wasm1stranger" };
    expect(await checkOf(node)).toMatchObject({ result: "incomplete", missing: [{ what: "sums" }] });
});

test("a home's day is told by intervals, with what it cost", async () => {
    const node = new GridNode(engine, PLENTY);
    const heard: [number, number][] = [];
    const { firstInterval: first } = node;
    const day = await sourceOf(node).homeEnergy(3, first - 2, first + 24, (done, of) => heard.push([done, of]));
    expect(day.intervals).toHaveLength(26);
    expect(day.intervals[0]).toMatchObject({
        interval: first - 2,
        reading: null,
        bought: null,
        retail: 300_000n,
        feedIn: 80_000n,
    });
    expect(day.windows).toMatchObject([
        { firstInterval: first, state: "provisional", debit: node.settled.results[3]?.debit },
    ]);
    expect(day.intervals.slice(2).reduce((sum, { bought }) => sum + (bought ?? 0n), 0n)).toBe(
        node.settled.results[3]?.bought,
    );
    expect(heard).toEqual([
        [0, 1],
        [1, 1],
    ]);
    const grid = await sourceOf(node).gridEnergy(first, first + 24);
    expect(grid.map(({ traded }) => traded)).toEqual(node.settled.intervals.map(({ traded }) => traded));
});

test("a home's day without balances has its readings, and says what is missing", async () => {
    const node = new GridNode(engine, LITTLE);
    const { firstInterval: first } = node;
    const day = await sourceOf(node).homeEnergy(3, first, first + 24);
    expect(day.missing).toMatchObject([{ what: "balances" }]);
    expect(day.intervals[0]?.reading).not.toBe(null);
    expect(day.intervals[0]?.bought).toBe(null);
});
