// A made-up street, so that everybody can see every screen. Its reports, signatures and hashes are right: bills are settled and checked
// by the engine as those of a chain are. Nothing is asked of anybody.

import { fromHex } from "../chain/bytes.ts";
import { Nodes } from "../chain/nodes.ts";
import { Rpc } from "../chain/rpc.ts";
import { billOf } from "../data/bills.ts";
import { gridEnergy, homeEnergy } from "../data/energy.ts";
import type { ProjectSource } from "../data/projects/source.ts";
import { readersOf } from "../data/readers.ts";
import type { Settlement } from "../data/settling.ts";
import type * as Told from "../data/source.ts";
import { streetOf } from "../data/street.ts";
import { type Engine, loadEngine, type Seat } from "../engine/engine.ts";
import { hashing } from "../engine/hashing.ts";
import { plenty } from "../trust/balances.ts";
import { Evidence, type Report } from "../trust/evidence.ts";
import type { GridPins } from "../trust/pins.ts";
import type { Policy } from "../types/energy-settlement.ts";
import { NAMES, NODE, PAID_IN, paidIn, type Street, signaturesOf, streetPins, windowOf } from "./street.ts";

export class ExampleSource implements Told.GridSource {
    readonly example = true;
    readonly grid: GridPins;
    private readonly policy: Policy;
    private readonly all: readonly Told.Window[];
    private readonly settled = new Map<number, Promise<Settlement>>();
    private madeProjects: Promise<ProjectSource> | null = null;

    constructor(
        private readonly street: Street,
        private readonly load: () => Promise<Engine> = loadEngine,
    ) {
        this.grid = streetPins(street);
        // Written by the market itself, in the shape in which a settlement answers it.
        this.policy = street.policy as Policy;
        this.all = street.windows.map((window) => windowOf(window, street.now)).reverse();
    }

    health(): Promise<Told.Health> {
        const { now } = this.street;
        const node = {
            name: NODE,
            rpc: "https://node.example",
            state: "well",
            chainId: this.street.chain_id,
            height: 240_000,
            blockTime: now,
            oldestBlock: 1,
            index: true,
            took: 12,
        } as const;
        return Promise.resolve({ nodes: [node], archives: [], used: NODE, differences: [], clockOff: null });
    }

    codes(): Promise<readonly Told.CodeCheck[]> {
        const { contracts, code } = this.grid;
        const of = (contract: "meter-registry" | "energy-settlement", address: string): Told.CodeCheck => ({
            contract,
            address,
            expected: code[contract],
            found: code[contract],
            admin: null,
            same: true,
        });
        return Promise.resolve([
            of("meter-registry", contracts.registry),
            of("energy-settlement", contracts.settlement),
        ]);
    }

    rules(): Promise<Told.Rules> {
        return Promise.resolve({
            policy: this.policy,
            intervalLength: 900,
            challengePeriod: 86_400,
            reportLimit: 604_800,
            resolution: 1_000,
            homes: this.street.seats.length,
            operator: "wasm1example0operator",
            pendingOperator: null,
            fees: [
                {
                    id: 1,
                    label: "Street line",
                    destination: { escrow: "wasm1example0escrow", project: 1, otherwise: "wasm1example0operator" },
                },
            ],
            rounding: { account: "wasm1example0operator" },
            concerns: [],
        });
    }

    books(): Promise<Told.Books> {
        const { deposited, free, held, community } = this.street.books;
        const sums = {
            deposited: BigInt(deposited),
            withdrawn: 0n,
            swept: 0n,
            free: BigInt(free),
            held: BigInt(held),
            community: BigInt(community),
        };
        return Promise.resolve({ ...sums, fees: [{ id: 1, amount: sums.community }], rounding: 0n, addsUp: true });
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
        const { evidence } = this.ports().settling;
        return recompute(streetPorts({ street, pins, windows, evidence, load }), span, progress, signal);
    }

    witnesses(): Promise<Told.Witnesses> {
        const reported = this.all.flatMap(({ firstInterval, report }) =>
            report === null ? [] : [{ firstInterval, report }],
        );
        const members = this.street.keys.map((publicKey, member) => {
            const signed = reported.filter(({ report }) => report.signers.includes(member));
            return {
                member,
                name: NAMES[member] ?? null,
                publicKey,
                pinned: true,
                signed: signed.length,
                lastSigned: signed[0]?.firstInterval ?? null,
            };
        });
        const [newest] = this.all;
        const next =
            newest === undefined
                ? null
                : { firstInterval: newest.firstInterval + newest.intervals, gap: false, expiresAt: null };
        const { quorum } = this.street;
        const readers = readersOf(this.grid, 1);
        return Promise.resolve({ epoch: 1, quorum, members, windows: reported.length, next, readers });
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

    async proposalsOf(owner: string): Promise<readonly Told.Proposal[]> {
        return (await this.proposals()).items.filter((one) => one.owner === owner);
    }

    proposals(): Promise<Told.Page<Told.Proposal>> {
        const meter = {
            serial_hash: "ab".repeat(32),
            kind: "prosumer",
            import_limit: 17_250,
            export_limit: 10_000,
            provenance: "sealed",
        } as const;
        const expiresAt = this.street.now + 12 * 86_400;
        const items = [
            { proposal: 27, owner: "wasm1example0home030", meter, expiresAt },
            { proposal: 26, owner: "wasm1example0home012", meter: { ...meter, kind: "storage" as const }, expiresAt },
        ];
        return Promise.resolve({ items, next: null });
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
        const evidence = async () =>
            new Evidence(new Nodes([new Rpc(NODE, "https://node.example")]), this.grid, await this.load());
        const settling = { settle: (window: Told.Window) => this.settle(window), evidence };
        return {
            windows: { within },
            settling,
            policy: () => Promise.resolve(this.policy),
            held: (slot: number) => Promise.resolve(this.heldOf(slot)),
        };
    }

    /** Each window is settled once: a month of the street takes a few MB. */
    private settle(window: Told.Window): Promise<Settlement> {
        const known = this.settled.get(window.firstInterval) ?? this.work(window);
        this.settled.set(window.firstInterval, known);
        return known;
    }

    private async work({ firstInterval, sums }: Told.Window): Promise<Settlement> {
        const engine = await this.load();
        const told = this.street.windows.find((window) => window.first_interval === firstInterval);
        if (told?.report == null || sums === null) throw new Error(`expected a report of ${firstInterval}`);
        const since = performance.now();
        const bytes = fromHex(told.report);
        const short = sums.payable !== sums.demand;
        const balances = short ? fromHex(told.balances ?? "") : plenty(this.street.seats.length);
        const report: Report = { bytes, from: NODE, signatures: signaturesOf(told), transaction: null };
        const decoded = engine.decode(bytes);
        const settled = engine.settle(this.policy, this.street.seats, balances, bytes);
        return {
            report,
            decoded,
            slots: this.street.seats.map(({ slot }) => slot),
            settled,
            balancesFrom: short ? NODE : null,
            missing: [],
            forged: null,
            took: performance.now() - since,
        };
    }
}
