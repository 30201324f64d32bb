// Milestones, the standing offer, defects claims, and who is paid.

import { type Project, units } from "../../data/projects/source.ts";
import { clipped } from "../../trust/plain.ts";
import type { ClaimResponse, PayeeResponse } from "../../types/pledge-escrow.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Card } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { Document } from "./Document.tsx";
import { claimSentences, offerSentences, payeeSentences } from "./offers.ts";
import { milestoneSentences } from "./progress.ts";
import { percent } from "./terms.ts";
import { useEscrow } from "./useProject.ts";

/** Longest title of a milestone. */
const LONGEST = 128;

export function Milestones({ project }: { project: Project }) {
    const { say, now } = useApp();
    const people = usePeople();
    return (
        <Card title={say.t("milestones.title")}>
            <ol className="milestones">
                {project.milestones.map((milestone, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: milestones never change their order.
                    <li key={at}>
                        <h3>
                            {say.t("milestones.heading", { number: at + 1, title: clipped(milestone.title, LONGEST) })}
                        </h3>
                        <p>
                            {units(milestone.amount) > 0n
                                ? say.t("milestones.amount", {
                                      money: say.money(units(milestone.kept)),
                                      retained: say.money(units(milestone.retained)),
                                  })
                                : say.t("milestones.share", {
                                      share: percent(say, project.terms.milestones[at]?.share ?? 0),
                                  })}
                        </p>
                        {milestoneSentences(say, milestone, project, people, now).map((sentence) => (
                            <p key={sentence}>{sentence}</p>
                        ))}
                        {milestone.evidence_hash == null ? null : (
                            <Document
                                name={say.t("milestones.evidence", { number: at + 1 })}
                                uri={milestone.evidence_uri ?? ""}
                                hash={milestone.evidence_hash}
                            />
                        )}
                        {units(milestone.objected) > 0n ? (
                            <Objections project={project.project} milestone={at} />
                        ) : null}
                        <Verdict project={project} reason={milestone.verdict} />
                    </li>
                ))}
            </ol>
        </Card>
    );
}

/** Who objects, with how much, and why. */
function Objections({ project, milestone }: { project: number; milestone: number }) {
    const { say } = useApp();
    const people = usePeople();
    const asked = useEscrow(["objections", project, milestone], (projects) => projects.objections(project, milestone));
    return (
        <ul className="stack">
            {(asked.data ?? []).map(({ holder, amount, reason, at }) => (
                <li key={holder} className="stack tight">
                    <p>
                        {say.t("milestones.objection", {
                            who: people(holder),
                            money: say.money(units(amount)),
                            when: say.deadline(at),
                        })}
                    </p>
                    <Document
                        name={say.t("milestones.reason", { who: people(holder) })}
                        uri={reason.uri}
                        hash={reason.hash}
                    />
                </li>
            ))}
        </ul>
    );
}

/** Why the decider decided so, where it did. */
function Verdict({ project, reason }: { project: Project; reason: ClaimResponse["verdict"] }) {
    const { say } = useApp();
    const people = usePeople();
    const { decider } = project.terms;
    if (reason == null || decider == null) return null;
    const name = say.t("milestones.reason", { who: people(decider.address) });
    return <Document name={name} uri={reason.uri} hash={reason.hash} />;
}

export function Offer({ project }: { project: Project }) {
    const { say } = useApp();
    return (
        <Card title={say.t("offer.title", { number: project.offer?.number ?? 0 })}>
            {offerSentences(say, project).map((sentence) => (
                <p key={sentence}>{sentence}</p>
            ))}
        </Card>
    );
}

export function Claims({ project, claims }: { project: Project; claims: readonly ClaimResponse[] }) {
    const { say } = useApp();
    const people = usePeople();
    return (
        <Card title={say.t("claim.title")}>
            <ul className="milestones">
                {claims.map((claim) => (
                    <li key={claim.claim}>
                        <h3>{say.t("dispute.claim", { number: claim.claim })}</h3>
                        {claimSentences(say, claim, project, people).map((sentence) => (
                            <p key={sentence}>{sentence}</p>
                        ))}
                        <Document
                            name={say.t("milestones.reason", { who: people(claim.holder) })}
                            uri={claim.reason.uri}
                            hash={claim.reason.hash}
                        />
                        <Verdict project={project} reason={claim.verdict} />
                    </li>
                ))}
            </ul>
        </Card>
    );
}

export function Payees({ payees }: { payees: readonly PayeeResponse[] }) {
    const { say } = useApp();
    const people = usePeople();
    return (
        <Card title={say.t("payee.title")}>
            <ul className="milestones">
                {payees.map((payee) => (
                    <li key={payee.payee}>
                        <h3>{people(payee.address)}</h3>
                        {payeeSentences(say, payee, people).map((sentence) => (
                            <p key={sentence}>{sentence}</p>
                        ))}
                    </li>
                ))}
            </ul>
        </Card>
    );
}
