// Why the chain refused, as a fact that can be said. Codes of a codespace say it where a node passes them on; a simulation passes on
// words alone, so that the ends of the SDK's own sentences are known too.

import type { RefusalFacts } from "../sending/state.ts";
import { clipped } from "./plain.ts";

export type Refused =
    /** The contract's own words: what it expected and what it got. */
    | { readonly kind: "contract"; readonly words: string }
    /** The account holds less of the money or of the fee coin than it takes. */
    | { readonly kind: "funds" }
    | { readonly kind: "allowance"; readonly why: "used_up" | "expired" | "none" | "other_messages" }
    /** It needed more gas than was allowed; the fee is paid all the same. */
    | { readonly kind: "gas" }
    /** The chain asks a greater fee than was offered. */
    | { readonly kind: "low_fee" }
    /** Its last block is over. */
    | { readonly kind: "late" }
    /** Something else of this account came first. */
    | { readonly kind: "sequence" }
    | { readonly kind: "busy" }
    /** The signature is not one of this account for this chain. */
    | { readonly kind: "signature" }
    | { readonly kind: "other"; readonly words: string };

const USED_UP: Refused = { kind: "allowance", why: "used_up" };
const EXPIRED: Refused = { kind: "allowance", why: "expired" };
const NONE: Refused = { kind: "allowance", why: "none" };
const OTHER: Refused = { kind: "allowance", why: "other_messages" };

const CODES: Readonly<Record<string, Refused>> = {
    "sdk/4": { kind: "signature" },
    "sdk/5": { kind: "funds" },
    "sdk/11": { kind: "gas" },
    "sdk/13": { kind: "low_fee" },
    "sdk/20": { kind: "busy" },
    "sdk/30": { kind: "late" },
    "sdk/32": { kind: "sequence" },
    "feegrant/2": USED_UP,
    "feegrant/3": EXPIRED,
    "feegrant/5": NONE,
    "feegrant/7": OTHER,
};

/** Ends of the SDK's sentences. The log of an allowance holds raw bytes of addresses: none of it is ever shown. */
const ENDS: readonly (readonly [RegExp, Refused])[] = [
    [/fee limit exceeded/, USED_UP],
    [/fee allowance expired/, EXPIRED],
    [/fee-grant not found|no allowance/, NONE],
    [/message not allowed/, OTHER],
    [/insufficient funds|insufficient fee balance|is smaller than/, { kind: "funds" }],
    [/insufficient fee/, { kind: "low_fee" }],
    [/out of gas/, { kind: "gas" }],
    [/timeout height/, { kind: "late" }],
    [/account sequence mismatch|incorrect account sequence/, { kind: "sequence" }],
    [/mempool is full/, { kind: "busy" }],
    [/signature verification failed/, { kind: "signature" }],
];

/** Longer words of a contract say no more. */
const MOST = 300;

export function refused({ codespace, code, log }: RefusalFacts): Refused {
    const words = contractWords(log);
    if (words !== null) return { kind: "contract", words };
    const known = CODES[`${codespace}/${code}`];
    if (known !== undefined) return known;
    const end = ENDS.find(([pattern]) => pattern.test(log));
    return end === undefined ? { kind: "other", words: clipped(log, MOST) } : end[1];
}

/** What a contract said, cut out of what the chain puts around it; null: no contract spoke. */
export function contractWords(log: string): string | null {
    const end = log.search(
        /: (execute|query|instantiate|migrate|dispatch: submessages|reply)(:)? wasm contract failed/,
    );
    if (end < 0) return null;
    const words = log
        .slice(0, end)
        .replace(/^rpc error: code = \w+ desc = /, "")
        .replace(/^failed to execute message; message index: \d+: /, "")
        // Of a contract that another one called, it says so once for each.
        .replace(/^(dispatch: submessages: )+/, "");
    return clipped(words, MOST);
}
