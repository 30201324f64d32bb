// The grid of the ground, as its grid.json says it, and the same without a page: the app's own client in Node.js.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@noble/hashes/sha2.js";
import { fromHex, toBase64 } from "../src/chain/bytes.ts";
import { Nodes } from "../src/chain/nodes.ts";
import { Rpc } from "../src/chain/rpc.ts";
import { ChainSource } from "../src/data/chainSource.ts";
import { PendingStore, type Store } from "../src/sending/pendingStore.ts";
import { Sender } from "../src/sending/sender.ts";
import { type GridPins, readPins } from "../src/trust/pins.ts";
import { Keplr } from "../src/wallet/keplr.ts";
import { engine } from "../tests/engine.ts";
import type { TestKeplr } from "../tests/wallet/testKeplr.ts";
import { network, root } from "./commands.ts";
import { ground } from "./ground.ts";

/** What grid.json says, before a story changes it. */
export function gridJson(): Record<string, unknown> {
    const { registry, settlement, escrow, committee, granter } = ground();
    const checksums = readFileSync(join(root, "artifacts/checksums.txt"), "utf8");
    const code = (name: string) => new RegExp(`^([0-9a-f]{64}) .*${name}.wasm$`, "m").exec(checksums)?.[1];
    return {
        version: 1,
        name: "Lindenweg",
        chain: {
            id: network("chain_id"),
            prefix: "wasm",
            nodes: [{ name: "North", rpc: network("rpc"), rest: network("rest") }],
            fee: { denom: "stake", symbol: "STAKE", decimals: 6, gas_price: "0.025" },
        },
        contracts: { registry, settlement, escrow },
        code: Object.fromEntries(
            ["meter-registry", "energy-settlement", "pledge-escrow"].map((name) => [name, code(name)]),
        ),
        committee: [
            {
                epoch: 1,
                quorum: 3,
                members: committee.map((key, at) => ({
                    name: ["North", "East", "South", "West"][at],
                    public_key: toBase64(fromHex(key)),
                })),
            },
        ],
        asset: { denom: "ueur", symbol: "EUR", currency: "EUR", decimals: 6 },
        time_zone: "Europe/Vienna",
        languages: ["en", "de"],
        fee_granter: granter,
        archives: ["/archive"],
    };
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
