// The screens' questions, answered by a chain.

import { Nodes } from "../chain/nodes.ts";
import { account, allowance, balance, type FeeAllowance, smart, units } from "../chain/queries.ts";
import { Rpc } from "../chain/rpc.ts";
import { checkAnswer, type Shapes } from "../chain/shape.ts";
import { type Engine, loadEngine } from "../engine/engine.ts";
import { hashing } from "../engine/hashing.ts";
import { left } from "../sending/fee.ts";
import type { GridPins } from "../trust/pins.ts";
import type { Destination, HeldResult, PendingResponse, Policy } from "../types/energy-settlement.ts";
import { billOf } from "./bills.ts";
import { Contracts, everyPage } from "./contracts.ts";
import { gridEnergy, homeEnergy } from "./energy.ts";
import { codesOf, healthOf } from "./health.ts";
import { Homes } from "./homes.ts";
import { paymentsOf } from "./payments.ts";
import type { ProjectSource } from "./projects/source.ts";
import { Settling } from "./settling.ts";
import type * as Told from "./source.ts";
import { streetOf } from "./street.ts";
import { Windows } from "./windows.ts";

/** Held results a page. */
const HELD_PAGE = 30;
/** Windows that a settlement holds at most. */
const MOST_HELD = 2_000;
/** Windows that say how witnesses sign: as many as quarter hours in a day. */
const WITNESSED = 96;
/** Windows among which the newest reported one is looked for: gaps come one by one. */
const LATELY = 10;
/** For how long the chain's time is taken as it was, ms. */
const TIME_KEPT = 5000;

