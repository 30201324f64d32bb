// Who pays the network fees of an account, in one sentence.

import type { ChainAccount } from "../../data/source.ts";
import type { Say } from "../../words/say.ts";

export function feeSentence(say: Say, account: ChainAccount, now: number): string {
    const { allowance, feeCoins } = account;
    const valid = allowance !== null && (allowance.expiresAt === null || allowance.expiresAt > now);
    if (valid && allowance.left === null) return say.t("start.fees_unlimited");
    if (valid && allowance.left !== null && allowance.left > 0n) {
        const until = allowance.expiresAt === null ? "none" : say.deadline(allowance.expiresAt);
        return say.t("start.fees_granted", { left: say.feeMoney(allowance.left), until });
    }
    if (feeCoins > 0n) return say.t("start.fees_own", { left: say.feeMoney(feeCoins) });
    const { resetsAt, expiresAt } = allowance ?? { resetsAt: null, expiresAt: null };
    if (valid && resetsAt !== null && resetsAt > now && (expiresAt === null || resetsAt < expiresAt))
        return say.t("refused.allowance_until", { when: say.deadline(resetsAt) });
    return say.t("start.fees_none");
}
