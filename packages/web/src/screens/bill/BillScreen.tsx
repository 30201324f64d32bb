import { useId, useState } from "react";
import { useLocation } from "wouter";
import { BarChartFigure } from "../../charts/BarChartFigure.tsx";
import type { Bill, BillCheck, Home, Rules, Window } from "../../data/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Card, Figures, Loading, Problem, saveFile, Title } from "../../ui/parts.tsx";
import { FindHome } from "../first/First.tsx";
import { periodName } from "../home/model.ts";
import { useRules } from "../questions.ts";
import { homeName } from "../settings/model.ts";
import { billChart } from "./chart.ts";
import { verdict } from "./check.ts";
import { chosen, steps, summary, sums } from "./model.ts";

/** Why this amount? For the window that holds an interval. */
export function BillScreen({ interval }: { interval: number }) {
    const { say, home } = useApp();
    if (home === null)
        return (
            <>
                <Title>{say.t("bill.title")}</Title>
                <p>{say.t("money.choose_home")}</p>
                <FindHome />
            </>
        );
    return <BillOf slot={home} interval={interval} />;
}

function BillOf({ slot, interval }: { slot: number; interval: number }) {
    const { say, names } = useApp();
    const rules = useRules();
    const home = useAsk(["home", slot], (source) => source.home(slot));
    // From one quarter hour to the next the window stays what it is, and so does the screen.
    const [known, setKnown] = useState<Window | null>(null);
    const holds = known !== null && interval >= known.firstInterval && interval < known.firstInterval + known.intervals;
    const asked = useAsk(holds ? null : ["windowAt", interval], async (source) => {
        const page = await source.windows(interval + 1, 1);
        const [found] = page.items;
        const right = found !== undefined && interval < found.firstInterval + found.intervals ? found : null;
        setKnown(right);
        return right;
    });
    const window = holds ? { ...asked, data: known, error: null } : asked;
    const first = window.data?.report == null ? null : window.data.firstInterval;
    const bill = useAsk(first === null ? null : ["bill", slot, first], (source) => source.bill(slot, first ?? 0));
    const failed = [window, rules, home, bill].find((asked) => asked.error != null);
    return (
        <>
            <Title>{say.t("bill.title")}</Title>
            <p className="muted">{homeName(say, names, slot)}</p>
            {failed === undefined ? null : <Problem error={failed.error} retry={failed.retry} />}
            {window.data === null ? <p className="notice">{say.t("bill.no_window")}</p> : null}
            {window.data?.state === "gap" ? <p className="notice">{say.t("bill.gap")}</p> : null}
            {failed === undefined && (window.data === undefined || (first !== null && bill.data === undefined)) ? (
                <Loading />
            ) : null}
            {bill.data === undefined || rules.data === undefined || home.data == null || first === null ? null : bill
                  .data.intervals === null ? (
                <>
                    <Card title={say.t("bill.unknown")}>
                        <p>{periodName(say, { first, count: window.data?.intervals ?? 1 })}</p>
                    </Card>
                    <CheckCard check={bill.data.check} first={first} />
                </>
            ) : (
                <Whole bill={bill.data} rules={rules.data} home={home.data} interval={interval} />
            )}
        </>
    );
}

function Whole({ bill, rules, home, interval }: { bill: Bill; rules: Rules; home: Home; interval: number }) {
    const { say } = useApp();
    const of = summary(say, bill);
    const lines = sums(say, bill, rules);
    const { state } = verdict(say, bill.check, bill.window.firstInterval);
    const asked = interval === bill.window.firstInterval ? null : interval;
    return (
        <>
            <section className="card" aria-label={of.title}>
                <p className="headline">{of.title}</p>
                <p className="muted">{of.period}</p>
                {of.sentences.map((sentence) => (
                    <p key={sentence}>{sentence}</p>
                ))}
                {of.revision === null ? null : <p className="notice">{of.revision}</p>}
                <div className="row">
                    <p className="badge">{of.final}</p>
                    <p className={state === "good" ? "badge good" : "badge"}>{say.t(`bill.badge_${state}`)}</p>
                </div>
            </section>
            <Intervals bill={bill} rules={rules} home={home} asked={asked} />
            {lines.length === 0 ? null : (
                <Card title={say.t("bill.sum")}>
                    <Figures rows={lines} />
                </Card>
            )}
            <CheckCard check={bill.check} first={bill.window.firstInterval} />
        </>
    );
}

function Intervals({ bill, rules, home, asked }: { bill: Bill; rules: Rules; home: Home; asked: number | null }) {
    const { say } = useApp();
    const [, go] = useLocation();
    const field = useId();
    const one = chosen(bill.intervals, asked);
    if (one === null) return null;
    const last = bill.intervals.length - 1;
    const place = bill.intervals.indexOf(one);
    const open = (to: number): void => go(`/bill/${bill.intervals[to]?.interval ?? one.interval}`, { replace: true });
    const quarter = say.intervalLength === 900;
    return (
        <>
            {bill.intervals.length < 2 ? null : (
                <Card title={say.t("bill.chart")}>
                    <BarChartFigure chart={billChart(say, bill.intervals)} />
                </Card>
            )}
            <Card title={say.t(quarter ? "bill.step_by_step" : "bill.step_interval")}>
                {bill.intervals.length < 2 ? null : (
                    <div className="row">
                        <button
                            type="button"
                            className="button"
                            aria-label={say.t("bill.earlier")}
                            aria-disabled={place === 0}
                            onClick={() => open(Math.max(0, place - 1))}
                        >
                            ‹
                        </button>
                        <div className="field grow">
                            <label className="hidden" htmlFor={field}>
                                {say.t("bill.choose")}
                            </label>
                            <select id={field} value={place} onChange={(event) => open(Number(event.target.value))}>
                                {bill.intervals.map(({ interval }, at) => (
                                    <option key={interval} value={at}>
                                        {say.span(interval, 1)}
                                    </option>
                                ))}
                            </select>
                        </div>
                        <button
                            type="button"
                            className="button"
                            aria-label={say.t("bill.later")}
                            aria-disabled={place === last}
                            onClick={() => open(Math.min(last, place + 1))}
                        >
                            ›
                        </button>
                    </div>
                )}
                <ol className="steps" aria-live="polite">
                    {steps(say, one, rules, home).map((step) => (
                        <li key={step.id}>
                            <h3>{step.title}</h3>
                            {step.sentences.map((sentence) => (
                                <p key={sentence}>{sentence}</p>
                            ))}
                        </li>
                    ))}
                </ol>
            </Card>
        </>
    );
}

function CheckCard({ check, first }: { check: BillCheck; first: number }) {
    const { say } = useApp();
    const of = verdict(say, check, first);
    const [saved, setSaved] = useState(false);
    const { file } = of;
    return (
        <Card title={say.t("bill.check")}>
            <p
                className={`notice ${of.state === "good" ? "good" : of.state === "bad" ? "danger" : "warning"}`}
                role={of.state === "bad" ? "alert" : undefined}
            >
                <strong>
                    {of.state === "good" ? "✓ " : of.state === "bad" ? "✗ " : "? "}
                    {of.headline}
                </strong>
            </p>
            <ul className="stack">
                {of.sentences.map((sentence) => (
                    <li key={sentence}>{sentence}</li>
                ))}
            </ul>
            {file === null ? null : (
                <button
                    type="button"
                    className="button main"
                    aria-pressed={saved}
                    onClick={() => {
                        saveFile(file.name, file.text, "application/json");
                        setSaved(true);
                    }}
                >
                    {say.t("bill.check_file")}
                </button>
            )}
        </Card>
    );
}
