// Windows: what reports covered, with the sums that the settlement told in the block of each.

import { NodeError } from "../chain/errors.ts";
import type { ChainEvent, Outcome } from "../chain/rpc.ts";
import { bitsOf } from "../engine/engine.ts";
import type { WindowResponse } from "../types/meter-registry.ts";
import { type Contracts, each, everyPage } from "./contracts.ts";
import type { Page, Window, WindowSums } from "./source.ts";

/** The most that a page of windows has. */
const PAGE = 100;
/** The most intervals that one report covers. */
export const MOST_INTERVALS = 192;
/** Sums of this many windows are kept. */
const KEPT = 400;

export class Windows {
    /** By height and first interval: a block never changes. */
    private readonly sums = new Map<string, WindowSums>();

    constructor(
        private readonly contracts: Contracts,
        /** The chain's time, seconds. */
        private readonly now: () => Promise<number>,
    ) {}

    /** The newest first, without their sums, for which a block would be read each. `before` is the first interval of the last one of the page before. */
    async page(before: number | null, limit: number): Promise<Page<Window>> {
        const query = { start_after: before, limit: Math.min(limit, PAGE), newest_first: true };
        const { windows, more } = await this.contracts.registry("windows", query);
        const items = await this.told(windows, false);
        return { items, next: more ? (items.at(-1)?.firstInterval ?? null) : null };
    }

    async one(firstInterval: number): Promise<Window | null> {
        const { windows } = await this.contracts.registry("windows", {
            start_after: firstInterval === 0 ? null : firstInterval - 1,
            limit: 1,
        });
        const found = windows[0];
        return found?.first_interval === firstInterval ? ((await this.told([found], true))[0] ?? null) : null;
    }

    /** Those that touch the intervals from `from` up to `to`, the oldest first. Of a long gap at the start only its end may be told. */
    async within(from: number, to: number): Promise<readonly Window[]> {
        const answers = await this.ascending(Math.max(0, from - MOST_INTERVALS), to);
        return this.told(
            answers.filter((window) => window.first_interval + window.intervals > from),
            true,
        );
    }

    /** Windows that begin from `from` on and before `to`. */
    private async ascending(from: number, to: number): Promise<readonly WindowResponse[]> {
        const start = from === 0 ? null : from - 1;
        const all = await everyPage(
            this.contracts,
            async (after) => {
                const query = { start_after: after ?? start, limit: PAGE };
                const { windows, more } = await this.contracts.registry("windows", query);
                return { items: windows, more };
            },
            (window) => window.first_interval,
            to - from + PAGE,
            (window) => window.first_interval >= to,
        );
        return all.filter((window) => window.first_interval >= from && window.first_interval < to);
    }

    private async told(answers: readonly WindowResponse[], withSums: boolean): Promise<Window[]> {
        const now = await this.now();
        return each(answers, async ({ first_interval: firstInterval, intervals, state }) => {
            if (state.kind === "gap") return { firstInterval, intervals, state: "gap", report: null, sums: null };
            return {
                firstInterval,
                intervals,
                state: state.final_at <= now ? "final" : "provisional",
                report: {
                    revision: state.revision,
                    reportedAt: state.reported_at,
                    finalAt: state.final_at,
                    height: state.height,
                    epoch: state.epoch,
                    seats: state.seats,
                    rosterVersion: state.roster_version,
                    signers: bitsOf(state.signers),
                    bodyHash: state.body_hash,
                    digest: state.digest,
                },
                sums: withSums ? await this.sumsIfKept(state.height, firstInterval) : null,
            };
        });
    }

    /** Null where the block is older than what the node keeps: the window is told without its sums. */
    private async sumsIfKept(height: number, firstInterval: number): Promise<WindowSums | null> {
        try {
            return await this.sumsOf(height, firstInterval);
        } catch (error) {
            if (error instanceof NodeError) return null;
            throw error;
        }
    }

    private async sumsOf(height: number, firstInterval: number): Promise<WindowSums | null> {
        const key = `${height}.${firstInterval}`;
        const known = this.sums.get(key);
        if (known !== undefined) return known;
        const outcomes = await this.contracts.nodes.ask((rpc) => rpc.outcomes(height));
        const sums = sumsIn(outcomes, this.contracts.pins.contracts.settlement, firstInterval);
        if (sums === null) return null;
        if (this.sums.size >= KEPT) this.sums.delete(this.sums.keys().next().value ?? "");
        this.sums.set(key, sums);
        return sums;
    }
}

/** The sums of a window in what happened in its block. Only the grid's own settlement is believed. */
export function sumsIn(outcomes: readonly Outcome[], settlement: string, firstInterval: number): WindowSums | null {
    const told = (event: ChainEvent) =>
        event.type === "wasm-window_settled" &&
        event.attributes["_contract_address"] === settlement &&
        event.attributes["first_interval"] === String(firstInterval);
    const event = outcomes.flatMap(({ code, events }) => (code === 0 ? events : [])).find(told);
    if (event === undefined) return null;
    const number = (key: string): bigint => {
        const text = event.attributes[key] ?? "";
        if (!/^\d{1,39}$/.test(text))
            throw new Error(`window_settled: expected a whole number in ${key}, got '${text}'`);
        return BigInt(text);
    };
    const hash = (key: string): string | null => {
        const text = event.attributes[key] ?? "";
        return /^[0-9a-f]{64}$/.test(text) ? text : null;
    };
    return {
        supply: number("supply_mwh"),
        demand: number("demand_mwh"),
        payable: number("payable_mwh"),
        traded: number("traded_mwh"),
        debits: number("debits"),
        credits: number("credits"),
        fees: number("fees"),
        rounding: number("rounding"),
        lowestPrice: number("lowest_price"),
        highestPrice: number("highest_price"),
        balancesHash: hash("balances"),
        resultsHash: hash("results"),
    };
}
