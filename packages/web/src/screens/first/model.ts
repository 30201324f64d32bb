// The first thing a stranger reads: what the neighbours shared yesterday; and what they typed to find their home.

import type { GridInterval } from "../../data/source.ts";
import { share } from "../../format/money.ts";
import { sum } from "../../format/whole.ts";
import type { Say } from "../../words/say.ts";

/** Yesterday in one or two sentences, from its intervals; `count` says how many it has. From a part nothing is told of the whole. */
export function yesterday(say: Say, homes: number, intervals: readonly GridInterval[], count: number): string[] {
    if (homes === 0) return [say.t("first.empty")];
    if (intervals.length === 0) return [say.t("first.not_reported", { homes })];
    if (intervals.length < count) return [say.t("first.part", { homes })];
    const traded = sum(intervals.map((one) => one.traded));
    const demand = sum(intervals.map((one) => one.demand));
    const percent = share(traded, demand);
    if (traded === 0n || percent === null) return [say.t("first.nothing", { homes })];
    return [
        say.t("first.shared", { homes, energy: say.energy(traded) }),
        say.t("first.share", { percent: say.percent(percent) }),
    ];
}

/** What was typed: a home's number, an account of this chain, nothing, or something else. */
export type Typed =
    | { readonly kind: "number"; readonly slot: number }
    | { readonly kind: "account"; readonly account: string }
    | { readonly kind: "empty" }
    | { readonly kind: "other"; readonly text: string };

/** Longest address of a Cosmos chain: a prefix of up to 83 characters never comes near it here. */
const LONGEST_ACCOUNT = 120;

/** Reads it. Whether an account exists is the chain's to say; here it only has to look like one. */
export function readTyped(text: string, prefix: string): Typed {
    const typed = text.trim();
    if (typed === "") return { kind: "empty" };
    if (/^\d{1,6}$/.test(typed)) return { kind: "number", slot: Number(typed) };
    const account = typed.toLowerCase();
    if (account.length <= LONGEST_ACCOUNT && account.startsWith(`${prefix}1`) && /^[a-z0-9]+$/.test(account))
        return { kind: "account", account };
    return { kind: "other", text: typed.slice(0, 40) };
}
