import { useId, useState } from "react";
import { useLocation } from "wouter";
import { BarChartFigure } from "../../charts/BarChartFigure.tsx";
import { Parts } from "../../charts/Parts.tsx";
import { useWide } from "../../charts/useWidth.ts";
import { addDays, dayOf } from "../../format/days.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Card, Loading, Problem, saveFile, Title } from "../../ui/parts.tsx";
import { missingSentence } from "../bill/check.ts";
import { FindHome } from "../first/First.tsx";
import { useHomeEnergy, useRules } from "../questions.ts";
import { csv, dayFrom, dayModel, range } from "./model.ts";

/** One local day of the home. */
export function EnergyScreen({ day: asked }: { day: string | undefined }) {
    const { say, home, now } = useApp();
    const today = dayOf(now, say.zone);
    const day = dayFrom(asked, today);
    const [, go] = useLocation();
    const field = useId();
    if (home === null)
        return (
            <>
                <Title>{say.t("energy.title")}</Title>
                <p>{say.t("energy.choose_home")}</p>
                <FindHome />
            </>
        );
    const next = addDays(day, 1);
    return (
        <>
            <Title>{say.t("energy.title")}</Title>
            <nav className="row" aria-label={say.t("energy.pick")}>
                <a className="button" href={`#/energy/${addDays(day, -1)}`} aria-label={say.t("energy.before")}>
                    ‹
                </a>
                <div className="field grow">
                    <label htmlFor={field} className="hidden">
                        {say.t("energy.pick")}
                    </label>
                    <input
                        id={field}
                        type="date"
                        value={day}
                        max={today}
                        onChange={(event) => {
                            if (event.target.value !== "") go(`/energy/${event.target.value}`);
                        }}
                    />
                </div>
                {next > today ? null : (
                    <a className="button" href={`#/energy/${next}`} aria-label={say.t("energy.after")}>
                        ›
                    </a>
                )}
                {day === today ? null : (
                    <a className="button" href={`#/energy/${today}`}>
                        {say.t("energy.today")}
                    </a>
                )}
            </nav>
            <DayOf key={day} slot={home} day={day} />
        </>
    );
}

function DayOf({ slot, day }: { slot: number; day: ReturnType<typeof dayFrom> }) {
    const { say, now } = useApp();
    const wide = useWide(600);
    const [compare, setCompare] = useState(false);
    const rules = useRules();
    const home = useAsk(["home", slot], (source) => source.home(slot));
    const energy = useHomeEnergy(slot, range(day, say));
    const before = useHomeEnergy(compare ? slot : null, range(addDays(day, -1), say));
    const error = energy.error ?? rules.error;
    if (error != null) return <Problem error={error} retry={energy.error == null ? rules.retry : energy.retry} />;
    if (energy.data === undefined || rules.data === undefined) return <Loading progress={energy.progress} />;
    const utility = (rules.data.policy.tariff?.tables.length ?? 0) > 0;
    const model = dayModel(say, {
        day,
        energy: energy.data,
        before: compare ? (before.data ?? null) : null,
        utility,
        wide,
        now,
        since: home.data?.from ?? 0,
    });
    const intervals = energy.data.intervals;
    return (
        <>
            <Card title={say.longDay(day)}>
                {model.clocks === null ? null : <p className="muted">{model.clocks}</p>}
                <BarChartFigure chart={model.chart} />
                <label className="row">
                    <input
                        type="checkbox"
                        className="check"
                        checked={compare}
                        onChange={(event) => setCompare(event.target.checked)}
                    />
                    <span className="grow">{say.t("energy.compare")}</span>
                </label>
                {compare && before.data === undefined && before.error == null ? (
                    <Loading progress={before.progress} />
                ) : null}
                {compare && before.error != null ? <Problem error={before.error} retry={before.retry} /> : null}
                {model.compare === null ? null : <p role="status">{model.compare}</p>}
            </Card>
            {model.from.length === 0 ? null : (
                <Card title={say.t("energy.from")}>
                    <Parts title={say.energy(model.sum.taken)} parts={model.from} />
                </Card>
            )}
            {model.to.length === 0 ? null : (
                <Card title={say.t("energy.to")}>
                    <Parts title={say.energy(model.sum.given)} parts={model.to} />
                </Card>
            )}
            <section className="card">
                {model.complete === null ? null : <p>{model.complete}</p>}
                {model.substituted === null ? null : <p>{model.substituted}</p>}
                {energy.data.missing.map((missing) => (
                    <p key={JSON.stringify(missing)} className="notice warning">
                        {missingSentence(say, missing)}
                    </p>
                ))}
                <button
                    type="button"
                    className="button"
                    disabled={intervals.length === 0}
                    onClick={() => saveFile(`home-${slot}-${day}.csv`, csv(say, intervals), "text/csv")}
                >
                    {say.t("energy.csv")}
                </button>
            </section>
        </>
    );
}
