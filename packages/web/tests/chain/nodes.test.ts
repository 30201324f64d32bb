// Nodes that do not answer as they should: each ends in time, within its bytes, with an error that says what came.
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { NodeError, type NodeTrouble, Refusal } from "../../src/chain/errors.ts";
import { fetchBytes } from "../../src/chain/fetching.ts";
import { Rpc } from "../../src/chain/rpc.ts";

const servers: Server[] = [];
afterEach(() => {
    for (const server of servers.splice(0)) {
        server.closeAllConnections();
        server.close();
    }
});

async function node(answer: (response: ServerResponse) => void): Promise<Rpc> {
    const server = createServer((request, response) => request.resume().on("end", () => answer(response)));
    servers.push(server);
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return new Rpc("North", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const says = (result: unknown) => node((response) => response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, result })));
const fails = (message: string, data: string) =>
    node((response) => {
        response.statusCode = 500;
        response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32603, message, data } }));
    });

async function trouble(asked: Promise<unknown>): Promise<NodeTrouble> {
    const error = await asked.then(
        () => null,
        (reason: unknown) => reason,
    );
    if (!(error instanceof NodeError)) throw new Error(`expected a NodeError, got ${String(error)}`);
    expect(error.node).toBe("North");
    return error.trouble;
}

test("nobody at the address", async () => {
    expect(await trouble(new Rpc("North", "http://127.0.0.1:9").status())).toEqual({ kind: "unreachable" });
});

test("an answer without an end is cut at its limit", async () => {
    const endless = await node((response) => {
        const more = () => {
            while (response.write(" ".repeat(65_536))) if (response.destroyed) return;
            response.once("drain", more);
        };
        more();
    });
    expect(await trouble(endless.status())).toEqual({ kind: "too_large", limit: 4_000_000 });
});

test("an answer that never comes ends in time", async () => {
    const silent = await node(() => undefined);
    const asked = fetchBytes("North", silent.url, { bytes: 10, seconds: 0.2 });
    expect(await trouble(asked)).toEqual({ kind: "timeout", seconds: 0.2 });
});

test("an answer whose bytes stop coming ends in time", async () => {
    const stuck = await node((response) => response.write("{"));
    const asked = fetchBytes("North", stuck.url, { bytes: 10, seconds: 0.2 });
    expect(await trouble(asked)).toEqual({ kind: "timeout", seconds: 0.2 });
});

test("somebody sends the page elsewhere", async () => {
    const elsewhere = await node((response) => response.writeHead(302, { location: "http://127.0.0.1:9" }).end());
    expect(await trouble(elsewhere.status())).toEqual({ kind: "unreachable" });
});

test("a web page, an empty answer, another answer", async () => {
    expect((await trouble((await node((response) => response.end("<html>"))).status())).kind).toBe("not_understood");
    expect((await trouble((await node((response) => response.end())).status())).kind).toBe("not_understood");
    expect((await trouble((await says({ response: 7 })).query("/a", new Uint8Array()))).kind).toBe("not_understood");
    expect(await trouble((await node((response) => response.writeHead(404).end())).status())).toEqual({
        kind: "http",
        status: 404,
    });
});

test("a node without an index", async () => {
    const rpc = await fails("Internal error", "transaction indexing is disabled");
    expect(await trouble(rpc.search("tx.height=1", 1))).toEqual({ kind: "no_index" });
    expect(await trouble(rpc.transaction("AB".repeat(32)))).toEqual({ kind: "no_index" });
});

test("a block and a state that a node has forgotten", async () => {
    const pruned = await fails("Internal error", "height 5 is not available, lowest height is 100");
    expect(await trouble(pruned.block(5))).toEqual({ kind: "forgotten", height: 5 });
    const log = "failed to load state at height 5; version does not exist (latest height: 900): invalid request";
    const old = await says({ response: { code: 38, codespace: "sdk", log } });
    expect(await trouble(old.query("/a", new Uint8Array(), 5))).toEqual({ kind: "forgotten", height: 5 });
});

test("another block than the one that was asked for", async () => {
    const header = { height: "6", time: "2026-01-01T00:00:00Z" };
    const liar = await says({ block_id: { hash: "A" }, block: { header, data: { txs: [] } } });
    expect(await trouble(liar.block(5))).toMatchObject({
        kind: "not_understood",
        detail: expect.stringContaining("expected block 5, got 6"),
    });
});

test("what the application refuses is a refusal, with its code", async () => {
    const rpc = await says({
        response: { code: 9, codespace: "wasm", log: "account 9: not found: query wasm contract failed" },
    });
    const asked = rpc.query("/cosmwasm.wasm.v1.Query/SmartContractState", new Uint8Array());
    await expect(asked).rejects.toBeInstanceOf(Refusal);
    await expect(asked).rejects.toMatchObject({ codespace: "wasm", code: 9 });
});
