// A node of a grid with one reported day of twelve homes: a vector of packages/report, settled here, with what the contracts and the
// block would say of it. A test changes what it wants to be wrong.
import { readFileSync } from "node:fs";
import { QuerySmartContractStateRequest, QuerySmartContractStateResponse } from "cosmjs-types/cosmwasm/wasm/v1/query";
import { fromHex, fromUtf8, toBase64, toHex, utf8 } from "../../src/chain/bytes.ts";
import { NodeError, type NodeTrouble, Refusal } from "../../src/chain/errors.ts";
import type { Json } from "../../src/chain/json.ts";
import { type Block, type NodeStatus, type Outcome, Rpc } from "../../src/chain/rpc.ts";
import type { Engine, Settled } from "../../src/engine/engine.ts";
import { balancesBytes } from "../../src/trust/balances.ts";
import type { GridPins } from "../../src/trust/pins.ts";
import type { Policy } from "../../src/types/energy-settlement.ts";
import { pins } from "../pins.ts";
import { carrying } from "./carrying.ts";

interface Vector {
    readonly bytes: string;
    readonly body_hash: string;
    readonly digest: string;
    readonly domain: { readonly chain_id: string; readonly registry: string };
    readonly committee: { readonly public_keys: readonly string[]; readonly quorum: number };
    readonly signatures: readonly { readonly member: number; readonly signature: string }[];
}

export const vector = JSON.parse(
    readFileSync(new URL("../../../report/vectors/one_day.json", import.meta.url), "utf8"),
) as Vector;
export const SEATS = 12;
export const INTERVALS = 24;
export const HEIGHT = 50;

export const policy: Policy = {
    interval_length: 3600,
    buyers: "even",
    sellers: "pro_rata",
    price: { mid_market: { weight: 5000 } },
    tariff: {
        tables: [{ valid_from: 0, bands: [{ from_minute: 0, retail: "300000", feed_in: "80000" }] }],
        utc_offsets: [],
    },
    fees: [{ id: 1, kind: { basis_points: 200 } }],
    own_injection: "excluded",
    rounding: 1,
    withdrawal_notice: 0,
};

/** A grid.json of that grid. The vector's registry is no address; it is what was signed. */
export function gridPins(change: Partial<GridPins> = {}): GridPins {
    const members = vector.committee.public_keys.map((key, at) => ({
        name: `Witness ${at}`,
        public_key: toBase64(fromHex(key)),
    }));
    return {
        ...pins,
        chain: { ...pins.chain, id: vector.domain.chain_id },
        contracts: { ...pins.contracts, registry: vector.domain.registry },
        committee: [{ epoch: 3, quorum: vector.committee.quorum, members }],
        archives: [],
        ...change,
    };
}

const seats = Array.from({ length: SEATS }, (_, slot) => ({
    slot,
    household: slot,
    weight: 1,
    part: 1_000_000,
    priority: 0,
    buy_tier: 0,
    sell_tier: 0,
}));

export class GridNode extends Rpc {
    readonly firstInterval: number;
    readonly settled: Settled;
    readonly balances: Uint8Array;
    trouble: NodeTrouble | null = null;
    /** Transactions before the one that carried the report, and its signatures. */
    before: Uint8Array[] = [];
    signatures = vector.signatures;
    report = vector.bytes;
    /** The block is gone. */
    forgotten = false;
    /** What the event and the contract say. */
    event: Record<string, string>;
    held: { debit: string; credit: string } | null = null;

    /** Everybody has so many base units. */
    constructor(engine: Engine, free: bigint, name = "North") {
        super(name, `https://${name}.example`);
        const bytes = fromHex(vector.bytes);
        this.balances = balancesBytes(Array.from({ length: SEATS }, () => free));
        this.settled = engine.settle(policy, seats, this.balances, bytes);
        this.firstInterval = engine.decode(bytes).firstInterval;
        const { intervals } = this.settled;
        const sum = (of: (one: (typeof intervals)[number]) => bigint) =>
            String(intervals.reduce((total, one) => total + of(one), 0n));
        this.event = {
            _contract_address: pins.contracts.settlement,
            first_interval: String(this.firstInterval),
            supply_mwh: sum(({ supply }) => supply),
            demand_mwh: sum(({ demand }) => demand),
            payable_mwh: sum(({ payable }) => payable),
            traded_mwh: sum(({ traded }) => traded),
            debits: "0",
            credits: "0",
            fees: "0",
            rounding: "0",
            lowest_price: "0",
            highest_price: "0",
            balances: this.settled.balancesHash,
            results: this.settled.resultsHash,
        };
    }

