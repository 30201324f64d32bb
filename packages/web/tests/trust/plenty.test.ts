import fc from "fast-check";
import { expect, test } from "vitest";
import { toHex } from "../../src/chain/bytes.ts";
import { plenty } from "../../src/trust/evidence.ts";

test("balances of plenty are within what the engine takes, for a grid of any size, and nobody's is small", () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 1_024 }), (seats) => {
            const hex = toHex(plenty(seats));
            expect(hex.length).toBe(seats * 32);
            const each = Array.from({ length: seats }, (_, at) => BigInt(`0x${hex.slice(at * 32, (at + 1) * 32)}`));
            expect(each.reduce((sum, one) => sum + one, 0n) <= 1n << 96n).toBe(true);
            // A coin of 18 decimals: millions of it.
            expect(each.every((one) => one > 10n ** 25n)).toBe(true);
        }),
        { numRuns: 30 },
    );
});
