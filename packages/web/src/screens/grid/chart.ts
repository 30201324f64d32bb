// A day of the whole grid, by hours: what went from home to home, what was needed besides, what was left over.

import type { BarChart } from "../../charts/types.ts";
import type { GridInterval } from "../../data/source.ts";
import { type Day, hoursOf } from "../../format/days.ts";
import { sum } from "../../format/whole.ts";
import type { Say } from "../../words/say.ts";

export function gridChart(say: Say, intervals: readonly GridInterval[], day: Day): BarChart {
    const hours = hoursOf(day, say.zone, say.intervalLength);
    const bars = hours.map((hour) => {
        const own = intervals.filter(({ interval }) => interval >= hour.first && interval < hour.first + hour.count);
        const traded = sum(own.map((one) => one.traded));
        const rest = sum(own.map((one) => one.demand)) - traded;
        const left = sum(own.map((one) => one.supply)) - traded;
        const when = say.span(hour.first, hour.count);
        const figures = { traded: say.energy(traded), rest: say.energy(rest), left: say.energy(left) };
        return {
            key: `${hour.first}`,
            label: say.clock(hour.first * say.intervalLength),
            values: [traded, rest, left],
            missing: "none" as const,
            sentence: own.length === 0 ? `${when}: –` : say.t("grid.chart_line", { when, ...figures }),
            cells: own.length === 0 ? ["–", "–", "–"] : [figures.traded, figures.rest, figures.left],
            href: null,
        };
    });
    const traded = sum(intervals.map((one) => one.traded));
    const series = [
        { id: "neighbours" as const, name: say.t("grid.series_shared"), side: "up" as const },
        { id: "utility" as const, name: say.t("grid.series_rest"), side: "up" as const },
        { id: "to_utility" as const, name: say.t("grid.series_left"), side: "down" as const },
    ];
    return {
        title: say.t("grid.chart"),
        sentence: say.t("grid.chart_line", {
            when: say.longDay(day),
            traded: say.energy(traded),
            rest: say.energy(sum(intervals.map((one) => one.demand)) - traded),
            left: say.energy(sum(intervals.map((one) => one.supply)) - traded),
        }),
        series,
        bars,
        heads: [say.t("chart.time"), ...series.map(({ name }) => name)],
        open: "",
    };
}
