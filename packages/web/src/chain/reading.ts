// Answers of CometBFT, read member by member: each throws, in words, what is not there or not of its kind.

import type { Json } from "./json.ts";
import type { FoundTransaction, Outcome } from "./rpc.ts";

export function foundIn(value: Json): FoundTransaction {
    return {
        hash: text(member(value, "hash")),
        height: whole(member(value, "height")),
        outcome: outcomeOf(member(value, "tx_result")),
    };
}

export function outcomeOf(value: Json): Outcome {
    return {
        code: whole(member(value, "code")),
        codespace: text(member(value, "codespace")),
        log: text(member(value, "log")),
        events: list(member(value, "events")).map((event) => ({
            type: text(member(event, "type")),
            attributes: Object.fromEntries(
                list(member(event, "attributes")).map((attribute) => [
                    text(member(attribute, "key")),
                    text(member(attribute, "value")),
                ]),
            ),
        })),
        gasUsed: whole(member(value, "gas_used")),
    };
}

/** A member of an object; null where it has none of that name: nodes leave empty ones out. */
export function member(value: Json, name: string): Json {
    if (value === null || typeof value !== "object" || Array.isArray(value))
        throw new Error(`expected an object with '${name}'`);
    return (value as { readonly [key: string]: Json })[name] ?? null;
}

export function text(value: Json): string {
    if (value === null) return "";
    if (typeof value !== "string") throw new Error(`expected text, got ${typeof value}`);
    return value;
}

/** Whole numbers come as numbers or as text, by method and version of the node; none is zero. */
export function whole(value: Json): number {
    const number = value === null ? 0 : typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0)
        throw new Error(`expected a whole number, got ${String(value)}`);
    return number;
}

export function list(value: Json): readonly Json[] {
    if (value === null) return [];
    if (!Array.isArray(value)) throw new Error("expected a list");
    return value;
}

export function seconds(time: string): number {
    const milliseconds = Date.parse(time);
    if (Number.isNaN(milliseconds)) throw new Error(`expected a time, got '${time.slice(0, 40)}'`);
    return Math.floor(milliseconds / 1000);
}
