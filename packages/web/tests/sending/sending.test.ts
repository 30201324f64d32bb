// What is signed goes one way, once, whatever is clicked, reloaded, switched off or lied about on the way.
import { sha256 } from "@noble/hashes/sha2.js";
import { beforeEach, expect, test } from "vitest";
import { fromHex } from "../../src/chain/bytes.ts";
import { Nodes } from "../../src/chain/nodes.ts";
import { PendingStore, type Store } from "../../src/sending/pendingStore.ts";
import { Sender } from "../../src/sending/sender.ts";
import type { Sending } from "../../src/sending/state.ts";
import { Keplr } from "../../src/wallet/keplr.ts";
import type { WalletAccount } from "../../src/wallet/wallet.ts";
import { pins } from "../pins.ts";
import { addressOf, TestKeplr } from "../wallet/testKeplr.ts";
import { TestChain, TestNode } from "./chain.ts";

const secret = fromHex("11".repeat(32));
const address = addressOf(secret);
const deposit = { kind: "deposit", slot: 4, amount: "5000000" } as const;

let chain: TestChain;
let north: TestNode;
let south: TestNode;
let keplr: TestKeplr;
let kept: Map<string, string>;

beforeEach(() => {
    chain = new TestChain();
    chain.accounts.set(address, { number: 7, sequence: 3, coins: 1_000_000n });
    chain.mine(30);
    north = new TestNode(chain);
    south = new TestNode(chain, "South");
    keplr = new TestKeplr([{ name: "Anna", secret }]);
    kept = new Map();
});

/** A page as it stands after loading: `each` is what happens between two looks at the chain. */
function open(each: () => void | Promise<void> = () => chain.mine(), nodes: readonly TestNode[] = [north]) {
    const store: Store = {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
        removeItem: (key) => void kept.delete(key),
    };
    const wallet = new Keplr(pins, Object.assign(new EventTarget(), { keplr }) as unknown as Window);
    let looks = 0;
    const sender = new Sender({
        pins,
        nodes: new Nodes(nodes),
        wallet,
        store: new PendingStore(store, pins.chain.id),
        sha256: async (bytes) => sha256(bytes),
        wait: async () => {
            looks += 1;
            if (looks > 1000) throw new Error("expected an end within 1,000 looks");
            await each();
        },
        now: () => 0,
    });
    return { sender, wallet };
}

const step = (sender: Sender): Sending["step"] | null => sender.snapshot()?.step ?? null;

async function until(sender: Sender, ...steps: Sending["step"][]): Promise<Sending> {
    await new Promise<void>((reached) => {
        const look = () => {
            if (steps.includes(sender.snapshot()?.step as Sending["step"])) reached();
        };
        sender.subscribe(look);
        look();
    });
    return sender.snapshot() as Sending;
}

async function ready(
    page: ReturnType<typeof open>,
    action: Parameters<Sender["begin"]>[0] = deposit,
): Promise<WalletAccount> {
    const by = await page.wallet.connect();
    page.sender.begin(action);
    await page.sender.price(by);
    return by;
}

test("a deposit: words, fee, wallet, sent, in a block", async () => {
    const page = open();
    const steps: (string | null)[] = [];
    page.sender.subscribe(() => steps.push(step(page.sender)));
    const by = await ready(page);
    const state = page.sender.snapshot();
    expect(state).toMatchObject({
        step: "ready",
        quote: { sequence: 3, gas: 120_000, fee: 3_000n, payer: { by: "self" } },
    });
    await page.sender.sign(by);
    expect(await until(page.sender, "done")).toMatchObject({ height: 31, action: deposit });
    expect([...new Set(steps)]).toEqual(["words", "pricing", "ready", "wallet", "sent", "done"]);
    expect(chain.done).toEqual(['{"deposit":{"slot":4}}']);
    expect(kept.size).toBe(0);
});

test("two clicks sign once and send once", async () => {
    const page = open();
    const by = await ready(page);
    await Promise.all([page.sender.sign(by), page.sender.sign(by), page.sender.sign(by)]);
    await until(page.sender, "done");
    expect(keplr.asked).toBe(1);
    expect(north.broadcasts).toBe(1);
    expect(chain.done).toHaveLength(1);
});

test("a reload right after signing goes on, and nothing happens twice", async () => {
    const before = open(() => new Promise(() => undefined));
    const by = await ready(before);
    void before.sender.sign(by);
    await until(before.sender, "sent");
    const after = open();
    after.sender.resume();
    expect(step(after.sender)).toBe("sent");
    expect(await until(after.sender, "done")).toMatchObject({ action: deposit });
    expect(chain.done).toHaveLength(1);
    expect(kept.size).toBe(0);
});

