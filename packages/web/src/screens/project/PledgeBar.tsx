import type { Bar } from "./progress.ts";

/** Pledged and counted on one bar, with a line at the target. What it shows stands in its sentence. */
export function PledgeBar({ of }: { of: Bar }) {
    return (
        <svg
            className="pledge-bar"
            viewBox="0 0 1000 28"
            preserveAspectRatio="none"
            role="img"
            aria-label={of.sentence}
            focusable="false"
        >
            <rect className="track" x="0" y="4" width="1000" height="20" />
            <rect className="pledged" x="0" y="4" width={of.pledged} height="20" />
            <rect className="counts" x="0" y="4" width={of.counts} height="20" />
            <rect className="target" x={Math.max(0, of.target - 4)} y="0" width="4" height="28" />
        </svg>
    );
}
