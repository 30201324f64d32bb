// What the registry and the settlement of the thousand homes answer, as large as a chain's.
import { toBech32 } from "@cosmjs/encoding";
import type { Json } from "../../src/chain/json.ts";
import type { Line } from "./days.ts";

const HOMES = 1_000;
export const DAY = 86_400;
/** Letters of a compressed public key in hex. */
export const KEY = 66;

export const contract = (byte: number): string => toBech32("wasm", new Uint8Array(32).fill(byte));
const owner = (slot: number): string => toBech32("wasm", new Uint8Array(20).fill(slot % 251));
export const parts = (hex: string, size: number): string[] =>
    Array.from({ length: hex.length / size }, (_, at) => hex.slice(at * size, (at + 1) * size));

export interface Day {
    readonly height: number;
    readonly reportedAt: number;
    readonly finalAt: number;
    readonly line: Line;
    readonly outcome: Outcome;
}

export interface Outcome {
    readonly totals: Record<"supply" | "demand" | "payable" | "traded" | "debit" | "credit", string>;
    readonly community: { readonly fees: readonly { readonly amount: string }[]; readonly rounding: string };
    readonly results: readonly { readonly debit: string; readonly credit: string }[];
}

export function newestOf(days: readonly Day[]): Day {
    const day = days.at(-1);
    if (day === undefined) throw new Error("expected a day at least");
    return day;
}

export class Answers {
    constructor(
        private readonly days: readonly Day[],
        private readonly settlement: string,
    ) {}

    registry(name: string, parameters: Record<string, number | boolean | null>): Json {
        const { signed } = newestOf(this.days).line;
        const after = Number(parameters["start_after"] ?? -1);
        const limit = Number(parameters["limit"] ?? 30);
        const page = <T>(all: readonly T[]) => ({ items: all.slice(0, limit), more: all.length > limit });
        switch (name) {
            case "config":
                return {
                    challenge_period: DAY,
                    interval_length: 900,
                    newest_roster: 1,
                    report_limit: 7 * DAY,
                    resolution: 1_000,
                    rosters_begin: { every: 96, offset: 0 },
                    settlement: this.settlement,
                    slots: HOMES,
                };
            case "ownership":
                return { owner: owner(250), pending_owner: null, pending_expiry: null };
            case "meters": {
                const { items, more } = page(slots().filter((slot) => slot > after));
                return { meters: items.map((slot) => this.meter(slot)), more };
            }
            case "roster": {
                const { items, more } = page(slots().filter((slot) => slot > after));
                const seats = items.map((slot) => ({ seat: slot, slot, import_limit: 17_000, export_limit: 10_000 }));
                return {
                    from: Number(this.days[0]?.line.decoded.first_interval),
                    more,
                    seats,
                    size: HOMES,
                    version: 1,
                };
            }
            case "windows": {
                const all = this.days.map((day) => this.window(day));
                const newest = parameters["newest_first"] === true;
                const before = parameters["start_after"] ?? null;
                const { items, more } = newest
                    ? page(
                          all
                              .reverse()
                              .filter(({ first_interval: first }) => before === null || first < Number(before)),
                      )
                    : page(all.filter(({ first_interval: first }) => first > after));
                return { windows: items, more };
            }
            case "committee":
                return {
                    epoch: 1,
                    committee: {
                        quorum: signed.quorum,
                        members: parts(signed.keys, KEY).map((key, at) => ({
                            address: owner(240 + at),
                            public_key: key,
                        })),
                    },
                };
            default:
                throw new Error(`expected a query that Home or Bill asks, got ${name}`);
        }
    }

    private meter(slot: number): Json {
        return {
            slot,
            owner: owner(slot),
            household: slot,
            weight: 1,
            buy_tier: 0,
            sell_tier: 0,
            priority: 0,
            from: Number(this.days[0]?.line.decoded.first_interval),
            seat: slot,
            meter: {
                serial_hash: "c3".repeat(32),
                kind: "prosumer",
                import_limit: 17_000,
                export_limit: 10_000,
                part: 1_000_000,
                provenance: "sealed",
            },
        };
    }

    private window({ line, height, reportedAt, finalAt }: Day) {
        return {
            first_interval: Number(line.decoded.first_interval),
            intervals: 96,
            state: {
                kind: "reported",
                body_hash: line.decoded.body_hash,
                digest: line.signed.digest,
                epoch: 1,
                final_at: finalAt,
                height,
                mode: 0,
                reported_at: reportedAt,
                revision: 0,
                roster_version: 1,
                scheme: 0,
                seats: HOMES,
                signers: line.signed.members.reduce((bits, member) => bits | (1 << member), 0),
            },
        };
    }

    money(name: string, { slot, start_after: after }: Record<string, number | null>): Json {
        switch (name) {
            case "config":
                return {
                    accounts: HOMES,
                    asset: { native: { denom: "ueur" } },
                    concerns: [],
                    fees: [{ id: 0, label: "network", destination: { account: { address: owner(250) } } }],
                    policy: JSON.parse(newestOf(this.days).line.policy) as Json,
                    registry: newestOf(this.days).line.signed.registry,
                    rounding: { account: { address: owner(250) } },
                };
            case "accounts": {
                const first = (after ?? -1) + 1;
                return { accounts: [{ slot: first, owner: owner(first), free: "30000000", seat: first }], more: true };
            }
            case "held_results": {
                // All before the newest are final.
                const { finalAt, outcome } = newestOf(this.days);
                const { debit, credit } = outcome.results[slot ?? 0] ?? { debit: "0", credit: "0" };
                const held = {
                    first_interval: Number(newestOf(this.days).line.decoded.first_interval),
                    final_at: finalAt,
                    debit,
                    credit,
                };
                return { results: held.first_interval > (after ?? -1) ? [held] : [], more: false };
            }
            case "pending": {
                const { finalAt, outcome } = newestOf(this.days);
                const { debit: debits, credit: credits } = outcome.results[slot ?? 0] ?? { debit: "0", credit: "0" };
                const sums = {
                    debits,
                    credits,
                    ended: "0",
                    windows: 1,
                    more: false,
                    last: Number(newestOf(this.days).line.decoded.first_interval),
                };
                const at = credits === "0" ? null : finalAt;
                return { ...sums, next_final_at: at, last_final_at: at };
            }
            case "books": {
                const free = String(30_000_000 * HOMES);
                return { deposited: free, withdrawn: "0", swept: "0", free, held: "0", community: "0" };
            }
            default:
                throw new Error(`expected a query that Home or Bill asks, got ${name}`);
        }
    }
}

const slots = (): readonly number[] => Array.from({ length: HOMES }, (_, slot) => slot);
