import { type FormEvent, useState } from "react";
import { type Project, units } from "../../data/projects/source.ts";
import { decimalOf } from "../../format/decimal.ts";
import { decimal } from "../../format/money.ts";
import type { Condition, PledgeResponse } from "../../types/pledge-escrow.ts";
import { moneyOff } from "../../ui/alerts.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Field } from "../../ui/Field.tsx";
import { More } from "../../ui/More.tsx";
import { Card, Loading, Problem, Title } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { useLater } from "../../ui/useLater.ts";
import { useSend } from "../project/Actions.tsx";
import { mayPledge } from "../project/acts.ts";
import { conditionSentence, isEmpty } from "../project/conditions.ts";
import { Difference } from "../project/Difference.tsx";
import type { Typed } from "../project/forms.ts";
import { NotShown } from "../project/ProjectScreen.tsx";
import "../project/project.css";
import { useDifference, useIfPledged, useMine, useProject } from "../project/useProject.ts";
import { titleOf } from "../projects/model.ts";
import { Builder } from "./Builder.tsx";
import { ALWAYS, amountOf, bindingSentences, draftOf, effectSentences, readCondition, readWeaker } from "./model.ts";

export type Mode = "pledge" | "raise" | "weaken";

/** How long typing pauses before a node is asked, ms. */
const PAUSE = 400;

/** A pledge, put together and seen in its effect before anything is signed. */
export function PledgeScreen({ number, mode }: { number: number; mode: Mode }) {
    return (
        <More>
            <Asked number={number} mode={mode} />
        </More>
    );
}

function Asked({ number, mode }: { number: number; mode: Mode }) {
    const { say, key } = useApp();
    const project = useProject(number);
    const address = key.account?.address ?? null;
    const mine = useMine(number, address);
    if (mine.error != null) return <Problem error={mine.error} retry={mine.retry} />;
    if (project.error != null) return <Problem error={project.error} retry={project.retry} />;
    if (project.data === undefined || (address !== null && mine.data === undefined)) return <Loading />;
    if (project.data === null) return <p className="notice warning">{say.t("project.none", { number })}</p>;
    if (project.data.terms === null) return <NotShown project={project.data} />;
    const of = project.data;
    const pledge = mine.data?.pledge ?? null;
    const why =
        of.phase !== "open"
            ? say.t("pledge.closed")
            : address !== null && !mayPledge(of, address)
              ? say.t("act.barred_stranger")
              : mode !== "pledge" && (pledge === null || units(pledge.amount) === 0n)
                ? say.t("pledge.none_yet")
                : null;
    return (
        <>
            <Title>{say.t(`pledge.title_${mode}`)}</Title>
            <p>
                <a className="link" href={`#/projects/${number}`}>
                    {titleOf(of)}
                </a>
            </p>
            {why === null ? <Form project={of} mode={mode} pledge={pledge} /> : <p className="notice warning">{why}</p>}
        </>
    );
}

