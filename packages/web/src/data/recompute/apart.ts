// Recomputing apart from the page: a month of 1,000 homes would keep an old phone from answering for half a second at a time. A browser
// that has no thread for it does it on the page's own, and takes breath between the windows.

import type { Recomputed, Recomputing } from "../source.ts";
import { type Order, recomputeGrid } from "./grid.ts";
import { errorOf, type Told } from "./told.ts";

type Listen = (how: Recomputing) => void;

export async function recomputeApart(order: Order, listen: Listen, signal: AbortSignal): Promise<Recomputed> {
    signal.throwIfAborted();
    const worker = started();
    if (worker === null) return recomputeGrid(order, listen, signal);
    const stop = (): void => worker.terminate();
    signal.addEventListener("abort", stop);
    try {
        const done = await outcomeOf(worker, order, listen, signal);
        return done ?? (await recomputeGrid(order, listen, signal));
    } finally {
        signal.removeEventListener("abort", stop);
        stop();
    }
}

/** Null where the browser refuses. */
function started(): Worker | null {
    try {
        return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "books" });
    } catch {
        return null;
    }
}

/** Null: it never began, as where modules do not run apart or the file is not to be had. */
function outcomeOf(worker: Worker, order: Order, listen: Listen, signal: AbortSignal): Promise<Recomputed | null> {
    return new Promise((done, failed) => {
        let began = false;
        signal.addEventListener("abort", () => failed(signal.reason));
        worker.onmessage = ({ data }: MessageEvent<Told>) => {
            if (!began) {
                began = true;
                worker.postMessage(order);
            }
            if ("how" in data) listen(data.how);
            else if ("done" in data) done(data.done);
            else failed(errorOf(data.fault));
        };
        worker.onerror = (event) => {
            event.preventDefault();
            if (began) failed(new Error(event.message));
            else done(null);
        };
    });
}
