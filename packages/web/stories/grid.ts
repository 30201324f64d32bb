// The grid of the ground, as its grid.json says it, and the same without a page: the app's own client in Node.js.
import { readFileSync } from "node:fs";
import { sha256 } from "@noble/hashes/sha2.js";
import { Nodes } from "../src/chain/nodes.ts";
import { Rpc } from "../src/chain/rpc.ts";
import { ChainSource } from "../src/data/chainSource.ts";
import { PendingStore, type Store } from "../src/sending/pendingStore.ts";
import { Sender } from "../src/sending/sender.ts";
import { type GridPins, readPins } from "../src/trust/pins.ts";
import { Keplr } from "../src/wallet/keplr.ts";
import { engine } from "../tests/engine.ts";
import type { TestKeplr } from "../tests/wallet/testKeplr.ts";
import { gridFile } from "./ground.ts";

/** What grid.json says, before a story changes it. */
export function gridJson(): Record<string, unknown> {
    return JSON.parse(readFileSync(gridFile, "utf8")) as Record<string, unknown>;
}

export function pinsOf(json: Record<string, unknown> = gridJson()): GridPins {
    return readPins(JSON.stringify(json), "http://127.0.0.1:9/");
}

export function sourceOf(pins: GridPins): ChainSource {
    return new ChainSource(pins, engine);
}

/** A sender without a page. */
export function senderOf(pins: GridPins, keplr: TestKeplr, kept = new Map<string, string>()) {
    const store: Store = {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
    };
    const wallet = new Keplr(pins, Object.assign(new EventTarget(), { keplr }) as unknown as Window);
    const sender = new Sender({
        pins,
        nodes: new Nodes(pins.chain.nodes.map(({ name, rpc }) => new Rpc(name, rpc))),
        wallet,
        store: new PendingStore(store, pins.chain.id),
        sha256: async (bytes) => sha256(bytes),
        wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
        now: () => Date.now(),
    });
    return { sender, wallet };
}
