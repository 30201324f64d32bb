// Several nodes of one chain: who is asked, and what happens when it does not answer.

import { NodeError } from "./errors.ts";
import type { Rpc } from "./rpc.ts";

/** Asks one node, and the next ones where it cannot answer; whoever answered is asked first from then on. */
export class Nodes {
    private current = 0;

    constructor(readonly all: readonly Rpc[]) {
        if (all.length === 0) throw new Error("expected at least one node");
    }

    /** The node that is asked first. */
    get used(): Rpc {
        return this.all[this.current] as Rpc;
    }

    /** Chosen by a person. */
    use(url: string): void {
        const found = this.all.findIndex((rpc) => rpc.url === url);
        if (found >= 0) this.current = found;
    }

    /** The others, in order. */
    get others(): readonly Rpc[] {
        return this.all.filter((_, at) => at !== this.current);
    }

    /** Ends with the first node's error where no node can answer; with a `Refusal` as soon as one refuses: the chain does. */
    async ask<T>(question: (rpc: Rpc) => Promise<T>): Promise<T> {
        let first: unknown = null;
        for (let tried = 0; tried < this.all.length; tried += 1) {
            const at = (this.current + tried) % this.all.length;
            try {
                const answer = await question(this.all[at] as Rpc);
                if (tried > 0) this.current = at;
                return answer;
            } catch (error) {
                if (!(error instanceof NodeError)) throw error;
                first ??= error;
            }
        }
        throw first;
    }
}