test("a reload before the node had it hands the same bytes in, once carried out", async () => {
    north.trouble = { kind: "unreachable" };
    const page = open(() => new Promise(() => undefined));
    north.trouble = null;
    const by = await ready(page);
    north.trouble = { kind: "unreachable" };
    void page.sender.sign(by);
    await until(page.sender, "sent");
    expect(north.broadcasts).toBe(0);
    north.trouble = null;
    const after = open();
    after.sender.resume();
    await until(after.sender, "done");
    expect(chain.done).toHaveLength(1);
});

test("a node without an index is read block by block", async () => {
    north.index = false;
    const page = open();
    await page.sender.sign(await ready(page));
    expect(await until(page.sender, "done")).toMatchObject({ height: 31 });
});

test("a node that stops while waiting is told, and waiting goes on when it is back", async () => {
    let looks = 0;
    const page = open(() => {
        looks += 1;
        north.trouble = looks < 4 ? { kind: "unreachable" } : null;
        chain.mine();
    });
    const heard: unknown[] = [];
    page.sender.subscribe(() => {
        const state = page.sender.snapshot();
        if (state?.step === "sent" && state.silent !== null) heard.push(state.silent);
    });
    // Nothing is mined until the node is away.
    await page.sender.sign(await ready(page));
    await until(page.sender, "done");
    expect(heard).toContainEqual({ kind: "unreachable" });
});

test("with two nodes the other one answers while the first is away", async () => {
    const page = open(() => {
        north.trouble = { kind: "unreachable" };
        chain.mine();
    }, [north, south]);
    await page.sender.sign(await ready(page));
    await until(page.sender, "done");
    expect(chain.done).toHaveLength(1);
});

test("a refusal in the simulation is told before anything is signed", async () => {
    chain.contract = () => "sender: expected the owner: execute wasm contract failed";
    const page = open();
    await ready(page);
    expect(page.sender.snapshot()).toMatchObject({
        step: "cannot",
        why: { kind: "refused", refusal: { codespace: "wasm", code: 5 } },
    });
    expect(keplr.asked).toBe(0);
});

test("a refusal in the block is told with its height, and a retry is a new transaction", async () => {
    const page = open();
    const by = await ready(page);
    chain.contract = () => "slot 4: expected";
    await page.sender.sign(by);
    expect(await until(page.sender, "refused")).toMatchObject({
        height: 31,
        refusal: { code: 5 },
        retry: { sequence: null },
    });
    chain.contract = () => null;
    page.sender.retry();
    await page.sender.price(by);
    expect(page.sender.snapshot()).toMatchObject({ step: "ready", quote: { sequence: 4 } });
});

test("what no block had in time did not happen, as the sequence proves, and the retry takes the same sequence", async () => {
    north.drops = true;
    const page = open();
    const by = await ready(page);
    await page.sender.sign(by);
    expect(await until(page.sender, "not_happened")).toMatchObject({ how: "sequence", retry: { sequence: 3 } });
    expect(chain.done).toHaveLength(0);
    north.drops = false;
    page.sender.retry();
    await page.sender.price(by);
    await page.sender.sign(by);
    await until(page.sender, "done");
    expect(chain.done).toHaveLength(1);
});

test("where one node hides what happened and shows a moved sequence, it says neither yes nor no", async () => {
    north.hides = () => true;
    const page = open();
    await page.sender.sign(await ready(page));
    expect(await until(page.sender, "unsure")).toMatchObject({ pending: { sequence: 3 } });
    // It stays known, also after a reload, and blocks everything else until its owner has looked.
    expect(kept.size).toBe(1);
    north.hides = () => false;
    page.sender.lookAgain();
    await until(page.sender, "done");
    expect(kept.size).toBe(0);
});

test("who has seen elsewhere what came of it ends the waiting, and can send something else", async () => {
    north.hides = () => true;
    const page = open();
    const by = await ready(page);
    page.sender.forget();
    expect(page.sender.snapshot(), "only what nobody can tell is forgotten").toMatchObject({ step: "ready" });
    await page.sender.sign(by);
    await until(page.sender, "unsure");
    expect(kept.size).toBe(1);
    page.sender.forget();
    expect(page.sender.snapshot()).toBe(null);
    expect(kept.size).toBe(0);
    north.hides = () => false;
    await ready(page);
    expect(page.sender.snapshot()).toMatchObject({ step: "ready", quote: { sequence: 4 } });
});

