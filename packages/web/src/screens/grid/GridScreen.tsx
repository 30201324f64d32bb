import { Suspense } from "react";
import { BarChartFigure } from "../../charts/BarChartFigure.tsx";
import { Meter } from "../../charts/Parts.tsx";
import type { Rules, Witnesses } from "../../data/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { type Asked, useAsk } from "../../ui/ask.ts";
import { More } from "../../ui/More.tsx";
import { Account, Card, Figures, Loading, Money, Problem, Table, Title } from "../../ui/parts.tsx";
import { short } from "../../words/troubles.ts";
import { useGridDay, useNewestDay, useRecentWindows, useRules } from "../questions.ts";
import { gridChart } from "./chart.ts";
import {
    bookLines,
    completeness,
    concernSentences,
    contractLines,
    replaceable,
    ruleSentences,
    todaySentences,
    witnessLines,
} from "./model.ts";
import { ReadersList } from "./ReadersList.tsx";
import { Recompute } from "./Recompute.tsx";

/** The grid as a whole: nothing here needs an account. */
export function GridScreen() {
    const { say } = useApp();
    const rules = useRules();
    const witnesses = useAsk(["witnesses"], (source) => source.witnesses());
    return (
        <>
            <Title>{say.t("grid.title")}</Title>
            <Answer asked={rules}>{(of) => <Today rules={of} />}</Answer>
            <Answer asked={rules}>{(of) => <RulesCard rules={of} />}</Answer>
            <Books />
            <Answer asked={witnesses}>
                {(of) => (
                    <>
                        <WitnessesCard witnesses={of} />
                        <Gaps witnesses={of} />
                    </>
                )}
            </Answer>
            <Contracts />
        </>
    );
}

function Answer<T>({ asked, children }: { asked: Asked<T>; children: (answer: T) => React.ReactNode }) {
    if (asked.error != null) return <Problem error={asked.error} retry={asked.retry} />;
    return asked.data === undefined ? <Loading progress={asked.progress} /> : children(asked.data);
}

function Today({ rules }: { rules: Rules }) {
    const { say } = useApp();
    const day = useNewestDay();
    const today = useGridDay(day);
    return (
        <Card title={day === null ? say.t("grid.today") : say.longDay(day)}>
            <Answer asked={today}>
                {(intervals) => (
                    <>
                        {todaySentences(say, rules, intervals).map((sentence) => (
                            <p key={sentence}>{sentence}</p>
                        ))}
                        {intervals.length === 0 || day === null ? null : (
                            <BarChartFigure chart={gridChart(say, intervals, day)} />
                        )}
                    </>
                )}
            </Answer>
            <a className="link" href="#/street">
                {say.t("grid.to_street")}
            </a>
        </Card>
    );
}

function RulesCard({ rules }: { rules: Rules }) {
    const { say, codes, now } = useApp();
    const lead = codes !== null && replaceable(codes) ? "grid.rules_lead_admin" : "grid.rules_lead";
    return (
        <Card title={say.t("grid.rules")}>
            <p className="muted">{say.t(lead)}</p>
            {concernSentences(say, rules).map((concern) => (
                <p key={concern} className="notice warning">
                    {concern}
                </p>
            ))}
            <ul className="sentences">
                {ruleSentences(say, rules, now).map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                ))}
            </ul>
            <a className="link" href="#/operator">
                {say.t("grid.to_operator")}
            </a>
        </Card>
    );
}

function Books() {
    const { say } = useApp();
    const books = useAsk(["books"], (source) => source.books());
    return (
        <Card title={say.t("grid.books")}>
            <Answer asked={books}>
                {(of) => {
                    const lines = bookLines(say, of);
                    return (
                        <>
                            <p
                                className={lines.good ? "notice good" : "notice danger"}
                                role={lines.good ? undefined : "alert"}
                            >
                                {lines.sentence}
                            </p>
                            <Figures
                                rows={[
                                    {
                                        key: "deposited",
                                        label: say.t("grid.deposited"),
                                        value: <Money units={lines.deposited} />,
                                        strong: true,
                                    },
                                    ...lines.parts.map(({ id, label, amount }) => ({
                                        key: id,
                                        label,
                                        value: <Money units={amount} />,
                                    })),
                                    {
                                        key: "sum",
                                        label: say.t("grid.sum"),
                                        value: <Money units={lines.sum} />,
                                        strong: true,
                                    },
                                ]}
                            />
                        </>
                    );
                }}
            </Answer>
            <Suspense fallback={<Loading />}>
                <More>
                    <Recompute />
                </More>
            </Suspense>
        </Card>
    );
}

