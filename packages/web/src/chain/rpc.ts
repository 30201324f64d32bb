// One node, over CometBFT's JSON-RPC. Every answer is checked for its shape before anything is read from it.

import { fromBase64, fromHex, fromUtf8, toBase64, toHex } from "./bytes.ts";
import { NodeError, Refusal } from "./errors.ts";
import { fetchBytes, type Limits } from "./fetching.ts";
import { type Json, parseJson } from "./json.ts";
import { foundIn, list, member, outcomeOf, seconds, text, whole } from "./reading.ts";

/** A page of 100 homes takes 60 kB; nothing that is asked for comes near this. */
const QUERY: Limits = { bytes: 4_000_000, seconds: 10 };
/** Chains allow blocks of 21 MB at most, a third more in base64; a village's phone need not take them: 8 MB are 60 reports of 1,000 homes. */
const BLOCK: Limits = { bytes: 8_000_000, seconds: 30 };
/** What happened in a block is longer than the block. */
const RESULTS: Limits = { bytes: 16_000_000, seconds: 30 };
/** Transactions a page of a search. */
export const SEARCH_PAGE = 30;

export interface NodeStatus {
    readonly chainId: string;
    readonly height: number;
    /** Unix seconds of the last block. */
    readonly time: number;
    readonly catchingUp: boolean;
    readonly oldestBlock: number;
    readonly index: boolean;
}

export interface Block {
    readonly height: number;
    readonly time: number;
    /** Hash of the block, hex in capitals. */
    readonly hash: string;
    /** Transactions as they were signed, base64. */
    readonly transactions: readonly string[];
}

export interface ChainEvent {
    readonly type: string;
    readonly attributes: Readonly<Record<string, string>>;
}

/** What came of a transaction. */
export interface Outcome {
    readonly code: number;
    readonly codespace: string;
    readonly log: string;
    readonly events: readonly ChainEvent[];
    readonly gasUsed: number;
}

export interface FoundTransaction {
    readonly hash: string;
    readonly height: number;
    readonly outcome: Outcome;
}

export class Rpc {
    constructor(
        /** What people call it. */
        readonly name: string,
        readonly url: string,
    ) {}

    async status(): Promise<NodeStatus> {
        const answer = await this.call("status", {}, QUERY);
        return this.read(() => {
            const sync = member(answer, "sync_info");
            const info = member(answer, "node_info");
            return {
                chainId: text(member(info, "network")),
                height: whole(member(sync, "latest_block_height")),
                time: seconds(text(member(sync, "latest_block_time"))),
                catchingUp: member(sync, "catching_up") === true,
                oldestBlock: whole(member(sync, "earliest_block_height")),
                index: member(member(info, "other"), "tx_index") === "on",
            };
        });
    }

    /** A query of the application, at the last block or at `height`. Ends with a `Refusal` where the application refuses. */
    async query(path: string, data: Uint8Array, height: number | null = null): Promise<Uint8Array<ArrayBuffer>> {
        const parameters = { path, data: toHex(data), height: String(height ?? 0), prove: false };
        const answer = await this.call("abci_query", parameters, QUERY);
        const response = this.read(() => member(answer, "response"));
        const code = this.read(() => whole(member(response, "code")));
        if (code === 0) return this.read(() => fromBase64(text(member(response, "value"))));
        const log = this.read(() => text(member(response, "log")));
        if (height !== null && /version|height|pruned/i.test(log) && /not exist|not available|pruned/i.test(log))
            throw new NodeError(this.name, { kind: "forgotten", height });
        throw new Refusal(
            this.read(() => text(member(response, "codespace"))),
            code,
            log,
        );
    }

    async block(height: number): Promise<Block> {
        const answer = await this.at(height, "block", BLOCK);
        return this.read(() => {
            const block = member(answer, "block");
            const header = member(block, "header");
            const got = whole(member(header, "height"));
            if (got !== height) throw new Error(`expected block ${height}, got ${got}`);
            return {
                height,
                time: seconds(text(member(header, "time"))),
                hash: text(member(member(answer, "block_id"), "hash")),
                transactions: list(member(member(block, "data"), "txs")).map(text),
            };
        });
    }

    /** What each transaction of a block came to, in their order. */
    async outcomes(height: number): Promise<readonly Outcome[]> {
        const answer = await this.at(height, "block_results", RESULTS);
        return this.read(() => list(member(answer, "txs_results")).map(outcomeOf));
    }

    /** A transaction by its hash; null where no block has it. */
    async transaction(hash: string): Promise<FoundTransaction | null> {
        try {
            const answer = await this.call("tx", { hash: toBase64(fromHex(hash)), prove: false }, RESULTS);
            return this.read(() => foundIn(answer));
        } catch (error) {
            if (
                error instanceof NodeError &&
                error.trouble.kind === "rpc" &&
                error.trouble.detail.includes("not found")
            )
                return null;
            throw error;
        }
    }

    /** Transactions by events, the newest first unless told otherwise; `page` counts from 1. */
    async search(
        query: string,
        page: number,
        order: "asc" | "desc" = "desc",
    ): Promise<{ readonly total: number; readonly found: readonly FoundTransaction[] }> {
        const parameters = { query, prove: false, page: String(page), per_page: String(SEARCH_PAGE), order_by: order };
        const answer = await this.call("tx_search", parameters, RESULTS);
        return this.read(() => ({
            total: whole(member(answer, "total_count")),
            found: list(member(answer, "txs")).map(foundIn),
        }));
    }

    /** Hands a transaction in. It was taken, not carried out: that is for a block to tell. */
    async broadcast(transaction: Uint8Array): Promise<void> {
        const answer = await this.call("broadcast_tx_sync", { tx: toBase64(transaction) }, QUERY);
        const [code, codespace, log] = this.read(
            () =>
                [
                    whole(member(answer, "code")),
                    text(member(answer, "codespace")),
                    text(member(answer, "log")),
                ] as const,
        );
        if (code !== 0) throw new Refusal(codespace, code, log);
    }

    private async at(height: number, method: string, limits: Limits): Promise<Json> {
        try {
            return await this.call(method, { height: String(height) }, limits);
        } catch (error) {
            if (
                error instanceof NodeError &&
                error.trouble.kind === "rpc" &&
                /not available|could not find/.test(error.trouble.detail)
            )
                throw new NodeError(this.name, { kind: "forgotten", height });
            throw error;
        }
    }

    private async call(method: string, params: Json, limits: Limits): Promise<Json> {
        const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
        const bytes = await fetchBytes(this.name, this.url, limits, body);
        const answer = this.read(() => parseJson(fromUtf8(bytes)));
        const error = this.read(() => member(answer, "error"));
        if (error !== null) {
            const detail = this.read(() => `${text(member(error, "message"))}: ${text(member(error, "data"))}`);
            throw new NodeError(
                this.name,
                /indexing is disabled/.test(detail) ? { kind: "no_index" } : { kind: "rpc", detail },
            );
        }
        return this.read(() => member(answer, "result"));
    }

    /** Reads an answer of this node; what does not read is the node's fault, and another one may be asked. */
    read<T>(reader: () => T): T {
        try {
            return reader();
        } catch (error) {
            const detail = error instanceof Error ? error.message : String(error);
            throw new NodeError(this.name, { kind: "not_understood", detail });
        }
    }
}
