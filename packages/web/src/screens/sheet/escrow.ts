// What a message to the escrow does, in words, from the message itself; and what its events say.

import { units } from "../../data/projects/source.ts";
import type { Change } from "../../sending/actions.ts";
import type { Dispute, ExecuteMsg } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";
import { conditionSentence, type People } from "../project/conditions.ts";
import { disputeName, proposalSentence } from "../project/offers.ts";
import { percent } from "../project/terms.ts";

/** A call, as it is signed. */
export interface Call {
    readonly message: ExecuteMsg;
    readonly amount: string | null;
}

type Kind<M> = M extends unknown ? keyof M : never;
export const kindOf = (message: ExecuteMsg): Kind<ExecuteMsg> => Object.keys(message)[0] as Kind<ExecuteMsg>;

/** Who pays or says what, and what is bound by it. `project` is how the project is called. */
export function callSentences(say: Say, { message, amount }: Call, project: string, people: People): readonly string[] {
    const money = say.fullMoney(units(amount ?? "0"));
    if ("pledge" in message)
        return [
            say.t("call.pledge", { money, project }),
            conditionSentence(say, message.pledge.condition ?? {}, people),
            say.t("call.pledge_locked"),
        ];
    if ("restate" in message)
        return [say.t("call.restate", { project }), conditionSentence(say, message.restate.condition, people)];
    if ("accept" in message) return [say.t(amount === null ? "call.accept" : "call.accept_bond", { money, project })];
    if ("submit_milestone" in message)
        return [say.t("call.submit", { number: message.submit_milestone.milestone + 1, project })];
    if ("object" in message)
        return [say.t("call.object", { number: message.object.milestone + 1, project }), say.t("call.object_stays")];
    if ("withdraw_objection" in message)
        return [say.t("call.withdraw_objection", { number: message.withdraw_objection.milestone + 1, project })];
    if ("decide" in message) {
        const { dispute, kept } = message.decide;
        const values = { kept: percent(say, kept), rest: percent(say, 10_000 - kept) };
        return [say.t("call.decide", { what: disputeName(say, dispute), project, ...values }), say.t("call.for_good")];
    }
    if ("offer" in message) return [say.t("call.offer", { project }), proposalSentence(say, message.offer.proposal)];
    if ("consent" in message)
        return [say.t("call.consent", { number: message.consent.offer, project }), say.t("call.for_good")];
    if ("claim_defects" in message)
        return [say.t("call.claim_defects", { money: say.fullMoney(units(message.claim_defects.amount)), project })];
    if ("support_claim" in message) return [say.t("call.support", { number: message.support_claim.claim, project })];
    if ("draw" in message) return [say.t("call.draw", { project })];
    if ("move_payee" in message)
        return [say.t("call.move", { who: people(message.move_payee.to), project }), say.t("call.move_confirm")];
    if ("pay_revenue" in message) return [say.t("call.pay_revenue", { money, project })];
    if ("open" in message) return [say.t("call.open", { project: message.open.terms.title })];
    const kind = kindOf(message);
    switch (kind) {
        case "withdraw_offer":
        case "consent_to_end":
        case "withdraw_support":
        case "confirm_move":
        case "terminate":
        case "claim_refund":
        case "claim_revenue":
            return [say.t(`call.${kind}`, { project })];
        default:
            return [say.t("sheet.other", { contract: "escrow" })];
    }
}

/** The project that a message is about; null: it opens one, or comes from elsewhere. */
export function projectOf(message: ExecuteMsg): number | null {
    const inner = Object.values(message)[0] as { project?: number };
    return inner.project ?? null;
}

/** What an event tells; null: nothing that a person needs to hear. */
export function escrowChange(say: Say, change: Extract<Change, { kind: "escrow" }>, people: People): string | null {
    const { event, facts } = change;
    const money = (key: string): string => say.money(amountOf(facts[key]));
    const who = (key: string): string => people(facts[key] ?? "?");
    const when = (key: string): string => say.deadline(Number(facts[key] ?? 0));
    const number = Number(facts["milestone"] ?? 0) + 1;
    switch (event) {
        case "pledged":
            return say.t("change.pledged", { pledged: money("pledged"), counts: money("consistent") });
        case "joined":
            return say.t("change.joined", { who: who("pledger"), money: money("amount") });
        case "funded":
            return say.t("change.funded", { money: money("funded") });
        case "above_cap":
            return say.t("change.above_cap", { who: who("pledger"), money: money("amount") });
        case "displaced":
            return say.t("change.displaced", { who: who("pledger") });
        case "accepted":
        case "restated":
        case "offer_withdrawn":
        case "payee_moved":
            return say.t(`change.${event}`);
        case "milestone_submitted":
            return say.t("change.submitted", { number, when: when("payable_at") });
        case "objected":
        case "objection_withdrawn":
            return say.t("change.objected", { number, money: money("objected") });
        case "disputed":
            return say.t("change.disputed", { what: disputed(say, facts), when: when("decide_until") });
        case "decided":
            return say.t("change.decided", {
                what: disputed(say, facts),
                kept: percent(say, Number(facts["kept"] ?? 0)),
                money: money("returned"),
            });
        case "offered":
            return say.t("change.offered", { number: facts["offer"] ?? "?" });
        case "consented":
        case "end_consented":
            return say.t(`change.${event}`, { money: money("consented") });
        case "due_moved":
            return say.t("change.due_moved", { number, when: when("due") });
        case "defects_claimed":
            return say.t("change.claimed", { number: facts["claim"] ?? "?" });
        case "claim_supported":
        case "support_withdrawn":
            return say.t("change.supported", { number: facts["claim"] ?? "?", money: money("supported") });
        case "terminated":
            return say.t("change.terminated", { money: money("returned") });
        case "refunded":
        case "drawn":
        case "revenue_claimed":
            return say.t("change.paid_out", { money: money("amount") });
        case "revenue_paid":
            return say.t("change.revenue", { money: money("amount") });
        case "payee_moving":
            return say.t("change.moving", { who: who("to") });
        case "project_opened":
            return say.t("change.opened", { number: facts["project"] ?? "?" });
        default:
            return null;
    }
}

const amountOf = (text: string | undefined): bigint => BigInt(/^\d{1,39}$/.test(text ?? "") ? (text ?? "0") : "0");

function disputed(say: Say, facts: Readonly<Record<string, string>>): string {
    const dispute: Dispute =
        facts["milestone"] === undefined
            ? { claim: { claim: Number(facts["claim"] ?? 0) } }
            : { milestone: { milestone: Number(facts["milestone"]) } };
    return disputeName(say, dispute);
}
