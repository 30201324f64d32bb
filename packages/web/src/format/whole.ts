// Least and most of whole numbers: Math knows floats only.

export function least(values: readonly bigint[]): bigint {
    let [found = 0n] = values;
    for (const value of values) if (value < found) found = value;
    return found;
}

export function most(values: readonly bigint[]): bigint {
    let [found = 0n] = values;
    for (const value of values) if (value > found) found = value;
    return found;
}

export function sum(values: readonly bigint[]): bigint {
    let all = 0n;
    for (const value of values) all += value;
    return all;
}

/** Without its sign. */
export function magnitude(value: bigint): bigint {
    return value < 0n ? -value : value;
}
