import { fromBech32, toBech32 } from "@cosmjs/encoding";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isAddress } from "../../src/chain/bech32.ts";
import { fromBase64, fromHex, toBase64, toHex } from "../../src/chain/bytes.ts";
import { parseJson, sortedJson } from "../../src/chain/json.ts";

test("hex and base64 come back as they went", () => {
    fc.assert(
        fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
            expect(fromHex(toHex(bytes))).toEqual(new Uint8Array(bytes));
            expect(fromBase64(toBase64(bytes))).toEqual(new Uint8Array(bytes));
        }),
        { numRuns: 20 },
    );
});

test("what is not hex or base64 is refused", () => {
    expect(() => fromHex("abc")).toThrow("expected hex digits in pairs, got 'abc'");
    expect(() => fromHex("zz")).toThrow("expected hex digits");
    expect(() => fromBase64("ab")).toThrow("expected base64, got 'ab'");
    expect(() => fromBase64("a=bc")).toThrow("expected base64");
});

test("an address is one of this chain with 20 or 32 bytes and a right checksum", () => {
    fc.assert(
        fc.property(
            fc.uint8Array({ minLength: 1, maxLength: 40 }),
            fc.constantFrom("wasm", "neutron", "juno"),
            (bytes, prefix) => {
                const address = toBech32(prefix, bytes, 1000);
                expect(isAddress(address, prefix)).toBe(bytes.length === 20 || bytes.length === 32);
                expect(isAddress(address, "osmo")).toBe(false);
            },
        ),
    );
});

test("one letter changed makes an address wrong, as CosmJS says too", () => {
    fc.assert(
        fc.property(
            fc.uint8Array({ minLength: 20, maxLength: 20 }),
            fc.nat({ max: 37 }),
            fc.constantFrom(..."qpzry9x8gf2tvdw0s3jn54khce6mua7l"),
            (bytes, at, letter) => {
                const right = toBech32("wasm", bytes);
                const place = "wasm1".length + at;
                const changed = right.slice(0, place) + letter + right.slice(place + 1);
                fc.pre(changed !== right);
                expect(isAddress(changed, "wasm")).toBe(false);
                expect(() => fromBech32(changed)).toThrow();
            },
        ),
    );
});

test("a number that a double cannot hold is refused, wherever it stands", () => {
    expect(() => parseJson('{"a":[9007199254740993]}')).toThrow("expected a whole number below 2^53");
    expect(() => parseJson('{"a":0.5}')).toThrow("expected a whole number");
    expect(parseJson('{"a":9007199254740991}')).toEqual({ a: 9007199254740991 });
});

test("JSON deeper than any answer is refused", () => {
    expect(() => parseJson("[".repeat(100) + "]".repeat(100))).toThrow("at most 64 levels");
});

test("sorted JSON has its keys in order at every depth", () => {
    expect(sortedJson({ b: [{ d: 1, c: null }], a: "x" })).toBe('{"a":"x","b":[{"c":null,"d":1}]}');
});
