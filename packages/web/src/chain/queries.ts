// Questions that go to the chain's modules: contracts, accounts, balances, allowances, simulations.

import { fromUtf8, toHex, utf8 } from "./bytes.ts";
import { Refusal } from "./errors.ts";
import { type Json, parseJson } from "./json.ts";
import { Fields, Writer } from "./protobuf.ts";
import type { ChainEvent, Rpc } from "./rpc.ts";

/** A contract's answer to a query. */
export async function smart(rpc: Rpc, contract: string, query: Json, height: number | null = null): Promise<Json> {
    const data = new Writer()
        .text(1, contract)
        .bytes(2, utf8(JSON.stringify(query)))
        .done();
    const answer = await rpc.query("/cosmwasm.wasm.v1.Query/SmartContractState", data, height);
    return rpc.read(() => parseJson(fromUtf8(new Fields(answer).bytes(1))));
}

export interface AccountState {
    readonly number: number;
    readonly sequence: number;
}

/** What signing needs to know of an account; null where the chain has never heard of it. */
export async function account(rpc: Rpc, address: string): Promise<AccountState | null> {
    const data = new Writer().text(1, address).done();
    const answer = await absent(rpc.query("/cosmos.auth.v1beta1.Query/Account", data));
    if (answer === null) return null;
    const state = rpc.read(() => accountIn(answer, address));
    if (state === null) throw new Refusal("auth", 0, `expected an account of ${address}, got another kind`);
    return state;
}

function accountIn(answer: Uint8Array, address: string): AccountState | null {
    const any = new Fields(answer).message(1);
    let inner = any === null ? null : new Fields(any.bytes(2));
    // Accounts that release money over time hold a usual one inside, one or two levels down.
    for (let depth = 0; inner !== null && depth < 4; depth += 1) {
        const first = inner.bytes(1);
        if (new TextDecoder().decode(first) === address)
            return { number: whole(inner.number(3)), sequence: whole(inner.number(4)) };
        inner = new Fields(first);
    }
    return null;
}

/** A number that JavaScript counts with exactly. */
function whole(number: bigint): number {
    if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error(`expected a number below 2^53, got ${number}`);
    return Number(number);
}

/** Base units as the bank and allowances write them; none is zero. */
export function units(text: string): bigint {
    if (!/^\d{0,78}$/.test(text)) throw new Error(`expected base units, got '${text.slice(0, 40)}'`);
    return BigInt(text);
}

/** Base units that an address has of a coin. */
export async function balance(rpc: Rpc, address: string, denom: string): Promise<bigint> {
    const data = new Writer().text(1, address).text(2, denom).done();
    const answer = await rpc.query("/cosmos.bank.v1beta1.Query/Balance", data);
    return rpc.read(() => {
        const coin = new Fields(answer).message(1);
        const got = coin?.text(1) ?? denom;
        if (got !== denom) throw new Error(`expected a balance of ${denom}, got one of ${got.slice(0, 40)}`);
        return units(coin?.text(2) ?? "");
    });
}

/** What a granter still pays of a grantee's fees. */
export interface FeeAllowance {
    /** Base units left in all, by denomination; null: no limit. */
    readonly limit: ReadonlyMap<string, bigint> | null;
    /** Base units left until `resetsAt`; null: not by periods. */
    readonly periodLeft: ReadonlyMap<string, bigint> | null;
    readonly periodLimit: ReadonlyMap<string, bigint> | null;
    readonly resetsAt: number | null;
    readonly expiresAt: number | null;
    /** Types of messages it pays for; null: all. */
    readonly messages: readonly string[] | null;
}

export async function allowance(rpc: Rpc, granter: string, grantee: string): Promise<FeeAllowance | null> {
    const data = new Writer().text(1, granter).text(2, grantee).done();
    const answer = await absent(rpc.query("/cosmos.feegrant.v1beta1.Query/Allowance", data));
    if (answer === null) return null;
    return rpc.read(() => {
        const grant = new Fields(answer).message(1);
        const any = grant?.message(3) ?? null;
        if (grant === null || any === null) return null;
        if (grant.text(1) !== granter || grant.text(2) !== grantee)
            throw new Error("expected the allowance that was asked for");
        return readAllowance(any, null);
    });
}

