// Adding and removing nodes and archives on this device.

import { NodeError } from "../chain/errors.ts";
import { Rpc } from "../chain/rpc.ts";
import { type Kind, MOST_PLACES, type OwnPlaces, placeOf, readOwn } from "../trust/own.ts";
import type { GridPins } from "../trust/pins.ts";
import { archiveHealth } from "./health.ts";

/** Why an address was not added. */
export type PlaceTrouble = "bad" | "there" | "many" | "unreachable" | "other_chain";

/** What a person added here, and how to change it. A change counts when the grid is opened anew. */
export interface AddedPlaces {
    readonly own: OwnPlaces;
    /** Adds what answers and is of this grid's chain; else says why not. */
    readonly add: (kind: Kind, text: string) => Promise<PlaceTrouble | null>;
    readonly remove: (kind: Kind, place: string) => void;
}

/** Where it is kept. */
export interface Shelf {
    read(): string | null;
    write(text: string): void;
}

/** `pins` are those with what was added before. */
export function placesOf(pins: GridPins, page: string, shelf: Shelf): AddedPlaces {
    const own = (): OwnPlaces => readOwn(shelf.read(), page);
    return {
        own: own(),
        add: async (kind, text) => {
            const place = placeOf(text, page);
            if (place === null) return "bad";
            const known = kind === "nodes" ? pins.chain.nodes.map(({ rpc }) => rpc) : pins.archives;
            if (known.includes(place)) return "there";
            if (known.length >= MOST_PLACES) return "many";
            const trouble = kind === "nodes" ? await nodeTrouble(place, pins.chain.id) : await archiveTrouble(place);
            if (trouble === null) shelf.write(JSON.stringify({ ...own(), [kind]: [...own()[kind], place] }));
            return trouble;
        },
        remove: (kind, place) =>
            shelf.write(JSON.stringify({ ...own(), [kind]: own()[kind].filter((one) => one !== place) })),
    };
}

async function nodeTrouble(rpc: string, chainId: string): Promise<PlaceTrouble | null> {
    try {
        return (await new Rpc(rpc, rpc).status()).chainId === chainId ? null : "other_chain";
    } catch (error) {
        if (error instanceof NodeError) return "unreachable";
        throw error;
    }
}

async function archiveTrouble(url: string): Promise<PlaceTrouble | null> {
    return (await archiveHealth(url)).state === "unreachable" ? "unreachable" : null;
}
