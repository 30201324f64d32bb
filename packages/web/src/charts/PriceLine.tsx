// The price under the bars it belongs to: a line in steps, with its lowest and its highest value in words.

import { scaleLinear } from "d3-scale";
import { curveStepAfter, line } from "d3-shape";
import { least, most } from "../format/whole.ts";
import { useApp } from "../ui/app-context.tsx";
import type { BarChart } from "./types.ts";

interface Props {
    readonly chart: BarChart;
    readonly x: (place: number) => number;
    readonly step: number;
    readonly left: number;
    readonly top: number;
    readonly height: number;
}

/** Room above and below the line for its two labels, px. */
const LABEL = 18;

export function PriceLine({ chart, x, step, left, top, height }: Props) {
    const { say } = useApp();
    const known = chart.bars.flatMap((bar) => (bar.price == null ? [] : [bar.price]));
    const [low, high] = [least(known), most(known)];
    // Drawing alone: a picture needs no exact price.
    const y = scaleLinear([Number(low), Number(high)], [top + height - LABEL, top + LABEL]);
    const points: [number, number | null][] = chart.bars.map((bar, place) => [
        x(place),
        bar.price == null ? null : Number(bar.price),
    ]);
    const [, last] = points.at(-1) ?? [0, null];
    points.push([x(chart.bars.length - 1) + step, last]);
    const path = line<[number, number | null]>()
        .defined(([, price]) => price !== null)
        .x(([at]) => at)
        .y(([, price]) => (low === high ? top + height / 2 : y(price ?? 0)))
        .curve(curveStepAfter)(points);
    return (
        <g>
            <text x={left} y={top + 10}>
                {say.t("bill.price")}: {low === high ? say.price(low) : `${say.price(low)} – ${say.price(high)}`}
            </text>
            <path className="price" d={path ?? ""} />
        </g>
    );
}
