// What whoever looks can do now, the most pressing first: the first is the screen's one main button.

import { type Project, units } from "../../data/projects/source.ts";
import type {
    ClaimResponse,
    Dispute,
    ExecuteMsg,
    PayeeResponse,
    PledgeResponse,
    VotesResponse,
} from "../../types/pledge-escrow.ts";
import { isEmpty } from "./conditions.ts";
import { acceptUntil, nextMilestone } from "./progress.ts";

/** Whoever looks, and what the escrow knows of them. */
export interface Viewer {
    /** Null: nobody is connected. */
    readonly address: string | null;
    readonly pledge: PledgeResponse | null;
    /** Null: nothing was paid, so there is no vote. */
    readonly votes: VotesResponse | null;
    readonly payees: readonly PayeeResponse[];
    readonly claims: readonly ClaimResponse[];
}

/** One thing that can be done. Those with a message go to the sheet as they are; the others ask for something first. */
export type Act =
    | { readonly id: "pledge" | "raise" | "weaken" }
    | { readonly id: "accept"; readonly message: ExecuteMsg; readonly amount: string | null }
    | { readonly id: "submit"; readonly milestone: number }
    | { readonly id: "object"; readonly milestone: number }
    | { readonly id: "decide"; readonly dispute: Dispute }
    | { readonly id: "offer" | "claim_defects" | "pay_revenue" }
    | { readonly id: "move_payee"; readonly payee: number }
    | {
          readonly id:
              | "take_back"
              | "take_share"
              | "draw"
              | "withdraw_objection"
              | "consent"
              | "withdraw_offer"
              | "consent_to_end"
              | "end"
              | "support"
              | "withdraw_support"
              | "confirm_move";
          readonly message: ExecuteMsg;
          /** What tells it from another of its kind: a milestone or a claim, from 0 and from 1. */
          readonly number?: number;
          /** What would be got, where that is known. */
          readonly gets?: bigint;
      };

export function acts(project: Project, viewer: Viewer, now: number): readonly Act[] {
    if (viewer.address === null) return [];
    return [
        ...toTake(project, viewer),
        ...ofTheContractor(project, viewer, now),
        ...ofTheDecider(project, viewer),
        ...ofAHolder(project, viewer, now),
        ...ofAPledger(project, viewer, now),
        ...ofAnybody(project, now),
        ...ofAPayee(viewer),
    ];
}

/** Money that waits for whoever looks. */
function toTake({ project }: Project, { address, pledge, payees }: Viewer): Act[] {
    const all: Act[] = [];
    if (pledge !== null && units(pledge.refundable) > 0n)
        all.push({ id: "take_back", message: { claim_refund: { project } }, gets: units(pledge.refundable) });
    for (const { payee, address: of, drawable } of payees)
        if (of === address && units(drawable) > 0n)
            all.push({ id: "draw", message: { draw: { project, payee } }, gets: units(drawable), number: payee });
    if (pledge !== null && units(pledge.revenue) > 0n)
        all.push({ id: "take_share", message: { claim_revenue: { project } }, gets: units(pledge.revenue) });
    for (const { payee, moving_to } of payees)
        if (moving_to === address)
            all.push({ id: "confirm_move", message: { confirm_move: { project, payee } }, number: payee });
    return all;
}

function ofTheContractor(project: Project, { address }: Viewer, now: number): Act[] {
    const { terms, phase, terms_hash, project: number } = project;
    if (address !== terms.contractor) return [];
    const all: Act[] = [];
    if (phase === "funded" && now < acceptUntil(project))
        all.push({
            id: "accept",
            message: { accept: { project: number, terms_hash } },
            amount: units(terms.bond) > 0n ? terms.bond : null,
        });
    const next = nextMilestone(project);
    if (phase === "active" && next !== null) all.push({ id: "submit", milestone: next });
    if (project.offer != null) all.push({ id: "withdraw_offer", message: { withdraw_offer: { project: number } } });
    if (phase === "active" || disputes(project).length > 0) all.push({ id: "offer" });
    return all;
}

function ofTheDecider(project: Project, { address }: Viewer): Act[] {
    if (address !== project.terms.decider?.address) return [];
    return disputes(project).map((dispute) => ({ id: "decide", dispute }));
}

