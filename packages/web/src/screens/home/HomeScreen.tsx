import { useState } from "react";
import { BarChartFigure } from "../../charts/BarChartFigure.tsx";
import { useWide } from "../../charts/useWidth.ts";
import type { Rules } from "../../data/source.ts";
import { dayOf, monthOf } from "../../format/days.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Card, Choice, Figures, Loading, Money, Problem, Title } from "../../ui/parts.tsx";
import { FindHome } from "../first/First.tsx";
import { useGridDay, useHomeEnergy, useNewestDay, useRecentWindows, useRules } from "../questions.ts";
import { homeName } from "../settings/model.ts";
import {
    gridTile,
    lastPeriod,
    moneyTile,
    type Range,
    rangeChart,
    rangeIntervals,
    savedOf,
    staleSince,
} from "./model.ts";

/** One's home: the last period, the energy, the money, the grid. */
export function HomeScreen({ slot }: { slot: number }) {
    const { say, names, now } = useApp();
    const rules = useRules();
    const home = useAsk(["home", slot], (source) => source.home(slot));
    const windows = useRecentWindows();
    const stale = windows.data === undefined ? null : staleSince(windows.data, now, say.intervalLength);
    if (home.data === null)
        return (
            <>
                <Title>{say.t("home.title")}</Title>
                <p className="notice warning">{say.t("home.gone", { number: slot })}</p>
                <FindHome />
            </>
        );
    return (
        <>
            <Title>{homeName(say, names, slot)}</Title>
            {stale === null ? null : (
                <p className="notice warning" role="status">
                    {say.t("home.stale", { when: say.deadline(stale) })}
                </p>
            )}
            {home.data !== undefined && home.data.from * say.intervalLength > now ? (
                <p className="notice">
                    {say.t("home.not_yet", { when: say.deadline(home.data.from * say.intervalLength) })}
                </p>
            ) : null}
            {rules.error != null ? <Problem error={rules.error} retry={rules.retry} /> : null}
            {home.error != null && rules.error == null ? <Problem error={home.error} retry={home.retry} /> : null}
            {rules.data === undefined ? (
                rules.error == null ? (
                    <Loading />
                ) : null
            ) : (
                <Parts slot={slot} rules={rules.data} since={home.data?.from ?? 0} />
            )}
        </>
    );
}

function Parts({ slot, rules, since }: { slot: number; rules: Rules; since: number }) {
    const utility = (rules.policy.tariff?.tables.length ?? 0) > 0;
    return (
        <>
            <Last slot={slot} utility={utility} />
            <Energy slot={slot} utility={utility} since={since} />
            <MoneyTile slot={slot} utility={utility} />
            <GridTile homes={rules.homes} />
        </>
    );
}

function Last({ slot, utility }: { slot: number; utility: boolean }) {
    const { say } = useApp();
    const windows = useRecentWindows();
    const newest = windows.data?.find((window) => window.report !== null);
    const range =
        newest === undefined ? null : { from: newest.firstInterval, to: newest.firstInterval + newest.intervals };
    const energy = useHomeEnergy(slot, range);
    if (windows.error != null) return <Problem error={windows.error} retry={windows.retry} />;
    if (windows.data !== undefined && newest === undefined) return <p className="notice">{say.t("home.no_report")}</p>;
    if (energy.error != null) return <Problem error={energy.error} retry={energy.retry} />;
    const window = energy.data?.windows.at(-1);
    if (energy.data === undefined || window === undefined) return <Loading progress={energy.progress} />;
    const last = lastPeriod(say, window, energy.data, utility);
    return (
        <Card title={last.title}>
            {last.headline.map((sentence) => (
                <p key={sentence} className="headline">
                    {sentence}
                </p>
            ))}
            {last.money.length === 0 ? null : <p>{last.money.join(" ")}</p>}
            {last.missing === null ? null : <p className="muted">{last.missing}</p>}
            <p className={last.isFinal ? "badge good" : "badge"}>{last.final}</p>
            <a className="link" href={`#${last.href}`}>
                {say.t("home.why")}
            </a>
        </Card>
    );
}

function Energy({ slot, utility, since }: { slot: number; utility: boolean; since: number }) {
    const { say, now } = useApp();
    const wide = useWide(600);
    const [range, setRange] = useState<Range>("day");
    const newest = useNewestDay();
    const day = newest ?? dayOf(now, say.zone);
    const energy = useHomeEnergy(slot, newest === null ? null : rangeIntervals(range, day, say));
    const options = [
        ["day", say.t("home.day")],
        ["week", say.t("home.week")],
        ["month", say.t("home.month")],
    ] as const;
    const shown =
        energy.data === undefined ? null : rangeChart(say, range, day, energy.data, { utility, wide, now, since });
    return (
        <Card title={say.t("home.energy", { when: shown?.chart.title ?? say.longDay(day) })}>
            <Choice legend={say.t("home.range")} value={range} options={options} onChange={setRange} />
            {energy.error != null ? <Problem error={energy.error} retry={energy.retry} /> : null}
            {shown === null ? (
                energy.error == null ? (
                    <Loading progress={energy.progress} />
                ) : null
            ) : (
                <>
                    {shown.note === null ? null : <p className="muted">{shown.note}</p>}
                    <BarChartFigure key={range} chart={shown.chart} />
                </>
            )}
            <a className="link" href={`#/energy/${day}`}>
                {say.t("energy.title")}
            </a>
        </Card>
    );
}

function MoneyTile({ slot, utility }: { slot: number; utility: boolean }) {
    const { say, now } = useApp();
    const account = useAsk(["account", slot], (source) => source.account(slot));
    // A month is a long question: it waits until what is above is there.
    const first = useGridDay(useNewestDay()).data !== undefined;
    const range = rangeIntervals("month", monthOf(dayOf(now, say.zone)), say);
    const month = useHomeEnergy(slot, utility && first ? range : null);
    if (account.error != null) return <Problem error={account.error} retry={account.retry} />;
    if (account.data == null) return null;
    const tile = moneyTile(say, account.data, month.data === undefined ? null : savedOf(month.data));
    const rows = [
        { key: "available", label: say.t("home.available"), value: <Money units={tile.available} />, strong: true },
    ];
    if (tile.comingUntil !== null)
        rows.push({
            key: "coming",
            label: say.t("home.coming", { when: tile.comingUntil }),
            value: <Money units={tile.coming} />,
            strong: false,
        });
    if (tile.saved !== null)
        rows.push({ key: "saved", label: say.t("home.saved"), value: <Money units={tile.saved} />, strong: false });
    return (
        <Card title={say.t("home.money")}>
            {tile.empty === null ? <Figures rows={rows} /> : <p>{tile.empty}</p>}
            <a className="link" href="#/money">
                {say.t("home.to_money")}
            </a>
        </Card>
    );
}

function GridTile({ homes }: { homes: number }) {
    const { say } = useApp();
    const day = useNewestDay();
    const of = useGridDay(day);
    if (of.data === undefined || day === null) return null;
    const tile = gridTile(say, of.data, homes);
    return (
        <Card title={say.t("home.grid", { day: say.shortDay(day) })}>
            <p>{tile.share}</p>
            {tile.homes === null ? null : <p className="muted">{tile.homes}</p>}
            <a className="link" href="#/grid">
                {say.t("app.grid")}
            </a>
        </Card>
    );
}
