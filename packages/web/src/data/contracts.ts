// Questions to the grid's contracts. Their addresses come from grid.json.

import type { Json } from "../chain/json.ts";
import type { Nodes } from "../chain/nodes.ts";
import { smart } from "../chain/queries.ts";
import type { Rpc } from "../chain/rpc.ts";
import type { GridPins } from "../trust/pins.ts";
import type { Answers as SettlementAnswers } from "../types/energy-settlement.ts";
import type { Answers as RegistryAnswers } from "../types/meter-registry.ts";
import type { Answers as EscrowAnswers } from "../types/pledge-escrow.ts";

export class Contracts {
    constructor(
        readonly nodes: Nodes,
        readonly pins: GridPins,
    ) {}

    registry<Q extends keyof RegistryAnswers>(query: Q, parameters: Json = {}): Promise<RegistryAnswers[Q]> {
        return this.nodes.ask((rpc) => ask(rpc, this.pins.contracts.registry, query, parameters));
    }

    settlement<Q extends keyof SettlementAnswers>(query: Q, parameters: Json = {}): Promise<SettlementAnswers[Q]> {
        return this.nodes.ask((rpc) => ask(rpc, this.pins.contracts.settlement, query, parameters));
    }

    /** Ends with an error where grid.json names no escrow. */
    escrow<Q extends keyof EscrowAnswers>(query: Q, parameters: Json = {}): Promise<EscrowAnswers[Q]> {
        const { escrow } = this.pins.contracts;
        if (escrow === null) throw new Error("expected an escrow in grid.json, it names none");
        return this.nodes.ask((rpc) => ask(rpc, escrow, query, parameters));
    }

    /** The same of one node at one height, to compare nodes. */
    at<Q extends keyof SettlementAnswers>(rpc: Rpc, query: Q, height: number): Promise<SettlementAnswers[Q]> {
        return ask(rpc, this.pins.contracts.settlement, query, {}, height);
    }
}

async function ask<T>(
    rpc: Rpc,
    contract: string,
    query: string,
    parameters: Json,
    height: number | null = null,
): Promise<T> {
    return (await smart(rpc, contract, { [query]: parameters }, height)) as T;
}

/** Most that run at once: browsers open six connections to a host. */
const AT_ONCE = 6;

/** Does `work` for each, a few at a time, and keeps their order. Ends with the first error. */
export async function each<T, R>(items: readonly T[], work: (item: T, at: number) => Promise<R>): Promise<R[]> {
    const results: R[] = new Array(items.length);
    let next = 0;
    const worker = async (): Promise<void> => {
        while (next < items.length) {
            const at = next;
            next += 1;
            results[at] = await work(items[at] as T, at);
        }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
    return results;
}
