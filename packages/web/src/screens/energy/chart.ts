// Bars of a home's energy with their sentences and their table.

import type { Bar, BarChart, Series } from "../../charts/types.ts";
import { share } from "../../format/money.ts";
import type { Say } from "../../words/say.ts";
import { type Bin, fromElsewhere, toElsewhere, total } from "./bins.ts";

/** What a chart of one home shows. */
export interface HomeChart {
    readonly title: string;
    readonly bins: readonly Bin[];
    /** How a bar is called on the axis and in sentences. */
    readonly label: (bin: Bin) => string;
    readonly name: (bin: Bin) => string;
    /** The table's first head. */
    readonly head: string;
    /** Whether there is a utility at all. */
    readonly utility: boolean;
    readonly href: (bin: Bin) => string | null;
    /** The same bars of another time. */
    readonly compare?: readonly Bin[] | null;
}

/** The chart as data. Energy that was given is drawn below the line, and only of a home that gives. */
export function homeChart(say: Say, chart: HomeChart): BarChart {
    const sum = total(chart.bins);
    const all = seriesOf(say, chart.utility);
    const shown = all.filter(({ series, of }) => sumOf(chart.bins, of) > 0n || series.id === "neighbours");
    const bars = chart.bins.map((bin, place): Bar => {
        const compared = chart.compare?.[place];
        return {
            key: `${bin.first}`,
            label: chart.label(bin),
            values: shown.map(({ of }) => of(bin)),
            missing: bin.missing === 0 ? "none" : bin.read === 0 ? "all" : "part",
            sentence: binSentence(say, bin, chart.name(bin)),
            cells: shown.map(({ of }) => (bin.read === 0 ? noFigure(say, bin) : say.energy(of(bin)))),
            href: bin.read === 0 ? null : chart.href(bin),
            ...(chart.compare == null ? {} : { compare: compared === undefined ? null : compared.taken }),
        };
    });
    return {
        title: chart.title,
        sentence: sumSentence(say, sum),
        series: shown.map(({ series }) => series),
        bars,
        heads: [chart.head, ...shown.map(({ series }) => series.name)],
        open: say.t("chart.open_bill"),
    };
}

/** A bar without data says why; one whose time has not come is a dash. */
function noFigure(say: Say, bin: Bin): string {
    return bin.missing === 0 ? "–" : say.t("app.no_reading");
}

function sumOf(all: readonly Bin[], of: (bin: Bin) => bigint): bigint {
    return all.reduce((sum, bin) => sum + of(bin), 0n);
}

function seriesOf(say: Say, utility: boolean): { series: Series; of: (bin: Bin) => bigint }[] {
    return [
        { series: { id: "neighbours", name: say.t("series.neighbours"), side: "up" }, of: (bin) => bin.bought },
        {
            series: { id: "utility", name: say.t(utility ? "series.utility" : "series.elsewhere"), side: "up" },
            of: fromElsewhere,
        },
        { series: { id: "unknown", name: say.t("series.unknown"), side: "up" }, of: (bin) => bin.unknown },
        { series: { id: "to_neighbours", name: say.t("series.to_neighbours"), side: "down" }, of: (bin) => bin.sold },
        {
            series: {
                id: "to_utility",
                name: say.t(utility ? "series.to_utility" : "series.to_elsewhere"),
                side: "down",
            },
            of: toElsewhere,
        },
        {
            series: { id: "to_unknown", name: say.t("series.to_unknown"), side: "down" },
            of: (bin) => bin.givenUnknown,
        },
    ];
}

/** One bar in words. */
export function binSentence(say: Say, bin: Bin, when: string): string {
    if (bin.read === 0) return bin.missing === 0 ? `${when}: –` : say.t("chart.missing", { when });
    const taken = say.energy(bin.taken);
    const parts = [
        bin.unknown > 0n
            ? say.t("chart.taken_unknown", { when, taken })
            : say.t("chart.taken", { when, taken, bought: say.energy(bin.bought) }),
    ];
    if (bin.givenUnknown > 0n) parts.push(say.t("chart.given_unknown", { given: say.energy(bin.given) }));
    else if (bin.given > 0n)
        parts.push(say.t("chart.given", { given: say.energy(bin.given), sold: say.energy(bin.sold) }));
    if (bin.missing > 0) parts.push(missingSentence(say, bin.missing));
    return parts.join(" ");
}

/** How many readings are not there. */
export function missingSentence(say: Say, count: number): string {
    return say.t(say.intervalLength === 900 ? "chart.missing_part" : "chart.missing_intervals", { count });
}

/** Everything in words: what a chart's picture says. */
export function sumSentence(say: Say, sum: Bin): string {
    if (sum.read === 0) return say.t("chart.nothing");
    const parts: string[] = [];
    const percent = share(sum.bought, sum.taken);
    if (percent === null) parts.push(say.t("chart.sum_none"));
    else if (sum.unknown > 0n) parts.push(say.t("chart.sum_unknown", { taken: say.energy(sum.taken) }));
    else {
        const values = { taken: say.energy(sum.taken), bought: say.energy(sum.bought), percent: say.percent(percent) };
        parts.push(say.t("chart.sum", values));
    }
    if (sum.given > 0n && sum.givenUnknown === 0n)
        parts.push(say.t("chart.sum_given", { given: say.energy(sum.given), sold: say.energy(sum.sold) }));
    if (sum.missing > 0) parts.push(missingSentence(say, sum.missing));
    return parts.join(" ");
}
