// Documents that terms, evidence and reasons name by their hash.

import { fromUtf8 } from "../../chain/bytes.ts";
import type { DocumentCheck } from "./source.ts";

/** Text longer than this is checked, and not shown. */
const SHOWN = 200_000;

/** What a document's bytes are worth: text where it is plain text, and nothing where the hash is another. */
export function documentCheck(bytes: Uint8Array, got: string, expected: string): DocumentCheck {
    if (got !== expected) return { state: "differs", got };
    return { state: "same", text: bytes.length > SHOWN ? null : textOf(bytes), bytes: bytes.length };
}

/** Null: it is no text that people read, such as a picture. */
function textOf(bytes: Uint8Array): string | null {
    try {
        const text = fromUtf8(bytes);
        // Marks that hide or turn text go; lines and tabs stay.
        return /\0/.test(text) ? null : text.replace(/[^\P{C}\n\t]/gu, "");
    } catch {
        return null;
    }
}
