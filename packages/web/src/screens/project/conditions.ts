// What a pledge asks of the others, as a sentence, and which parts of it are met.

import { units } from "../../data/projects/source.ts";
import type { Condition, PledgeResponse, Terms } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";

/** How an account is called here. */
export type People = (address: string) => string;

/** A part of a condition, and whether the pledges that count meet it. */
export interface Part {
    readonly key: string;
    readonly text: string;
    readonly met: boolean;
}

export function isEmpty(condition: Condition): boolean {
    return (condition.parties ?? []).length === 0 && condition.pledgers == null && condition.total == null;
}

/** "Counts only if B pledges at least 10,000 and all together pledge at least 30,000." */
export function conditionSentence(say: Say, condition: Condition, people: People): string {
    if (isEmpty(condition)) return say.t("condition.always");
    return say.t("condition.only_if", { parts: say.list(texts(say, condition, people).map(({ text }) => text)) });
}

/** The same, part by part. Only pledges that count themselves meet the condition of another. */
export function conditionParts(
    say: Say,
    condition: Condition,
    people: People,
    pledges: readonly PledgeResponse[],
): readonly Part[] {
    const counting = pledges.filter(({ consistent }) => consistent);
    return texts(say, condition, people).map(({ key, text, met }) => ({ key, text, met: met(counting) }));
}

function texts(say: Say, condition: Condition, people: People) {
    const parts: { key: string; text: string; met: (counting: readonly PledgeResponse[]) => boolean }[] = [];
    for (const { address, at_least } of condition.parties ?? [])
        parts.push({
            key: address,
            text: say.t("condition.party", { who: people(address), money: say.money(units(at_least)) }),
            met: (counting) =>
                counting.some(({ pledger, amount }) => pledger === address && units(amount) >= units(at_least)),
        });
    if (condition.pledgers != null) {
        const { count, at_least } = condition.pledgers;
        parts.push({
            key: "pledgers",
            text: say.t("condition.pledgers", { count, money: say.money(units(at_least)) }),
            met: (counting) => counting.filter(({ amount }) => units(amount) >= units(at_least)).length >= count,
        });
    }
    if (condition.total != null) {
        const { total } = condition;
        parts.push({
            key: "total",
            text: say.t("condition.total", { money: say.money(units(total)) }),
            met: (counting) => counting.reduce((sum, { amount }) => sum + units(amount), 0n) >= units(total),
        });
    }
    return parts;
}

/** The most pledges that a project takes in. */
const MOST_PLEDGERS = 513n;

/** Why a condition can never hold, whoever comes; null: it may. What the contract refuses, said before anybody asks it. */
export function neverHolds(say: Say, condition: Condition, terms: Terms, people: People): string | null {
    const paid = new Set([
        terms.contractor,
        ...terms.payees,
        ...(terms.decider == null ? [] : [terms.decider.address]),
    ]);
    const named = "named" in terms.admission ? terms.admission.named.parties : null;
    const most = (address: string): bigint => {
        if (paid.has(address)) return 0n;
        if (named === null) return units(terms.cap);
        return units(named.find((party) => party.address === address)?.amount ?? "0");
    };
    for (const { address, at_least } of condition.parties ?? []) {
        const can = most(address);
        if (units(at_least) <= can) continue;
        if (can === 0n)
            return say.t(paid.has(address) ? "condition.never_paid" : "condition.never_stranger", {
                who: people(address),
            });
        return say.t("condition.never_party", { who: people(address), most: say.money(can) });
    }
    if (condition.pledgers != null) {
        const { count, at_least } = condition.pledgers;
        const can =
            named === null
                ? units(at_least) <= units(terms.cap)
                    ? MOST_PLEDGERS
                    : 0n
                : BigInt(named.filter(({ amount }) => units(amount) >= units(at_least)).length);
        if (BigInt(count) > can)
            return say.t("condition.never_pledgers", { most: Number(can), money: say.money(units(at_least)) });
    }
    if (condition.total != null) {
        const can =
            named === null
                ? units(terms.cap) * MOST_PLEDGERS
                : named.reduce((sum, { amount }) => sum + units(amount), 0n);
        if (units(condition.total) > can) return say.t("condition.never_total", { most: say.money(can) });
    }
    return null;
}

/** Whether one asks no more than another: what a pledger may restate. */
export function asksNoMore(next: Condition, before: Condition): boolean {
    const parties = (next.parties ?? []).every(({ address, at_least }) =>
        (before.parties ?? []).some((one) => one.address === address && units(at_least) <= units(one.at_least)),
    );
    const { pledgers, total } = next;
    const fewer =
        pledgers == null ||
        (before.pledgers != null &&
            pledgers.count <= before.pledgers.count &&
            units(pledgers.at_least) <= units(before.pledgers.at_least));
    return parties && fewer && (total == null || (before.total != null && units(total) <= units(before.total)));
}
