// What a chart of stacked bars shows. Pure data: models make it, tests read it, components draw it.

/** One stack of a bar: a kind of energy, drawn above or below the line. */
export interface Series {
    readonly id: "neighbours" | "utility" | "unknown" | "to_neighbours" | "to_utility" | "to_unknown";
    readonly name: string;
    readonly side: "up" | "down";
}

/** One bar. */
export interface Bar {
    readonly key: string;
    /** Short, for the axis. */
    readonly label: string;
    /** mWh by series, in their order. */
    readonly values: readonly bigint[];
    /** How much of the bar's time has no reading: nothing, a part, or all. */
    readonly missing: "none" | "part" | "all";
    /** Everything about it in a sentence, for whoever points at it or hears it. */
    readonly sentence: string;
    /** Cells of its row in the table, behind its label. */
    readonly cells: readonly string[];
    /** Where it leads. */
    readonly href: string | null;
    /** A price at that time, base units per MWh, drawn as a line of its own scale. */
    readonly price?: bigint | null;
    /** The same of a time to compare with, as one outline. */
    readonly compare?: bigint | null;
}

/** A whole chart, with its sentence and its table's heads. */
export interface BarChart {
    readonly title: string;
    readonly sentence: string;
    readonly series: readonly Series[];
    readonly bars: readonly Bar[];
    readonly heads: readonly string[];
    /** What opening a bar does, in words. */
    readonly open: string;
}
