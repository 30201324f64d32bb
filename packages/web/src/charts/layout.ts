// Where stacks begin and end. Drawing alone: figures that are told are the exact ones of the model.

import { decimalOf } from "../format/decimal.ts";
import type { BarChart, Series } from "./types.ts";

/** One piece of a bar, in kWh; below the line negative. */
export interface Stack {
    readonly ink: Series["id"];
    readonly from: number;
    readonly to: number;
}

/** A letter of the axis is about this wide, px; and so much air is left between labels. */
const LETTER = 7;
const AIR = 14;

/** The stacks of every bar, the scale's ends, and how wide a label is. */
export function layout(chart: BarChart): { stacks: Stack[][]; least: number; most: number; labelWidth: number } {
    const stacks = chart.bars.map((bar) => {
        let [up, down] = [0, 0];
        const pieces: Stack[] = [];
        chart.series.forEach((series, place) => {
            const value = Number(decimalOf(bar.values[place] ?? 0n, 6));
            if (value === 0) return;
            if (series.side === "up") {
                pieces.push({ ink: series.id, from: up, to: up + value });
                up += value;
            } else {
                pieces.push({ ink: series.id, from: down, to: down - value });
                down -= value;
            }
        });
        return pieces;
    });
    const compared = chart.bars.map((bar) => Number(decimalOf(bar.compare ?? 0n, 6)));
    const ends = stacks.flat().map((stack) => stack.to);
    const most = Math.max(0, ...ends, ...compared);
    const least = Math.min(0, ...ends);
    const letters = Math.max(1, ...chart.bars.map((bar) => bar.label.length));
    // A day of nothing but zeros still has a scale.
    return { stacks, least, most: most === 0 && least === 0 ? 1 : most, labelWidth: letters * LETTER + AIR };
}
