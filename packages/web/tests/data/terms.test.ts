import { readFileSync } from "node:fs";
import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, it } from "vitest";
import { toBase64, toHex, utf8 } from "../../src/chain/bytes.ts";
import { NodeError, Refusal } from "../../src/chain/errors.ts";
import type { Contracts } from "../../src/data/contracts.ts";
import { ChainProjects } from "../../src/data/projects/chain.ts";
import { documentCheck } from "../../src/data/projects/documents.ts";
import { readTerms, writeTerms } from "../../src/data/projects/terms.ts";
import type { Terms } from "../../src/types/pledge-escrow.ts";

// The very text that the contract's own test holds its bytes to.
const rust = readFileSync(new URL("../../../types/tests/all/terms.rs", import.meta.url), "utf8");
const WRITTEN = [...rust.matchAll(/r#"(.*?)"#,?$/gm)].map(([, part]) => part).join("");
const HASH = /const HASH: &str = "([0-9a-f]{64})"/.exec(rust)?.[1];

const read = (text: string) => readTerms(utf8(text));

describe("terms", () => {
    it("are written to the byte as the contract writes them", () => {
        expect(writeTerms(read(WRITTEN))).toBe(WRITTEN);
        expect(toHex(sha256(utf8(WRITTEN)))).toBe(HASH);
        // Fields come in the contract's order, in whatever order they are held here.
        const shuffled = Object.fromEntries(Object.entries(read(WRITTEN)).reverse()) as unknown as Terms;
        expect(writeTerms(shuffled)).toBe(WRITTEN);
    });

    it("of an open call without a decider are read too", () => {
        const { decider: _, ...rest } = read(WRITTEN);
        const open = writeTerms({ ...rest, decider: null, admission: { open: { minimum: "5" } } });
        expect(read(open)).toMatchObject({ decider: null, admission: { open: { minimum: "5" } } });
    });

    it.each([
        ["another version", '"version":1', '"version":2', "terms.version: expected 1, got 2"],
        [
            "a field that cannot be shown",
            '"bond":"300"',
            '"bond":"300","secret":1',
            "terms.secret: expected no such field",
        ],
        ["the same, within a list", '"share":6000', '"share":6000,"more":{}', "terms.milestones[1].more"],
        ["a field that is missing", '"grace":1209600,', "", "terms.grace: expected it to be there"],
        ["an amount that is a number", '"bond":"300"', '"bond":300', "terms.bond: expected an amount"],
        ["an amount with a sign", '"bond":"300"', '"bond":"-300"', "terms.bond: expected an amount"],
        ["a share above the whole", '"share":6000', '"share":10001', "terms.milestones[1].share"],
        ["half an admission", '"admission":{"named"', '"admission":{"all"', "terms.admission: expected named or open"],
        ["two admissions", '"admission":{"named"', '"admission":{"open":{"minimum":"1"},"named"', "terms.admission"],
        ["a hash that is none", '"description_hash":"ab', '"description_hash":"xy', "terms.description_hash"],
        ["a fraction of a second", '"grace":1209600', '"grace":0.5', "expected a whole number"],
    ])("%s is refused, with its place", (_, before, after, words) => {
        expect(WRITTEN).toContain(before);
        expect(() => read(WRITTEN.replace(before, after))).toThrow(words);
    });

    it("that are too long, or no text, are refused", () => {
        expect(() => readTerms(new Uint8Array(200_001))).toThrow("at most 200000 bytes");
        expect(() => readTerms(new Uint8Array([0xff]))).toThrow();
    });
});

/** A chain that answers `project` and lists so. */
function chain(answer: (query: string, parameters: Record<string, unknown>) => unknown): ChainProjects {
    const escrow = (query: string, parameters: Record<string, unknown>) =>
        new Promise((done) => done(answer(query, parameters)));
    return new ChainProjects({ escrow } as unknown as Contracts, async (bytes) => sha256(bytes));
}

describe("a project of a chain", () => {
    const told = { project: 3, phase: "open", terms: toBase64(utf8(WRITTEN)), terms_hash: HASH };

    it("has terms that were hashed here", async () => {
        expect(await chain(() => told).one(3)).toMatchObject({ project: 3, terms: { title: 'Zäune "und" Kabel\\' } });
    });

    it("whose terms have another hash than a pledge would name is not shown", async () => {
        const forged = { ...told, terms: toBase64(utf8(WRITTEN.replace("wasm1c", "wasm1x"))) };
        expect(await chain(() => forged).one(3)).toMatchObject({
            terms: null,
            why: expect.stringContaining("expected terms with the hash"),
        });
    });

    it("that is not there is told from a node that does not answer", async () => {
        const gone = new Refusal("wasm", 9, "no project 3; there are 2: query wasm contract failed");
        expect(await chain(() => Promise.reject(gone)).one(3)).toBeNull();
        const silent = new NodeError("North", { kind: "unreachable" });
        await expect(chain(() => Promise.reject(silent)).one(3)).rejects.toBe(silent);
    });

    it("has all its pledges, page by page", async () => {
        const all = Array.from({ length: 250 }, (_, at) => ({ pledger: `wasm1${String(at).padStart(3, "0")}` }));
        const projects = chain((_, { start_after, limit }) => {
            const from = all.findIndex(({ pledger }) => pledger === start_after) + 1;
            const pledges = all.slice(from, from + Number(limit));
            return { pledges, more: from + Number(limit) < all.length };
        });
        expect(await projects.pledges(3)).toEqual(all);
    });

    it("knows of no votes of who pledged nothing", async () => {
        const none = new Refusal(
            "sdk",
            6,
            "no pledge of wasm1x in project 2: query wasm contract failed: unknown request",
        );
        expect(await chain(() => Promise.reject(none)).votes(2, "wasm1x")).toBeNull();
        const other = new Refusal("sdk", 6, "limit: expected 1 to 30, got 100: query wasm contract failed");
        await expect(chain(() => Promise.reject(other)).votes(2, "wasm1x")).rejects.toBe(other);
    });

    it("a list without an end is given up", async () => {
        const projects = chain(() => ({ pledges: [{ pledger: "wasm1a" }], more: true }));
        await expect(projects.pledges(3)).rejects.toThrow("at most 20 pages");
    });
});

describe("a document", () => {
    const hash = (bytes: Uint8Array) => toHex(sha256(bytes));

    it("that has its hash is shown as text, without what hides or turns letters", () => {
        const bytes = utf8("A line\n\tof \u202Etext\u0007<b>");
        expect(documentCheck(bytes, hash(bytes), hash(bytes))).toEqual({
            state: "same",
            text: "A line\n\tof text<b>",
            bytes: bytes.length,
        });
    });

    it("that has not is not shown at all", () => {
        const bytes = utf8("Another line");
        expect(documentCheck(bytes, hash(bytes), "ab".repeat(32))).toEqual({ state: "differs", got: hash(bytes) });
    });

    it("that is no text is checked, and not shown", () => {
        const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]);
        expect(documentCheck(bytes, hash(bytes), hash(bytes))).toMatchObject({ state: "same", text: null });
        const long = new Uint8Array(200_001).fill(65);
        expect(documentCheck(long, hash(long), hash(long))).toMatchObject({ state: "same", text: null });
    });

    it("of ipfs is not asked of anybody", async () => {
        expect(await chain(() => null).document("ipfs://bafy", "ab".repeat(32))).toEqual({
            state: "not_had",
            why: "scheme",
        });
        expect(await chain(() => null).document("", "ab".repeat(32))).toEqual({ state: "not_had", why: "scheme" });
    });
});
