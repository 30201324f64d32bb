// What was handed in and whose end is not known yet, kept on the device: a reload forgets nothing.

import type { Action } from "./actions.ts";
import type { Pending } from "./state.ts";

/** As much of `localStorage` as is used. */
export interface Store {
    getItem(key: string): string | null;
    setItem(key: string, value: string): void;
    removeItem(key: string): void;
}

const key = (chainId: string): string => `gridpact.pending.${chainId}`;

/** One at a time for a chain: a second waits until the first is known to have happened or not. */
export class PendingStore {
    constructor(
        private readonly store: Store,
        private readonly chainId: string,
    ) {}

    /** What was kept. What does not read as such is dropped: it was not written by this version. */
    read(): Pending | null {
        const text = this.store.getItem(key(this.chainId));
        if (text === null) return null;
        try {
            return checked(JSON.parse(text));
        } catch {
            this.clear();
            return null;
        }
    }

    /** Must have worked before anything is handed in. */
    write(pending: Pending): void {
        this.store.setItem(key(this.chainId), JSON.stringify(pending));
    }

    clear(): void {
        this.store.removeItem(key(this.chainId));
    }
}

function checked(value: Record<string, unknown>): Pending {
    const text = (name: string): string => {
        const got = value[name];
        if (typeof got !== "string") throw new Error(`expected text in '${name}'`);
        return got;
    };
    const whole = (name: string): number => {
        const got = value[name];
        if (typeof got !== "number" || !Number.isSafeInteger(got) || got < 0)
            throw new Error(`expected a whole number in '${name}'`);
        return got;
    };
    const action = value["action"];
    if (typeof action !== "object" || action === null || !("kind" in action)) throw new Error("expected an action");
    return {
        address: text("address"),
        action: action as Action,
        bytes: text("bytes"),
        hash: text("hash"),
        sequence: whole("sequence"),
        timeoutHeight: whole("timeoutHeight"),
        afterHeight: whole("afterHeight"),
        since: whole("since"),
    };
}
