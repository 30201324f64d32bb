// Stacked bars: a picture with its sentence, its legend, one slider over the bars, and its table.

import { scaleLinear } from "d3-scale";
import { useId, useState } from "react";
import { decimalOf } from "../format/decimal.ts";
import { useApp } from "../ui/app-context.tsx";
import { Table } from "../ui/parts.tsx";
import "./chart.css";
import { Decals, fill, type Ink } from "./Decals.tsx";
import { layout } from "./layout.ts";
import { PriceLine } from "./PriceLine.tsx";
import type { Bar, BarChart } from "./types.ts";
import { useWidth } from "./useWidth.ts";

const BARS = 190;
const LEFT = 44;
const RIGHT = 8;
const TOP = 24;
const BOTTOM = 24;
/** Room for the price below the bars, where a chart has one. */
const PRICE = 76;

export function BarChartFigure({ chart }: { chart: BarChart }) {
    const { say } = useApp();
    const prefix = useId();
    const [box, width] = useWidth();
    const [chosen, setChosen] = useState<number | null>(null);
    const inner = Math.max(80, width - LEFT - RIGHT);
    const plan = layout(chart);
    const y = scaleLinear([plan.least, plan.most], [BARS - BOTTOM, TOP]).nice(4);
    const step = inner / Math.max(1, chart.bars.length);
    const x = (place: number): number => LEFT + place * step;
    const gap = step > 6 ? 1 : 0;
    const every = Math.ceil(chart.bars.length / Math.max(1, Math.floor(inner / plan.labelWidth)));
    const priced = chart.bars.some((bar) => bar.price != null);
    const height = priced ? BARS + PRICE : BARS;
    const selected = chosen === null ? undefined : chart.bars[chosen];
    return (
        <figure className="chart" ref={box}>
            <div className="plot">
                <svg
                    viewBox={`0 0 ${width} ${height}`}
                    height={height}
                    role="img"
                    aria-label={`${chart.title}. ${chart.sentence}`}
                >
                    <Decals prefix={prefix} />
                    <text x={0} y={10}>
                        kWh
                    </text>
                    {y.ticks(4).map((tick) => (
                        <g key={tick}>
                            <line className="grid-line" x1={LEFT} x2={width - RIGHT} y1={y(tick)} y2={y(tick)} />
                            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end">
                                {say.number(Math.abs(tick))}
                            </text>
                        </g>
                    ))}
                    {chart.bars.map((bar, place) => (
                        <g key={bar.key}>
                            {plan.stacks[place]?.map((stack) => (
                                <rect
                                    key={stack.ink}
                                    x={x(place)}
                                    width={Math.max(0.5, step - gap)}
                                    y={y(Math.max(stack.from, stack.to))}
                                    height={Math.max(0, Math.abs(y(stack.from) - y(stack.to)))}
                                    fill={fill(prefix, stack.ink)}
                                />
                            ))}
                            {bar.missing === "none" ? null : (
                                <rect
                                    x={x(place)}
                                    width={Math.max(0.5, step - gap)}
                                    y={bar.missing === "all" ? y(plan.most / 3) : y(0) - 5}
                                    height={bar.missing === "all" ? y(0) - y(plan.most / 3) : 5}
                                    fill={fill(prefix, "missing")}
                                />
                            )}
                            {bar.compare == null ? null : (
                                <path className="compare" d={`M${x(place)},${y(kwh(bar.compare))}h${step - gap}`} />
                            )}
                            {place % every === 0 ? (
                                <text
                                    x={x(place) + (every === 1 ? step / 2 : 0)}
                                    y={BARS - 6}
                                    textAnchor={every === 1 ? "middle" : "start"}
                                >
                                    {bar.label}
                                </text>
                            ) : null}
                        </g>
                    ))}
                    {priced ? (
                        <PriceLine chart={chart} x={x} step={step} left={LEFT} top={BARS} height={PRICE} />
                    ) : null}
                    <line className="zero" x1={LEFT} x2={width - RIGHT} y1={y(0)} y2={y(0)} />
                    {chosen === null ? null : (
                        <rect
                            className="chosen"
                            x={x(chosen)}
                            width={step}
                            y={TOP - 4}
                            height={BARS - BOTTOM - TOP + 8}
                            rx={2}
                        />
                    )}
                </svg>
                {chart.bars.length === 0 ? null : (
                    <input
                        type="range"
                        aria-label={`${chart.title}: ${say.t("app.period")}`}
                        aria-valuetext={chart.bars[chosen ?? 0]?.sentence}
                        min={0}
                        max={chart.bars.length - 1}
                        value={chosen ?? 0}
                        onChange={(event) => setChosen(Number(event.target.value))}
                        onClick={(event) => setChosen(Number(event.currentTarget.value))}
                        style={
                            {
                                "--left": `${LEFT}px`,
                                "--width": `${inner}px`,
                                "--step": `${step}px`,
                            } as React.CSSProperties
                        }
                    />
                )}
            </div>
            <Legend chart={chart} prefix={prefix} compare={chart.bars.some((bar) => bar.compare != null)} />
            <figcaption>{chart.sentence}</figcaption>
            {selected === undefined ? null : <About bar={selected} open={chart.open} />}
            <details>
                <summary>{say.t("app.table")}</summary>
                <Table
                    caption={chart.title}
                    heads={chart.heads}
                    rows={chart.bars.map((bar) => ({ key: bar.key, cells: [rowHead(bar, chart.open), ...bar.cells] }))}
                />
            </details>
        </figure>
    );
}

function About({ bar, open }: { bar: Bar; open: string }) {
    return (
        <div className="about row" aria-live="polite">
            <p className="grow">{bar.sentence}</p>
            {bar.href === null ? null : (
                <a className="link" href={`#${bar.href}`}>
                    {open}
                </a>
            )}
        </div>
    );
}

function rowHead(bar: Bar, open: string) {
    if (bar.href === null) return bar.label;
    return (
        <a href={`#${bar.href}`} aria-label={`${bar.label}: ${open}`}>
            {bar.label}
        </a>
    );
}

function Legend({ chart, prefix, compare }: { chart: BarChart; prefix: string; compare: boolean }) {
    const { say } = useApp();
    const inks: (readonly [Ink, string])[] = chart.series.map(({ id, name }) => [id, name]);
    if (chart.bars.some((bar) => bar.missing !== "none")) inks.push(["missing", say.t("series.missing")]);
    return (
        <ul className="legend">
            {inks.map(([ink, name]) => (
                <li key={ink}>
                    <svg viewBox="0 0 20 20" aria-hidden="true">
                        <rect width="20" height="20" rx="3" fill={fill(prefix, ink)} />
                    </svg>
                    {name}
                </li>
            ))}
            {compare ? (
                <li>
                    <svg viewBox="0 0 20 20" aria-hidden="true">
                        <path className="compare" d="M0,10h20" />
                    </svg>
                    {say.t("energy.previous")}
                </li>
            ) : null}
        </ul>
    );
}

/** For drawing alone: a picture needs no exact energy. */
function kwh(mwh: bigint): number {
    return Number(decimalOf(mwh, 6));
}
