// The one sheet of everything that is signed: what each step says, and which buttons it has.

import type { Action, Change } from "../../sending/actions.ts";
import type { Hindrance, Sending } from "../../sending/state.ts";
import type { Say } from "../../words/say.ts";
import { nodeTrouble, plain, refusal, short, walletTrouble } from "../../words/troubles.ts";

export type Button = "price" | "sign" | "cancel" | "retry" | "look_again" | "forget";

/** What the sheet shows. */
export interface SheetModel {
    readonly title: string;
    readonly sentences: readonly string[];
    /** What came of it, or what is in the way. */
    readonly notice: { readonly level: "good" | "warning" | "danger"; readonly text: string } | null;
    readonly busy: boolean;
    readonly buttons: readonly { readonly id: Button; readonly text: string; readonly main: boolean }[];
}

/** Says what this file has no words for. */
export interface Speaker {
    /** Null: it has none either. */
    readonly title: string | null;
    readonly sentences: readonly string[] | null;
    readonly change: (change: Change) => string | null;
}

/** What the sheet needs to know besides. */
export interface SheetFacts {
    /** The connected account. */
    readonly account: string;
    readonly hardware: boolean;
    /** Reads what changed from events of the grid's own contracts. */
    readonly changes: (events: Extract<Sending, { step: "done" }>["events"]) => readonly Change[];
    /** Milliseconds since it was handed in. */
    readonly waited: number;
    /** What is free of the home, where all of it is taken out. */
    readonly free: bigint | null;
    readonly speaker?: Speaker | null;
}

/** After this many ms a person is told that it still goes on. */
const LONG = 20_000;

export function sheetModel(say: Say, state: Sending, facts: SheetFacts): SheetModel {
    const action = "pending" in state ? state.pending.action : state.action;
    const { speaker = null } = facts;
    const title =
        speaker?.title ??
        say.t(
            action.kind === "deposit" || action.kind === "withdraw"
                ? `sheet.title_${action.kind}`
                : "sheet.title_other",
        );
    const words = speaker?.sentences ?? [actionSentence(say, action, facts)];
    const show = (rest: Partial<SheetModel>): SheetModel => ({
        title,
        sentences: words,
        notice: null,
        busy: false,
        buttons: [],
        ...rest,
    });
    const retry = { id: "retry" as const, text: say.t("sheet.again"), main: false };
    switch (state.step) {
        case "words":
            return show({ buttons: [{ id: "price", text: say.t("sheet.next"), main: true }] });
        case "pricing":
            return show({ sentences: [...words, say.t("sheet.preparing")], busy: true });
        case "cannot": {
            const again = { id: "price" as const, text: say.t("sheet.again"), main: false };
            return show({
                notice: { level: "warning", text: hindrance(say, state.why) },
                buttons: state.why.kind === "sequence_moved" ? [] : [again],
            });
        }
        case "ready": {
            const fee = say.feeMoney(state.quote.fee);
            const paid = say.t(state.quote.payer.by === "granter" ? "sheet.fee_grid" : "sheet.fee_own", { fee });
            const expected = facts
                .changes(state.quote.expected)
                .map((change) => expectation(say, change, state.quote.node, speaker))
                .filter((sentence) => sentence !== null);
            return show({
                sentences: [...words, ...expected, paid, say.t("sheet.binds")],
                notice: state.trouble === null ? null : { level: "warning", text: walletTrouble(say, state.trouble) },
                buttons: [{ id: "sign", text: say.t("sheet.sign"), main: true }],
            });
        }
        case "wallet":
            return show({
                sentences: [...words, say.t("sheet.waiting"), ...(facts.hardware ? [say.t("sheet.hardware")] : [])],
                busy: true,
                buttons: [{ id: "cancel", text: say.t("sheet.cancel"), main: false }],
            });
        case "sent": {
            const long = facts.waited > LONG;
            const sentences = [...words, say.t("sheet.sent")];
            if (long) sentences.push(say.t("sheet.still", { height: say.number(state.pending.timeoutHeight) }));
            if (long && state.blocks > 0) sentences.push(say.t("sheet.blocks", { blocks: state.blocks }));
            return show({ sentences, busy: true });
        }
        case "done": {
            const changed = facts
                .changes(state.events)
                .flatMap((change) => changeSentences(say, change, facts.account, speaker));
            const text = [`${say.t("sheet.done", { height: say.number(state.height) })}.`, ...changed].join(" ");
            return show({ sentences: [], notice: { level: "good", text } });
        }
        case "refused": {
            const paid = say.t(state.height === null ? "sheet.nothing_paid" : "sheet.fee_paid");
            const text = [say.t("sheet.refused"), refusal(say, state.refusal), paid].join(" ");
            return show({ notice: { level: "danger", text }, buttons: [retry] });
        }
        case "not_happened": {
            const text = `${say.t("sheet.did_not")} ${say.t(`sheet.how_${state.how}`)}`;
            return show({ notice: { level: "warning", text }, buttons: [retry] });
        }
        case "unsure":
            return show({
                sentences: [...words, say.t("sheet.forget_hint")],
                notice: { level: "warning", text: say.t("sheet.unknown") },
                buttons: [
                    { id: "look_again", text: say.t("sheet.look"), main: true },
                    { id: "forget", text: say.t("sheet.forget"), main: false },
                ],
            });
    }
}

