import { describe, expect, it } from "vitest";
import { STEPS } from "../../fixtures/sending.ts";
import { type SheetFacts, sheetModel } from "../../src/screens/sheet/model.ts";
import type { Sending } from "../../src/sending/state.ts";
import { plain, say } from "./say.ts";

const english = say();
const facts: SheetFacts = {
    account: "wasm1example0home012",
    hardware: false,
    changes: () => [{ kind: "deposited", slot: 12, amount: 20_000_000n }],
    waited: 0,
    free: 47_440_000n,
};

function step(name: string, some: Partial<SheetFacts> = {}) {
    const model = sheetModel(english, STEPS[name] as Sending, { ...facts, ...some });
    return {
        ...model,
        text: plain([...model.sentences, model.notice?.text ?? ""].join(" ")),
        ids: model.buttons.map(({ id }) => id),
    };
}

describe("the sheet of everything that is signed", () => {
    it("says first who pays whom how much, and only then asks what it costs", () => {
        expect(step("sheet_words").text.trim()).toBe(
            "€20.00 go from your Keplr account to home 12. They are available at once.",
        );
        expect(step("sheet_words").ids).toEqual(["price"]);
    });

    it("says what is expected by whom, the network fee, and who pays it", () => {
        const { text, ids } = step("sheet_ready");
        expect(text).toContain("North expects home 12 to have €20.00 more.");
        expect(text).toContain("Network fee: at most 0.005 STAKE, paid by your grid.");
        expect(text).toContain("What binds is what you sign in Keplr.");
        expect(ids).toEqual(["sign"]);
    });

    it("after a no nothing has happened, and the button is there again", () => {
        expect(step("sheet_said_no").text).toContain("You said no in Keplr. Nothing happened.");
        expect(step("sheet_said_no").text).toContain("paid by you");
        expect(step("sheet_said_no").ids).toEqual(["sign"]);
    });

    it("while Keplr asks and while it is on its way there is no second button to send it", () => {
        expect(step("sheet_wallet").ids).toEqual(["cancel"]);
        expect(step("sheet_sent").ids).toEqual([]);
        expect(step("sheet_hardware", { hardware: true }).text).toContain("confirm there too");
    });

    it("waiting long is told with the last block that may have it", () => {
        expect(step("sheet_sent").text).not.toContain("Still waiting");
        expect(step("sheet_sent", { waited: 21_000 }).text).toContain(
            "Still waiting. It can be in a block until block 240,030.",
        );
    });

    it("says what changed, by the grid's own events", () => {
        expect(step("sheet_done").text).toContain("Done, in block 240,004. Home 12 has €20.00 more available.");
        const paidOut = step("sheet_done", {
            changes: () => [{ kind: "withdrawn", slot: 12, amount: 47_440_000n, moreEnded: true }],
        });
        expect(paidOut.text).toContain(
            "€47.44 went to wasm1exa…e012. There is more than can be taken out at once: take out once more.",
        );
        expect(step("sheet_done", { changes: () => [] }).text.trim()).toBe("Done, in block 240,004.");
    });

    it("a refusal is told in the contract's words with what was paid", () => {
        expect(step("sheet_refused").text).toContain(
            "It was refused. The contract says: “deposit: expected more than 0, got 0”. Nothing but the network fee was paid.",
        );
        expect(step("sheet_refused").ids).toEqual(["retry"]);
    });

    it("what cannot be paid for is told before anything is signed", () => {
        expect(step("sheet_cannot").text).toContain(
            "The network fee of 0.005 STAKE cannot be paid: your account has 0.00 STAKE. Your grid’s allowance for network fees is used up.",
        );
        expect(step("sheet_unknown_account").text).toContain("has never heard of your account wasm1exa…e012");
    });

    it("'did not happen' says why that is known, and where nothing is known nobody is told to send it anew", () => {
        expect(step("sheet_not_happened").text).toContain(
            "It did not happen; nothing was paid. Your account has not moved",
        );
        expect(step("sheet_unsure").text).toContain("do not send it anew");
        expect(step("sheet_unsure").ids).toEqual(["look_again", "forget"]);
    });
});
