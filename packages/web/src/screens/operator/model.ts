// What the operator decides of a meter, in words.

import type { Admission } from "../../types/meter-registry.ts";
import type { Say } from "../../words/say.ts";
import { type Typed, typedCount } from "../project/forms.ts";

/** An admission while it is typed. */
export interface AdmissionDraft {
    /** A household's number; empty: a new one. */
    readonly household: string;
    readonly weight: string;
    readonly priority: string;
    /** A tier, or `never`. */
    readonly buy: string;
    readonly sell: string;
}

export const USUAL: AdmissionDraft = { household: "", weight: "1", priority: "0", buy: "0", sell: "0" };

const NEVER = 255;
const MOST_HOUSEHOLD = 999_999;
const MOST_WEIGHT = 999_999;
const MOST_PRIORITY = 65_535;
/** Tiers that can be chosen; the contract knows 254, and no grid needs more than a few. */
export const TIERS = ["0", "1", "2", "3", "never"] as const;

export function readAdmission(say: Say, proposal: number, draft: AdmissionDraft): Typed<Admission> {
    const household =
        draft.household.trim() === "" ? { is: null } : typedCount(say, draft.household, 0, MOST_HOUSEHOLD);
    if ("wrong" in household) return household;
    const weight = typedCount(say, draft.weight, 1, MOST_WEIGHT);
    if ("wrong" in weight) return weight;
    const priority = typedCount(say, draft.priority, 0, MOST_PRIORITY);
    if ("wrong" in priority) return priority;
    const tier = (text: string): number => (text === "never" ? NEVER : Number(text));
    return {
        is: {
            proposal,
            household: household.is,
            weight: weight.is,
            priority: priority.is,
            buy_tier: tier(draft.buy),
            sell_tier: tier(draft.sell),
        },
    };
}

export function admissionSentences(say: Say, admission: Admission): readonly string[] {
    const { household, weight = 1, priority = 0, buy_tier: buy = 0, sell_tier: sell = 0 } = admission;
    const sentences = [
        household == null ? say.t("operator.own_household") : say.t("operator.household", { number: household }),
        weight === 1 ? say.t("meter.weight_one") : say.t("meter.weight", { weight: say.number(weight) }),
    ];
    if (priority > 0) sentences.push(say.t("operator.priority", { place: say.number(priority) }));
    for (const [side, tier] of [
        ["buy", buy],
        ["sell", sell],
    ] as const) {
        if (tier === NEVER) sentences.push(say.t(`meter.${side}_never`));
        else if (tier > 0) sentences.push(say.t(`meter.${side}_after`, { tier }));
    }
    return sentences;
}
