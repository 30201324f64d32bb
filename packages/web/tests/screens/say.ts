// How tests say things: English, euros with six decimals, Vienna, quarter hours.

import en from "../../src/words/en.json" with { type: "json" };
import { type Manner, makeSay, type Say } from "../../src/words/say.ts";
import { makeWords } from "../../src/words/words.ts";

export const EURO = { symbol: "EUR", currency: "EUR", decimals: 6 };

export function say(manner: Partial<Manner> = {}): Say {
    const feeCoin = { symbol: "STAKE", currency: null, decimals: 6 };
    const made = makeSay(makeWords("en", "en-GB", en), {
        asset: EURO,
        feeCoin,
        zone: "Europe/Vienna",
        intervalLength: 900,
        ...manner,
    });
    // Spaces that do not break are spaces to a reader of tests.
    return { ...made, t: (key, values) => made.t(key, values).replace(/[\u00a0\u202f]/g, " ") };
}

export const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

/** kWh in mWh. */
export const kwh = (value: number): bigint => BigInt(Math.round(value * 1_000_000));
/** ct/kWh in base units per MWh of EURO. */
export const ct = (value: number): bigint => BigInt(Math.round(value * 10_000_000));
/** Euros in base units of EURO. */
export const euro = (value: number): bigint => BigInt(Math.round(value * 1_000_000));
/** The quarter hour of a moment. */
export const quarter = (text: string): number => Date.parse(text) / 900_000;
