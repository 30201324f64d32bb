// The app's own client on a real chain, without a page.
import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { account } from "../src/chain/queries.ts";
import { Rpc } from "../src/chain/rpc.ts";
import { changesOf } from "../src/sending/actions.ts";
import type { Sender } from "../src/sending/sender.ts";
import type { Sending } from "../src/sending/state.ts";
import { refused } from "../src/trust/refusals.ts";
import type { WalletAccount } from "../src/wallet/wallet.ts";
import { addressOf, TestKeplr } from "../tests/wallet/testKeplr.ts";
import { grant, grantForCoins, revoke } from "./allowances.ts";
import { network, secretOf } from "./commands.ts";
import { pinsOf, senderOf, sourceOf } from "./grid.ts";

async function end(sender: Sender): Promise<Sending> {
    await expect
        .poll(() => sender.snapshot()?.step, { timeout: 30_000 })
        .toMatch(/^(done|refused|not_happened|unsure)$/);
    return sender.snapshot() as Sending;
}

async function send(
    page: ReturnType<typeof senderOf>,
    by: WalletAccount,
    action: Parameters<Sender["begin"]>[0],
): Promise<Sending> {
    page.sender.close();
    page.sender.begin(action);
    await page.sender.price(by);
    if (page.sender.snapshot()?.step !== "ready") return page.sender.snapshot() as Sending;
    await page.sender.sign(by);
    return end(page.sender);
}

for (const ledger of [false, true])
    test(`a deposit and a withdrawal are signed by ${ledger ? "a Ledger" : "a key"} and carried out`, async () => {
        const pins = pinsOf();
        const source = sourceOf(pins);
        const page = senderOf(pins, new TestKeplr([{ name: "B", secret: await secretOf("house-b"), ledger }]));
        const by = await page.wallet.connect();
        const before = (await source.account(1))?.free ?? 0n;
        const paid = await send(page, by, { kind: "deposit", slot: 1, amount: "2500000" });
        expect(paid.step).toBe("done");
        expect(paid.step === "done" ? changesOf(paid.events, pins) : []).toEqual([
            { kind: "deposited", slot: 1, amount: 2_500_000n },
        ]);
        expect((await source.account(1))?.free).toBe(before + 2_500_000n);
        const taken = await send(page, by, { kind: "withdraw", slot: 1, amount: "1000000" });
        expect(taken.step === "done" ? changesOf(taken.events, pins) : []).toMatchObject([
            { kind: "withdrawn", slot: 1, amount: 1_000_000n },
        ]);
        expect((await source.account(1))?.free).toBe(before + 1_500_000n);
    });

for (const ledger of [false, true])
    test(`network fees are granted, renewed and ended by ${ledger ? "a Ledger" : "a key"} of the operator`, async () => {
        const pins = pinsOf();
        const source = sourceOf(pins);
        const keplr = new TestKeplr([{ name: "Operator", secret: await secretOf("operator"), ledger }]);
        const page = senderOf(pins, keplr);
        const by = await page.wallet.connect();
        const newcomers = [1, 2].map(() => addressOf(new Uint8Array(randomBytes(32))));
        const now = (await source.health()).nodes[0]?.blockTime ?? 0;
        const fees = (perPeriod: number) => ({
            denom: "stake",
            perPeriod: String(perPeriod),
            total: String(3 * perPeriod),
            period: 604_800,
            firstReset: now + 604_800,
            expiresAt: now + 1_814_400,
        });
        const accounts = (replaces: boolean) => newcomers.map((address) => ({ address, replaces }));
        const changes = (state: Sending) => (state.step === "done" ? changesOf(state.events, pins) : state);
        const told = (paid: boolean) =>
            newcomers.map((grantee) => ({ kind: "fees", granter: by.address, grantee, paid }));
        const left = () =>
            Promise.all(newcomers.map(async (one) => (await source.chainAccount(one)).allowance?.left ?? null));
        const granted = await send(page, by, { kind: "fees", accounts: accounts(false), fees: fees(8_000) });
        expect(changes(granted)).toEqual(told(true));
        expect(await left()).toEqual([8_000n, 8_000n]);
        expect((await source.chainAccount(newcomers[0] ?? "")).allowance).toMatchObject({
            limit: 8_000n,
            resetsAt: now + 604_800,
            expiresAt: now + 1_814_400,
        });
        // The chain takes no second one beside it, and says so before anything is signed.
        const twice = await send(page, by, { kind: "fees", accounts: accounts(false), fees: fees(9_000) });
        expect(twice).toMatchObject({ step: "cannot", why: { kind: "refused" } });
        const renewed = await send(page, by, { kind: "fees", accounts: accounts(true), fees: fees(9_000) });
        expect(changes(renewed)).toEqual(told(true));
        expect(await left()).toEqual([9_000n, 9_000n]);
        const ended = await send(page, by, { kind: "fees", accounts: accounts(true), fees: null });
        expect(changes(ended)).toEqual(told(false));
        expect(await left()).toEqual([null, null]);
    });

