// Carries the machine of state.ts through: asks the node, the wallet and the store, and tells whoever listens.

import { fromBase64, toBase64, toHex } from "../chain/bytes.ts";
import { NodeError, type NodeTrouble, Refusal } from "../chain/errors.ts";
import type { Nodes } from "../chain/nodes.ts";
import type { GridPins } from "../trust/pins.ts";
import { type Wallet, type WalletAccount, WalletError } from "../wallet/wallet.ts";
import type { Action } from "./actions.ts";
import { Finder, verdict } from "./finding.ts";
import type { PendingStore } from "./pendingStore.ts";
import { draftOf, price } from "./pricing.ts";
import { begin, next, type Pending, resume, type Sending, type SendingEvent } from "./state.ts";

/** Codes of the SDK: the node has it already; the sequence is another, perhaps since it stands in a block by now. */
const IN_MEMPOOL = 19;
const OTHER_SEQUENCE = 32;

export interface Ports {
    readonly pins: GridPins;
    readonly nodes: Nodes;
    readonly wallet: Wallet;
    readonly store: PendingStore;
    sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
    /** Waits so many ms. */
    wait(milliseconds: number): Promise<void>;
    now(): number;
}

/** How often a block is looked for, ms. */
const LOOK = 1000;

export class Sender {
    private state: Sending | null = null;
    private readonly listeners = new Set<() => void>();
    private following = false;

    constructor(private readonly ports: Ports) {}

    /** For `useSyncExternalStore`. Null: nothing is being signed. */
    readonly snapshot = (): Sending | null => this.state;

