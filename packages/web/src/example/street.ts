// The made-up street as it is written by the engine's example, and as a chain would tell it.

import { fromHex } from "../chain/bytes.ts";
import type * as Told from "../data/source.ts";
import type { Seat } from "../engine/engine.ts";
import type { Report } from "../trust/evidence.ts";
import type { GridPins } from "../trust/pins.ts";
import type { PinnedReaders } from "../trust/readers.ts";

/** What `cargo run -p gridpact-engine --example street` writes. */
export interface Street {
    readonly chain_id: string;
    readonly registry: string;
    readonly now: number;
    readonly policy: unknown;
    readonly quorum: number;
    readonly keys: readonly string[];
    readonly seats: readonly Seat[];
    readonly meters: readonly { owner: string; kind: string; import_limit: number; export_limit: number }[];
    readonly windows: readonly StreetWindow[];
    readonly accounts: readonly { free: string; coming: readonly Record<"debit" | "credit", string>[] }[];
    readonly books: Readonly<Record<"deposited" | "free" | "held" | "community", string>>;
}

export interface StreetWindow {
    readonly first_interval: number;
    readonly intervals: number;
    readonly report: string | null;
    readonly balances?: string;
    readonly signers?: readonly number[];
    readonly signatures?: string;
    readonly digest?: string;
    readonly body_hash?: string;
    readonly height?: number;
    readonly reported_at?: number;
    readonly final_at?: number;
    readonly fees?: readonly { amount: string }[];
    readonly balances_hash?: string;
    readonly results_hash?: string;
}

/** The name of its only node. */
export const NODE = "Example";
const SIGNATURE = 64;
/** The block in which all homes paid in. */
export const PAID_IN = 39_000;
/** What each home paid in: one had little. */
export const paidIn = (slot: number): bigint => (slot === 6 ? 3_000_000n : 40_000_000n);
/** What its witnesses are called. */
export const NAMES = ["North", "East", "South", "West"];

/** Who reads its meters: one is out of all but one's reach, and in the home of another one a witness lives. */
const READERS: PinnedReaders["meters"] = [
    {
        slots: [
            [0, 16],
            [18, 20],
        ],
        read_by: [0, 1, 2],
        need: 2,
        home: null,
    },
    { slots: [[17, 17]], read_by: [1], need: 1, home: null },
    { slots: [[21, 21]], read_by: [3], need: 1, home: 3 },
    { slots: [[22, 23]], read_by: [1, 2], need: 2, home: null },
];

/** The street's own grid.json. */
export function streetPins(street: Street): GridPins {
    const members = street.keys.map((key, at) => ({
        name: NAMES[at] ?? null,
        public_key: btoa(String.fromCharCode(...fromHex(key))),
    }));
    const code = "0".repeat(64);
    return {
        version: 1,
        name: "Linden Lane",
        chain: {
            id: street.chain_id,
            prefix: "wasm",
            nodes: [{ name: NODE, rpc: "https://node.example", rest: null }],
            fee: { denom: "stake", symbol: "STAKE", decimals: 6, gas_price: "0.025" },
        },
        contracts: { registry: street.registry, settlement: "wasm1example0settlement", escrow: null },
        code: { "meter-registry": code, "energy-settlement": code, "pledge-escrow": code },
        committee: [{ epoch: 1, quorum: street.quorum, members }],
        readers: { version: 1, from: 0, epoch: 1, meters: READERS },
        asset: { denom: "ueur", symbol: "EUR", currency: "EUR", decimals: 6 },
        time_zone: "Europe/Vienna",
        languages: ["en", "de", "fr"],
        fee_granter: null,
        archives: [],
    };
}

/** Who signed a window's report, and how. */
export function signaturesOf(window: StreetWindow): Report["signatures"] {
    const all = fromHex(window.signatures ?? "");
    return (window.signers ?? []).map((member, at) => ({
        member,
        signature: all.slice(at * SIGNATURE, (at + 1) * SIGNATURE),
    }));
}

/** A window of the street as a registry and a settlement tell it. */
export function windowOf(told: StreetWindow, now: number): Told.Window {
    const { first_interval: firstInterval, intervals } = told;
    if (told.report === null) return { firstInterval, intervals, state: "gap", report: null, sums: null };
    const of = told as StreetWindow &
        Readonly<Record<string, string>> & {
            readonly final_at: number;
            readonly reported_at: number;
            readonly height: number;
        };
    const whole = (name: string): bigint => BigInt(of[name] ?? "0");
    return {
        firstInterval,
        intervals,
        state: of.final_at <= now ? "final" : "provisional",
        report: {
            revision: 0,
            reportedAt: of.reported_at,
            finalAt: of.final_at,
            height: of.height,
            epoch: 1,
            seats: 24,
            rosterVersion: 1,
            signers: told.signers ?? [],
            bodyHash: told.body_hash ?? "",
            digest: told.digest ?? "",
        },
        sums: {
            supply: whole("supply"),
            demand: whole("demand"),
            payable: whole("payable"),
            traded: whole("traded"),
            debits: whole("debits"),
            credits: whole("credits"),
            fees: (told.fees ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n),
            rounding: whole("rounding"),
            lowestPrice: whole("lowest_price"),
            highestPrice: whole("highest_price"),
            balancesHash: told.balances_hash ?? null,
            resultsHash: told.results_hash ?? null,
        },
    };
}
