// Names of accounts as a link or a file, from one neighbour to another.

import { isAddress } from "../../chain/bech32.ts";
import { fromBase64, fromUtf8, toBase64, utf8 } from "../../chain/bytes.ts";
import { type Neighbours, readNeighbours } from "../../ui/people.ts";

/** More names make a link that messengers cut off: they go as a file. */
export const MOST_IN_LINK = 40;
/** Longer text is no list of names: 1,024 of them take some 100 kB. */
const LONGEST = 300_000;

/** Names as the part of a link behind `#/neighbours/`. */
export function asLink(names: Neighbours): string {
    return toBase64(utf8(JSON.stringify(names)))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");
}

/** Names from a link; none where it is broken. */
export function fromLink(text: string, prefix: string): Neighbours {
    const plain = text.replaceAll("-", "+").replaceAll("_", "/");
    try {
        return fromText(fromUtf8(fromBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, "="))), prefix);
    } catch {
        return {};
    }
}

/** Names from a file: whatever is none, or no account of this chain, is left out. */
export function fromText(text: string, prefix: string): Neighbours {
    if (text.length > LONGEST) return {};
    return Object.fromEntries(Object.entries(readNeighbours(text)).filter(([address]) => isAddress(address, prefix)));
}

/** What would change: names that are new, and those that are called otherwise here. */
export function news(
    own: Neighbours,
    theirs: Neighbours,
): readonly { address: string; name: string; before: string | null }[] {
    return Object.entries(theirs)
        .filter(([address, name]) => own[address] !== name)
        .map(([address, name]) => ({ address, name, before: own[address] ?? null }));
}
