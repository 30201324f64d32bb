import { useCallback, useState } from "react";
import { keep, kept } from "./device.ts";

/** Something that is kept on the device. */
export function useKept<T>(
    name: string,
    read: (text: string | null) => T,
    write: (value: T) => string = String,
): [T, (value: T) => void] {
    const [value, setValue] = useState<{ name: string; value: T }>(() => ({ name, value: read(kept(name)) }));
    // Another grid, another value.
    const current = value.name === name ? value.value : read(kept(name));
    const set = useCallback(
        (next: T): void => {
            keep(name, next === null ? null : write(next));
            setValue({ name, value: next });
        },
        [name, write],
    );
    return [current, set];
}
