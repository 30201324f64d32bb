// The screens' questions, answered by a chain.

import { Nodes } from "../chain/nodes.ts";
import { Rpc } from "../chain/rpc.ts";
import { type Engine, loadEngine } from "../engine/engine.ts";
import { hashing } from "../engine/hashing.ts";
import type { GridPins } from "../trust/pins.ts";
import type { HeldResult, Policy } from "../types/energy-settlement.ts";
import { accountOf, chainAccountOf, heldOf } from "./accounts.ts";
import { billOf } from "./bills.ts";
import { Contracts } from "./contracts.ts";
import { gridEnergy, homeEnergy } from "./energy.ts";
import { booksOf, rulesOf, witnessesOf } from "./grid.ts";
import { codesOf, healthOf } from "./health.ts";
import { Homes } from "./homes.ts";
import { paymentsOf } from "./payments.ts";
import type { ProjectSource } from "./projects/source.ts";
import { Settling } from "./settling.ts";
import type * as Told from "./source.ts";
import { streetOf } from "./street.ts";
import { Windows } from "./windows.ts";

/** Windows among which the newest reported one is looked for: gaps come one by one. */
const LATELY = 10;
/** For how long the chain's time is taken as it was, ms. */
const TIME_KEPT = 5000;

type Progress = (done: number, of: number) => void;
const noProgress: Progress = () => undefined;

export class ChainSource implements Told.GridSource {
    readonly example = false;
    readonly nodes: Nodes;
    private readonly contracts: Contracts;
    private readonly homesOfGrid: Homes;
    private readonly windowsOfGrid: Windows;
    private readonly settling: Settling;
    private policyAsked: Promise<Policy> | null = null;
    private time: { readonly asked: number; readonly block: Promise<number> } | null = null;

    constructor(
        readonly grid: GridPins,
        private readonly load: () => Promise<Engine> = loadEngine,
        nodes: Nodes = new Nodes(grid.chain.nodes.map(({ name, rpc }) => new Rpc(name, rpc))),
    ) {
        this.nodes = nodes;
        this.contracts = new Contracts(nodes, grid);
        this.homesOfGrid = new Homes(this.contracts);
        this.windowsOfGrid = new Windows(this.contracts, () => this.now());
        this.settling = new Settling(this.contracts, this.homesOfGrid, () => this.policy(), load);
    }

    health(): Promise<Told.Health> {
        return healthOf(this.contracts, () => Date.now() / 1000);
    }

    codes(): Promise<readonly Told.CodeCheck[]> {
        return codesOf(this.contracts);
    }

    rules(): Promise<Told.Rules> {
        return rulesOf(this.contracts);
    }

    books(): Promise<Told.Books> {
        return booksOf(this.contracts);
    }

    async recompute(
        span: Told.RecomputeSpan,
        progress: (how: Told.Recomputing) => void,
        signal: AbortSignal,
    ): Promise<Told.Recomputed> {
        // Only who asks for it loads it.
        const { recomputeApart } = await import("./recompute/apart.ts");
        return recomputeApart({ pins: this.grid, node: this.nodes.used.url, span }, progress, signal);
    }

    witnesses(): Promise<Told.Witnesses> {
        return witnessesOf(this.contracts, this.windowsOfGrid);
    }

    homes(after: number | null, limit: number): Promise<Told.Page<Told.Home>> {
        return this.homesOfGrid.page(after, limit);
    }

    home(slot: number): Promise<Told.Home | null> {
        return this.homesOfGrid.home(slot);
    }

    homesOf(owner: string): Promise<readonly Told.Home[]> {
        return this.homesOfGrid.of(owner);
    }

    proposalsOf(owner: string): Promise<readonly Told.Proposal[]> {
        return this.homesOfGrid.proposalsOf(owner);
    }

    proposals(before: number | null): Promise<Told.Page<Told.Proposal>> {
        return this.homesOfGrid.proposals(before);
    }

    account(slot: number): Promise<Told.Account | null> {
        return accountOf(this.contracts, slot);
    }

    payments(slot: number, before: number | null): Promise<Told.Page<Told.Payment>> {
        return paymentsOf(this.contracts, slot, before);
    }

    async chainAccount(address: string): Promise<Told.ChainAccount> {
        return chainAccountOf(this.contracts, address, await this.now());
    }

    windows(before: number | null, limit: number): Promise<Told.Page<Told.Window>> {
        return this.windowsOfGrid.page(before, limit);
    }

    window(firstInterval: number): Promise<Told.Window | null> {
        return this.windowsOfGrid.one(firstInterval);
    }

    homeEnergy(slot: number, from: number, to: number, progress: Progress = noProgress): Promise<Told.HomeEnergy> {
        return homeEnergy(this.energyPorts(), slot, from, to, progress);
    }

    gridEnergy(from: number, to: number, progress: Progress = noProgress): Promise<readonly Told.GridInterval[]> {
        return gridEnergy(this.energyPorts(), from, to, progress);
    }

    async streetAt(interval: number | null) {
        const { items } = await this.windowsOfGrid.page(null, LATELY);
        const newest = items.find(({ report }) => report !== null);
        return newest === undefined ? null : streetOf(this.settling, newest, interval);
    }

    async projects(): Promise<ProjectSource | null> {
        if (this.grid.contracts.escrow === null) return null;
        const { ChainProjects } = await import("./projects/chain.ts");
        return new ChainProjects(this.contracts, hashing(this.load));
    }

    async bill(slot: number, firstInterval: number): Promise<Told.Bill | Told.BillUnknown> {
        const window = await this.window(firstInterval);
        if (window === null || window.report === null) {
            return { slot, window, intervals: null, check: { result: "incomplete", missing: [] } };
        }
        const held = async (of: number, first: number): Promise<HeldResult | null> => {
            const start = first === 0 ? null : first - 1;
            const { results } = await this.contracts.settlement("held_results", {
                slot: of,
                start_after: start,
                limit: 1,
            });
            return results[0]?.first_interval === first ? results[0] : null;
        };
        const { grid: pins, settling } = this;
        return billOf({ pins, settling, policy: () => this.policy(), held }, slot, window);
    }

    private energyPorts() {
        const { windowsOfGrid: windows, settling } = this;
        return { windows, settling, policy: () => this.policy(), held: (slot: number) => heldOf(this.contracts, slot) };
    }

    /** The policy, which never changes. */
    private policy(): Promise<Policy> {
        this.policyAsked ??= this.contracts.settlement("config").then(
            ({ policy }) => policy,
            (error: unknown) => {
                this.policyAsked = null;
                throw error;
            },
        );
        return this.policyAsked;
    }

    /** The chain's time: deadlines go by it. */
    private now(): Promise<number> {
        const asked = Date.now();
        if (this.time === null || asked - this.time.asked > TIME_KEPT) {
            const block = this.nodes.ask((rpc) => rpc.status()).then(({ time }) => time);
            this.time = { asked, block };
            block.catch(() => {
                this.time = null;
            });
        }
        return this.time.block;
    }
}
