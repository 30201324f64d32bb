// A window's energy from and to neighbours with the price over it.

import type { BarChart } from "../../charts/types.ts";
import type { BillInterval } from "../../data/source.ts";
import type { Say } from "../../words/say.ts";
import { bins, total } from "../energy/bins.ts";
import { binSentence, sumSentence } from "../energy/chart.ts";

export function billChart(say: Say, intervals: readonly BillInterval[]): BarChart {
    const sells = intervals.some((one) => one.sold > 0n);
    const now = (intervals.at(-1)?.interval ?? 0) + 1;
    const own = intervals.map((one) => ({ ...one, final: true }));
    const spans = intervals.map(({ interval }) => ({ first: interval, count: 1 }));
    const all = bins(own, spans, { since: 0, now });
    const bars = intervals.map((one, place) => {
        const [bin] = all.slice(place, place + 1);
        if (bin === undefined) throw new Error("one bin an interval");
        const span = say.span(one.interval, 1);
        const read = bin.read > 0;
        const figures = sells ? [one.bought, one.sold] : [one.bought];
        const price = one.traded > 0n ? say.price(one.price) : "–";
        return {
            key: `${one.interval}`,
            label: say.clock(one.interval * say.intervalLength),
            values: figures,
            missing: read ? ("none" as const) : ("all" as const),
            sentence: `${binSentence(say, bin, span)} ${say.t("bill.price")}: ${price}.`,
            cells: [...figures.map((mwh) => (read ? say.energy(mwh) : say.t("app.no_reading"))), price],
            href: `/bill/${one.interval}`,
            price: one.traded > 0n ? one.price : null,
        };
    });
    const series = [
        { id: "neighbours" as const, name: say.t("series.neighbours"), side: "up" as const },
        { id: "to_neighbours" as const, name: say.t("series.to_neighbours"), side: "down" as const },
    ].slice(0, sells ? 2 : 1);
    return {
        title: say.t("bill.chart"),
        sentence: sumSentence(say, total(all)),
        series,
        bars,
        heads: [say.t("chart.time"), ...series.map(({ name }) => name), say.t("bill.price")],
        open: say.t("bill.step_by_step"),
    };
}
