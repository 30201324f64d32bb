// One replay: its beginning, then step by step. It stops where evidence is missing or something cannot have happened.

import type { ReplayedBooks } from "../../engine/replayed.ts";
import { amountsOf, plenty } from "../../trust/balances.ts";
import type { Had } from "../../trust/evidence.ts";
import type { BookDifference, Missing } from "../source.ts";
import type { RecomputePorts } from "./ports.ts";
import type { Range, Reported } from "./range.ts";
import type { SettledStep, Step } from "./steps.ts";

/** Evidence that was not to be had, or is not what it should be: the replay ends. */
class Ended extends Error {
    constructor(readonly why: { readonly missing: Missing } | { readonly difference: BookDifference }) {
        super("the replay ended");
    }
}

/** For how long it works before the thread that it runs on may do something else, ms. */
const AT_ONCE = 30;

export class Replay {
    windows = 0;
    signed = 0;
    payments = 0;
    differences: BookDifference[] = [];
    missing: Missing | null = null;
    /** Whether it ended before its end with something that cannot be. */
    broken = false;
    private readonly known: ReadonlyMap<number, Reported>;
    private readonly rosters = new Set<number>();
    private readonly times = new Map<number, number>();

    constructor(
        private readonly ports: RecomputePorts,
        private readonly books: ReplayedBooks,
        private readonly range: Range,
        private readonly steps: readonly Step[],
    ) {
        const { held, windows } = range;
        this.known = new Map([...held, ...windows].map((window) => [window.firstInterval, window]));
        for (const { report } of this.known.values()) this.times.set(report.height, report.reportedAt);
    }

    async run(
        accounts: ReadonlyMap<number, bigint>,
        signal: AbortSignal,
        listen: (done: number, of: number) => void,
    ): Promise<void> {
        try {
            this.all();
            await this.begin([...accounts.keys()], signal, () => listen(this.windows, this.known.size));
            let since = performance.now();
            for (const step of this.steps.slice(this.start())) {
                if (performance.now() - since > AT_ONCE) {
                    await new Promise((done) => setTimeout(done));
                    since = performance.now();
                }
                signal.throwIfAborted();
                await this.take(step);
                listen(this.windows, this.known.size);
            }
        } catch (error) {
            if (!(error instanceof Ended)) throw error;
            if ("missing" in error.why) this.missing = error.why.missing;
            else {
                this.differences.push(error.why.difference);
                this.broken = true;
            }
        }
    }

    /** Where the steps of the replay begin: with its first window, or with the grid. */
    private start(): number {
        const [first] = this.range.windows;
        if (this.range.whole || first === undefined) return 0;
        const at = this.steps.findIndex(
            (step) => step.kind === "settled" && step.firstInterval === first.firstInterval,
        );
        if (at < 0) throw this.leftOut(first);
        return at;
    }

    private async begin(slots: readonly number[], signal: AbortSignal, listen: () => void): Promise<void> {
        const [first] = this.range.windows;
        const opening =
            this.range.whole || first === undefined ? new Map<number, bigint>() : await this.opening(first, slots);
        for (const slot of slots) this.books.open(slot, opening.get(slot) ?? 0n);
        for (const window of this.range.held) {
            signal.throwIfAborted();
            await this.hold(window);
            listen();
        }
    }

    /** What was free in every account when the first window was settled. */
    private async opening(first: Reported, slots: readonly number[]): Promise<Map<number, bigint>> {
        const { firstInterval, report } = first;
        const { balances } = this.settledStep(first);
        const { bytes } = had(await this.ports.balances(firstInterval, balances), firstInterval);
        const seats = await this.ports.seats(report.rosterVersion, report.seats);
        const free = amountsOf(bytes);
        const opening = new Map(
            seats.flatMap((seat, at) => (seat === null ? [] : [[seat.slot, free[at] ?? 0n] as const])),
        );
        // Homes that have an account and no seat yet have neither bought nor sold: they have what was paid in.
        const start = this.start();
        const opened = (slot: number) => (step: Step) =>
            step.kind === "opened" && slot >= step.firstSlot && slot < step.firstSlot + step.count;
        for (const slot of slots) {
            if (opening.has(slot) || this.steps.slice(start).some(opened(slot))) continue;
            const before = this.steps.slice(0, start).filter(({ height }) => height === report.height);
            opening.set(slot, (await this.ports.paidBefore(slot, report.height)) + paid(before, slot));
        }
        return opening;
    }

    private async hold(window: Reported): Promise<void> {
        const step = this.settledStep(window);
        const { firstInterval, report } = window;
        const bytes = await this.evidence(window);
        const balances = step.short
            ? had(await this.ports.balances(firstInterval, step.balances), firstInterval).bytes
            : plenty(report.seats);
        const { results } = this.cannot(report.height, () => this.books.hold(report.finalAt, balances, bytes));
        if (results !== step.results) this.note({ what: "results", firstInterval });
        this.windows += 1;
    }