/** What will happen, in words: who pays whom how much. */
export function actionSentence(say: Say, action: Action, facts: Pick<SheetFacts, "account" | "free">): string {
    const account = short(facts.account);
    switch (action.kind) {
        case "deposit":
            return say.t("sheet.deposit", { number: action.slot, money: say.fullMoney(BigInt(action.amount)) });
        case "withdraw": {
            if (action.amount !== null)
                return say.t("sheet.withdraw", {
                    number: action.slot,
                    account,
                    money: say.fullMoney(BigInt(action.amount)),
                });
            return say.t("sheet.withdraw_all", {
                number: action.slot,
                account,
                money: say.fullMoney(facts.free ?? 0n),
            });
        }
        case "propose_meter":
            return say.t("sheet.propose");
        case "drop_proposal":
            return say.t("sheet.drop", { number: action.proposal });
        case "call":
            return say.t("sheet.other", { contract: action.contract });
        case "fees":
            // The sheet that comes later says whose.
            return say.t("sheet.title_other");
    }
}

function expectation(say: Say, change: Change, node: string, speaker: Speaker | null): string | null {
    if (change.kind === "deposited")
        return say.t("sheet.expects_deposit", { node, number: change.slot, money: say.money(change.amount) });
    if (change.kind === "withdrawn") return say.t("sheet.expects_withdraw", { node, money: say.money(change.amount) });
    const sentence = speaker?.change(change) ?? null;
    return sentence === null ? null : say.t("sheet.expects", { node, sentence });
}

function changeSentences(say: Say, change: Change, account: string, speaker: Speaker | null): string[] {
    if (change.kind === "deposited")
        return [say.t("sheet.done_deposit", { number: change.slot, money: say.money(change.amount) })];
    if (change.kind !== "withdrawn") {
        const sentence = speaker?.change(change) ?? null;
        return sentence === null ? [] : [sentence];
    }
    const said = [say.t("sheet.done_withdraw", { money: say.money(change.amount), account: short(account) })];
    if (change.moreEnded) said.push(say.t("sheet.more_ended"));
    return said;
}

/** What is in the way, and what to do. */
export function hindrance(say: Say, why: Hindrance): string {
    switch (why.kind) {
        case "refused":
            return `${say.t("sheet.refused_before")} ${refusal(say, why.refusal)}`;
        case "node":
            return nodeTrouble(say, why.node, why.trouble);
        case "wallet":
            return walletTrouble(say, why.trouble);
        case "unknown_account":
            return say.t("sheet.unknown_account", { account: short(why.address) });
        case "no_fee": {
            const missing = say.t("sheet.no_fee", { fee: say.feeMoney(why.fee), has: say.feeMoney(why.payer.has) });
            const { allowance, againAt } = why.payer;
            if (againAt !== null)
                return `${missing} ${say.t("refused.allowance_until", { when: say.deadline(againAt) })}`;
            return `${missing} ${say.t(`refused.allowance_${allowance}`)}`;
        }
        case "pending":
            return say.t("sheet.pending");
        case "sequence_moved":
            return say.t("sheet.moved");
        case "unexpected":
            return say.t("trouble.other", { detail: plain(why.detail) });
    }
}