function readAllowance(any: Fields, messages: readonly string[] | null): FeeAllowance {
    const inner = new Fields(any.bytes(2));
    const kind = any.text(1);
    if (kind === "/cosmos.feegrant.v1beta1.BasicAllowance") {
        const { limit, expiresAt } = basic(inner);
        return { limit, expiresAt, periodLeft: null, periodLimit: null, resetsAt: null, messages };
    }
    if (kind === "/cosmos.feegrant.v1beta1.PeriodicAllowance") {
        const { limit, expiresAt } = basic(inner.message(1) ?? new Fields(new Uint8Array()));
        const resetsAt = time(inner.message(5));
        return {
            limit,
            expiresAt,
            periodLimit: coins(inner.every(3)),
            periodLeft: coins(inner.every(4)),
            resetsAt,
            messages,
        };
    }
    const held = inner.message(1);
    if (kind === "/cosmos.feegrant.v1beta1.AllowedMsgAllowance" && held !== null && messages === null)
        return readAllowance(held, inner.every(2).map(fromUtf8));
    throw new Error(`expected a known kind of allowance, got ${kind.slice(0, 80)}`);
}

function basic(fields: Fields): { limit: ReadonlyMap<string, bigint> | null; expiresAt: number | null } {
    const limits = fields.every(1);
    return { limit: limits.length === 0 ? null : coins(limits), expiresAt: time(fields.message(2)) };
}

function coins(parts: readonly Uint8Array[]): ReadonlyMap<string, bigint> {
    return new Map(
        parts.map((part) => {
            const fields = new Fields(part);
            return [fields.text(1), units(fields.text(2))];
        }),
    );
}

function time(fields: Fields | null): number | null {
    return fields === null ? null : whole(fields.number(1));
}

export interface ContractState {
    readonly codeId: number;
    /** Who may put other code there; null: nobody. */
    readonly admin: string | null;
}

export async function contract(rpc: Rpc, address: string): Promise<ContractState> {
    const answer = await rpc.query("/cosmwasm.wasm.v1.Query/ContractInfo", new Writer().text(1, address).done());
    return rpc.read(() => {
        const info = new Fields(answer).message(2);
        if (info === null) throw new Error(`expected a contract at ${address}, got none`);
        return { codeId: whole(info.number(1)), admin: info.text(3) === "" ? null : info.text(3) };
    });
}

/** SHA-256 of a code as the chain keeps it, hex; null where this version of the chain does not tell it without the code itself. */
export async function checksum(rpc: Rpc, codeId: number): Promise<string | null> {
    try {
        const answer = await rpc.query("/cosmwasm.wasm.v1.Query/CodeInfo", new Writer().number(1, codeId).done());
        return rpc.read(() => toHex(new Fields(answer).bytes(3)));
    } catch (error) {
        if (error instanceof Refusal && /unknown query path/.test(error.log)) return null;
        throw error;
    }
}

export interface Simulation {
    readonly gasUsed: number;
    readonly events: readonly ChainEvent[];
}

/** What a transaction would do now. Ends with the `Refusal` that it would meet. */
export async function simulate(rpc: Rpc, transaction: Uint8Array): Promise<Simulation> {
    const data = new Writer().bytes(2, transaction).done();
    const bytes = await rpc.query("/cosmos.tx.v1beta1.Service/Simulate", data);
    return rpc.read(() => {
        const answer = new Fields(bytes);
        const gasUsed = whole(answer.message(1)?.number(2) ?? 0n);
        return { gasUsed, events: (answer.message(2)?.every(3) ?? []).map(eventIn) };
    });
}

function eventIn(bytes: Uint8Array): ChainEvent {
    const event = new Fields(bytes);
    const attributes = event.every(2).map((part) => {
        const attribute = new Fields(part);
        return [attribute.text(1), attribute.text(2)] as const;
    });
    return { type: event.text(1), attributes: Object.fromEntries(attributes) };
}

/** Null where the chain says that there is no such thing. */
async function absent(answer: Promise<Uint8Array>): Promise<Uint8Array | null> {
    try {
        return await answer;
    } catch (error) {
        if (error instanceof Refusal && /not found/.test(error.log)) return null;
        throw error;
    }
}