test("text with what JSON and HTML escape is signed as amino, and the chain finds the signature right", async () => {
    const pins = pinsOf();
    const rpc = new Rpc("North", network("rpc"));
    const { wallet } = senderOf(pins, new TestKeplr([{ name: "B", secret: await secretOf("house-b"), ledger: true }]));
    const { address, publicKey } = await wallet.connect();
    const state = await account(rpc, address);
    if (state === null) throw new Error("expected a known account");
    const message = {
        submit_milestone: { project: 1, milestone: 0, evidence: "00".repeat(32), uri: "https://a.example/?a=1&b=<ü>" },
    };
    const { bytes } = await wallet.sign({
        chainId: pins.chain.id,
        accountNumber: state.number,
        sequence: state.sequence,
        publicKey,
        messages: [{ sender: address, contract: pins.contracts.escrow ?? "", message, funds: [] }],
        fee: { amount: [{ denom: "stake", amount: "10000" }], gas: 400_000, granter: null },
        memo: "a & b < c",
        timeoutHeight: 0,
    });
    // A node takes nothing with a wrong signature; that the contract refuses it comes later, in the block.
    await rpc.broadcast(bytes);
    await expect.poll(async () => (await account(rpc, address))?.sequence).toBe(state.sequence + 1);
});

test("a contract's refusal comes before anything is signed, in its own words", async () => {
    const pins = pinsOf();
    const keplr = new TestKeplr([{ name: "B", secret: await secretOf("house-b") }]);
    const page = senderOf(pins, keplr);
    const by = await page.wallet.connect();
    const state = await send(page, by, { kind: "withdraw", slot: 0, amount: "1" });
    const why = state.step === "cannot" && state.why.kind === "refused" ? refused(state.why.refusal) : null;
    expect(why).toMatchObject({ kind: "contract", words: expect.stringContaining("expected") });
    expect(keplr.asked).toBe(0);
    const poor = await send(page, by, { kind: "deposit", slot: 1, amount: "9000000000000000" });
    expect(poor.step === "cannot" && poor.why.kind === "refused" ? refused(poor.why.refusal) : null).toEqual({
        kind: "funds",
    });
});