/** Of the cw20 standard. */
const CW20: Shapes = { answers: { balance: { has: { balance: "units" } } }, named: {} };

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

    async rules(): Promise<Told.Rules> {
        const [registry, settlement, ownership] = await Promise.all([
            this.contracts.registry("config"),
            this.contracts.settlement("config"),
            this.contracts.registry("ownership"),
        ]);
        return {
            policy: settlement.policy,
            intervalLength: registry.interval_length,
            challengePeriod: registry.challenge_period,
            reportLimit: registry.report_limit,
            resolution: registry.resolution,
            homes: registry.slots,
            operator: ownership.owner ?? null,
            pendingOperator: ownership.pending_owner ?? null,
            fees: settlement.fees.map(({ id, label, destination }) => ({
                id,
                label,
                destination: destinationOf(destination),
            })),
            rounding: destinationOf(settlement.rounding),
            concerns: settlement.concerns ?? [],
        };
    }

    async books(): Promise<Told.Books> {
        const [books, community] = await Promise.all([
            this.contracts.settlement("books"),
            this.contracts.settlement("community"),
        ]);
        const [deposited, withdrawn, swept, free, held, ours] = [
            BigInt(books.deposited),
            BigInt(books.withdrawn),
            BigInt(books.swept),
            BigInt(books.free),
            BigInt(books.held),
            BigInt(books.community),
        ];
        return {
            deposited,
            withdrawn,
            swept,
            free,
            held,
            community: ours,
            fees: community.fees.map(({ id, amount }) => ({ id, amount: BigInt(amount) })),
            rounding: BigInt(community.rounding),
            addsUp: deposited === withdrawn + swept + free + held + ours,
        };
    }

    async witnesses(): Promise<Told.Witnesses> {
        const [{ committee, epoch }, next, { items }] = await Promise.all([
            this.contracts.registry("committee"),
            this.contracts.registry("next_report"),
            this.windowsOfGrid.page(null, WITNESSED),
        ]);
        const reported = items.filter(({ report }) => report?.epoch === epoch);
        const pinned = this.grid.committee.find((one) => one.epoch === epoch);
        const members = committee.members.map(({ public_key: publicKey }, member) => {
            const mine = pinned?.members.find((one) => hexOf(one.public_key) === publicKey.toLowerCase());
            const signed = reported.filter(({ report }) => report?.signers.includes(member));
            const lastSigned = signed[0]?.firstInterval ?? null;
            return {
                member,
                name: mine?.name ?? null,
                publicKey,
                pinned: mine !== undefined,
                signed: signed.length,
                lastSigned,
            };
        });
        const first = next.first_interval ?? null;
        return {
            epoch,
            quorum: committee.quorum,
            members,
            windows: reported.length,
            next: first === null ? null : { firstInterval: first, gap: next.gap, expiresAt: next.expires_at ?? null },
        };
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

    async account(slot: number): Promise<Told.Account | null> {
        const page = await this.contracts.settlement("accounts", {
            start_after: slot === 0 ? null : slot - 1,
            limit: 1,
        });
        const found = page.accounts[0];
        if (found?.slot !== slot) return null;
        const { free, owner } = found;
        return { slot, owner, ...purseOf(BigInt(free), await this.pending(slot)) };
    }

    payments(slot: number, before: number | null): Promise<Told.Page<Told.Payment>> {
        return paymentsOf(this.contracts, slot, before);
    }

    async chainAccount(address: string): Promise<Told.ChainAccount> {
        const { asset, chain, fee_granter: granter } = this.grid;
        const [state, money, feeCoins, granted, now] = await Promise.all([
            this.nodes.ask((rpc) => account(rpc, address)),
            "denom" in asset
                ? this.nodes.ask((rpc) => balance(rpc, address, asset.denom))
                : this.nodes.ask((rpc) => tokens(rpc, asset.cw20, address)),
            this.nodes.ask((rpc) => balance(rpc, address, chain.fee.denom)),
            granter === null ? null : this.nodes.ask((rpc) => allowance(rpc, granter, address)),
            this.now(),
        ]);
        const paid = granter === null || granted === null ? null : allowanceOf(granter, granted, chain.fee.denom, now);
        return { address, money, feeCoins, known: state !== null, allowance: paid };
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
        return { windows, settling, policy: () => this.policy(), held: (slot: number) => this.held(slot) };
    }

    private held(slot: number): Promise<readonly HeldResult[]> {
        return everyPage(
            this.contracts,
            async (after) => {
                const query = { slot, start_after: after, limit: HELD_PAGE };
                const { results, more } = await this.contracts.settlement("held_results", query);
                return { items: results, more };
            },
            (result) => result.first_interval,
            MOST_HELD,
        );
    }

    /** Sums over windows that are not final: one answer, unless they are very many. */
    private pending(slot: number): Promise<readonly PendingResponse[]> {
        return everyPage(
            this.contracts,
            async (after) => {
                const sums = await this.contracts.settlement("pending", { slot, start_after: after });
                return { items: sums.windows === 0 ? [] : [sums], more: sums.more };
            },
            ({ last }) => last ?? 0,
            MOST_HELD,
        );
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

/** What can be taken out now, with what has ended and is free as soon as somebody takes it, and what is still to come. */
export function purseOf(free: bigint, pending: readonly PendingResponse[]) {
    const sum = (of: (sums: PendingResponse) => string): bigint =>
        pending.reduce((all, sums) => all + BigInt(of(sums)), 0n);
    const ended = sum((sums) => sums.ended);
    const dates = (of: (sums: PendingResponse) => number | null | undefined): number[] =>
        pending.map(of).filter((date) => date !== null && date !== undefined);
    const [next] = dates((sums) => sums.next_final_at);
    return {
        free: free + ended,
        coming: sum((sums) => sums.credits) - ended,
        nextAt: next ?? null,
        lastAt: next === undefined ? null : (dates((sums) => sums.last_final_at).at(-1) ?? null),
    };
}

function destinationOf(destination: Destination): Told.FeeDestination {
    if ("account" in destination) return { account: destination.account.address };
    const { escrow, project, otherwise } = destination.project;
    return { escrow, project, otherwise };
}

/** Tokens of a cw20 that an address has. */
async function tokens(rpc: Rpc, contract: string, address: string): Promise<bigint> {
    const answer = await smart(rpc, contract, { balance: { address } });
    return rpc.read(() => {
        checkAnswer(CW20, "balance", answer);
        return units((answer as { readonly balance: string }).balance);
    });
}

function allowanceOf(granter: string, granted: FeeAllowance, denom: string, now: number): Told.Allowance {
    const limit = granted.periodLimit?.get(denom) ?? granted.limit?.get(denom) ?? null;
    return {
        granter,
        left: left(denom, granted, now),
        limit,
        resetsAt: granted.resetsAt,
        expiresAt: granted.expiresAt,
    };
}

function hexOf(base64: string): string {
    return [...atob(base64)].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
