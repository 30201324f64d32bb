// The contractor's standing offer, and defects claims, in words.

import { type Project, units } from "../../data/projects/source.ts";
import type { ClaimResponse, Dispute, PayeeResponse, Proposal } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";
import type { People } from "./conditions.ts";
import { percent } from "./terms.ts";

/** "Milestone 2" or "claim 3". */
export function disputeName(say: Say, dispute: Dispute): string {
    return "milestone" in dispute
        ? say.t("dispute.milestone", { number: dispute.milestone.milestone + 1 })
        : say.t("dispute.claim", { number: dispute.claim.claim });
}

export function proposalSentence(say: Say, proposal: Proposal): string {
    if ("split" in proposal) {
        const { dispute, kept } = proposal.split;
        const values = { what: disputeName(say, dispute), kept: percent(say, kept), rest: percent(say, 10_000 - kept) };
        return say.t("offer.split", values);
    }
    if ("due" in proposal)
        return say.t("offer.due", { number: proposal.due.milestone + 1, when: say.deadline(proposal.due.due) });
    return say.t("offer.end");
}

/** What is offered, and how far the consent is. */
export function offerSentences(say: Say, project: Project): readonly string[] {
    const { offer } = project;
    if (offer == null) return [];
    const consent = {
        money: say.money(units(offer.consented)),
        needed: say.money(units(project.consent_needed)),
    };
    return [proposalSentence(say, offer.proposal), say.t("offer.consented", consent), say.t("offer.for_good")];
}

/** A claim: who says what is wrong, how far it is, how it ended. */
export function claimSentences(say: Say, claim: ClaimResponse, project: Project, people: People): readonly string[] {
    const { status, decided } = claim;
    const who = people(project.terms.decider?.address ?? "?");
    const sentences = [say.t("claim.of", { who: people(claim.holder), money: say.money(units(claim.amount)) })];
    if (status === "gathering")
        sentences.push(
            say.t("claim.gathering", {
                money: say.money(units(claim.supported)),
                needed: say.money(units(project.objection_needed ?? "0")),
            }),
        );
    if (status === "open" && claim.decide_until != null)
        sentences.push(say.t("claim.before", { who, when: say.deadline(claim.decide_until) }));
    if (status === "lapsed") sentences.push(say.t("claim.lapsed"));
    if (decided != null)
        sentences.push(
            say.t(`claim.decided_${decided.by}`, {
                who,
                money: say.money(units(claim.awarded)),
                when: say.deadline(decided.at),
            }),
        );
    return sentences;
}

/** What one who is paid has got, can draw, and has held back, why and until when. */
export function payeeSentences(say: Say, payee: PayeeResponse, people: People): readonly string[] {
    const sentences = [
        say.t("payee.money", {
            drawn: say.money(units(payee.drawn)),
            drawable: say.money(units(payee.drawable)),
        }),
    ];
    for (const { amount, milestone, until, why } of payee.held) {
        const when = until == null ? "none" : say.deadline(until);
        const values = { money: say.money(units(amount)), when, number: (milestone ?? 0) + 1 };
        sentences.push(say.t(`payee.held_${why}`, values));
    }
    if (payee.moving_to != null) sentences.push(say.t("payee.moving", { who: people(payee.moving_to) }));
    return sentences;
}
