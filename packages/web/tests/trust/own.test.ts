import { expect, test } from "vitest";
import { type AddedPlaces, placesOf } from "../../src/data/places.ts";
import { MOST_PLACES, readOwn, withOwn } from "../../src/trust/own.ts";
import { pins } from "../pins.ts";

const PAGE = "https://app.example/";

test("what was kept on the device is checked anew", () => {
    const kept = {
        nodes: ["https://a.example/rpc/", "http://a.example", 5, "javascript:alert(1)"],
        archives: ["/archive"],
    };
    expect(readOwn(JSON.stringify(kept), PAGE)).toEqual({
        nodes: ["https://a.example/rpc"],
        archives: ["https://app.example/archive"],
    });
    for (const broken of [null, "", "5", "null", "[]", '{"nodes":{}}', "{"])
        expect(readOwn(broken, PAGE)).toEqual({ nodes: [], archives: [] });
});

test("own places come after those of grid.json, each once, eight at most", () => {
    const own = {
        nodes: ["https://north.example/rpc", "https://a.example/1", "https://a.example/2"],
        archives: ["https://archive.example", "https://b.example"],
    };
    const all = withOwn(pins, own);
    expect(all.chain.nodes.map(({ name, rpc }) => [name, rpc])).toEqual([
        ...pins.chain.nodes.map(({ name, rpc }) => [name, rpc]),
        ["a.example", "https://a.example/1"],
        ["a.example (2)", "https://a.example/2"],
    ]);
    expect(all.archives).toEqual(["https://archive.example", "https://b.example"]);
    const many = Array.from({ length: 20 }, (_, at) => `https://n${at}.example`);
    expect(withOwn(pins, { nodes: many, archives: many }).chain.nodes).toHaveLength(MOST_PLACES);
    expect(withOwn(pins, { nodes: many, archives: many }).archives).toHaveLength(MOST_PLACES);
});

test("what is no address, is there, or does not answer is not added, and nothing is asked of what no page may ask", async () => {
    let shelf: string | null = null;
    const at: AddedPlaces = placesOf(pins, PAGE, {
        read: () => shelf,
        write: (text) => {
            shelf = text;
        },
    });
    expect(await at.add("nodes", "ftp://x")).toBe("bad");
    expect(await at.add("nodes", " http://192.168.0.2:26657 ")).toBe("bad");
    expect(await at.add("nodes", "https://north.example/rpc")).toBe("there");
    expect(await at.add("archives", "https://archive.example/")).toBe("there");
    expect(await at.add("nodes", "http://127.0.0.1:1")).toBe("unreachable");
    expect(await at.add("archives", "http://127.0.0.1:1")).toBe("unreachable");
    expect(shelf).toBe(null);
});
