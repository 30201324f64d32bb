import { useState } from "react";
import { useApp } from "../../ui/app-context.tsx";
import { More } from "../../ui/More.tsx";
import { Card, Loading, Problem, Title } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { PledgeBar } from "../project/PledgeBar.tsx";
import { useEscrow, useProjectPage } from "../project/useProject.ts";
import "../project/project.css";
import { inOrder, type ProjectCard, projectCard } from "./model.ts";

/** All projects of the grid: nothing here needs an account. */
export function ProjectsScreen() {
    return (
        <More>
            <Projects />
        </More>
    );
}

function Projects() {
    const { say, source } = useApp();
    if (source.grid.contracts.escrow === null && !source.example)
        return (
            <>
                <Title>{say.t("projects.title")}</Title>
                <p className="notice">{say.t("projects.none_here")}</p>
            </>
        );
    return (
        <>
            <Title>{say.t("projects.title")}</Title>
            <p>{say.t("projects.lead")}</p>
            <List after={null} />
            <div className="row">
                <a className="button" href="#/projects/new">
                    {say.t("projects.new")}
                </a>
                <a className="link" href="#/neighbours">
                    {say.t("projects.neighbours")}
                </a>
            </div>
        </>
    );
}

/** A page, and the next one below it when somebody wants it. */
function List({ after }: { after: number | null }) {
    const { say, source, key, now } = useApp();
    const people = usePeople();
    const [more, setMore] = useState(false);
    const page = useProjectPage(after);
    const address = key.account?.address ?? null;
    const mine = useEscrow(address === null ? null : ["pledgesOf", address], (projects) =>
        projects.pledgesOf(address ?? ""),
    );
    if (page.error != null) return <Problem error={page.error} retry={page.retry} />;
    if (page.data === undefined) return <Loading />;
    const cards = page.data.items.map((project) => {
        const own = mine.data?.find((one) => one.project === project.project);
        return projectCard(say, project, own, source.grid.asset, people, now);
    });
    if (cards.length === 0) return <p className="notice">{say.t("projects.empty")}</p>;
    return (
        <>
            {inOrder(cards).map((card) => (
                <OneCard key={card.number} card={card} />
            ))}
            {page.data.next === null ? null : more ? (
                <List after={page.data.next} />
            ) : (
                <button type="button" className="button" onClick={() => setMore(true)}>
                    {say.t("projects.more")}
                </button>
            )}
        </>
    );
}

function OneCard({ card }: { card: ProjectCard }) {
    const { say } = useApp();
    return (
        <Card title={card.title}>
            <p className="badge">{card.phase}</p>
            {card.bar === null ? null : (
                <>
                    <PledgeBar of={card.bar} />
                    <p>{card.bar.sentence}</p>
                </>
            )}
            {card.sentences.map((sentence) => (
                <p key={sentence}>{sentence}</p>
            ))}
            <a
                className="link"
                href={`#/projects/${card.number}`}
                aria-label={say.t("projects.open_of", { title: card.title })}
            >
                {say.t("projects.open")}
            </a>
        </Card>
    );
}
