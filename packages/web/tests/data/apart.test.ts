// A replay on a thread of its own, as the page sees it: the thread here is made up, and says what a real one would.
import { afterEach, expect, test, vi } from "vitest";
import { NodeError, Refusal } from "../../src/chain/errors.ts";
import { recomputeApart } from "../../src/data/recompute/apart.ts";
import type { Order } from "../../src/data/recompute/grid.ts";
import { faultOf, type Told } from "../../src/data/recompute/told.ts";
import type { Recomputed, Recomputing } from "../../src/data/source.ts";

const here = vi.hoisted(() => vi.fn());
vi.mock("../../src/data/recompute/grid.ts", () => ({ recomputeGrid: here }));

const order = { node: "https://node.example", span: 1 } as Order;
const done = { windows: 4 } as Recomputed;
const LISTING: Recomputing = { part: "listing", done: 0, of: 0 };

/** Begins as worker.ts does, and answers the order with what it was made with. */
class Thread {
    static last: Thread | null = null;
    static answers: readonly Told[] = [];
    static fails: "at_once" | "never" | "later" = "never";
    onmessage: ((event: { data: Told }) => void) | null = null;
    onerror: ((event: { message: string; preventDefault: () => void }) => void) | null = null;
    ordered: Order[] = [];
    ended = false;
    constructor() {
        Thread.last = this;
        queueMicrotask(() => {
            if (Thread.fails === "at_once") this.fail("no modules");
            else this.say({ how: LISTING });
        });
    }
    postMessage(given: Order): void {
        this.ordered.push(given);
        queueMicrotask(() => {
            for (const answer of Thread.answers) this.say(structuredClone(answer));
            if (Thread.fails === "later") this.fail("out of memory");
        });
    }
    terminate(): void {
        this.ended = true;
    }
    private say(data: Told): void {
        if (!this.ended) this.onmessage?.({ data });
    }
    private fail(message: string): void {
        this.onerror?.({ message, preventDefault: () => undefined });
    }
}

function thread(fails: typeof Thread.fails, ...answers: readonly Told[]): void {
    Thread.fails = fails;
    Thread.answers = answers;
    vi.stubGlobal("Worker", Thread);
}

function run(signal = new AbortController().signal) {
    const heard: Recomputing[] = [];
    return { heard, outcome: recomputeApart(order, (how) => heard.push(how), signal) };
}

afterEach(() => {
    vi.unstubAllGlobals();
    here.mockReset();
});

test("it is given one order, how far it got is told, and it is ended when it is done", async () => {
    const settling: Recomputing = { part: "settling", done: 1, of: 4 };
    thread("never", { how: settling }, { done });
    const { heard, outcome } = run();
    expect(await outcome).toEqual(done);
    expect(heard).toContainEqual(settling);
    expect(Thread.last).toMatchObject({ ordered: [order], ended: true });
    expect(here).not.toHaveBeenCalled();
});

test.each([
    new NodeError("North", { kind: "forgotten", height: 7 }),
    new Refusal("wasm", 5, "unknown query"),
    new Error("expected 30 transactions, got 29"),
])("$name: an error of the thread is the same error here", async (error) => {
    thread("never", { fault: faultOf(error) });
    const came = await run().outcome.catch((caught: unknown) => caught);
    expect(came).toEqual(error);
    expect((came as Error).constructor).toBe(error.constructor);
    expect(Thread.last?.ended).toBe(true);
});

test("who stops it ends the thread at once, and hears nothing more", async () => {
    thread("never");
    const control = new AbortController();
    const { heard, outcome } = run(control.signal);
    await vi.waitFor(() => expect(heard).toEqual([LISTING]));
    control.abort();
    expect(Thread.last?.ended).toBe(true);
    await expect(outcome).rejects.toThrow(/abort/i);
});

test("a browser that refuses a thread, or cannot run modules on it, recomputes on the page's own", async () => {
    here.mockResolvedValue(done);
    thread("at_once");
    expect(await run().outcome).toBe(done);
    vi.stubGlobal("Worker", () => {
        throw new DOMException("refused", "SecurityError");
    });
    expect(await run().outcome).toBe(done);
    vi.stubGlobal("Worker", undefined);
    expect(await run().outcome).toBe(done);
    expect(here).toHaveBeenCalledTimes(3);
});

test("a thread that dies on the way is an error: nothing is begun twice", async () => {
    thread("later");
    await expect(run().outcome).rejects.toThrow("out of memory");
    expect(here).not.toHaveBeenCalled();
});
