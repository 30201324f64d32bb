// Accounts: a home's at the settlement, and anybody's on the chain.

import { account, allowance, balance, type FeeAllowance, smart, units } from "../chain/queries.ts";
import type { Rpc } from "../chain/rpc.ts";
import { checkAnswer, type Shapes } from "../chain/shape.ts";
import { left } from "../sending/fee.ts";
import type { HeldResult, PendingResponse } from "../types/energy-settlement.ts";
import { type Contracts, everyPage } from "./contracts.ts";
import type { Account, Allowance, ChainAccount } from "./source.ts";

/** Held results a page. */
const HELD_PAGE = 30;
/** Windows that a settlement holds at most. */
const MOST_HELD = 2_000;
/** Of the cw20 standard. */
const CW20: Shapes = { answers: { balance: { has: { balance: "units" } } }, named: {} };

export async function accountOf(contracts: Contracts, slot: number): Promise<Account | null> {
    const page = await contracts.settlement("accounts", {
        start_after: slot === 0 ? null : slot - 1,
        limit: 1,
    });
    const found = page.accounts[0];
    if (found?.slot !== slot) return null;
    const { free, owner } = found;
    return { slot, owner, ...purseOf(BigInt(free), await pendingOf(contracts, slot)) };
}

export async function chainAccountOf({ nodes, pins }: Contracts, address: string, now: number): Promise<ChainAccount> {
    const { asset, chain, fee_granter: granter } = pins;
    const [state, money, feeCoins, granted] = await Promise.all([
        nodes.ask((rpc) => account(rpc, address)),
        "denom" in asset
            ? nodes.ask((rpc) => balance(rpc, address, asset.denom))
            : nodes.ask((rpc) => tokens(rpc, asset.cw20, address)),
        nodes.ask((rpc) => balance(rpc, address, chain.fee.denom)),
        granter === null ? null : nodes.ask((rpc) => allowance(rpc, granter, address)),
    ]);
    const paid = granter === null || granted === null ? null : allowanceOf(granter, granted, chain.fee.denom, now);
    return { address, money, feeCoins, known: state !== null, allowance: paid };
}

export function heldOf(contracts: Contracts, slot: number): Promise<readonly HeldResult[]> {
    return everyPage(
        contracts,
        async (after) => {
            const query = { slot, start_after: after, limit: HELD_PAGE };
            const { results, more } = await contracts.settlement("held_results", query);
            return { items: results, more };
        },
        (result) => result.first_interval,
        MOST_HELD,
    );
}

/** Sums over windows that are not final: one answer, unless they are very many. */
function pendingOf(contracts: Contracts, slot: number): Promise<readonly PendingResponse[]> {
    return everyPage(
        contracts,
        async (after) => {
            const sums = await contracts.settlement("pending", { slot, start_after: after });
            // Also windows in which the slot had no seat are gone through.
            return { items: sums.last == null ? [] : [sums], more: sums.more };
        },
        ({ last }) => last ?? 0,
        MOST_HELD,
    );
}

/** What can be taken out now, with what has ended and is free as soon as somebody takes it, and what is still to come. */
export function purseOf(free: bigint, pending: readonly PendingResponse[]) {
    const sum = (of: (sums: PendingResponse) => string): bigint =>
        pending.reduce((all, sums) => all + BigInt(of(sums)), 0n);
    const ended = sum((sums) => sums.ended);
    const dates = (of: (sums: PendingResponse) => number | null | undefined): number[] =>
        pending.map(of).filter((date) => date !== null && date !== undefined);
    const [next] = dates((sums) => sums.next_final_at);
    return {
        free: free + ended,
        coming: sum((sums) => sums.credits) - ended,
        nextAt: next ?? null,
        lastAt: next === undefined ? null : (dates((sums) => sums.last_final_at).at(-1) ?? null),
    };
}

/** Tokens of a cw20 that an address has. */
async function tokens(rpc: Rpc, contract: string, address: string): Promise<bigint> {
    const answer = await smart(rpc, contract, { balance: { address } });
    return rpc.read(() => {
        checkAnswer(CW20, "balance", answer);
        return units((answer as { readonly balance: string }).balance);
    });
}

function allowanceOf(granter: string, granted: FeeAllowance, denom: string, now: number): Allowance {
    const limit = granted.periodLimit?.get(denom) ?? granted.limit?.get(denom) ?? null;
    return {
        granter,
        left: left(denom, granted, now),
        limit,
        resetsAt: granted.resetsAt,
        expiresAt: granted.expiresAt,
    };
}
