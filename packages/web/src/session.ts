// One grid at hand: whom it is asked of, who signs, and what is under way.

import type { AddedPlaces } from "./data/places.ts";
import type { GridSource } from "./data/source.ts";
import type { Sender } from "./sending/sender.ts";
import type { Wallet } from "./wallet/wallet.ts";

export interface Session {
    readonly source: GridSource;
    readonly wallet: Wallet;
    /** Null where nothing can be sent: in the example. */
    readonly sender: Sender | null;
    /** Asks another node from now on, by its address; null where there is none to ask. */
    readonly askNode: ((rpc: string) => void) | null;
    /** Nodes and archives that were added on this device; null where there are none to add. */
    readonly places: AddedPlaces | null;
}
