// What the registry and the settlement of the thousand homes answer, as large as a chain's.
import { toBech32 } from "@cosmjs/encoding";
import type { Json } from "../../src/chain/json.ts";
import { type Books, DAY, HOMES, type Settled } from "./books.ts";

/** Letters of a compressed public key in hex. */
export const KEY = 66;

export const contract = (byte: number): string => toBech32("wasm", new Uint8Array(32).fill(byte));
const owner = (slot: number): string => toBech32("wasm", new Uint8Array(20).fill(slot % 251));
export const parts = (hex: string, size: number): string[] =>
    Array.from({ length: hex.length / size }, (_, at) => hex.slice(at * size, (at + 1) * size));

export function newestOf(windows: readonly Settled[]): Settled {
    const newest = windows.at(-1);
    if (newest === undefined) throw new Error("expected a window at least");
    return newest;
}

export class Answers {
    private readonly all: readonly Settled[];

    constructor(
        private readonly books: Books,
        private readonly settlement: string,
    ) {
        this.all = books.windows;
    }

    registry(name: string, parameters: Record<string, number | boolean | null>): Json {
        const { signed } = newestOf(this.all).line;
        const after = Number(parameters["start_after"] ?? -1);
        const limit = Number(parameters["limit"] ?? 30);
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
                const { items, more } = page(
                    slots().filter((slot) => slot > after),
                    limit,
                );
                return { meters: items.map((slot) => this.meter(slot)), more };
            }
            case "roster": {
                const { items, more } = page(
                    slots().filter((slot) => slot > after),
                    limit,
                );
                const seats = items.map((slot) => ({ seat: slot, slot, import_limit: 17_000, export_limit: 10_000 }));
                return {
                    from: Number(this.all[0]?.line.decoded.first_interval),
                    more,
                    seats,
                    size: HOMES,
                    version: 1,
                };
            }
            case "windows": {
                const all = this.all.map((window) => this.window(window));
                const newest = parameters["newest_first"] === true;
                const before = parameters["start_after"] ?? null;
                const found = newest
                    ? all.reverse().filter(({ first_interval: first }) => before === null || first < Number(before))
                    : all.filter(({ first_interval: first }) => first > after);
                const { items, more } = page(found, limit);
                return { windows: items, more };
            }
            case "next_report":
                return this.next();
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
                throw new Error(`expected a query that a reader asks, got ${name}`);
        }
    }

    private next(): Json {
        const { line, height } = newestOf(this.all);
        const { first_interval: first, intervals } = line.decoded;
        return {
            epoch: 1,
            first_interval: Number(first) + intervals,
            gap: false,
            height,
            max_intervals: 192,
            oldest_interval: Number(first) + intervals,
            quorum: line.signed.quorum,
            resolution: 1_000,
            roster_version: 1,
            seats: HOMES,
        };
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
            from: Number(this.all[0]?.line.decoded.first_interval),
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

    private window({ line, height, reportedAt, finalAt }: Settled) {
        return {
            first_interval: Number(line.decoded.first_interval),
            intervals: line.decoded.intervals,
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

    money(name: string, { slot, start_after: after, limit }: Record<string, number | null>): Json {
        switch (name) {
            case "config":
                return {
                    accounts: HOMES,
                    asset: { native: { denom: "ueur" } },
                    concerns: [],
                    fees: [{ id: 0, label: "network", destination: { account: { address: owner(250) } } }],
                    policy: JSON.parse(newestOf(this.all).line.policy) as Json,
                    registry: newestOf(this.all).line.signed.registry,
                    rounding: { account: { address: owner(250) } },
                };
            case "accounts": {
                const { items, more } = page(
                    slots().filter((slot) => slot > (after ?? -1)),
                    limit ?? 30,
                );
                const told = (slot: number) => ({
                    slot,
                    owner: owner(slot),
                    free: String(this.books.free[slot]),
                    seat: slot,
                });
                return { accounts: items.map(told), more };
            }
            case "held_results": {
                // All before the newest are final.
                const { finalAt, outcome } = newestOf(this.all);
                const { debit, credit } = outcome.results[slot ?? 0] ?? { debit: "0", credit: "0" };
                const held = {
                    first_interval: Number(newestOf(this.all).line.decoded.first_interval),
                    final_at: finalAt,
                    debit,
                    credit,
                };
                return { results: held.first_interval > (after ?? -1) ? [held] : [], more: false };
            }
            case "pending": {
                const { finalAt, outcome } = newestOf(this.all);
                const { debit: debits, credit: credits } = outcome.results[slot ?? 0] ?? { debit: "0", credit: "0" };
                const sums = {
                    debits,
                    credits,
                    ended: "0",
                    windows: 1,
                    more: false,
                    last: Number(newestOf(this.all).line.decoded.first_interval),
                };
                const at = credits === "0" ? null : finalAt;
                return { ...sums, next_final_at: at, last_final_at: at };
            }
            case "community":
                return { fees: [], rounding: String(this.books.sums.community) };
            case "books": {
                const { deposited, withdrawn, swept, free, held, community } = this.books.sums;
                const sums = { deposited, withdrawn, swept, free, held, community };
                return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, String(sum)]));
            }
            default:
                throw new Error(`expected a query that a reader asks, got ${name}`);
        }
    }
}

const page = <T>(all: readonly T[], limit: number) => ({ items: all.slice(0, limit), more: all.length > limit });
const slots = (): readonly number[] => Array.from({ length: HOMES }, (_, slot) => slot);
