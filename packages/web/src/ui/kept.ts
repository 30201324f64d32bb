// Answers kept on the device, so that without a network one sees the last state with its age. Energy and money are whole numbers,
// which JSON does not know: they are written as text with a mark.

import { keep, kept } from "./device.ts";

/** Longest answer that is kept, letters: a month of a home takes most of it. A browser grants a page some five million. */
const LONGEST = 600_000;
/** Most answers, the ones read last: what all the screens of one home ask. */
const MOST = 24;

/** Answers of another shape are left where they are and never read: raise it when src/data/source.ts changes. */
const SHAPE = "1";
/** No text of a chain begins so. */
const MARK = "\u0001n";

interface Index {
    readonly key: string;
    readonly at: number;
}

export function written(value: unknown): string {
    return JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? `${MARK}${one}` : one));
}

export function readBack(text: string): unknown {
    return JSON.parse(text, (_, one: unknown) =>
        typeof one === "string" && one.startsWith(MARK) && /^-?\d+$/.test(one.slice(MARK.length))
            ? BigInt(one.slice(MARK.length))
            : one,
    );
}

function index(): Index[] {
    try {
        const list: unknown = JSON.parse(kept(`answers.${SHAPE}`) ?? "[]");
        if (!Array.isArray(list)) return [];
        return list.filter((one): one is Index => typeof one?.key === "string" && typeof one?.at === "number");
    } catch {
        return [];
    }
}

/** Keeps an answer, and drops the ones that were kept longest ago. */
export function keepAnswer(key: string, value: unknown, at: number): void {
    const text = written(value);
    if (text === undefined || text.length > LONGEST) return;
    const others = index().filter((one) => one.key !== key);
    for (const old of others.slice(MOST - 1)) keep(`answer.${SHAPE}.${old.key}`, null);
    keep(`answer.${SHAPE}.${key}`, text);
    keep(`answers.${SHAPE}`, JSON.stringify([{ key, at }, ...others.slice(0, MOST - 1)]));
}

/** What was kept under a key, and when; null where nothing was, or what is there is broken. */
export function keptAnswer(key: string): { value: unknown; at: number } | null {
    const found = index().find((one) => one.key === key);
    const text = found === undefined ? null : kept(`answer.${SHAPE}.${key}`);
    if (found === undefined || text === null) return null;
    try {
        return { value: readBack(text), at: found.at };
    } catch {
        return null;
    }
}

/** When the newest of them was kept, ms since 1970; null where there is none. */
export function keptAt(): number | null {
    return index()[0]?.at ?? null;
}
