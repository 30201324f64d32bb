// A made-up street, so that everybody can see every screen. Its reports, signatures and hashes are right: bills are settled and checked
// by the engine as those of a chain are. Nothing is asked of anybody.

import { billOf } from "../data/bills.ts";
import { gridEnergy, homeEnergy } from "../data/energy.ts";
import type { ProjectSource } from "../data/projects/source.ts";
import type * as Told from "../data/source.ts";
import { streetOf } from "../data/street.ts";
import { type Engine, loadEngine, type Seat } from "../engine/engine.ts";
import { hashing } from "../engine/hashing.ts";
import type { GridPins } from "../trust/pins.ts";
import type { Policy } from "../types/energy-settlement.ts";
import { booksOf, codesOf, healthOf, proposalsOf, rulesOf, witnessesOf } from "./grid.ts";
import { StreetSettling } from "./settling.ts";
import { PAID_IN, paidIn, type Street, streetPins, windowOf } from "./street.ts";

export class ExampleSource implements Told.GridSource {
    readonly example = true;
    readonly grid: GridPins;
    private readonly all: readonly Told.Window[];
    private readonly settling: StreetSettling;
    private madeProjects: Promise<ProjectSource> | null = null;

    constructor(
        private readonly street: Street,
        private readonly load: () => Promise<Engine> = loadEngine,
    ) {
        this.grid = streetPins(street);
        this.settling = new StreetSettling(street, this.grid, load);
        this.all = street.windows.map((window) => windowOf(window, street.now)).reverse();
    }

    health(): Promise<Told.Health> {
        return Promise.resolve(healthOf(this.street));
    }

    codes(): Promise<readonly Told.CodeCheck[]> {
        return Promise.resolve(codesOf(this.grid));
    }

    rules(): Promise<Told.Rules> {
        return Promise.resolve(rulesOf(this.street));
    }

    books(): Promise<Told.Books> {
        return Promise.resolve(booksOf(this.street));
    }

    async recompute(
        span: Told.RecomputeSpan,
        progress: (how: Told.Recomputing) => void,
        signal: AbortSignal,
    ): Promise<Told.Recomputed> {
        const [{ recompute }, { streetPorts }] = await Promise.all([
            import("../data/recompute/recompute.ts"),
            import("./recomputing.ts"),
        ]);
        const { street, grid: pins, all: windows, load } = this;
        const evidence = () => this.settling.evidence();
        return recompute(streetPorts({ street, pins, windows, evidence, load }), span, progress, signal);
    }

    witnesses(): Promise<Told.Witnesses> {
        return Promise.resolve(witnessesOf(this.street, this.grid, this.all));
    }

    homes(after: number | null, limit: number): Promise<Told.Page<Told.Home>> {
        const from = after === null ? 0 : after + 1;
        const items = this.street.seats.slice(from, from + limit).map((seat) => this.homeOf(seat));
        const next = from + limit < this.street.seats.length ? from + limit - 1 : null;
        return Promise.resolve({ items, next });
    }

    home(slot: number): Promise<Told.Home | null> {
        const seat = this.street.seats[slot];
        return Promise.resolve(seat === undefined ? null : this.homeOf(seat));
    }

    homesOf(owner: string): Promise<readonly Told.Home[]> {
        return Promise.resolve(
            this.street.seats.map((seat) => this.homeOf(seat)).filter((home) => home.owner === owner),
        );
    }

    proposalsOf(owner: string): Promise<readonly Told.Proposal[]> {
        return Promise.resolve(proposalsOf(this.street).filter((one) => one.owner === owner));
    }

    proposals(): Promise<Told.Page<Told.Proposal>> {
        return Promise.resolve({ items: proposalsOf(this.street), next: null });
    }

    account(slot: number): Promise<Told.Account | null> {
        const found = this.street.accounts[slot];
        const owner = this.street.meters[slot]?.owner;
        if (found === undefined || owner === undefined) return Promise.resolve(null);
        const held = this.heldOf(slot).filter(({ credit }) => credit !== "0");
        const coming = held.reduce((sum, { credit }) => sum + BigInt(credit), 0n);
        const [nextAt, lastAt] = [held[0]?.final_at ?? null, held.at(-1)?.final_at ?? null];
        return Promise.resolve({ slot, owner, free: BigInt(found.free), coming, nextAt, lastAt });
    }

