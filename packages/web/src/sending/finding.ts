// Whether what was handed in has happened. A node may keep no index, so that blocks are read one by one; and it may lie, so that
// "did not happen" needs more than one node's word for it.

import { NodeError } from "../chain/errors.ts";
import { account } from "../chain/queries.ts";
import type { ChainEvent, Outcome, Rpc } from "../chain/rpc.ts";
import type { Pending, RefusalFacts } from "./state.ts";

export interface Found {
    readonly height: number;
    readonly events: readonly ChainEvent[];
    readonly refusal: RefusalFacts | null;
}

/** Reads the blocks since it was handed in, each once, and asks the index where there is one. */
export class Finder {
    private read: number;
    private index = true;

    constructor(
        private readonly rpc: Rpc,
        private readonly pending: Pending,
    ) {
        this.read = pending.afterHeight;
    }

    /** What came of it by block `height`; null: it stands in none up to there. */
    async look(height: number): Promise<Found | null> {
        const indexed = await this.byHash();
        if (indexed !== null) return indexed;
        while (this.read < Math.min(height, this.pending.timeoutHeight)) {
            const at = this.read + 1;
            const block = await this.rpc.block(at);
            const place = block.transactions.indexOf(this.pending.bytes);
            if (place >= 0) {
                const outcome = (await this.rpc.outcomes(at))[place];
                if (outcome === undefined)
                    throw new NodeError(this.rpc.name, { kind: "not_understood", detail: `no outcome in block ${at}` });
                return found(at, outcome);
            }
            this.read = at;
        }
        return null;
    }

    private async byHash(): Promise<Found | null> {
        if (!this.index) return null;
        try {
            const transaction = await this.rpc.transaction(this.pending.hash);
            return transaction === null ? null : found(transaction.height, transaction.outcome);
        } catch (error) {
            if (error instanceof NodeError && error.trouble.kind === "no_index") {
                this.index = false;
                return null;
            }
            throw error;
        }
    }
}

function found(height: number, { code, codespace, log, events }: Outcome): Found {
    return { height, events, refusal: code === 0 ? null : { codespace, code, log } };
}

export type Verdict =
    | { readonly is: "found"; readonly found: Found }
    | { readonly is: "did_not_happen"; readonly how: "sequence" | "second_node" }
    | { readonly is: "cannot_tell" };

/**
 * After the last block that may have it. Where the account's sequence has not moved, nothing of it has happened, and a retry with the
 * same sequence excludes that it ever does. Where it has moved, another transaction took the sequence or the node leaves out ours:
 * a second node must have looked too.
 */
export async function verdict(first: Rpc, others: readonly Rpc[], pending: Pending): Promise<Verdict> {
    const state = await account(first, pending.address);
    if (state !== null && state.sequence <= pending.sequence) return { is: "did_not_happen", how: "sequence" };
    for (const other of others) {
        try {
            const { height } = await other.status();
            if (height <= pending.timeoutHeight) continue;
            const seen = await new Finder(other, pending).look(height);
            return seen === null ? { is: "did_not_happen", how: "second_node" } : { is: "found", found: seen };
        } catch (error) {
            if (!(error instanceof NodeError)) throw error;
        }
    }
    return { is: "cannot_tell" };
}
