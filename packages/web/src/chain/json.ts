// JSON from strangers, and the one JSON that is signed.

/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper than any answer of a node or a contract. */
const MOST_DEPTH = 64;

/** Parses JSON and refuses what a double cannot hold exactly: contracts write whole numbers up to 2^64. */
export function parseJson(text: string): Json {
    const value = JSON.parse(text) as Json;
    check(value, 0);
    return value;
}

function check(value: Json, depth: number): void {
    if (depth > MOST_DEPTH) throw new Error(`expected JSON of at most ${MOST_DEPTH} levels`);
    if (typeof value === "number" && !Number.isSafeInteger(value))
        throw new Error(`expected a whole number below 2^53, got ${value}`);
    if (value !== null && typeof value === "object") for (const inner of Object.values(value)) check(inner, depth + 1);
}

/**
 * JSON with the keys of every object in order and no spaces. Amino signs this form, and a contract's message must ride in it: the
 * chain sorts what it got before it checks the signature.
 */
export function sortedJson(value: Json): string {
    return JSON.stringify(sorted(value));
}

function sorted(value: Json): Json {
    if (Array.isArray(value)) return value.map(sorted);
    if (value === null || typeof value !== "object") return value;
    // By code units, as Go and every other signer sort the ASCII keys of messages.
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
    return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
