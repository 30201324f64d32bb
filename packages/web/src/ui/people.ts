// How accounts are called on this device. Names never leave it unless their owner hands them on.

import { useMemo, useState } from "react";
import { clipped } from "../trust/plain.ts";
import { short } from "../words/troubles.ts";
import { useApp } from "./app-context.tsx";
import { keep, kept } from "./device.ts";

/** Names of accounts, by address. */
export type Neighbours = Readonly<Record<string, string>>;

/** Longest name: it has to fit into a sentence. */
export const LONGEST = 30;
/** Most names: a street and its builders. */
export const MOST = 1_024;
/** Longer addresses are none. */
const ADDRESS = /^[a-z0-9]{1,83}$/;

/** With one more name; null where account or name are out of bounds. */
export function named(names: Neighbours, address: string, name: string): Neighbours | null {
    const plain = clipped(name, LONGEST + 1);
    if (!ADDRESS.test(address) || plain === "" || [...plain].length > LONGEST) return null;
    if (!Object.hasOwn(names, address) && Object.keys(names).length >= MOST) return null;
    return { ...names, [address]: plain };
}

/** Names from text that was kept, or that a neighbour handed on: whatever is none is left out. */
export function readNeighbours(text: string | null): Neighbours {
    try {
        const value: unknown = JSON.parse(text ?? "{}");
        if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
        let names: Neighbours = {};
        for (const [address, name] of Object.entries(value))
            if (typeof name === "string") names = named(names, address, name) ?? names;
        return names;
    } catch {
        return {};
    }
}

/** The names of this grid on this device. */
export function useNeighbours(): [Neighbours, (names: Neighbours) => void] {
    const { source } = useApp();
    const key = `neighbours.${source.example ? "example." : ""}${source.grid.chain.id}`;
    const [names, setNames] = useState(() => readNeighbours(kept(key)));
    return [
        names,
        (next) => {
            keep(key, JSON.stringify(next));
            setNames(next);
        },
    ];
}

/** How an account is called: "you", by its name on this device, or both ends of it. */
export function usePeople(): (address: string) => string {
    const { say, key } = useApp();
    const [names] = useNeighbours();
    const own = key.account?.address ?? null;
    return useMemo(
        () => (address) => {
            const name = names[address] ?? null;
            if (address === own) return name === null ? say.t("people.you") : say.t("people.you_named", { name });
            return name ?? short(address);
        },
        [names, own, say],
    );
}
