import { QuerySmartContractStateRequest, QuerySmartContractStateResponse } from "cosmjs-types/cosmwasm/wasm/v1/query";
import { expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../src/chain/bytes.ts";
import { Nodes } from "../../src/chain/nodes.ts";
import { Rpc } from "../../src/chain/rpc.ts";
import { accountOf, heldOf } from "../../src/data/accounts.ts";
import { Contracts } from "../../src/data/contracts.ts";
import { pins } from "../pins.ts";

type Answers = (query: string, after: number | null) => unknown;

/** A node that answers so, and how often it was asked. */
class Told extends Rpc {
    asked: string[] = [];

    constructor(private readonly answers: Answers) {
        super("North", "https://north.example");
    }

    override async query(_: string, data: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
        const { queryData } = QuerySmartContractStateRequest.decode(data);
        const message = JSON.parse(fromUtf8(queryData)) as Record<string, { start_after: number | null }>;
        const [name = "", parameters] = Object.entries(message)[0] ?? [];
        this.asked.push(name);
        const answer = utf8(JSON.stringify(this.answers(name, parameters?.start_after ?? null)));
        return Uint8Array.from(QuerySmartContractStateResponse.encode({ data: answer }).finish());
    }
}

const accounts = { accounts: [{ slot: 3, owner: "wasm1a", free: "100", seat: 3 }], more: true };
const nothing = { credits: "0", debits: "0", ended: "0", windows: 0, more: false };
const open = (answers: Answers) => {
    const node = new Told(answers);
    return { node, contracts: new Contracts(new Nodes([node]), pins) };
};

test("what waits is told in one answer; what has ended can be taken out now", async () => {
    const sums = { credits: "50", debits: "9", ended: "20", windows: 4, more: false, last: 7 };
    const dates = { next_final_at: 1_000, last_final_at: 2_000 };
    const { node, contracts } = open((query) => (query === "accounts" ? accounts : { ...sums, ...dates }));
    expect(await accountOf(contracts, 3)).toEqual({
        slot: 3,
        owner: "wasm1a",
        free: 120n,
        coming: 30n,
        nextAt: 1_000,
        lastAt: 2_000,
    });
    expect(node.asked).toEqual(["accounts", "pending"]);
});

test("nothing waits, or only what has ended: no date is told", async () => {
    const none = open((query) => (query === "accounts" ? accounts : nothing));
    expect(await accountOf(none.contracts, 3)).toMatchObject({ free: 100n, coming: 0n, nextAt: null, lastAt: null });
    const ended = { ...nothing, credits: "5", ended: "5", windows: 1, last: 7, last_final_at: 900 };
    const over = open((query) => (query === "accounts" ? accounts : ended));
    expect(await accountOf(over.contracts, 3)).toMatchObject({ free: 105n, coming: 0n, nextAt: null, lastAt: null });
});

test("very many windows are added up over some answers, also where the home had no seat in the first ones", async () => {
    const { contracts } = open((query, after) => {
        if (query === "accounts") return accounts;
        if (after === null) return { ...nothing, last: 10, more: true };
        const sums = { ...nothing, credits: "8", windows: 2, next_final_at: 500, last_final_at: 600 };
        return after === 10 ? { ...sums, last: 20, more: true } : { ...sums, last: 30, last_final_at: 700 };
    });
    expect(await accountOf(contracts, 3)).toMatchObject({ coming: 16n, nextAt: 500, lastAt: 700 });
});

test("a node whose pages begin again or never end is found out", async () => {
    const result = { first_interval: 5, final_at: 9, credit: "1", debit: "0" };
    const again = open(() => ({ results: [result], more: true }));
    await expect(heldOf(again.contracts, 3)).rejects.toThrow("expected more than 5, got 5");
    let first = 0;
    const endless = open(() => {
        first += 1;
        return { results: [{ ...result, first_interval: first }], more: true };
    });
    await expect(heldOf(endless.contracts, 3)).rejects.toThrow("expected at most 2000 entries");
});