test("the grid pays network fees until its allowance is used up", async () => {
    const pins = pinsOf();
    const secret = new Uint8Array(randomBytes(32));
    const keplr = new TestKeplr([{ name: "New", secret }]);
    const page = senderOf(pins, keplr);
    const by = await page.wallet.connect();
    const meter = { kind: "consumer", import_limit: 11_000, export_limit: 0, provenance: "self_declared" } as const;
    const [one, other] = [randomBytes(32).toString("hex"), randomBytes(32).toString("hex")];
    const propose = (serial_hash: string) => ({ kind: "propose_meter", meter: { ...meter, serial_hash } }) as const;
    expect(await send(page, by, propose(one))).toMatchObject({
        step: "cannot",
        why: { kind: "unknown_account" },
    });
    grant(addressOf(secret), 8_000);
    expect((await sourceOf(pins).chainAccount(by.address)).allowance).toMatchObject({
        left: 8_000n,
        granter: pins.fee_granter,
    });
    const done = await send(page, by, propose(one));
    expect("why" in done ? done.why : null).toBe(null);
    expect(done.step).toBe("done");
    const left = (await sourceOf(pins).chainAccount(by.address)).allowance?.left ?? 0n;
    expect(left).toBeLessThan(8_000n);
    const second = await send(page, by, propose(other));
    expect(second).toMatchObject({
        step: "cannot",
        why: { kind: "no_fee", payer: { by: "nobody", allowance: "used_up", has: 0n, againAt: expect.any(Number) } },
    });
    expect((await sourceOf(pins).proposalsOf(by.address)).map(({ meter: { serial_hash } }) => serial_hash)).toEqual([
        one,
    ]);
});

test("an allowance that is taken back, renewed or for other messages, before and after the fee was shown", async () => {
    const pins = pinsOf();
    const secret = new Uint8Array(randomBytes(32));
    const page = senderOf(pins, new TestKeplr([{ name: "New", secret }]));
    const by = await page.wallet.connect();
    const meter = { kind: "consumer", import_limit: 11_000, export_limit: 0, provenance: "self_declared" } as const;
    const propose = () =>
        ({ kind: "propose_meter", meter: { ...meter, serial_hash: randomBytes(32).toString("hex") } }) as const;
    const nobody = (allowance: string) => ({
        step: "cannot",
        why: { kind: "no_fee", payer: { by: "nobody", allowance } },
    });
    /** Priced while the grid still pays; then something happens, and it is signed. */
    const signedAfter = async (happens: () => Promise<void> | void): Promise<unknown> => {
        page.sender.close();
        page.sender.begin(propose());
        await page.sender.price(by);
        expect(page.sender.snapshot()).toMatchObject({ step: "ready", quote: { payer: { by: "granter" } } });
        await happens();
        await page.sender.sign(by);
        const state = await end(page.sender);
        return state.step === "refused" ? refused(state.refusal) : state;
    };
    grant(by.address, 8_000);
    expect(await signedAfter(() => revoke(by.address))).toEqual({ kind: "allowance", why: "none" });
    expect(await send(page, by, propose())).toMatchObject(nobody("none"));
    grant(by.address, 8_000);
    expect(
        await signedAfter(async () => {
            revoke(by.address);
            await grantForCoins(by.address);
        }),
    ).toEqual({ kind: "allowance", why: "other_messages" });
    expect(await send(page, by, propose())).toMatchObject(nobody("other_messages"));
    // What was granted before is replaced, whoever wrote it.
    grant(by.address, 20_000);
    expect((await sourceOf(pins).chainAccount(by.address)).allowance?.left).toBe(20_000n);
    expect((await send(page, by, propose())).step).toBe("done");
    grant(by.address, 30_000);
    expect((await sourceOf(pins).chainAccount(by.address)).allowance?.left).toBe(30_000n);
});

test("what the screens ask is answered", async () => {
    const source = sourceOf(pinsOf());
    const rules = await source.rules();
    expect(rules).toMatchObject({ homes: 4, intervalLength: 900, fees: [{ id: 1, label: "network" }] });
    expect((await source.homes(null, 10)).items).toHaveLength(4);
    expect((await source.books()).addsUp).toBe(true);
    expect(await source.health()).toMatchObject({ nodes: [{ state: "well", index: true }], differences: [] });
    expect((await source.codes()).map(({ same, admin }) => [same, admin])).toEqual([
        [true, null],
        [true, null],
        [true, null],
    ]);
    const payments = await source.payments(1, null);
    expect(payments.items.at(-1)).toMatchObject({ kind: "deposit", amount: 50_000_000n });
    expect(payments.items[0]?.time).toBeGreaterThan(1_700_000_000);
    expect((await new Rpc("North", network("rpc")).status()).index).toBe(true);
});
