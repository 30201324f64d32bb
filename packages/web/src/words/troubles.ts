// What went wrong, in words with what to do. Details are the other side's text: short, and only ever text.

import { NodeError, type NodeTrouble, Refusal } from "../chain/errors.ts";
import type { RefusalFacts } from "../sending/state.ts";
import { clipped } from "../trust/plain.ts";
import { refused } from "../trust/refusals.ts";
import { WalletError, type WalletTrouble } from "../wallet/wallet.ts";
import type { Say } from "./say.ts";

/** Longest detail that is shown: a sentence or two, and no page of a stranger's. */
const LONGEST_DETAIL = 200;

/** Text of the other side as one plain line. */
export function plain(text: string): string {
    return clipped(text, LONGEST_DETAIL);
}

/** A refusal in words. Logs of the chain may hold raw bytes: only facts and a contract's own words are shown. */
export function refusal(say: Say, facts: RefusalFacts): string {
    const why = refused(facts);
    if (why.kind === "contract" || why.kind === "other") return say.t(`refused.${why.kind}`, { words: why.words });
    if (why.kind === "allowance") return say.t(`refused.allowance_${why.why}`);
    return say.t(`refused.${why.kind}`);
}

/** Any error in words. */
export function trouble(say: Say, error: unknown): string {
    if (error instanceof NodeError) return nodeTrouble(say, error.node, error.trouble);
    if (error instanceof Refusal) return refusal(say, error);
    if (error instanceof WalletError) return walletTrouble(say, error.trouble);
    return say.t("trouble.other", { detail: plain(error instanceof Error ? error.message : String(error)) });
}

/** A node's trouble in words. */
export function nodeTrouble(say: Say, node: string, of: NodeTrouble): string {
    switch (of.kind) {
        case "unreachable":
        case "no_index":
            return say.t(`trouble.${of.kind}`, { node });
        case "timeout":
            return say.t("trouble.timeout", { node, seconds: of.seconds });
        case "too_large":
            return say.t("trouble.too_large", { node });
        case "http":
            return say.t("trouble.http", { node, status: of.status });
        case "forgotten":
            return say.t("trouble.forgotten", { node, height: say.number(of.height) });
        case "not_understood":
        case "rpc":
            return say.t(`trouble.${of.kind}`, { node, detail: plain(of.detail) });
    }
}

/** A wallet's trouble in words. */
export function walletTrouble(say: Say, of: WalletTrouble): string {
    switch (of.kind) {
        case "not_installed":
            return say.t("start.absent");
        case "locked":
            return say.t("start.locked");
        case "rejected":
            return say.t("start.rejected");
        case "other_chain":
            return say.t("wallet.other_chain");
        case "other_account":
            return say.t("wallet.other_account", { expected: short(of.expected), got: short(of.got) });
        case "changed":
            return say.t("wallet.changed");
        case "failed":
            return say.t("start.failed", { detail: plain(of.detail) });
    }
}

/** An account, short enough for a line: both ends, by which people tell them apart. */
export function short(account: string): string {
    return account.length <= 16 ? account : `${account.slice(0, 8)}…${account.slice(-4)}`;
}