    readonly subscribe = (listener: () => void): (() => void) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
    };

    /** After a reload: goes on with what was handed in. */
    resume(): void {
        const pending = this.ports.store.read();
        if (pending === null || this.state !== null) return;
        this.set(resume(pending));
        void this.follow(pending, true);
    }

    /** Shows in words what is about to happen. Where something is under way already, that is shown. */
    begin(action: Action): void {
        if (this.busy()) return;
        this.set(begin(action));
    }

    /** Ends what has an end. What was handed in goes on being followed, shown or not. */
    close(): void {
        const step = this.state?.step;
        if (step !== "wallet" && step !== "sent" && step !== "unsure") this.set(null);
    }

    retry(): void {
        this.apply({ on: "retry" });
    }

    /** Asks what it would cost. */
    async price(by: WalletAccount): Promise<void> {
        if (!this.apply({ on: "price" })) return;
        const state = this.state;
        if (state?.step !== "pricing") return;
        const { pins, nodes, store } = this.ports;
        const pending = store.read();
        if (pending !== null) {
            this.apply({ on: "hindered", why: { kind: "pending", action: pending.action } });
            return;
        }
        try {
            const priced = await nodes.ask((rpc) => price(rpc, pins, by, state.action, state.retry));
            if ("quote" in priced) this.apply({ on: "priced", quote: priced.quote });
            else this.apply({ on: "hindered", why: priced.why });
        } catch (error) {
            if (error instanceof NodeError)
                this.apply({ on: "hindered", why: { kind: "node", node: error.node, trouble: error.trouble } });
            else if (error instanceof Refusal) this.apply({ on: "hindered", why: { kind: "refused", refusal: error } });
            else this.apply({ on: "hindered", why: { kind: "unexpected", detail: String(error) } });
        }
    }

    /** Has it signed and hands it in. A second call while the wallet is asked finds another step, and does nothing. */
    async sign(by: WalletAccount): Promise<void> {
        if (!this.apply({ on: "sign" })) return;
        const state = this.state;
        if (state?.step !== "wallet") return;
        const { pins, wallet, store, now } = this.ports;
        try {
            const { bytes } = await wallet.sign(draftOf(pins, by, state.action, state.quote));
            // Cancelled meanwhile: what was signed is thrown away.
            if (this.state !== state) return;
            const pending: Pending = {
                address: by.address,
                action: state.action,
                bytes: toBase64(bytes),
                hash: toHex(await this.ports.sha256(bytes)).toUpperCase(),
                sequence: state.quote.sequence,
                timeoutHeight: state.quote.timeoutHeight,
                afterHeight: state.quote.height,
                since: now(),
            };
            // Kept before it is handed in: a reload in between finds it.
            store.write(pending);
            this.apply({ on: "signed", pending });
            await this.follow(pending, true);
        } catch (error) {
            if (error instanceof WalletError) this.apply({ on: "wallet_failed", trouble: error.trouble });
            else this.apply({ on: "wallet_failed", trouble: { kind: "failed", detail: String(error) } });
        }
    }

    /** Waits for the wallet no longer. */
    cancel(): void {
        this.apply({ on: "cancel" });
    }

    /** Where nobody could tell what came of it: asks again. */
    lookAgain(): void {
        const pending = this.state?.step === "unsure" ? this.state.pending : null;
        if (pending !== null && this.apply({ on: "look_again" })) void this.follow(pending, false);
    }

    /** Where nobody could tell, and its owner has looked: nothing waits for it any more. */
    forget(): void {
        if (this.state?.step !== "unsure") return;
        this.ports.store.clear();
        this.set(null);
    }

    /** Hands in what was signed and looks for it, block by block, until it is known what came of it. */
    private async follow(pending: Pending, handIn: boolean): Promise<void> {
        if (this.following) return;
        this.following = true;
        try {
            let mustHandIn = handIn;
            let finder: Finder | null = null;
            let asked = this.ports.nodes.used;
            for (let blocks = 0; this.state?.step === "sent"; blocks += 1) {
                let silent: NodeTrouble | null = null;
                try {
                    if (finder === null || this.ports.nodes.used !== asked) {
                        asked = this.ports.nodes.used;
                        finder = new Finder(asked, pending);
                    }
                    if (await this.look(finder, pending, mustHandIn)) return;
                    mustHandIn = false;
                } catch (error) {
                    if (!(error instanceof NodeError)) throw error;
                    silent = error.trouble;
                    // Another node, if there is one, has it or can take it.
                    await this.ports.nodes.ask((rpc) => rpc.status()).catch(() => undefined);
                }
                this.apply({ on: "looked", blocks, silent });
                await this.ports.wait(LOOK);
            }
        } finally {
            this.following = false;
        }
    }

    /** One look; true: its end is known. */
    private async look(finder: Finder, pending: Pending, handIn: boolean): Promise<boolean> {
        const { nodes, store } = this.ports;
        const { height } = await nodes.used.status();
        const found = await finder.look(height);
        if (found !== null) {
            store.clear();
            return this.apply({ on: "found", ...found });
        }
        if (height > pending.timeoutHeight) {
            const end = await verdict(nodes.used, nodes.others, pending);
            if (end.is === "cannot_tell") return this.apply({ on: "cannot_tell" });
            store.clear();
            return this.apply(
                end.is === "found" ? { on: "found", ...end.found } : { on: "did_not_happen", how: end.how },
            );
        }
        if (handIn) return this.handIn(finder, pending);
        return false;
    }

    /** Handing the same bytes in again changes nothing, so that it is done after every reload too. */
    private async handIn(finder: Finder, pending: Pending): Promise<boolean> {
        const { nodes, store } = this.ports;
        try {
            await nodes.used.broadcast(fromBase64(pending.bytes));
            return false;
        } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            const { codespace, code, log } = error;
            if (codespace === "sdk" && code === IN_MEMPOOL) return false;
            if (codespace === "sdk" && code === OTHER_SEQUENCE) {
                const found = await finder.look((await nodes.used.status()).height);
                if (found !== null) {
                    store.clear();
                    return this.apply({ on: "found", ...found });
                }
            }
            store.clear();
            return this.apply({ on: "broadcast_refused", refusal: { codespace, code, log } });
        }
    }

    private busy(): boolean {
        const step = this.state?.step;
        return step === "wallet" || step === "sent" || step === "pricing" || step === "unsure";
    }

    /** Whether the event changed anything. */
    private apply(event: SendingEvent): boolean {
        if (this.state === null) return false;
        const after = next(this.state, event);
        if (after === this.state) return false;
        this.set(after);
        return true;
    }

    private set(state: Sending | null): void {
        this.state = state;
        for (const listener of this.listeners) listener();
    }
}
