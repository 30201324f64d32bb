// Money into and out of a home's account, from the node's index of transactions.

import type { ChainEvent, FoundTransaction, Rpc } from "../chain/rpc.ts";
import { type Contracts, each } from "./contracts.ts";
import type { Page, Payment } from "./source.ts";

const KINDS = [
    ["wasm-deposited", "deposit", "payer"],
    ["wasm-withdrawn", "withdrawal", "owner"],
] as const;

/** The newest first. `before` is the height of the last one of the page before. */
export async function paymentsOf(contracts: Contracts, slot: number, before: number | null): Promise<Page<Payment>> {
    const { settlement } = contracts.pins.contracts;
    return contracts.nodes.ask(async (rpc) => {
        const pages = await Promise.all(
            KINDS.map(async ([type]) => {
                const until = before === null ? "" : ` AND tx.height<${before}`;
                const query = `${type}._contract_address='${settlement}' AND ${type}.slot='${slot}'${until}`;
                return rpc.search(query, 1);
            }),
        );
        const transactions = new Map(pages.flatMap(({ found }) => found).map((one) => [one.hash, one]));
        const all = [...transactions.values()].flatMap((one) => paymentsIn(one, settlement, slot));
        all.sort((left, right) => right.height - left.height);
        // Where a list goes on, what is as old as its last one or older comes with the next page: the other list may have more of it.
        const cut = Math.max(
            ...pages.map(({ total, found }) => (total > found.length ? (found.at(-1)?.height ?? 0) : 0)),
        );
        if (cut === 0) return { items: await timed(rpc, all), next: null };
        const newer = all.filter(({ height }) => height > cut);
        const shown = newer.length > 0 ? newer : all.filter(({ height }) => height >= cut);
        return { items: await timed(rpc, shown), next: newer.length > 0 ? cut + 1 : cut };
    });
}

/** A transaction that both searches find is read once, for what each kind of it did. */
function paymentsIn(
    { hash, height, outcome }: FoundTransaction,
    settlement: string,
    slot: number,
): readonly Omit<Payment, "time">[] {
    const told = ({ attributes }: ChainEvent) =>
        attributes["_contract_address"] === settlement && attributes["slot"] === String(slot);
    if (outcome.code !== 0) return [];
    return outcome.events.filter(told).flatMap((event) => {
        const kind = KINDS.find(([type]) => type === event.type);
        const amount = event.attributes["amount"] ?? "";
        if (kind === undefined || !/^\d{1,39}$/.test(amount)) return [];
        return [
            {
                kind: kind[1],
                slot,
                amount: BigInt(amount),
                who: event.attributes[kind[2]] ?? "",
                height,
                transaction: hash,
            },
        ];
    });
}

async function timed(rpc: Rpc, payments: readonly Omit<Payment, "time">[]): Promise<readonly Payment[]> {
    const heights = [...new Set(payments.map(({ height }) => height))];
    const times = new Map(
        await each(
            heights,
            async (height) =>
                [
                    height,
                    await rpc.block(height).then(
                        ({ time }) => time,
                        () => null,
                    ),
                ] as const,
        ),
    );
    return payments.map((payment) => ({ ...payment, time: times.get(payment.height) ?? null }));
}