/** What is before the decider now. */
export function disputes({ milestones, open_claims }: Project): readonly Dispute[] {
    return [
        ...milestones.flatMap(({ status }, milestone) => (status === "disputed" ? [{ milestone: { milestone } }] : [])),
        ...open_claims.map((claim) => ({ claim: { claim } })),
    ];
}

function ofAHolder(project: Project, { votes, claims }: Viewer, now: number): Act[] {
    if (votes === null || units(votes.paid) === 0n) return [];
    const { project: number, terms, offer } = project;
    const all: Act[] = [];
    if (offer != null && !votes.consents)
        all.push({
            id: "consent",
            message: { consent: { project: number, offer: offer.number } },
            number: offer.number,
        });
    if (canEnd(project, now) && !votes.wants_end)
        all.push({ id: "consent_to_end", message: { consent_to_end: { project: number } } });
    if (terms.decider == null) return all;
    project.milestones.forEach((milestone, at) => {
        const { status, payable_at, decided } = milestone;
        if (payable_at == null || now >= payable_at || decided != null) return;
        if (!votes.objects_to.includes(at)) all.push({ id: "object", milestone: at });
        else if (status === "submitted")
            all.push({
                id: "withdraw_objection",
                message: { withdraw_objection: { project: number, milestone: at } },
                number: at,
            });
    });
    return [...all, ...ofDefects(project, votes, claims, now)];
}

function ofDefects(
    { project, defects_end, phase, retention_left }: Project,
    votes: VotesResponse,
    claims: readonly ClaimResponse[],
    now: number,
): Act[] {
    const own = claims.find(({ claim }) => claim === votes.supports);
    if (votes.supports != null)
        return own?.status === "gathering"
            ? [{ id: "withdraw_support", message: { withdraw_support: { project } }, number: votes.supports }]
            : [];
    const begun = phase === "defects" || phase === "terminated";
    if (!begun || defects_end == null || now >= defects_end || units(retention_left) === 0n) return [];
    const gathering = claims.filter(({ status }) => status === "gathering");
    return [
        ...gathering.map(
            ({ claim }): Act => ({ id: "support", message: { support_claim: { project, claim } }, number: claim }),
        ),
        { id: "claim_defects" },
    ];
}

/** Whether holders of the consent share can end it: after a due date, or after a decision that left nothing of a milestone. */
function canEnd(project: Project, now: number): boolean {
    if (project.phase !== "active") return false;
    const missed = project.milestones.some(({ decided }) => decided != null && decided.kept === 0);
    return missed || (nextMilestone(project) !== null && project.next_due != null && now >= project.next_due);
}

function ofAPledger(project: Project, { address, pledge }: Viewer, now: number): Act[] {
    const { phase, terms } = project;
    if (phase !== "open" || now >= terms.deadline || address === null) return [];
    if (pledge === null || units(pledge.amount) === 0n) return mayPledge(project, address) ? [{ id: "pledge" }] : [];
    const all: Act[] = [];
    if (!isEmpty(pledge.condition)) all.push({ id: "weaken" });
    if ("open" in terms.admission && units(pledge.amount) < units(terms.cap)) all.push({ id: "raise" });
    return all;
}

/** Whether the terms admit an account: who is paid or decides may not promise to pay. */
export function mayPledge({ terms }: Project, address: string): boolean {
    if ([terms.contractor, terms.decider?.address, ...terms.payees].includes(address)) return false;
    return "open" in terms.admission || terms.admission.named.parties.some((party) => party.address === address);
}

function ofAnybody(project: Project, now: number): Act[] {
    const { phase, terms, next_due, project: number } = project;
    const all: Act[] = [];
    if (phase === "active" && nextMilestone(project) !== null && next_due != null && now >= next_due + terms.grace)
        all.push({ id: "end", message: { terminate: { project: number } } });
    if (phase === "defects" || phase === "closed") all.push({ id: "pay_revenue" });
    return all;
}

function ofAPayee({ address, payees }: Viewer): Act[] {
    return payees.flatMap((one): Act[] => (one.address === address ? [{ id: "move_payee", payee: one.payee }] : []));
}

/** Why somebody who is connected cannot pledge; null: they can, or nobody can any more. */
export function barred(project: Project, viewer: Viewer): "stranger" | "paid" | null {
    const { address } = viewer;
    if (address === null || project.phase !== "open" || mayPledge(project, address)) return null;
    const { terms } = project;
    return [terms.contractor, terms.decider?.address, ...terms.payees].includes(address) ? "paid" : "stranger";
}
