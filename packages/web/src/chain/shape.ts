// Whether an answer has the shape that its contract's schema says, before anything is read from it. Who answers is not believed: a text
// where a number belongs would else become a wrong amount somewhere.

import type { Json } from "./json.ts";

/** What a value has to be. A number is a whole number of so many bits, a negative one of those that may be below zero. */
export type Shape =
    | "text"
    | "flag"
    /** A whole number as text, which a double could not hold: money, prices. */
    | "units"
    | "hex"
    | "base64"
    | number
    /** One of some words. */
    | { readonly one: readonly string[] }
    | { readonly any: readonly Shape[] }
    | { readonly list: Shape }
    | { readonly maybe: Shape }
    /** An object with these members, and some that it may have. A newer contract may tell more. */
    | { readonly has: Readonly<Record<string, Shape>>; readonly may?: Readonly<Record<string, Shape>> }
    | { readonly is: string };

type Members = Extract<Shape, { readonly has: unknown }>;

/** The shape of each query's answer, and of what they name. */
export interface Shapes {
    readonly answers: Readonly<Record<string, Shape>>;
    readonly named: Readonly<Record<string, Shape>>;
}

/** Of a value that is no text of another kind: 2^128 and 2^256 have 39 and 78 digits. */
const TEXTS = {
    text: [/^/, "text"],
    units: [/^(0|[1-9]\d{0,77})$/, "a whole number as text"],
    hex: [/^([0-9a-f]{2})*$/i, "hex digits"],
    base64: [/^[A-Za-z0-9+/]*={0,2}$/, "base64"],
} as const;

/** Ends with what was expected, what came and where; a value of another shape goes no further. */
export function checkAnswer(shapes: Shapes, query: string, value: Json): void {
    const shape = shapes.answers[query];
    if (shape === undefined) throw new Error(`expected a query of the contract, got '${query}'`);
    const fault = faultOf(shapes.named, shape, value, query, false);
    if (fault !== null) throw new Error(fault);
}

/** What is wrong with a value; null: nothing. In a `closed` one no object has members that are not named. */
function faultOf(named: Shapes["named"], shape: Shape, value: Json, place: string, closed: boolean): string | null {
    const unless = (right: boolean, expected: string): string | null =>
        right ? null : `${place}: expected ${expected}, got ${shown(value)}`;
    if (typeof shape === "number") return unless(isWhole(value, shape), wholes(shape));
    if (shape === "flag") return unless(typeof value === "boolean", "true or false");
    if (typeof shape === "string") {
        const [pattern, expected] = TEXTS[shape];
        return unless(typeof value === "string" && pattern.test(value), expected);
    }
    if ("one" in shape)
        return unless(typeof value === "string" && shape.one.includes(value), `one of ${shape.one.join(", ")}`);
    if ("is" in shape) return faultOf(named, known(named, shape.is), value, place, closed);
    if ("maybe" in shape) return value === null ? null : faultOf(named, shape.maybe, value, place, closed);
    if ("any" in shape) return faultOfAny(named, shape.any, value, place);
    if (!("list" in shape)) return faultOfObject(named, shape, value, place, closed);
    if (!Array.isArray(value)) return unless(false, "a list");
    for (const [at, one] of (value as readonly Json[]).entries()) {
        const fault = faultOf(named, shape.list, one, `${place}[${at}]`, false);
        if (fault !== null) return fault;
    }
    return null;
}

function known(named: Shapes["named"], name: string): Shape {
    const shape = named[name];
    if (shape === undefined) throw new Error(`expected a known shape, got '${name}'`);
    return shape;
}

function faultOfObject(
    named: Shapes["named"],
    { has, may = {} }: Members,
    value: Json,
    place: string,
    closed: boolean,
): string | null {
    if (value === null || typeof value !== "object" || Array.isArray(value))
        return `${place}: expected an object, got ${shown(value)}`;
    const members = value as { readonly [name: string]: Json };
    for (const [name, shape] of [...Object.entries(has), ...Object.entries(may)]) {
        const member = Object.hasOwn(members, name) ? members[name] : undefined;
        if (member === undefined && Object.hasOwn(has, name)) return `${place}.${name}: expected a value, got none`;
        const fault = member === undefined ? null : faultOf(named, shape, member, `${place}.${name}`, false);
        if (fault !== null) return fault;
    }
    const other = Object.keys(members).find((name) => !Object.hasOwn(has, name) && !Object.hasOwn(may, name));
    if (!closed || other === undefined) return null;
    return `${place}: expected ${Object.keys(has).join(", ")} alone, got ${shown(other)} too`;
}

/** One of several, told apart by their members: with members of two of them it could be read as either. */
function faultOfAny(named: Shapes["named"], shapes: readonly Shape[], value: Json, place: string): string | null {
    const faults: { readonly shape: Shape; readonly fault: string }[] = [];
    for (const shape of shapes) {
        const fault = faultOf(named, shape, value, place, true);
        if (fault === null) return null;
        faults.push({ shape, fault });
    }
    // The one whose members it has says best what is wrong with them.
    const meant = faults.findLast(({ shape }) => typeof shape === "object" && "has" in shape && hasAll(shape, value));
    return (meant ?? faults[0])?.fault ?? `${place}: expected a value, got ${shown(value)}`;
}

function hasAll({ has }: Members, value: Json): boolean {
    return value !== null && typeof value === "object" && Object.keys(has).every((name) => Object.hasOwn(value, name));
}

function isWhole(value: Json, bits: number): boolean {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) return false;
    return bits > 0 ? value >= 0 && value < 2 ** bits : value >= -(2 ** (-bits - 1)) && value < 2 ** (-bits - 1);
}

function wholes(bits: number): string {
    // Beyond what a double holds exactly nothing is taken, whatever the contract could say.
    return bits > 0 ? `a whole number below 2^${Math.min(bits, 53)}` : `a whole number of ${-bits} bits`;
}

function shown(value: Json): string {
    const text = JSON.stringify(value);
    return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
