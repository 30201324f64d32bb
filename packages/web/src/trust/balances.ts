// The free balances with which a window was settled, as archives keep them.

import { fromHex, toHex } from "../chain/bytes.ts";

/** All free balances of a grid together are at most this many base units; the engine refuses more. */
const MOST_FREE = 1n << 96n;

/** A byte that says how many bytes each amount takes, the fewest that hold the largest; the amounts, most significant byte first. */
export function balancesBytes(free: readonly bigint[]): Uint8Array<ArrayBuffer> {
    const largest = free.reduce((most, one) => (one > most ? one : most), 0n);
    const width = largest === 0n ? 0 : Math.ceil(largest.toString(16).length / 2);
    const hex = width === 0 ? [] : free.map((one) => one.toString(16).padStart(2 * width, "0"));
    return fromHex([width.toString(16).padStart(2, "0"), ...hex].join(""));
}

/** The amounts in bytes that have the hash which a settlement told: they are what it wrote. */
export function amountsOf(bytes: Uint8Array): readonly bigint[] {
    const width = bytes[0] ?? 0;
    // Where nobody has anything, each amount takes no byte: whoever asks takes none for nothing.
    if (width === 0) return [];
    const count = Math.floor((bytes.length - 1) / width);
    return Array.from({ length: count }, (_, at) =>
        BigInt(`0x${toHex(bytes.subarray(1 + at * width, 1 + (at + 1) * width))}`),
    );
}

/** Balances with which nobody runs short, for a window of which the chain tells that nobody did: each the same part of the most. */
export function plenty(seats: number): Uint8Array<ArrayBuffer> {
    return balancesBytes(Array.from({ length: seats }, () => MOST_FREE / BigInt(Math.max(1, seats))));
}
