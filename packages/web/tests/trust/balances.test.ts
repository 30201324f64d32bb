import fc from "fast-check";
import { expect, test } from "vitest";
import { toHex } from "../../src/chain/bytes.ts";
import { balancesBytes, plenty } from "../../src/trust/balances.ts";

test.each([
    [[], "00"],
    [[0n, 0n], "00"],
    [[1n, 0n, 255n], "010100ff"],
    [[1n, 256n], "0200010100"],
    [[30_000_000n, 0n, 16_777_216n], "0401c9c3800000000001000000"],
    [[(1n << 128n) - 2n], "10fffffffffffffffffffffffffffffffe"],
])("balances %s take the fewest bytes that hold the largest", (free, written) => {
    expect(toHex(balancesBytes(free))).toBe(written);
});

test("balances of plenty are within what the engine takes, for a grid of any size, and nobody's is small", () => {
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 1_024 }), (seats) => {
            const [width = 0, ...amounts] = plenty(seats);
            expect(amounts.length).toBe(seats * width);
            const hex = toHex(Uint8Array.from(amounts));
            const each = Array.from({ length: seats }, (_, at) =>
                BigInt(`0x${hex.slice(2 * at * width, 2 * (at + 1) * width)}`),
            );
            expect(each.reduce((sum, one) => sum + one, 0n) <= 1n << 96n).toBe(true);
            // A coin of 18 decimals: millions of it.
            expect(each.every((one) => one > 10n ** 25n)).toBe(true);
        }),
        { numRuns: 30 },
    );
});
