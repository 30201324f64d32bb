// Nodes and archives that a person added on this device, beside those of grid.json. They are believed no more than any other: a node
// is asked for its chain, and what an archive serves is checked by its hash.

import { type GridPins, readPlace } from "./pins.ts";

export interface OwnPlaces {
    readonly nodes: readonly string[];
    readonly archives: readonly string[];
}

export type Kind = keyof OwnPlaces;

export const NOTHING_OWN: OwnPlaces = { nodes: [], archives: [] };
/** As many as grid.json may name: each node is asked every quarter of a minute. */
export const MOST_PLACES = 8;

/** What was kept on the device, checked anew; `page` is the app's own address. */
export function readOwn(text: string | null, page: string): OwnPlaces {
    try {
        const kept = (JSON.parse(text ?? "{}") ?? {}) as Partial<Record<Kind, unknown>>;
        const list = (value: unknown): string[] =>
            (Array.isArray(value) ? value : []).slice(0, MOST_PLACES).flatMap((one) => {
                const place = typeof one === "string" ? placeOf(one, page) : null;
                return place === null ? [] : [place];
            });
        return { nodes: list(kept.nodes), archives: list(kept.archives) };
    } catch {
        return NOTHING_OWN;
    }
}

/** An address as the app asks it; null: no page may ask it. */
export function placeOf(text: string, page: string): string | null {
    try {
        return readPlace(text.trim(), page);
    } catch {
        return null;
    }
}

/** The grid with them, those of grid.json first. What that names already is not taken twice. */
export function withOwn(pins: GridPins, own: OwnPlaces): GridPins {
    const nodes = [...pins.chain.nodes];
    for (const rpc of own.nodes) {
        if (nodes.length >= MOST_PLACES || nodes.some((node) => node.rpc === rpc)) continue;
        const { host } = new URL(rpc);
        const same = nodes.filter(({ name }) => name === host || name.startsWith(`${host} (`)).length;
        nodes.push({ name: same === 0 ? host : `${host} (${same + 1})`, rpc, rest: null });
    }
    const archives = [...new Set([...pins.archives, ...own.archives])].slice(0, MOST_PLACES);
    return { ...pins, chain: { ...pins.chain, nodes }, archives };
}