function WitnessesCard({ witnesses }: { witnesses: Witnesses }) {
    const { say, now } = useApp();
    const lines = witnessLines(say, witnesses, now);
    return (
        <Card title={say.t("grid.witnesses")}>
            <p className={lines.alone ? "notice warning" : undefined}>{lines.lead}</p>
            <ul className="stack">
                {lines.members.map((member) => (
                    <li key={member.key} className="stack tight">
                        <strong>{member.name}</strong>
                        <Meter share={member.share} />
                        {member.sentence === null ? null : <span className="muted">{member.sentence}</span>}
                        {member.unpinned === null ? null : <span className="bad-text">{member.unpinned}</span>}
                    </li>
                ))}
            </ul>
            {lines.alone ? null : (
                <Suspense fallback={<Loading />}>
                    <More>
                        <ReadersList readers={witnesses.readers} />
                    </More>
                </Suspense>
            )}
        </Card>
    );
}

function Gaps({ witnesses }: { witnesses: Witnesses }) {
    const { say } = useApp();
    const windows = useRecentWindows();
    const today = useGridDay(useNewestDay());
    return (
        <Card title={say.t("grid.gaps")}>
            <Answer asked={windows}>
                {(all) => {
                    const of = completeness(say, all, today.data ?? [], witnesses);
                    const rows = all.slice(0, 10).map((window) => ({
                        key: `${window.firstInterval}`,
                        cells: [
                            `${say.shortDay(say.dayOfInterval(window.firstInterval))}, ${say.span(window.firstInterval, window.intervals)}`,
                            window.sums === null ? "–" : say.energy(window.sums.traded),
                            window.sums === null ? "–" : say.money(window.sums.debits),
                            window.state === "provisional" && window.report !== null
                                ? say.t("grid.state_provisional", { when: say.deadline(window.report.finalAt) })
                                : say.t(window.state === "gap" ? "grid.state_gap" : "grid.state_final"),
                        ],
                    }));
                    return (
                        <>
                            <p>{of.newest}</p>
                            {of.next === null ? null : <p className="notice warning">{of.next}</p>}
                            {of.gaps.map((gap) => (
                                <p key={gap}>{gap}</p>
                            ))}
                            {of.readings === null ? null : <p>{of.readings}</p>}
                            {rows.length === 0 ? null : (
                                <details>
                                    <summary>{say.t("grid.window_list")}</summary>
                                    <Table
                                        caption={say.t("grid.window_list")}
                                        heads={[
                                            say.t("app.period"),
                                            say.t("grid.window_shared"),
                                            say.t("grid.window_paid"),
                                            say.t("grid.window_state"),
                                        ]}
                                        rows={rows}
                                    />
                                </details>
                            )}
                        </>
                    );
                }}
            </Answer>
        </Card>
    );
}

function Contracts() {
    const { say, codes } = useApp();
    if (codes === null) return null;
    const of = contractLines(say, codes);
    return (
        <Card title={say.t("grid.contracts")}>
            <p className={`notice ${of.state === "good" ? "good" : of.state === "bad" ? "danger" : "warning"}`}>
                {of.sentence}
            </p>
            {of.contracts.map((contract) => (
                <section key={contract.key} className="stack tight" aria-label={contract.name}>
                    <h3>{contract.name}</h3>
                    <Account address={contract.address} text={short(contract.address)} />
                    <p className={contract.same === false ? "bad-text" : "muted"}>{contract.code}</p>
                    <p className={contract.replaceable ? "bad-text" : "muted"}>{contract.admin}</p>
                </section>
            ))}
        </Card>
    );
}
