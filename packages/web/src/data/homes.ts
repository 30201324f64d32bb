// Homes: who takes part, and who sits where in a report.

import type { Seat } from "../engine/engine.ts";
import type { MeterResponse, ProposalResponse } from "../types/meter-registry.ts";
import { type Contracts, each, everyPage, notAList } from "./contracts.ts";
import type { Home, Page, Proposal } from "./source.ts";

/** The most that a page of meters has. */
const PAGE = 100;
/** The most that a page of a roster has. */
const ROSTER_PAGE = 256;
/** Homes that a grid ever admits are not many more than sit in a report. */
const MOST_HOMES = 10_000;
/** Rosters that are kept: a grid has a new one now and then, and a month's bills need few. */
const KEPT = 8;

export class Homes {
    private all: { readonly count: number; readonly homes: Promise<readonly MeterResponse[]> } | null = null;
    private readonly rosters = new Map<number, Promise<readonly (Seat | null)[]>>();

    constructor(private readonly contracts: Contracts) {}

    async page(after: number | null, limit: number): Promise<Page<Home>> {
        const { meters, more } = await this.contracts.registry("meters", {
            start_after: after,
            limit: Math.min(limit, PAGE),
        });
        const items = meters.map(homeOf);
        return { items, next: more ? (items.at(-1)?.slot ?? null) : null };
    }

    async home(slot: number): Promise<Home | null> {
        const { meters } = await this.contracts.registry("meters", {
            start_after: slot === 0 ? null : slot - 1,
            limit: 1,
        });
        const found = meters[0];
        return found?.slot === slot ? homeOf(found) : null;
    }

    /** Those whose owner it was when they were admitted. */
    async of(owner: string): Promise<readonly Home[]> {
        const all = await everyPage(
            this.contracts,
            async (after) => {
                const query = { owner, start_after: after, limit: PAGE };
                const { meters, more } = await this.contracts.registry("meters", query);
                return { items: meters, more };
            },
            ({ slot }) => slot,
            MOST_HOMES,
        );
        return all.map(homeOf);
    }

    async proposalsOf(owner: string): Promise<readonly Proposal[]> {
        const { proposals } = await this.contracts.registry("proposals", { owner, limit: PAGE });
        return proposals.map(proposalOf);
    }

    async proposals(before: number | null): Promise<Page<Proposal>> {
        const { proposals, more } = await this.contracts.registry("proposals", { start_after: before, limit: PAGE });
        const items = proposals.map(proposalOf);
        return { items, next: more ? (items.at(-1)?.proposal ?? null) : null };
    }

    /** The seats of a roster in their order, with what was agreed with each slot; null: vacant. A roster that has begun never changes. */
    seats(version: number, size: number): Promise<readonly (Seat | null)[]> {
        const known = this.rosters.get(version);
        if (known !== undefined) return known;
        const asked = this.askSeats(version, size).catch((error: unknown) => {
            this.rosters.delete(version);
            throw error;
        });
        if (this.rosters.size >= KEPT) this.rosters.delete(this.rosters.keys().next().value ?? -1);
        this.rosters.set(version, asked);
        return asked;
    }

    private async askSeats(version: number, size: number): Promise<readonly (Seat | null)[]> {
        const pages = Array.from({ length: Math.ceil(size / ROSTER_PAGE) }, (_, at) => at * ROSTER_PAGE);
        const [meters, rosters] = await Promise.all([
            this.everyone(),
            each(pages, (from) =>
                this.contracts.registry("roster", {
                    version,
                    start_after: from === 0 ? null : from - 1,
                    limit: ROSTER_PAGE,
                }),
            ),
        ]);
        const seated = rosters.flatMap(({ seats }) => seats);
        const right = rosters.every((page) => page.version === version && page.size === size);
        if (!right || seated.length !== size || seated.some(({ seat }, at) => seat !== at))
            throw notAList(this.contracts, `the ${size} seats of roster ${version} in their order`, `${seated.length}`);
        const bySlot = new Map(meters.map((meter) => [meter.slot, meter]));
        return seated.map(({ slot }) => {
            if (slot === null || slot === undefined) return null;
            const meter = bySlot.get(slot);
            if (meter === undefined) throw notAList(this.contracts, `a meter in slot ${slot}`, "none");
            const { household, weight, priority, buy_tier, sell_tier } = meter;
            return { slot, household, weight, part: meter.meter.part ?? 1_000_000, priority, buy_tier, sell_tier };
        });
    }

    /** Every meter, asked again when there are more. What was agreed with one does not change. */
    private async everyone(): Promise<readonly MeterResponse[]> {
        const { slots } = await this.contracts.registry("config");
        if (this.all?.count !== slots) {
            const pages = Array.from({ length: Math.ceil(slots / PAGE) }, (_, at) => at * PAGE);
            const ask = async () => {
                const answers = await each(pages, (from) =>
                    this.contracts.registry("meters", { start_after: from === 0 ? null : from - 1, limit: PAGE }),
                );
                return answers.flatMap(({ meters }) => meters);
            };
            const homes = ask();
            this.all = { count: slots, homes };
            homes.catch(() => {
                this.all = null;
            });
        }
        return this.all.homes;
    }
}

function proposalOf({ proposal, owner, meter, expires_at }: ProposalResponse): Proposal {
    return { proposal, owner, meter, expiresAt: expires_at };
}

function homeOf(meter: MeterResponse): Home {
    return {
        slot: meter.slot,
        owner: meter.owner,
        household: meter.household,
        weight: meter.weight,
        buyTier: meter.buy_tier,
        sellTier: meter.sell_tier,
        priority: meter.priority,
        from: meter.from,
        meter: meter.meter,
        seat: meter.seat,
    };
}
