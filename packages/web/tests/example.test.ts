import { beforeAll, describe, expect, it } from "vitest";
import street from "../fixtures/street.json" with { type: "json" };
import { ExampleSource } from "../src/example/exampleSource.ts";
import type { Street } from "../src/example/street.ts";
import { engine } from "./engine.ts";

const made = street as unknown as Street;
let source: ExampleSource;

beforeAll(async () => {
    const loaded = await engine();
    source = new ExampleSource(made, () => Promise.resolve(loaded));
});

describe("the made-up street", () => {
    it("has bills that are really checked: each home's of each day comes to the very result", async () => {
        const { items } = await source.windows(null, 100);
        const reported = items.filter(({ report }) => report !== null);
        expect(reported.length).toBe(13);
        const slots = made.seats.map(({ slot }) => slot);
        for (const [at, { firstInterval }] of reported.entries()) {
            // All homes of the newest day, and of each other day the one that is shown first and the one without money.
            for (const slot of at === 0 ? slots : [6, 12]) {
                const bill = await source.bill(slot, firstInterval);
                expect(bill.check.result, `home ${slot}, window ${firstInterval}`).toBe("same");
            }
        }
    }, 30_000);

    it("notices a signature that is no witness's", async () => {
        const loaded = await engine();
        const windows = made.windows.map((window) => ({
            ...window,
            signatures: "01".repeat(64 * 4),
            signers: [0, 1, 2, 3],
        }));
        const forged = new ExampleSource({ ...made, windows }, () => Promise.resolve(loaded));
        const { check } = await forged.bill(12, made.windows[0]?.first_interval ?? 0);
        expect(check).toMatchObject({ result: "forged", what: "signatures", from: "Example" });
    });

    it("has books that add up, and money that is the sum of its homes'", async () => {
        const books = await source.books();
        expect(books.deposited).toBe(books.withdrawn + books.swept + books.free + books.held + books.community);
        const accounts = await Promise.all(made.seats.map(({ slot }) => source.account(slot)));
        expect(accounts.reduce((sum, account) => sum + (account?.free ?? 0n), 0n)).toBe(books.free);
    });

    it("shows a gap, missing and substituted readings, and a home without money", async () => {
        const { items } = await source.windows(null, 100);
        expect(items.filter(({ state }) => state === "gap")).toHaveLength(1);
        const day = (at: number) => made.windows[at]?.first_interval ?? 0;
        const energy = await source.homeEnergy(12, day(12), day(12) + 96);
        expect(energy.intervals.filter(({ reading }) => reading === null)).toHaveLength(4);
        const grid = await source.gridEnergy(day(13), day(13) + 96);
        expect(grid.reduce((sum, one) => sum + one.substituted, 0)).toBe(10);
        const poor = items[0]?.sums;
        expect(poor !== null && poor !== undefined && poor.payable < poor.demand).toBe(true);
    });
});
