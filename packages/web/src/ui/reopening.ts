import type { AddedPlaces } from "../data/places.ts";

/** What was added or removed counts once the grid is opened anew. */
export function reopening(places: AddedPlaces | null, reopen: () => void): AddedPlaces | null {
    if (places === null) return null;
    return {
        ...places,
        add: async (kind, text) => {
            const trouble = await places.add(kind, text);
            if (trouble === null) reopen();
            return trouble;
        },
        remove: (kind, place) => {
            places.remove(kind, place);
            reopen();
        },
    };
}
