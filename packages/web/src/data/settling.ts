// Windows settled on this device, from evidence, for the screens that show more than the chain tells.

import type { Decoded, Engine, Settled } from "../engine/engine.ts";
import { plenty } from "../trust/balances.ts";
import { Evidence, type Forged, type Report } from "../trust/evidence.ts";
import type { Policy } from "../types/energy-settlement.ts";
import type { Contracts } from "./contracts.ts";
import type { Homes } from "./homes.ts";
import type { Missing, Window } from "./source.ts";

/** A window with all that is known of it here. */
export interface SettledHere {
    readonly report: Report;
    readonly decoded: Decoded;
    /** The slot of each seat; null: vacant. */
    readonly slots: readonly (number | null)[];
    /** Null where balances played a part and are not to be had, and `missing` says why. */
    readonly settled: Settled | null;
    /** Where the balances are from; null: they played no part. */
    readonly balancesFrom: string | null;
    readonly missing: readonly Missing[];
    readonly forged: Forged | null;
    /** ms that decoding and settling took. */
    readonly took: number;
}

export type Settlement =
    | SettledHere
    | {
          readonly settled: null;
          readonly report: null;
          readonly missing: readonly Missing[];
          readonly forged: Forged | null;
      };

/** Windows of 1,000 homes x 96 take 5 MB each; a month is gone through one by one. */
const KEPT = 6;

export class Settling {
    private readonly known = new Map<string, Promise<Settlement>>();

    constructor(
        private readonly contracts: Contracts,
        private readonly homes: Homes,
        private readonly policy: () => Promise<Policy>,
        private readonly load: () => Promise<Engine>,
    ) {}

    /** Settles a reported window here. What could not be had is told, and asked for again the next time. */
    settle(window: Window): Promise<Settlement> {
        const key = window.report?.digest ?? `gap ${window.firstInterval}`;
        const known = this.known.get(key);
        if (known !== undefined) return known;
        const asked = this.work(window).then(
            (done) => {
                if (done.settled === null) this.known.delete(key);
                return done;
            },
            (error: unknown) => {
                this.known.delete(key);
                throw error;
            },
        );
        if (this.known.size >= KEPT) this.known.delete(this.known.keys().next().value ?? "");
        this.known.set(key, asked);
        return asked;
    }

    async evidence(): Promise<Evidence> {
        return new Evidence(this.contracts.nodes, this.contracts.pins, await this.load());
    }

    private async work({ firstInterval, report: reported, sums }: Window): Promise<Settlement> {
        if (reported === null) throw new Error("expected a reported window, got a gap");
        const [engine, evidence] = await Promise.all([this.load(), this.evidence()]);
        const [had, seats, policy] = await Promise.all([
            evidence.report(firstInterval, reported),
            this.homes.seats(reported.rosterVersion, reported.seats),
            this.policy(),
        ]);
        if (!("got" in had)) return { settled: null, report: null, ...bad(had) };
        const report = had.got;
        const since = performance.now();
        const decoded = engine.decode(report.bytes);
        const slots = seats.map((seat) => seat?.slot ?? null);
        const rest = { report, decoded, slots };
        if (sums === null) {
            const missing: Missing = { what: "sums", firstInterval, height: reported.height, why: "forgotten" };
            return {
                ...rest,
                settled: null,
                balancesFrom: null,
                missing: [missing],
                forged: null,
                took: performance.now() - since,
            };
        }
        // The chain tells that all demand could be paid: then balances decided nothing.
        const short = sums.payable !== sums.demand;
        const balances = short
            ? await evidence.balances(firstInterval, sums.balancesHash)
            : { got: { bytes: plenty(seats.length), from: null } };
        if (!("got" in balances))
            return { ...rest, settled: null, balancesFrom: null, ...bad(balances), took: performance.now() - since };
        const settled = engine.settle(policy, seats, balances.got.bytes, report.bytes);
        const took = performance.now() - since;
        return { ...rest, settled, balancesFrom: balances.got.from, missing: [], forged: null, took };
    }
}

function bad(had: { readonly missing: Missing } | { readonly forged: Forged }): {
    missing: readonly Missing[];
    forged: Forged | null;
} {
    return "missing" in had ? { missing: [had.missing], forged: null } : { missing: [], forged: had.forged };
}
