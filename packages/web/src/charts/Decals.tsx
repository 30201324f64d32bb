// Patterns over colours, so that a kind of energy is known without seeing its colour.

import type { Series } from "./types.ts";

export type Ink = Series["id"] | "missing";

const INKS: readonly Ink[] = [
    "neighbours",
    "utility",
    "unknown",
    "to_neighbours",
    "to_utility",
    "to_unknown",
    "missing",
];

/** The patterns, once a picture; `prefix` keeps the ids of several pictures on a page apart. */
export function Decals({ prefix }: { prefix: string }) {
    return (
        <defs>
            {INKS.map((ink) => (
                <pattern key={ink} id={`${prefix}-${ink}`} width="8" height="8" patternUnits="userSpaceOnUse">
                    <rect width="8" height="8" className={`ink-${ink}`} strokeWidth="0" />
                    <g className="decal">{MARKS[ink]}</g>
                </pattern>
            ))}
        </defs>
    );
}

const MARKS: Readonly<Record<Ink, React.ReactNode>> = {
    neighbours: null,
    to_neighbours: <line x1="0" y1="4" x2="8" y2="4" />,
    utility: <line x1="0" y1="8" x2="8" y2="0" />,
    to_utility: <line x1="4" y1="0" x2="4" y2="8" />,
    unknown: <circle cx="4" cy="4" r="1.5" />,
    to_unknown: <circle cx="4" cy="4" r="2.5" />,
    missing: (
        <>
            <line x1="0" y1="0" x2="8" y2="8" />
            <line x1="0" y1="8" x2="8" y2="0" />
        </>
    ),
};

/** The address of a pattern as a fill. */
export function fill(prefix: string, ink: Ink): string {
    return `url(#${prefix}-${ink})`;
}