    override async status(): Promise<NodeStatus> {
        if (this.trouble !== null) throw new NodeError(this.name, this.trouble);
        const time = this.firstInterval * 3600 + 100_000;
        return { chainId: vector.domain.chain_id, height: 60, time, catchingUp: false, oldestBlock: 1, index: true };
    }

    override async block(height: number): Promise<Block> {
        if (this.forgotten) throw new NodeError(this.name, { kind: "forgotten", height });
        const transactions = [...this.before, carrying(vector.domain, this.report, this.signatures)].map(toBase64);
        return { height, time: 0, hash: `B${height}`, transactions };
    }

    override async outcomes(): Promise<readonly Outcome[]> {
        return [
            {
                code: 0,
                codespace: "",
                log: "",
                gasUsed: 1,
                events: [{ type: "wasm-window_settled", attributes: this.event }],
            },
        ];
    }

    override async query(_: string, data: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
        if (this.trouble !== null) throw new NodeError(this.name, this.trouble);
        const { queryData } = QuerySmartContractStateRequest.decode(data);
        const [name = "", parameters] =
            Object.entries(JSON.parse(fromUtf8(queryData)) as Record<string, Json>)[0] ?? [];
        const answer = this.answers(name, parameters as Record<string, number>);
        if (answer === undefined)
            throw new Refusal("wasm", 9, `${name}: expected a known query: query wasm contract failed`);
        return Uint8Array.from(QuerySmartContractStateResponse.encode({ data: utf8(JSON.stringify(answer)) }).finish());
    }

    private answers(name: string, { slot }: Record<string, number>): unknown {
        const { firstInterval } = this;
        const window = { first_interval: firstInterval, intervals: INTERVALS, state: this.state() };
        switch (name) {
            case "config":
                // The registry's and the settlement's in one: each reader takes its own.
                return {
                    accounts: SEATS,
                    asset: { native: { denom: "ueur" } },
                    challenge_period: 86_400,
                    newest_roster: 300,
                    registry: vector.domain.registry,
                    report_limit: 604_800,
                    resolution: 1_000,
                    rosters_begin: { every: 24, offset: 0 },
                    settlement: pins.contracts.settlement,
                    slots: SEATS,
                    interval_length: 3600,
                    policy,
                    fees: [],
                    rounding: { account: { address: "a" } },
                };
            case "windows":
                return { windows: [window], more: false };
            case "window":
                return window;
            case "meters":
                return {
                    meters: seats.map((seat) => ({
                        ...seat,
                        seat: seat.slot,
                        owner: `owner ${seat.slot}`,
                        from: 0,
                        meter: {
                            export_limit: 10_000,
                            import_limit: 17_000,
                            kind: "prosumer",
                            part: 1_000_000,
                            provenance: "sealed",
                            serial_hash: "c3".repeat(32),
                        },
                    })),
                    more: false,
                };
            case "roster":
                return {
                    from: 0,
                    more: false,
                    seats: seats.map(({ slot }) => ({ seat: slot, slot, import_limit: 17_000, export_limit: 10_000 })),
                    size: SEATS,
                    version: 300,
                };
            case "held_results":
                return {
                    results:
                        this.held === null ? [] : [{ first_interval: firstInterval, final_at: 0, slot, ...this.held }],
                    more: false,
                };
            case "next_report":
                return { first_interval: firstInterval + INTERVALS };
            default:
                return undefined;
        }
    }

    private state() {
        return {
            kind: "reported",
            body_hash: vector.body_hash,
            digest: vector.digest,
            epoch: 3,
            final_at: this.firstInterval * 3600 + 200_000,
            height: HEIGHT,
            mode: 0,
            reported_at: 0,
            revision: 0,
            roster_version: 300,
            scheme: 0,
            seats: SEATS,
            signers: 7,
        };
    }
}

export const hashOf = (engine: Engine, bytes: Uint8Array): string => toHex(engine.sha256(bytes));
