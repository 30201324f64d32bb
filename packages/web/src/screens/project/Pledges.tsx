import { useState } from "react";
import { type Project, units } from "../../data/projects/source.ts";
import type { PledgeResponse } from "../../types/pledge-escrow.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Card } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { conditionParts, conditionSentence } from "./conditions.ts";

/** Pledges that are listed at once. */
const SHOWN = 20;

/** Who pledged how much, under which condition, and whether it is met. */
export function Pledges({ project, pledges }: { project: Project; pledges: readonly PledgeResponse[] }) {
    const { say } = useApp();
    const people = usePeople();
    const [all, setAll] = useState(false);
    const shown = all ? pledges : pledges.slice(0, SHOWN);
    const { admission } = project.terms;
    const missing =
        "named" in admission && project.phase === "open"
            ? admission.named.parties.filter(({ address }) => !pledges.some(({ pledger }) => pledger === address))
            : [];
    return (
        <Card title={say.t("pledges.title")}>
            {pledges.length === 0 ? <p>{say.t("pledges.none")}</p> : null}
            <ul className="pledges">
                {shown.map((pledge) => (
                    <li key={pledge.pledger}>
                        <Line project={project} pledge={pledge} pledges={pledges} />
                    </li>
                ))}
                {missing.map(({ address, amount }) => (
                    <li key={address}>
                        {say.t("pledges.missing", { who: people(address), money: say.money(units(amount)) })}
                    </li>
                ))}
            </ul>
            {shown.length === pledges.length ? null : (
                <button type="button" className="button" onClick={() => setAll(true)}>
                    {say.t("pledges.all", { count: pledges.length })}
                </button>
            )}
        </Card>
    );
}

function Line({
    project,
    pledge,
    pledges,
}: {
    project: Project;
    pledge: PledgeResponse;
    pledges: readonly PledgeResponse[];
}) {
    const { say } = useApp();
    const people = usePeople();
    const paid = units(pledge.paid);
    const who = people(pledge.pledger);
    if (project.phase !== "open")
        return (
            <p>
                {paid > 0n
                    ? say.t("pledges.paid", { who, money: say.money(paid) })
                    : say.t("pledges.nothing_paid", { who, money: say.money(units(pledge.amount)) })}
            </p>
        );
    return (
        <>
            <p>
                <strong>{say.t("pledges.line", { who, money: say.money(units(pledge.amount)) })}</strong>{" "}
                <span className={pledge.consistent ? "good-text" : "muted"}>
                    {say.t(pledge.consistent ? "pledges.counts" : "pledges.waits")}
                </span>
            </p>
            <p>{conditionSentence(say, pledge.condition, people)}</p>
            <ul className="sentences">
                {conditionParts(say, pledge.condition, people, pledges).map(({ key, text, met }) => (
                    <li key={key}>{say.t(met ? "pledges.met" : "pledges.not_met", { part: text })}</li>
                ))}
            </ul>
        </>
    );
}
