// From grid.json beside the page to a grid that can be asked and signed for.

import { fromUtf8 } from "../chain/bytes.ts";
import { fetchBytes } from "../chain/fetching.ts";
import { hashing } from "../engine/hashing.ts";
import { PendingStore, type Store } from "../sending/pendingStore.ts";
import { Sender } from "../sending/sender.ts";
import { readOwn, withOwn } from "../trust/own.ts";
import { MOST_BYTES, readPins } from "../trust/pins.ts";
import { keep, kept } from "../ui/device.ts";
import { Keplr } from "../wallet/keplr.ts";
import type { Wallet } from "../wallet/wallet.ts";
import { ChainSource } from "./chainSource.ts";
import { type AddedPlaces, placesOf } from "./places.ts";

export interface OpenGrid {
    readonly source: ChainSource;
    readonly wallet: Wallet;
    readonly sender: Sender;
    readonly places: AddedPlaces;
}

/** Ends with a `PinsError` where grid.json is not right, and a `NodeError` where it is not there. */
export async function openGrid(page: Window): Promise<OpenGrid> {
    const address = new URL("./grid.json", page.location.href).href;
    const bytes = await fetchBytes("grid.json", address, { bytes: MOST_BYTES, seconds: 20 });
    const { href } = page.location;
    const pinned = readPins(fromUtf8(bytes), href);
    const shelf = {
        read: () => kept(`own.${pinned.chain.id}`),
        write: (text: string) => keep(`own.${pinned.chain.id}`, text),
    };
    const pins = withOwn(pinned, readOwn(shelf.read(), href));
    const source = new ChainSource(pins);
    const wallet = new Keplr(pins, page);
    const sender = new Sender({
        pins,
        nodes: source.nodes,
        wallet,
        store: new PendingStore(storeOf(page), pins.chain.id),
        sha256: hashing(),
        wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
        now: () => Date.now(),
    });
    return { source, wallet, sender, places: placesOf(pins, href, shelf) };
}

/** The browser's store. Where it has none, nothing can be sent: a reload would forget what is on its way. */
function storeOf(page: Window): Store {
    try {
        return page.localStorage;
    } catch {
        const none = (): never => {
            throw new Error(
                "expected that this browser keeps what is sent until it is known what came of it; it keeps nothing",
            );
        };
        return { getItem: () => null, setItem: none, removeItem: () => undefined };
    }
}
