// What can be done, on its button.

import type { Say } from "../../words/say.ts";
import type { Act } from "./acts.ts";

export function actLabel(say: Say, act: Act): string {
    switch (act.id) {
        case "take_back":
        case "take_share":
        case "draw":
            return say.t(`act.${act.id}`, { money: say.money(act.gets ?? 0n) });
        case "submit":
        case "object":
            return say.t(`act.${act.id}`, { number: act.milestone + 1 });
        case "withdraw_objection":
            return say.t("act.withdraw_objection", { number: (act.number ?? 0) + 1 });
        case "support":
        case "withdraw_support":
            return say.t(`act.${act.id}`, { number: act.number ?? 0 });
        case "decide":
            return "milestone" in act.dispute
                ? say.t("act.decide_milestone", { number: act.dispute.milestone.milestone + 1 })
                : say.t("act.decide_claim", { number: act.dispute.claim.claim });
        default:
            return say.t(`act.${act.id}`);
    }
}

/** Tells acts of one kind apart. */
export function actKey(act: Act): string {
    const number = "number" in act ? act.number : "milestone" in act ? act.milestone : "payee" in act ? act.payee : "";
    return `${act.id} ${number} ${act.id === "decide" ? JSON.stringify(act.dispute) : ""}`;
}
