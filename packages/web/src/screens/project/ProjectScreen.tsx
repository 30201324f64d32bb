import { type Project, sameAsset, type Unreadable, units } from "../../data/projects/source.ts";
import type { PledgeResponse } from "../../types/pledge-escrow.ts";
import { useApp } from "../../ui/app-context.tsx";
import { More } from "../../ui/More.tsx";
import { Account, Card, Figures, Loading, Money, Problem, Title } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { short } from "../../words/troubles.ts";
import { titleOf } from "../projects/model.ts";
import { Actions } from "./Actions.tsx";
import type { Viewer } from "./acts.ts";
import { Difference } from "./Difference.tsx";
import { Document } from "./Document.tsx";
import { PledgeBar } from "./PledgeBar.tsx";
import { Pledges } from "./Pledges.tsx";
import { bar, phaseSentences } from "./progress.ts";
import { Claims, Milestones, Offer, Payees } from "./Work.tsx";
import "./project.css";
import { termsSentences } from "./terms.ts";
import { usePledges, useProject, useViewer } from "./useProject.ts";

/** One project: how far it is, what can be done, who and what it is about. */
export function ProjectScreen({ number }: { number: number }) {
    return (
        <More>
            <Asked number={number} />
        </More>
    );
}

function Asked({ number }: { number: number }) {
    const { say } = useApp();
    const project = useProject(number);
    if (project.error != null) return <Problem error={project.error} retry={project.retry} />;
    if (project.data === undefined) return <Loading />;
    if (project.data === null)
        return (
            <>
                <Title>{say.t("projects.number", { number })}</Title>
                <p className="notice warning">{say.t("project.none", { number })}</p>
            </>
        );
    return project.data.terms === null ? <NotShown project={project.data} /> : <Of project={project.data} />;
}

/** Nobody should agree to terms that cannot be shown. */
export function NotShown({ project }: { project: Unreadable }) {
    const { say } = useApp();
    return (
        <>
            <Title>{say.t("projects.number", { number: project.project })}</Title>
            <p className="notice danger" role="alert">
                {say.t("project.unreadable")} <code>{project.why.slice(0, 200)}</code>
            </p>
        </>
    );
}

function Of({ project }: { project: Project }) {
    const { say, source } = useApp();
    const pledges = usePledges(project.project);
    const { viewer, error, retry } = useViewer(project);
    if (!sameAsset(project.terms.asset, source.grid.asset))
        return (
            <>
                <Title>{titleOf(project)}</Title>
                <p className="notice warning">{say.t("projects.other_money")}</p>
            </>
        );
    return (
        <>
            <Title>{titleOf(project)}</Title>
            <Difference project={project.project} />
            <Progress project={project} viewer={viewer} />
            {error == null ? null : <Problem error={error} retry={retry} />}
            {project.offer == null ? null : <Offer project={project} />}
            <Milestones project={project} />
            {pledges.error != null ? <Problem error={pledges.error} retry={pledges.retry} /> : null}
            {pledges.data === undefined ? null : <Pledges project={project} pledges={pledges.data} />}
            {viewer === undefined || viewer.claims.length === 0 ? null : (
                <Claims project={project} claims={viewer.claims} />
            )}
            {viewer === undefined || project.funded_at == null ? null : <Payees payees={viewer.payees} />}
            <TermsCard project={project} />
        </>
    );
}

function Progress({ project, viewer }: { project: Project; viewer: Viewer | undefined }) {
    const { say, now } = useApp();
    const people = usePeople();
    const open = project.phase === "open";
    const of = bar(say, project);
    return (
        <Card title={say.t("project.now")}>
            <p className="badge">{say.t(`phase.${project.phase}`)}</p>
            {phaseSentences(say, project, people, now).map((sentence) => (
                <p key={sentence}>{sentence}</p>
            ))}
            {open ? <PledgeBar of={of} /> : null}
            <Figures rows={figures(say, project)} />
            {open && project.terms.decider == null ? (
                <p className="notice warning">{say.t("terms.no_decider")}</p>
            ) : null}
            {viewer === undefined ? <Loading /> : <Actions project={project} viewer={viewer} />}
            {viewer?.pledge == null ? null : <Mine pledge={viewer.pledge} />}
        </Card>
    );
}

function figures(say: ReturnType<typeof useApp>["say"], project: Project) {
    const row = (
        key: "counts" | "pledged" | "target" | "funded" | "returned" | "retention",
        amount: string,
        strong = false,
    ) => ({
        key,
        label: say.t(`project.${key}`),
        value: <Money units={units(amount)} />,
        strong,
    });
    if (project.phase === "open")
        return [
            row("counts", project.consistent, true),
            row("pledged", project.pledged),
            row("target", project.terms.target),
        ];
    if (project.funded == null) return [row("pledged", project.pledged), row("target", project.terms.target)];
    return [
        row("funded", project.funded, true),
        ...(units(project.returned) > 0n ? [row("returned", project.returned)] : []),
        ...(units(project.retention_left) > 0n ? [row("retention", project.retention_left)] : []),
    ];
}

/** What whoever looks has in it. */
function Mine({ pledge }: { pledge: PledgeResponse }) {
    const { say } = useApp();
    const paid = units(pledge.paid);
    if (units(pledge.amount) === 0n) return null;
    return (
        <p>
            {paid > 0n
                ? say.t("projects.you_paid", { money: say.money(paid) })
                : say.t("projects.you", { money: say.money(units(pledge.amount)) })}
        </p>
    );
}

function TermsCard({ project }: { project: Project }) {
    const { say } = useApp();
    const people = usePeople();
    const { terms } = project;
    return (
        <Card title={say.t("terms.title")}>
            <p className="muted">{say.t("terms.fixed")}</p>
            {termsSentences(say, terms, people).map(({ key, title, sentences }) => (
                <section key={key} className="stack" aria-label={title}>
                    <h3>{title}</h3>
                    <ul className="sentences">
                        {sentences.map((sentence) => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                    </ul>
                </section>
            ))}
            <h3>{say.t("terms.description")}</h3>
            <Document
                name={say.t("terms.description_name")}
                uri={terms.description_uri}
                hash={terms.description_hash}
            />
            <p className="muted">
                {say.t("terms.hash")} <code>{project.terms_hash}</code>
            </p>
            <details>
                <summary>{say.t("terms.accounts")}</summary>
                <div className="stack">
                    {[terms.contractor, ...(terms.decider == null ? [] : [terms.decider.address]), ...terms.payees].map(
                        (address) => (
                            <div key={address}>
                                <p>{people(address)}</p>
                                <Account address={address} text={short(address)} />
                            </div>
                        ),
                    )}
                </div>
            </details>
        </Card>
    );
}
