import { describe, expect, it } from "vitest";
import { sameAsset } from "../../src/data/projects/source.ts";
import type { Settlement } from "../../src/data/settling.ts";
import type { Window } from "../../src/data/source.ts";
import { streetOf } from "../../src/data/street.ts";

// Three seats, the middle one vacant, over two intervals; 3 is a missing reading.
const decoded = {
    intervals: 2,
    imports: BigUint64Array.from([1n, 0n, 3n, 4n, 0n, 9n]),
    exports: BigUint64Array.from([0n, 0n, 5n, 0n, 0n, 9n]),
    qualities: Uint8Array.from([0, 3, 0, 1, 3, 3]),
};
const settling = (done: object) => ({ settle: () => Promise.resolve(done as Settlement) });
const reported = settling({ report: {}, decoded, slots: [7, null, 2], settled: null, missing: [] });
const window = { firstInterval: 100, intervals: 2 } as Window;

describe("one interval of the street", () => {
    it("is the last one of the window, unless another is asked for; a vacant seat is no house", async () => {
        expect(await streetOf(reported, window, null)).toEqual({
            interval: 101,
            first: 100,
            count: 2,
            homes: [
                { slot: 7, reading: { taken: 4n, given: 0n, quality: "substituted" } },
                // What stands beside a missing reading is no reading.
                { slot: 2, reading: null },
            ],
        });
        expect(await streetOf(reported, window, 100)).toMatchObject({
            interval: 100,
            homes: [{ slot: 7 }, { slot: 2, reading: { taken: 3n, given: 5n } }],
        });
    });

    it("outside of the window is the nearest within", async () => {
        expect(await streetOf(reported, window, 5)).toMatchObject({ interval: 100 });
        expect(await streetOf(reported, window, 500)).toMatchObject({ interval: 101 });
    });

    it("says what is missing where the report cannot be had", async () => {
        const missing = [{ what: "report", firstInterval: 100, height: 9, why: "forgotten" }];
        expect(await streetOf(settling({ report: null, missing }), window, null)).toEqual({ missing });
    });
});

it("two assets are one only where their kind and their name are", () => {
    const coin = { native: { denom: "ueur" } };
    const token = { cw20: { address: "ueur" } };
    expect(sameAsset(coin, { denom: "ueur" })).toBe(true);
    expect(sameAsset(coin, { denom: "uusd" })).toBe(false);
    expect(sameAsset(coin, { cw20: "ueur" })).toBe(false);
    expect(sameAsset(token, { cw20: "ueur" })).toBe(true);
    expect(sameAsset(token, { denom: "ueur" })).toBe(false);
});