test("where one node hides what happened, a second one shows it", async () => {
    north.hides = () => true;
    const page = open(() => chain.mine(), [north, south]);
    await page.sender.sign(await ready(page));
    expect(await until(page.sender, "done")).toMatchObject({ height: 31 });
});

test("a retry of what has happened after all is not signed", async () => {
    north.drops = true;
    const page = open();
    const by = await ready(page);
    await page.sender.sign(by);
    await until(page.sender, "not_happened");
    const account = chain.accounts.get(address);
    if (account !== undefined) account.sequence = 4;
    page.sender.retry();
    await page.sender.price(by);
    expect(page.sender.snapshot()).toMatchObject({ step: "cannot", why: { kind: "sequence_moved" } });
});

test("every refusal of the wallet leads back to the fee, with nothing sent", async () => {
    const page = open();
    const by = await ready(page);
    for (const [mood, kind] of [
        ["says no", "rejected"],
        ["is locked", "locked"],
    ] as const) {
        keplr.mood = mood;
        await page.sender.sign(by);
        expect(page.sender.snapshot()).toMatchObject({ step: "ready", trouble: { kind } });
    }
    expect(north.broadcasts).toBe(0);
    keplr.mood = "says yes";
    await page.sender.sign(by);
    await until(page.sender, "done");
});

test("a wallet whose window is lost is waited for until one cancels, and what it signs then is thrown away", async () => {
    const page = open();
    const by = await ready(page);
    const wallet = page.wallet;
    let release: () => void = () => undefined;
    const sign = wallet.sign.bind(wallet);
    const held = new Promise<void>((resolve) => {
        release = resolve;
    });
    wallet.sign = async (draft) => {
        await held;
        return sign(draft);
    };
    const signing = page.sender.sign(by);
    expect(step(page.sender)).toBe("wallet");
    page.sender.close();
    expect(step(page.sender)).toBe("wallet");
    page.sender.cancel();
    expect(page.sender.snapshot()).toMatchObject({ step: "ready", trouble: null });
    release();
    await signing;
    expect(step(page.sender)).toBe("ready");
    expect(north.broadcasts).toBe(0);
    expect(kept.size).toBe(0);
});

test("the grid pays the fee while its allowance lasts, then one's own coins, then nobody", async () => {
    chain.accounts.set(address, { number: 7, sequence: 3, coins: 0n, allowance: 3_000n });
    const page = open();
    await ready(page);
    expect(page.sender.snapshot()).toMatchObject({
        step: "ready",
        quote: { payer: { by: "granter", granter: pins.fee_granter } },
    });
    chain.accounts.set(address, { number: 7, sequence: 3, coins: 10_000n, allowance: 2_999n });
    const by = await page.wallet.connect();
    await page.sender.price(by);
    expect(page.sender.snapshot()).toMatchObject({ step: "ready", quote: { payer: { by: "self" } } });
    chain.accounts.set(address, { number: 7, sequence: 3, coins: 10n, allowance: 2_999n });
    await page.sender.price(by);
    expect(page.sender.snapshot()).toMatchObject({
        step: "cannot",
        why: { kind: "no_fee", fee: 3_000n, payer: { by: "nobody", has: 10n, allowance: "used_up" } },
    });
});

test("an account that the chain has never heard of is told so", async () => {
    chain.accounts.clear();
    const page = open();
    await ready(page);
    expect(page.sender.snapshot()).toMatchObject({ step: "cannot", why: { kind: "unknown_account", address } });
});

test("while one thing is under way, another is not begun, in this page or the next", async () => {
    const page = open(() => new Promise(() => undefined));
    const by = await ready(page);
    void page.sender.sign(by);
    await until(page.sender, "sent");
    page.sender.begin({ kind: "withdraw", slot: 4, amount: null });
    expect(page.sender.snapshot()).toMatchObject({ step: "sent", pending: { action: deposit } });
    const other = open();
    await ready(other, { kind: "withdraw", slot: 4, amount: null });
    expect(other.sender.snapshot()).toMatchObject({ step: "cannot", why: { kind: "pending", action: deposit } });
});

test("what is kept on the device and does not read as such is dropped", () => {
    kept.set(`gridpact.pending.${pins.chain.id}`, '{"bytes":7}');
    const page = open();
    page.sender.resume();
    expect(page.sender.snapshot()).toBe(null);
    expect(kept.size).toBe(0);
});
