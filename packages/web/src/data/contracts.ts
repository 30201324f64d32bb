// Questions to the grid's contracts. Their addresses come from grid.json.

import { NodeError } from "../chain/errors.ts";
import type { Json } from "../chain/json.ts";
import type { Nodes } from "../chain/nodes.ts";
import { smart } from "../chain/queries.ts";
import type { Rpc } from "../chain/rpc.ts";
import { checkAnswer, type Shapes } from "../chain/shape.ts";
import type { GridPins } from "../trust/pins.ts";
import { shapes as ofSettlement } from "../types/energy-settlement.shapes.ts";
import type { Answers as SettlementAnswers } from "../types/energy-settlement.ts";
import { shapes as ofRegistry } from "../types/meter-registry.shapes.ts";
import type { Answers as RegistryAnswers } from "../types/meter-registry.ts";
import type { Answers as EscrowAnswers } from "../types/pledge-escrow.ts";

export class Contracts {
    constructor(
        readonly nodes: Nodes,
        readonly pins: GridPins,
    ) {}

    registry<Q extends keyof RegistryAnswers>(query: Q, parameters: Json = {}): Promise<RegistryAnswers[Q]> {
        const { registry } = this.pins.contracts;
        return this.nodes.ask((rpc) => ask<RegistryAnswers[Q]>(rpc, registry, ofRegistry, query, parameters));
    }

    settlement<Q extends keyof SettlementAnswers>(query: Q, parameters: Json = {}): Promise<SettlementAnswers[Q]> {
        const { settlement } = this.pins.contracts;
        return this.nodes.ask((rpc) => ask<SettlementAnswers[Q]>(rpc, settlement, ofSettlement, query, parameters));
    }

    /** Ends with an error where grid.json names no escrow. */
    async escrow<Q extends keyof EscrowAnswers>(query: Q, parameters: Json = {}): Promise<EscrowAnswers[Q]> {
        const { escrow } = this.pins.contracts;
        if (escrow === null) throw new Error("expected an escrow in grid.json, it names none");
        // Its answers are many, and a first view asks none of them.
        const { shapes } = await import("../types/pledge-escrow.shapes.ts");
        return this.nodes.ask((rpc) => ask<EscrowAnswers[Q]>(rpc, escrow, shapes, query, parameters));
    }

    /** The same of one node at one height, to compare nodes. */
    async escrowAt<Q extends keyof EscrowAnswers>(
        rpc: Rpc,
        query: Q,
        parameters: Json,
        height: number,
    ): Promise<EscrowAnswers[Q]> {
        const { escrow } = this.pins.contracts;
        if (escrow === null) throw new Error("expected an escrow in grid.json, it names none");
        const { shapes } = await import("../types/pledge-escrow.shapes.ts");
        return ask(rpc, escrow, shapes, query, parameters, height);
    }

    /** The same of one node at one height: to compare nodes, or answers that come in pages. */
    at<Q extends keyof SettlementAnswers>(
        rpc: Rpc,
        query: Q,
        height: number,
        parameters: Json = {},
    ): Promise<SettlementAnswers[Q]> {
        return ask(rpc, this.pins.contracts.settlement, ofSettlement, query, parameters, height);
    }
}

async function ask<T>(
    rpc: Rpc,
    contract: string,
    shapes: Shapes,
    query: string,
    parameters: Json,
    height: number | null = null,
): Promise<T> {
    const answer = await smart(rpc, contract, { [query]: parameters }, height);
    rpc.read(() => checkAnswer(shapes, query, answer));
    return answer as T;
}

/** All of a list that comes in pages by a rising number. A node that begins again, or never ends, is found out. */
export async function everyPage<T>(
    contracts: Contracts,
    ask: (after: number | null) => Promise<{ readonly items: readonly T[]; readonly more: boolean }>,
    place: (item: T) => number,
    most: number,
    until: (item: T) => boolean = () => false,
): Promise<T[]> {
    const all: T[] = [];
    for (let after: number | null = null; ; ) {
        const { items, more } = await ask(after);
        for (const item of items) {
            if (after !== null && place(item) <= after) throw notAList(contracts, `more than ${after}`, place(item));
            after = place(item);
            all.push(item);
        }
        if (all.length > most) throw notAList(contracts, `at most ${most} entries`, all.length);
        const last = all.at(-1);
        if (!more || items.length === 0 || (last !== undefined && until(last))) return all;
    }
}

/** A node told a list that cannot be the contract's. */
export function notAList({ nodes }: Contracts, expected: string, got: number | string): NodeError {
    return new NodeError(nodes.used.name, { kind: "not_understood", detail: `expected ${expected}, got ${got}` });
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