    private async take(step: Step): Promise<void> {
        const { height } = step;
        switch (step.kind) {
            case "opened":
                return;
            case "deposited":
                this.payments += 1;
                return this.cannot(height, () => this.books.deposit(step.slot, step.amount));
            case "withdrawn": {
                this.payments += 1;
                const now = await this.time(height);
                return this.cannot(height, () => this.books.withdraw(now, step.slot, step.amount));
            }
            case "finalised": {
                const now = await this.time(height);
                const final = this.cannot(height, () => this.books.finalise(now));
                if (final === step.firstInterval) return;
                const detail = `expected window ${final ?? "none"} to become final, got ${step.firstInterval}`;
                throw new Ended({ difference: { what: "event", height, detail } });
            }
            case "swept":
                return this.sweep(height, step.fee, step.amount);
            case "settled":
                return this.settle(step, height);
        }
    }

    /** Only books that began with the grid know what is in the community account. */
    private sweep(height: number, fee: number | null, amount: bigint): void {
        this.payments += 1;
        if (!this.range.whole) return;
        const here = this.cannot(height, () => this.books.sweep(fee));
        if (here !== amount) this.note({ what: "sum", sum: "swept", here, told: amount });
    }

    private async settle(step: SettledStep, height: number): Promise<void> {
        const window = this.known.get(step.firstInterval);
        if (window === undefined) {
            const detail = `expected a window that the registry lists, got ${step.firstInterval}`;
            throw new Ended({ difference: { what: "event", height, detail } });
        }
        const { firstInterval, report } = window;
        const bytes = await this.evidence(window);
        const here = this.cannot(height, () => this.books.settle(report.reportedAt, report.finalAt, bytes));
        if (here.balances !== step.balances) this.note({ what: "balances", firstInterval });
        else if (here.results !== step.results) this.note({ what: "results", firstInterval });
        this.windows += 1;
    }

    /** A window's report, under the signatures of a quorum where they are to be had; its roster is known afterwards. */
    private async evidence({ firstInterval, report }: Reported): Promise<Uint8Array> {
        const got = had(await this.ports.report(firstInterval, report), firstInterval);
        const signers = had(await this.ports.signers(got, report), firstInterval);
        if (signers !== null) this.signed += 1;
        if (!this.rosters.has(report.rosterVersion)) {
            const seats = await this.ports.seats(report.rosterVersion, report.seats);
            this.cannot(report.height, () => this.books.roster(report.rosterVersion, seats));
            this.rosters.add(report.rosterVersion);
        }
        return got.bytes;
    }

    private settledStep(window: Reported): SettledStep {
        const step = this.steps.find((one) => one.kind === "settled" && one.firstInterval === window.firstInterval);
        if (step?.kind !== "settled") throw this.leftOut(window);
        return step;
    }

    /** Every window that the registry lists was settled, as its node tells: what it left out is missing, and nothing is wrong yet. */
    private all(): void {
        const settled = new Set(this.steps.flatMap((step) => (step.kind === "settled" ? [step.firstInterval] : [])));
        for (const window of this.known.values()) if (!settled.has(window.firstInterval)) throw this.leftOut(window);
    }

    private leftOut({ firstInterval, report }: Reported): Ended {
        return new Ended({ missing: { what: "sums", firstInterval, height: report.height, why: "not_found" } });
    }

    private cannot<T>(height: number, work: () => T): T {
        try {
            return work();
        } catch (error) {
            const detail = error instanceof Error ? error.message : String(error);
            throw new Ended({ difference: { what: "event", height, detail } });
        }
    }

    /** The first of each kind says where it began; all others follow from it. */
    private note(difference: BookDifference): void {
        if (!this.differences.some(({ what }) => what === difference.what)) this.differences.push(difference);
    }

    private async time(height: number): Promise<number> {
        const known = this.times.get(height);
        if (known !== undefined) return known;
        const time = await this.ports.time(height);
        this.times.set(height, time);
        return time;
    }
}

function had<T>(evidence: Had<T>, firstInterval: number): T {
    if ("got" in evidence) return evidence.got;
    if ("missing" in evidence) throw new Ended({ missing: evidence.missing });
    throw new Ended({ difference: { what: "forged", firstInterval, forged: evidence.forged } });
}

function paid(steps: readonly Step[], slot: number): bigint {
    return steps.reduce((sum, step) => {
        if (step.kind === "deposited" && step.slot === slot) return sum + step.amount;
        return step.kind === "withdrawn" && step.slot === slot ? sum - step.amount : sum;
    }, 0n);
}
