// Every answer of both contracts is checked for the shape of each field: what is spoilt in one place is refused with that place.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/chain/json.ts";
import { checkAnswer, type Shape, type Shapes } from "../../src/chain/shape.ts";
import { shapes as settlement } from "../../src/types/energy-settlement.shapes.ts";
import { shapes as registry } from "../../src/types/meter-registry.shapes.ts";
import { shapes as escrow } from "../../src/types/pledge-escrow.shapes.ts";

/** Any value of a shape, from the shape itself. */
function anyOf(named: Shapes["named"], shape: Shape): fc.Arbitrary<Json> {
    if (typeof shape === "number")
        return shape > 0
            ? fc.integer({ min: 0, max: Math.min(2 ** shape - 1, Number.MAX_SAFE_INTEGER) })
            : fc.integer({ min: -(2 ** (-shape - 1)), max: 2 ** (-shape - 1) - 1 });
    if (shape === "text") return fc.string();
    if (shape === "flag") return fc.boolean();
    if (shape === "units") return fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map(String);
    if (shape === "hex") return fc.uint8Array({ maxLength: 33 }).map((bytes) => Buffer.from(bytes).toString("hex"));
    if (shape === "base64")
        return fc.uint8Array({ maxLength: 33 }).map((bytes) => Buffer.from(bytes).toString("base64"));
    if ("is" in shape) return anyOf(named, named[shape.is] as Shape);
    if ("maybe" in shape) return fc.option(anyOf(named, shape.maybe));
    if ("one" in shape) return fc.constantFrom(...shape.one);
    if ("list" in shape) return fc.array(anyOf(named, shape.list), { minLength: 1, maxLength: 3 });
    if ("any" in shape) return fc.oneof(...shape.any.map((one) => anyOf(named, one)));
    const all = Object.entries({ ...shape.has, ...shape.may }).map(([name, one]) => [name, anyOf(named, one)] as const);
    return fc.record(Object.fromEntries(all), { requiredKeys: Object.keys(shape.has) });
}

/** The same value with one place spoilt, for each place: what stands there then is of no shape. */
function* spoilt(value: Json): Generator<Json> {
    if (Array.isArray(value)) {
        for (const at of value.keys()) for (const one of spoilt(value[at])) yield value.with(at, one);
        yield { length: value.length };
    } else if (value !== null && typeof value === "object") {
        for (const [name, inner] of Object.entries(value))
            for (const one of spoilt(inner)) yield { ...value, [name]: one };
        yield [value];
    } else {
        yield [];
        // Null stands where something else may.
        if (value !== null && typeof value !== "boolean") yield true;
        if (value !== null && typeof value !== "number") yield 0;
    }
}

for (const [contract, shapes] of Object.entries({ settlement, registry, escrow }))
    describe(contract, () => {
        for (const [query, shape] of Object.entries(shapes.answers))
            it(`${query}: whatever a contract can answer is taken, and nothing else`, () => {
                fc.assert(
                    fc.property(anyOf(shapes.named, shape), (answer) => {
                        checkAnswer(shapes, query, answer);
                        for (const wrong of spoilt(answer))
                            expect(() => checkAnswer(shapes, query, wrong), JSON.stringify(wrong)).toThrow(query);
                    }),
                    { seed: 15, numRuns: 20 },
                );
                // Some answers have hundreds of places, and machines are busy.
            }, 60_000);
    });

describe("what is wrong is told with its place", () => {
    const refusal = (query: string, answer: Json, shapes = settlement): string => {
        try {
            checkAnswer(shapes, query, answer);
        } catch (error) {
            return (error as Error).message;
        }
        return "taken";
    };
    const account = { slot: 1, owner: "wasm1a", free: "5", seat: null };

    it("money is digits alone: no sign, no point, no hex, nothing in front", () => {
        expect(refusal("accounts", { accounts: [account], more: false })).toBe("taken");
        for (const free of ["-5", "0x5", "5.0", "05", "", " 5", "1e3", "9".repeat(79)])
            expect(refusal("accounts", { accounts: [{ ...account, free }], more: false })).toBe(
                `accounts.accounts[0].free: expected a whole number as text, got ${JSON.stringify(free).slice(0, 80)}${free.length > 78 ? "…" : ""}`,
            );
        expect(refusal("accounts", { accounts: [{ ...account, free: 5 }], more: false })).toContain("free: expected");
    });

    it("a number has its width, and a member is there or null where it may be", () => {
        expect(refusal("accounts", { accounts: [{ ...account, slot: 2 ** 32 }], more: false })).toBe(
            "accounts.accounts[0].slot: expected a whole number below 2^32, got 4294967296",
        );
        const { owner: _, ...ownerless } = account;
        expect(refusal("accounts", { accounts: [ownerless], more: false })).toBe(
            "accounts.accounts[0].owner: expected a value, got none",
        );
        expect(refusal("accounts", { accounts: [{ ...account, seat: undefined } as never], more: false })).toBe(
            "taken",
        );
    });

    it("what is inherited is no member", () => {
        const inherited = Object.create({ accounts: [], more: false }) as Json;
        expect(refusal("accounts", inherited)).toBe("accounts.accounts: expected a value, got none");
    });

    it("one of several is one alone", () => {
        const gap = { first_interval: 1, intervals: 2, state: { kind: "gap" } };
        expect(refusal("window", gap, registry)).toBe("taken");
        expect(refusal("window", { ...gap, state: { kind: "gap", height: 3 } }, registry)).toBe(
            'window.state: expected kind alone, got "height" too',
        );
        expect(refusal("window", { ...gap, state: { kind: "lost" } }, registry)).toContain(
            "window.state.kind: expected",
        );
    });
});
