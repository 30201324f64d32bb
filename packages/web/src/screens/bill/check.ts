// What came of checking a bill on this device, in sentences; each that is not good says what to do.

import type { BillCheck, BillProof, Missing } from "../../data/source.ts";
import { exactMoney } from "../../format/money.ts";
import type { Say } from "../../words/say.ts";

/** A check in words. */
export interface Verdict {
    readonly state: "good" | "bad" | "open";
    readonly headline: string;
    readonly sentences: readonly string[];
    /** Evidence to hand on, and what the file is called. */
    readonly file: { readonly name: string; readonly text: string } | null;
}

/** The verdict on a bill. */
export function verdict(say: Say, check: BillCheck, firstInterval: number): Verdict {
    if (check.result === "same")
        return { state: "good", headline: say.t("bill.check_same"), sentences: proof(say, check.proof), file: null };
    if (check.result === "differs") {
        const sentences = [...differences(say, check), say.t("bill.check_differs_do"), ...proof(say, check.proof)];
        const file = { name: `gridpact-${firstInterval}.json`, text: check.file };
        return { state: "bad", headline: say.t("bill.check_differs"), sentences, file };
    }
    if (check.result === "forged") {
        const what = say.t(`bill.forged_${check.what}`, { from: check.from });
        const sentences = [what, say.t("bill.forged_do"), say.t("bill.forged_detail", { detail: check.detail })];
        return { state: "bad", headline: say.t("bill.check_forged"), sentences, file: null };
    }
    if (check.missing.length === 0)
        return { state: "open", headline: say.t("bill.not_member"), sentences: [], file: null };
    const sentences = check.missing.map((missing) => missingSentence(say, missing));
    return { state: "open", headline: say.t("bill.check_incomplete"), sentences, file: null };
}

function proof(say: Say, of: BillProof): string[] {
    const names = of.signedBy.map((witness) => witnessName(say, witness));
    const counts = { signed: of.signedBy.length, members: of.members, quorum: of.quorum };
    const from =
        of.balancesFrom === null
            ? say.t("bill.check_from", { report: of.reportFrom })
            : say.t("bill.check_from_both", { report: of.reportFrom, balances: of.balancesFrom });
    return [
        say.t("bill.check_signed", { ...counts, names: say.list(names) }),
        ...readSentence(say, of.readBy),
        say.t("bill.check_recomputed", { milliseconds: say.number(Math.max(1, Math.round(of.took))) }),
        say.t(of.comparedWith === "results_hash" ? "bill.check_all" : "bill.check_own"),
        from,
        say.t("bill.check_entry", { height: say.number(of.height) }),
    ];
}

/** A witness by its name in grid.json, else by its number. */
export function witnessName(say: Say, { name, member }: BillProof["signedBy"][number]): string {
    return name ?? say.t("bill.witness", { number: member + 1 });
}

/** Whose word the home's readings are: signatures say who said something, not that it is so. */
function readSentence(say: Say, readBy: BillProof["readBy"]): string[] {
    if (readBy === null || readBy.word === "nobody") return [];
    const [name = "", ...others] = readBy.readers.map((witness) => witnessName(say, witness));
    if (readBy.word === "agree")
        return [say.t("bill.read_agree", { names: say.list([name, ...others]), need: readBy.need })];
    return [say.t(`bill.read_${readBy.word}`, { name })];
}

function differences(say: Say, check: Extract<BillCheck, { result: "differs" }>): string[] {
    const { here, chain } = check;
    const said: string[] = [];
    const exact = (units: bigint): string => exactMoney(say.locale, say.asset, units);
    if (chain.debit !== null && chain.debit !== here.debit)
        said.push(say.t("bill.check_differs_pay", { here: exact(here.debit), chain: exact(chain.debit) }));
    if (chain.credit !== null && chain.credit !== here.credit)
        said.push(say.t("bill.check_differs_get", { here: exact(here.credit), chain: exact(chain.credit) }));
    return said.length === 0 ? [say.t("bill.check_differs_all")] : said;
}

/** What exactly is missing, and what to do. */
export function missingSentence(say: Say, missing: Missing): string {
    if (missing.what === "committee") return sentence(say.t("missing.committee"));
    if (missing.what === "engine") return sentence(say.t("missing.engine"));
    const what =
        missing.what === "balances" || missing.what === "payments"
            ? say.t(`missing.${missing.what}`)
            : say.t(`missing.${missing.what}`, { height: say.number(missing.height) });
    return sentence(say.t(`missing.${missing.why}`, { what }));
}

/** With a large letter in front and a point behind. */
function sentence(text: string): string {
    const started = text.charAt(0).toLocaleUpperCase() + text.slice(1);
    return /[.!?]$/.test(started) ? started : `${started}.`;
}
