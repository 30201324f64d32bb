import type { Quality } from "./source.ts";

const NAMES: readonly Quality[] = ["measured", "substituted", "substituted_for_now", "missing", "limited"];

/** A reading's quality by its code in reports. */
export function qualityOf(code: number): Quality {
    const name = NAMES[code];
    if (name === undefined) throw new Error(`expected a quality from 0 to 4, got ${code}`);
    return name;
}
