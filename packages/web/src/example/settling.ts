// The made-up street's windows, settled here by the engine as those of a chain are.

import { fromHex } from "../chain/bytes.ts";
import { Nodes } from "../chain/nodes.ts";
import { Rpc } from "../chain/rpc.ts";
import type { Settlement } from "../data/settling.ts";
import type * as Told from "../data/source.ts";
import type { Engine } from "../engine/engine.ts";
import { plenty } from "../trust/balances.ts";
import { Evidence, type Report } from "../trust/evidence.ts";
import type { GridPins } from "../trust/pins.ts";
import type { Policy } from "../types/energy-settlement.ts";
import { NODE, type Street, signaturesOf } from "./street.ts";

export class StreetSettling {
    private readonly settled = new Map<number, Promise<Settlement>>();

    constructor(
        private readonly street: Street,
        private readonly pins: GridPins,
        private readonly load: () => Promise<Engine>,
    ) {}

    async evidence(): Promise<Evidence> {
        return new Evidence(new Nodes([new Rpc(NODE, "https://node.example")]), this.pins, await this.load());
    }

    /** Each window is settled once: a month of the street takes a few MB. */
    settle(window: Told.Window): Promise<Settlement> {
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
        const settled = engine.settle(this.street.policy as Policy, this.street.seats, balances, bytes);
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