function Form({ project, mode, pledge }: { project: Project; mode: Mode; pledge: PledgeResponse | null }) {
    const { say, source, key, health, codes, now } = useApp();
    const people = usePeople();
    const send = useSend();
    const write = (of: bigint): string =>
        decimal(say.locale, decimalOf(of, say.asset.decimals), {
            useGrouping: false,
            maximumFractionDigits: say.asset.decimals,
        });
    const before: Condition = pledge?.condition ?? {};
    const [text, setText] = useState("");
    const [draft, setDraft] = useState(() => (mode === "pledge" || isEmpty(before) ? ALWAYS : draftOf(before, write)));
    const [tried, setTried] = useState(false);
    const address = key.account?.address ?? null;
    const amount = mode === "weaken" ? null : amountOf(say, text, project, address, pledge);
    const built = readCondition(say, draft, project.terms, source.grid.chain.prefix, people);
    const condition: Typed<Condition> =
        mode === "raise" ? { is: before } : mode === "weaken" ? readWeaker(say, built, before) : built;
    const fixed = "named" in project.terms.admission && amount !== null && "is" in amount && address !== null;
    const off = moneyOff(say, { example: source.example, health, codes });
    const difference = useDifference(project.project);
    const go = (event: FormEvent): void => {
        event.preventDefault();
        setTried(true);
        if ("wrong" in condition || (amount !== null && "wrong" in amount)) return;
        const { project: number, terms_hash } = project;
        if (amount === null) send({ restate: { project: number, condition: condition.is } });
        else send({ pledge: { project: number, terms_hash, condition: condition.is } }, amount.is.toString());
    };
    return (
        <form className="stack" onSubmit={go} noValidate>
            {amount === null ? null : (
                <Card title={say.t("pledge.amount")}>
                    {fixed ? (
                        <p>{say.t("pledge.fixed", { money: say.money(amount.is) })}</p>
                    ) : (
                        <Field
                            label={`${say.t("money.how_much")} (${say.asset.symbol})`}
                            value={text}
                            onChange={setText}
                            numeric
                            wrong={(tried || text !== "") && "wrong" in amount ? amount.wrong : null}
                        />
                    )}
                    {mode === "raise" && pledge !== null ? (
                        <p>{say.t("pledge.on_top", { money: say.money(units(pledge.amount)) })}</p>
                    ) : null}
                </Card>
            )}
            <Card title={say.t("pledge.condition")}>
                {mode === "raise" ? (
                    <p className="muted">{say.t("pledge.keeps")}</p>
                ) : (
                    <Builder
                        project={project}
                        draft={draft}
                        onChange={setDraft}
                        write={write}
                        weaker={mode === "weaken"}
                    />
                )}
                {"is" in condition ? (
                    <p role="status">
                        <strong>{conditionSentence(say, condition.is, people)}</strong>
                    </p>
                ) : (
                    <p className="bad-text" role="alert">
                        {condition.wrong}
                    </p>
                )}
            </Card>
            {amount !== null && "is" in amount && "is" in condition ? (
                <Effect project={project} amount={amount.is} condition={condition.is} />
            ) : null}
            <Card title={say.t("pledge.binding")}>
                <ul className="sentences">
                    {bindingSentences(say, project, people, now).map((sentence) => (
                        <li key={sentence}>{sentence}</li>
                    ))}
                </ul>
                <p className="muted">
                    {say.t("pledge.agree")} <code>{project.terms_hash}</code>
                </p>
                {off !== null ? (
                    <p className="notice">{off}</p>
                ) : difference.data === undefined && difference.error == null ? (
                    <Loading />
                ) : difference.data?.found != null ? (
                    <Difference project={project.project} />
                ) : address === null ? (
                    <a className="button main" href="#/start">
                        {say.t("first.connect")}
                    </a>
                ) : (
                    <button type="submit" className="button main">
                        {say.t("money.next")}
                    </button>
                )}
            </Card>
        </form>
    );
}

/** What the pledge would do, by the contract's own rules, run by a node without signing anything. */
function Effect({ project, amount, condition }: { project: Project; amount: bigint; condition: Condition }) {
    const { say, key } = useApp();
    const people = usePeople();
    const wanted = JSON.stringify([amount.toString(), condition]);
    const asked = useLater(wanted, PAUSE);
    const address = key.account?.address ?? null;
    const [of, what] = JSON.parse(asked) as [string, Condition];
    const told = useIfPledged(project, of, what, address);
    return (
        <Card title={say.t("pledge.effect")}>
            {told.error != null ? (
                <Problem error={told.error} retry={told.retry} />
            ) : told.data === undefined || asked !== wanted ? (
                <Loading />
            ) : (
                <div role="status" className="stack">
                    {effectSentences(say, project, amount, told.data, people).map((sentence, at) => (
                        <p key={sentence} className={at === 0 ? "notice good" : undefined}>
                            {sentence}
                        </p>
                    ))}
                </div>
            )}
        </Card>
    );
}
