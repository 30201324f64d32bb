import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64, utf8 } from "../../src/chain/bytes.ts";
import { asLink, fromLink, fromText, news } from "../../src/screens/neighbours/model.ts";
import { named, readNeighbours } from "../../src/ui/people.ts";

const ADDRESS = "cosmos1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqnrql8a";

describe("names of neighbours", () => {
    it("come through a link as they were, in any letters", () => {
        fc.assert(
            fc.property(fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }), (name) => {
                const names = named({}, ADDRESS, name);
                fc.pre(names !== null);
                const link = asLink(names ?? {});
                expect(link).toMatch(/^[A-Za-z0-9_-]+$/);
                expect(fromLink(link, "cosmos")).toEqual(names);
            }),
            { seed: 16 },
        );
    });

    it("are none where a link is broken, too long, or of another chain", () => {
        expect(fromLink("%%%", "cosmos")).toEqual({});
        expect(fromLink(asLink({ [ADDRESS]: "A" }).slice(0, -9), "cosmos")).toEqual({});
        expect(fromLink(asLink({ [ADDRESS]: "A" }), "wasm")).toEqual({});
        expect(fromText(`{"${ADDRESS}":"A"${" ".repeat(300_000)}}`, "cosmos")).toEqual({});
        expect(fromText("[]", "cosmos")).toEqual({});
    });

    it("are text of one line, without what hides or turns letters, and of a bounded length", () => {
        const brought = { [ADDRESS]: "Be\u202erger\n<b>" };
        expect(fromLink(toBase64(utf8(JSON.stringify(brought))).replaceAll("=", ""), "cosmos")).toEqual({
            [ADDRESS]: "Berger <b>",
        });
        expect(named({}, ADDRESS, "a".repeat(31))).toBeNull();
        expect(named({}, ADDRESS, " \u200b ")).toBeNull();
        expect(named({}, "not an account", "A")).toBeNull();
        expect(readNeighbours('{"__proto__":"x","wasm1a":5}')).toEqual({});
    });

    it("that would take the place of others are told beside them", () => {
        expect(news({ a: "Mill", b: "Corner" }, { a: "Mill", b: "Thief", c: "New" })).toEqual([
            { address: "b", name: "Thief", before: "Corner" },
            { address: "c", name: "New", before: null },
        ]);
    });
});