    payments(slot: number): Promise<Told.Page<Told.Payment>> {
        const first = this.street.windows[0]?.first_interval ?? 0;
        const owner = this.street.meters[slot]?.owner ?? "";
        const items = [
            {
                kind: "deposit" as const,
                slot,
                amount: paidIn(slot),
                who: owner,
                height: PAID_IN,
                time: first * 900 + 36_000,
                transaction: "A".repeat(64),
            },
        ];
        return Promise.resolve({ items, next: null });
    }

    chainAccount(address: string): Promise<Told.ChainAccount> {
        return Promise.resolve({ address, money: 0n, feeCoins: 0n, known: false, allowance: null });
    }

    windows(before: number | null, limit: number): Promise<Told.Page<Told.Window>> {
        const older = this.all.filter(({ firstInterval }) => before === null || firstInterval < before);
        const items = older.slice(0, limit);
        return Promise.resolve({ items, next: older.length > limit ? (items.at(-1)?.firstInterval ?? null) : null });
    }

    window(firstInterval: number): Promise<Told.Window | null> {
        return Promise.resolve(this.all.find((window) => window.firstInterval === firstInterval) ?? null);
    }

    homeEnergy(
        slot: number,
        from: number,
        to: number,
        progress: (done: number, of: number) => void = () => undefined,
    ): Promise<Told.HomeEnergy> {
        return homeEnergy(this.ports(), slot, from, to, progress);
    }

    gridEnergy(
        from: number,
        to: number,
        progress: (done: number, of: number) => void = () => undefined,
    ): Promise<readonly Told.GridInterval[]> {
        return gridEnergy(this.ports(), from, to, progress);
    }

    async streetAt(interval: number | null) {
        const newest = this.all.find(({ report }) => report !== null);
        return newest === undefined ? null : streetOf(this.ports().settling, newest, interval);
    }

    projects(): Promise<ProjectSource> {
        this.madeProjects ??= import("./projects.ts").then(
            ({ ExampleProjects }) => new ExampleProjects(this.street.now, hashing(this.load)),
        );
        return this.madeProjects;
    }

    async bill(slot: number, firstInterval: number): Promise<Told.Bill | Told.BillUnknown> {
        const window = await this.window(firstInterval);
        if (window?.report == null)
            return { slot, window, intervals: null, check: { result: "incomplete", missing: [] } };
        const { settling, policy } = this.ports();
        const held = (of: number, first: number) =>
            Promise.resolve(this.heldOf(of).find((one) => one.first_interval === first) ?? null);
        return billOf({ pins: this.grid, settling, policy, held }, slot, window);
    }

    private homeOf(seat: Seat): Told.Home {
        const meter = this.street.meters[seat.slot];
        if (meter === undefined) throw new Error(`expected a meter of home ${seat.slot}`);
        return {
            slot: seat.slot,
            owner: meter.owner,
            household: seat.household,
            weight: seat.weight,
            buyTier: seat.buy_tier,
            sellTier: seat.sell_tier,
            priority: seat.priority,
            from: this.street.windows[0]?.first_interval ?? 0,
            meter: {
                serial_hash: "",
                kind: meter.kind as Told.Home["meter"]["kind"],
                import_limit: meter.import_limit,
                export_limit: meter.export_limit,
                provenance: "sealed",
                part: seat.part,
            },
            seat: seat.slot,
        };
    }

    private heldOf(slot: number) {
        const held = this.street.accounts[slot]?.coming ?? [];
        return held as readonly { first_interval: number; final_at: number; debit: string; credit: string }[];
    }

    private ports() {
        const within = (from: number, to: number) =>
            Promise.resolve(
                this.all
                    .filter((window) => window.firstInterval < to && window.firstInterval + window.intervals > from)
                    .reverse(),
            );
        return {
            windows: { within },
            settling: this.settling,
            policy: () => Promise.resolve(this.street.policy as Policy),
            held: (slot: number) => Promise.resolve(this.heldOf(slot)),
        };
    }
}
