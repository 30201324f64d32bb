// A pledge as it is put together: the condition that was built, read back, and what the pledge would do.

import { type Project, units } from "../../data/projects/source.ts";
import type { Condition, IfPledgedResponse, PledgeResponse, Terms } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";
import { duration } from "../grid/model.ts";
import { asksNoMore, neverHolds, type People } from "../project/conditions.ts";
import { type Typed, typedAddress, typedAmount, typedCount } from "../project/forms.ts";
import { left } from "../project/progress.ts";
import { silenceSentence } from "../project/terms.ts";

/** A condition while it is typed. */
export interface ConditionDraft {
    readonly parties: readonly { readonly address: string; readonly amount: string }[];
    readonly pledgers: { readonly count: string; readonly amount: string } | null;
    readonly total: string | null;
}

export const ALWAYS: ConditionDraft = { parties: [], pledgers: null, total: null };
/** Parties that a condition may name. */
export const MOST_PARTIES = 16;
/** Pledgers that there can be. */
const MOST_PLEDGERS = 513;

/** What a draft means, or the first thing that is wrong with it. */
export function readCondition(
    say: Say,
    draft: ConditionDraft,
    terms: Terms,
    prefix: string,
    people: People,
): Typed<Condition> {
    const parties: { address: string; at_least: string }[] = [];
    for (const one of draft.parties) {
        // Where parties are named one of them is chosen, not typed.
        const chosen = "named" in terms.admission;
        const address: Typed<string> = chosen ? { is: one.address } : typedAddress(say, one.address, prefix);
        if ("wrong" in address) return address;
        if (parties.some((other) => other.address === address.is))
            return { wrong: say.t("pledge.twice", { who: people(address.is) }) };
        const amount = typedAmount(say, one.amount);
        if ("wrong" in amount) return amount;
        parties.push({ address: address.is, at_least: amount.is.toString() });
    }
    let pledgers: Condition["pledgers"] = null;
    if (draft.pledgers !== null) {
        const count = typedCount(say, draft.pledgers.count, 1, MOST_PLEDGERS);
        if ("wrong" in count) return count;
        const amount = typedAmount(say, draft.pledgers.amount);
        if ("wrong" in amount) return amount;
        pledgers = { count: count.is, at_least: amount.is.toString() };
    }
    let total: Condition["total"] = null;
    if (draft.total !== null) {
        const amount = typedAmount(say, draft.total);
        if ("wrong" in amount) return amount;
        total = amount.is.toString();
    }
    const is: Condition = { parties, pledgers, total };
    const never = neverHolds(say, is, terms, people);
    return never === null ? { is } : { wrong: never };
}

/** A condition as a draft that can be changed; `write` writes amounts as people type them. */
export function draftOf(condition: Condition, write: (units: bigint) => string): ConditionDraft {
    return {
        parties: (condition.parties ?? []).map(({ address, at_least }) => ({
            address,
            amount: write(units(at_least)),
        })),
        pledgers:
            condition.pledgers == null
                ? null
                : { count: String(condition.pledgers.count), amount: write(units(condition.pledgers.at_least)) },
        total: condition.total == null ? null : write(units(condition.total)),
    };
}

/** The same, where it asks no more than before. */
export function readWeaker(say: Say, read: Typed<Condition>, before: Condition): Typed<Condition> {
    if ("wrong" in read) return read;
    if (!asksNoMore(read.is, before)) return { wrong: say.t("pledge.stronger") };
    return asksNoMore(before, read.is) ? { wrong: say.t("pledge.same") } : read;
}

/** What an amount must be: fixed for a named party, else between the least and what is left to the cap. */
export function amountOf(
    say: Say,
    typed: string,
    project: Project,
    address: string | null,
    earlier: PledgeResponse | null,
): Typed<bigint> {
    const { admission, cap } = project.terms;
    if ("named" in admission) {
        const party = admission.named.parties.find((one) => one.address === address);
        return party === undefined ? typedAmount(say, typed) : { is: units(party.amount) };
    }
    const before = units(earlier?.amount ?? "0");
    const most = units(cap) - before;
    return typedAmount(say, typed, before === 0n ? { least: units(admission.open.minimum), most } : { most });
}

/** What would follow, as sentences; the first says it in short. */
export function effectSentences(say: Say, project: Project, amount: bigint, told: IfPledgedResponse, people: People) {
    if (told.refused != null) return [say.t("pledge.refused", { words: told.refused.slice(0, 300) })];
    const sentences: string[] = [];
    if (told.funded != null) {
        sentences.push(say.t("pledge.starts", { money: say.money(units(told.funded)) }));
        const paid = units(told.paid);
        if (paid < amount)
            sentences.push(say.t("pledge.part", { paid: say.money(paid), rest: say.money(amount - paid) }));
    } else {
        const counts = units(told.consistent_total);
        const missing = units(project.terms.target) - counts;
        const values = { counts: say.money(counts), missing: say.money(missing > 0n ? missing : 0n) };
        sentences.push(say.t(told.consistent ? "pledge.counts" : "pledge.waits", values));
    }
    if (told.others_joining > 0) sentences.push(say.t("pledge.others", { count: told.others_joining }));
    if (told.displaced != null) sentences.push(say.t("pledge.displaces", { who: people(told.displaced) }));
    return sentences;
}

/** What is locked until when, and what there is no way back from. */
export function bindingSentences(say: Say, { terms }: Project, people: People, now: number): readonly string[] {
    const when = { when: say.deadline(terms.deadline), left: left(say, terms.deadline, now) };
    return [
        say.t("pledge.locked", when),
        say.t("pledge.no_way_back", { time: duration(say, terms.accept_within) }),
        terms.decider == null ? say.t("terms.no_decider") : silenceSentence(say, terms.decider, people),
    ];
}
