// What a replay needs, of a chain: windows and rosters of the registry, events of the settlement, reports of blocks and archives.

import type { Engine } from "../../engine/engine.ts";
import type { Policy } from "../../types/energy-settlement.ts";
import { type Contracts, everyPage } from "../contracts.ts";
import type { Homes } from "../homes.ts";
import { paymentsOf } from "../payments.ts";
import type { Settling } from "../settling.ts";
import type { Windows } from "../windows.ts";
import type { RecomputePorts, ToldBooks } from "./ports.ts";

/** The most that a page of accounts or of windows has. */
const PAGE = 100;
const MOST_ACCOUNTS = 10_000;

export interface ChainParts {
    readonly contracts: Contracts;
    readonly homes: Homes;
    readonly windows: Windows;
    readonly settling: Settling;
    load(): Promise<Engine>;
    policy(): Promise<Policy>;
}

export async function chainPorts({
    contracts,
    homes,
    windows,
    settling,
    load,
    policy,
}: ChainParts): Promise<RecomputePorts> {
    const { nodes, pins } = contracts;
    const { settlement } = pins.contracts;
    const evidence = settling.evidence();
    const { interval_length: intervalLength } = await contracts.registry("config");
    return {
        settlement,
        intervalLength,
        load,
        policy,
        told: () => toldBooks(contracts),
        windows: (before) => windows.page(before, PAGE),
        seats: (version, size) => homes.seats(version, size),
        calls: (from, to, page) => {
            // The event of a call is there whoever made it: a person, the registry with a report, another contract.
            const query = `execute._contract_address='${settlement}' AND tx.height>=${from} AND tx.height<=${to}`;
            return nodes.ask((rpc) => rpc.search(query, page, "asc"));
        },
        time: (height) => nodes.ask(async (rpc) => (await rpc.block(height)).time),
        paidBefore: async (slot, height) => {
            let sum = 0n;
            for (let before: number | null = height; before !== null; ) {
                const page: Awaited<ReturnType<typeof paymentsOf>> = await paymentsOf(contracts, slot, before);
                for (const { kind, amount } of page.items) sum += kind === "deposit" ? amount : -amount;
                if (page.next !== null && page.next >= before) throw new Error(`expected payments before ${before}`);
                before = page.next;
            }
            return sum;
        },
        report: async (first, report) => (await evidence).report(first, report),
        balances: async (first, hash) => (await evidence).balances(first, hash),
        signers: async (report, reported) => (await evidence).signers(report, reported),
    };
}

/** As of the block before a node's last one: its index of transactions has that for sure. */
async function toldBooks(contracts: Contracts): Promise<ToldBooks> {
    return contracts.nodes.ask(async (rpc) => {
        const height = Math.max(1, (await rpc.status()).height - 1);
        const [books, accounts] = await Promise.all([
            contracts.at(rpc, "books", height),
            everyPage(
                contracts,
                async (after) => {
                    const query = { start_after: after, limit: PAGE };
                    const { accounts: items, more } = await contracts.at(rpc, "accounts", height, query);
                    return { items, more };
                },
                ({ slot }) => slot,
                MOST_ACCOUNTS,
            ),
        ]);
        const free = new Map(accounts.map(({ slot, free: has }) => [slot, BigInt(has)]));
        const sums = {
            deposited: BigInt(books.deposited),
            withdrawn: BigInt(books.withdrawn),
            swept: BigInt(books.swept),
            free: BigInt(books.free),
            held: BigInt(books.held),
            community: BigInt(books.community),
        };
        return { node: rpc.name, height, free, sums };
    });
}
