// What a message to the registry or the settlement does, in words, from the message itself; and what their events say.

import type { Action, Change } from "../../sending/actions.ts";
import type { ExecuteMsg as SettlementMsg } from "../../types/energy-settlement.ts";
import type { Admission, ExecuteMsg as RegistryMsg } from "../../types/meter-registry.ts";
import type { Say } from "../../words/say.ts";
import { feesSentences } from "../operator/fees.ts";
import { admissionSentences } from "../operator/model.ts";
import type { People } from "../project/conditions.ts";

/** Null: the sheet has a title for it, or none is known. */
export function gridTitle(say: Say, action: Action): string | null {
    if (action.kind === "propose_meter" || action.kind === "drop_proposal") return say.t(`call.title_${action.kind}`);
    if (action.kind === "fees") return say.t("call.title_fees");
    const told = messageOf(action);
    if (told === null) return null;
    if ("admit_meters" in told) return say.t("call.title_admit");
    if ("close_gap" in told) return say.t("call.title_close_gap");
    if ("sweep" in told) return say.t("call.title_sweep");
    return "update_ownership" in told ? say.t("call.title_hand_over") : null;
}

/** Null: the sheet itself has words for it. */
export function gridSentences(say: Say, action: Action, people: People): readonly string[] | null {
    if (action.kind === "fees") {
        const who = say.list(action.accounts.map(({ address }) => people(address)));
        if (action.fees === null) return [say.t("call.fees_end", { who })];
        return [say.t("call.fees", { who }), ...feesSentences(say, action.fees)];
    }
    const told = messageOf(action);
    if (told === null) return null;
    if ("admit_meters" in told) return told.admit_meters.admissions.flatMap((one) => admitted(say, one));
    if ("close_gap" in told) return [say.t("call.close_gap")];
    if ("sweep" in told) {
        const { account } = told.sweep;
        return [
            "rounding" in account ? say.t("call.sweep_rounding") : say.t("call.sweep_fee", { number: account.fee.id }),
        ];
    }
    if (!("update_ownership" in told)) return null;
    const change = told.update_ownership;
    if (change === "accept_ownership") return [say.t("call.accept_grid")];
    if (change === "renounce_ownership") return null;
    return [say.t("call.hand_over", { who: people(change.transfer_ownership.new_owner) }), say.t("call.hand_over_two")];
}

function admitted(say: Say, admission: Admission): readonly string[] {
    return [say.t("call.admit", { number: admission.proposal }), ...admissionSentences(say, admission)];
}

function messageOf(action: Action): RegistryMsg | SettlementMsg | null {
    if (action.kind !== "call" || action.contract === "escrow") return null;
    return action.message as unknown as RegistryMsg | SettlementMsg;
}

export function gridChange(say: Say, change: Change, people: People): string | null {
    if (change.kind === "proposed")
        return say.t("change.proposed", { number: change.proposal, when: say.deadline(change.expiresAt) });
    if (change.kind === "proposal_dropped") return say.t("change.proposal_dropped", { number: change.proposal });
    if (change.kind === "fees")
        return say.t(change.paid ? "change.fees_paid" : "change.fees_ended", { who: people(change.grantee) });
    if (change.kind !== "grid") return null;
    const { event, facts } = change;
    switch (event) {
        case "meters_admitted":
            return say.t("change.admitted", {
                number: facts["first_slot"] ?? "?",
                when: say.deadline(Number(facts["from"] ?? 0) * say.intervalLength),
            });
        case "gap_closed":
        case "no_gap":
        case "ownership_updated":
            return say.t(`change.${event}`);
        case "swept":
            return say.t("change.swept", {
                money: say.money(BigInt(/^\d{1,39}$/.test(facts["amount"] ?? "") ? (facts["amount"] ?? "0") : "0")),
                who: people(facts["payee"] ?? "?"),
            });
        default:
            return null;
    }
}
