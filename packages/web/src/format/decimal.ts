/** Whole numbers of a small unit as decimal text of a larger one. Exact: no float is ever made of money or energy. */

/** A finite decimal number as text, such as "-12.050". `Intl.NumberFormat` takes it without rounding it to a float. */
export type Decimal = `${number}`;

/** `units` of 10^-`decimals` each, as decimal text with all its digits. */
export function decimalOf(units: bigint, decimals: number): Decimal {
    const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
    const whole = digits.slice(0, digits.length - decimals);
    const rest = digits.slice(digits.length - decimals);
    const text = decimals === 0 ? whole : `${whole}.${rest}`;
    return (units < 0n ? `-${text}` : text) as Decimal;
}

/** Why typed text is no amount. */
export type AmountError = "empty" | "not_a_number" | "too_many_digits" | "too_large";

/** Longest text that is looked at: the largest amount of a token with 18 decimals has 39 digits. */
const MAX_TEXT = 64;
/** Settlement holds at most 2^96 base units. */
export const MAX_UNITS = 1n << 96n;

/** What a person typed, in the language's own decimal mark, as base units. Digits below the smallest unit are refused, not cut. */
export function unitsOf(text: string, decimals: number, locale: string): bigint | AmountError {
    const typed = text.trim();
    if (typed === "") return "empty";
    if (typed.length > MAX_TEXT) return "too_large";
    const match = /^(\d+)(?:[.,](\d+))?$/.exec(withoutGroups(typed, locale));
    if (match === null) return "not_a_number";
    const [, whole = "0", rest = ""] = match;
    if (rest.replace(/0+$/, "").length > decimals) return "too_many_digits";
    const units = BigInt(whole + rest.slice(0, decimals).padEnd(decimals, "0"));
    return units > MAX_UNITS ? "too_large" : units;
}

/** Drops the marks that only group digits ("1.234,50" in German), where they stand between groups of three. */
function withoutGroups(text: string, locale: string): string {
    const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
    const group = parts.find((part) => part.type === "group")?.value ?? ",";
    const decimal = parts.find((part) => part.type === "decimal")?.value ?? ".";
    const [whole = "", ...rest] = text.split(decimal);
    const spaced = whole.replace(/[\s\u00a0\u202f']/g, "");
    const grouped = spaced.split(group);
    const isGrouped =
        grouped.length > 1 && grouped.slice(1).every((part) => part.length === 3) && (grouped[0] ?? "").length <= 3;
    // "1.5" typed in German is one and a half: a lone mark that groups nothing is taken for the decimal one.
    if (!isGrouped) return [spaced, ...rest].join(".");
    return [grouped.join(""), ...rest].join(".");
}
