// Terms as sentences: what is agreed to, before anybody pays.

import { units } from "../../data/projects/source.ts";
import type { DeciderTerms, Terms } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";
import { duration } from "../grid/model.ts";
import type { People } from "./conditions.ts";

/** Basis points as per cent. */
export const percent = (say: Say, points: number): string => say.percent(points / 100);

/** Sentences under the heading that they belong to. */
export interface Sentences {
    readonly key: "who" | "money" | "work" | "objections" | "ends";
    readonly title: string;
    readonly sentences: readonly string[];
}

export function termsSentences(say: Say, terms: Terms, people: People): readonly Sentences[] {
    return [
        { key: "who", title: say.t("terms.who"), sentences: whoSentences(say, terms, people) },
        { key: "work", title: say.t("terms.work"), sentences: workSentences(say, terms, people) },
        { key: "objections", title: say.t("terms.objections"), sentences: objectionSentences(say, terms, people) },
        { key: "ends", title: say.t("terms.ends"), sentences: endSentences(say, terms) },
    ];
}

function whoSentences(say: Say, terms: Terms, people: People): readonly string[] {
    const { admission } = terms;
    const target = say.money(units(terms.target));
    const cap = say.money(units(terms.cap));
    return [
        say.t("terms.target", { money: target, when: say.deadline(terms.deadline) }),
        units(terms.cap) > units(terms.target) ? say.t("terms.cap", { money: cap }) : say.t("terms.cap_none"),
        ...("open" in admission
            ? [say.t("terms.open", { money: say.money(units(admission.open.minimum)) })]
            : admission.named.parties.map(({ address, amount }) =>
                  say.t("terms.party", { who: people(address), money: say.money(units(amount)) }),
              )),
        say.t("terms.failed", { when: say.deadline(terms.deadline) }),
    ];
}

function workSentences(say: Say, terms: Terms, people: People): readonly string[] {
    const sentences = [
        say.t("terms.contractor", { who: people(terms.contractor), time: duration(say, terms.accept_within) }),
        units(terms.bond) === 0n
            ? say.t("terms.bond_none")
            : say.t("terms.bond", { who: people(terms.contractor), money: say.money(units(terms.bond)) }),
    ];
    terms.milestones.forEach((milestone, at) => {
        const { title, share, due, payees } = milestone;
        const values = { number: at + 1, title, share: percent(say, share), when: say.deadline(due) };
        sentences.push(say.t("terms.milestone", values));
        for (const { payee, part } of payees) {
            const who = people(terms.payees[payee - 1] ?? "?");
            sentences.push(say.t("terms.payee", { number: at + 1, who, part: percent(say, part) }));
        }
    });
    sentences.push(say.t("terms.review", { time: duration(say, terms.review_period) }));
    sentences.push(
        terms.retention === 0
            ? say.t("terms.retention_none")
            : say.t("terms.retention", {
                  part: percent(say, terms.retention),
                  time: duration(say, terms.defects_period),
              }),
    );
    return sentences;
}

function objectionSentences(say: Say, terms: Terms, people: People): readonly string[] {
    const { decider } = terms;
    if (decider == null) return [say.t("terms.no_decider"), say.t("terms.no_decider_means")];
    return [
        say.t("terms.objection", { share: percent(say, decider.objection), who: people(decider.address) }),
        say.t("terms.decider", { who: people(decider.address), time: duration(say, decider.time_limit) }),
        silenceSentence(say, decider, people),
        ...(terms.payees.includes(decider.address)
            ? [say.t("terms.decider_paid", { who: people(decider.address) })]
            : []),
        say.t("terms.defects", { share: percent(say, decider.objection) }),
    ];
}

/** Who gains where the decider says nothing. */
export function silenceSentence(say: Say, { address, silence }: DeciderTerms, people: People): string {
    const values = { who: people(address), kept: percent(say, silence), rest: percent(say, 10_000 - silence) };
    if (silence === 5_000) return say.t("terms.silence_half", values);
    return say.t(silence > 5_000 ? "terms.silence_contractor" : "terms.silence_holders", values);
}

function endSentences(say: Say, terms: Terms): readonly string[] {
    const share = percent(say, terms.consent);
    return [
        say.t("terms.locked"),
        say.t("terms.votes"),
        say.t("terms.offers", { share }),
        say.t("terms.overdue", { share, time: duration(say, terms.grace) }),
        say.t("terms.ended"),
        ...(units(terms.bond) === 0n ? [] : [say.t("terms.bond_forfeited")]),
    ];
}
