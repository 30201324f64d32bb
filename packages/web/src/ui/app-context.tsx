// What every screen has at hand: the grid, the language, the home that was chosen.

import { createContext, useContext } from "react";
import type { AddedPlaces } from "../data/places.ts";
import type { CodeCheck, GridSource, Health } from "../data/source.ts";
import type { Names } from "../screens/settings/model.ts";
import type { Action } from "../sending/actions.ts";
import type { Sending } from "../sending/state.ts";
import type { WalletAccount, WalletTrouble } from "../wallet/wallet.ts";
import type { Say } from "../words/say.ts";
import type { Language } from "../words/words.ts";

export type Theme = "system" | "light" | "dark";

/** Who is connected, and what Keplr did. */
export interface Key {
    readonly installed: boolean;
    readonly account: WalletAccount | null;
    readonly trouble: WalletTrouble | null;
    readonly busy: boolean;
    readonly connect: () => Promise<void>;
    readonly disconnect: () => void;
}

/** What is being signed. */
export interface Desk {
    readonly state: Sending | null;
    /** Closed while it goes on by itself. */
    readonly hidden: boolean;
    readonly begin: (action: Action) => void;
    readonly price: () => void;
    readonly sign: () => void;
    readonly cancel: () => void;
    readonly retry: () => void;
    readonly lookAgain: () => void;
    /** Where nobody can tell what came of it: stops waiting. */
    readonly forget: () => void;
    readonly close: () => void;
}

export interface App {
    readonly source: GridSource;
    readonly say: Say;
    /** Seconds since 1970, of the newest block where one is known. */
    readonly now: number;
    readonly health: Health | null;
    readonly codes: readonly CodeCheck[] | null;
    readonly home: number | null;
    readonly setHome: (slot: number | null) => void;
    readonly names: Names;
    readonly setNames: (names: Names) => void;
    readonly language: Language;
    readonly setLanguage: (language: Language) => void;
    readonly theme: Theme;
    readonly setTheme: (theme: Theme) => void;
    readonly setExample: (on: boolean) => void;
    /** Asks another node from now on; null where there is none to ask. */
    readonly askNode: ((rpc: string) => void) | null;
    /** As the session's; where something was added or removed, the grid is opened anew. */
    readonly places: AddedPlaces | null;
    readonly key: Key;
    readonly desk: Desk;
}

export const AppContext = createContext<App | null>(null);

/** The app at hand. */
export function useApp(): App {
    const app = useContext(AppContext);
    if (app === null) throw new Error("expected to be inside the app");
    return app;
}
