import fc from "fast-check";
import { expect, test } from "vitest";
import {
    begin,
    next,
    type Pending,
    type Quote,
    resume,
    type Sending,
    type SendingEvent,
} from "../../src/sending/state.ts";

const action = { kind: "deposit", slot: 1, amount: "1" } as const;
const quote: Quote = {
    accountNumber: 1,
    sequence: 1,
    gas: 1,
    fee: 1n,
    payer: { by: "self" },
    expected: [],
    node: "North",
    height: 1,
    timeoutHeight: 9,
};
const pending: Pending = {
    address: "a",
    action,
    bytes: "",
    hash: "",
    sequence: 1,
    timeoutHeight: 9,
    afterHeight: 1,
    since: 0,
};
const refusal = { codespace: "sdk", code: 5, log: "" };

const events: fc.Arbitrary<SendingEvent> = fc.constantFrom<SendingEvent[]>(
    { on: "price" },
    { on: "priced", quote },
    { on: "hindered", why: { kind: "sequence_moved" } },
    { on: "sign" },
    { on: "cancel" },
    { on: "wallet_failed", trouble: { kind: "rejected" } },
    { on: "signed", pending },
    { on: "broadcast_refused", refusal },
    { on: "looked", blocks: 1, silent: null },
    { on: "found", height: 2, events: [], refusal: null },
    { on: "found", height: 2, events: [], refusal },
    { on: "did_not_happen", how: "sequence" },
    { on: "cannot_tell" },
    { on: "look_again" },
    { on: "retry" },
);

test("whatever comes in whatever order, the wallet is asked once for a click, and nothing is sent while something is on its way", () => {
    fc.assert(
        fc.property(fc.array(events, { maxLength: 60 }), (list) => {
            let state: Sending = begin(action);
            for (const event of list) {
                const after: Sending = next(state, event);
                if (after.step === "wallet" && after !== state) expect(state.step).toBe("ready");
                if (after.step === "sent" && state.step !== "sent") expect(["wallet", "unsure"]).toContain(state.step);
                // Only an end that is known lets one begin anew.
                if (state.step === "sent" && after.step === "words") throw new Error("expected an end first");
                if (state.step === "done") expect(after).toBe(state);
                state = after;
            }
        }),
        { numRuns: 2000 },
    );
});

test("after a retry of what is not known to be in a block, the sequence stays the same until it is", () => {
    fc.assert(
        fc.property(fc.array(events, { maxLength: 60 }), (list) => {
            let state: Sending = resume(pending);
            let fixed = false;
            for (const event of list) {
                const after: Sending = next(state, event);
                if (state.step === "sent" && (event.on === "broadcast_refused" || event.on === "did_not_happen"))
                    fixed = true;
                if (event.on === "found" && state.step === "sent") fixed = false;
                if (after.step === "words" || after.step === "pricing" || after.step === "ready")
                    expect(after.retry?.sequence ?? null).toBe(fixed ? pending.sequence : null);
                state = after;
            }
        }),
        { numRuns: 2000 },
    );
});
