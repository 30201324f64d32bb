// The books replayed on this device, in sentences.

import type { BookDifference, Recomputed, Recomputing, TooLong } from "../../data/source.ts";
import { exactMoney } from "../../format/money.ts";
import type { Say } from "../../words/say.ts";
import { plain } from "../../words/troubles.ts";
import { missingSentence } from "../bill/check.ts";

/** Accounts that are listed; the file has all. */
const LISTED = 20;

/** How far a replay has got. */
export function progressSentence(say: Say, { part, done, of }: Recomputing): string {
    return say.t(`recompute.${part}`, { done: say.number(done), of: say.number(of) });
}

/** What came of a replay. */
export function recomputedLines(say: Say, of: Recomputed) {
    const { differences, missing } = of;
    const state = differences.length > 0 ? ("bad" as const) : missing === null ? ("good" as const) : ("open" as const);
    const headline = {
        good: say.t("recompute.same", { accounts: of.accounts }),
        bad: say.t("recompute.differs", { node: of.node }),
        open: say.t("recompute.missing"),
    }[state];
    const accounts = differences.filter((one) => one.what === "account");
    const sentences = differences.flatMap((one) => differenceSentences(say, one));
    if (missing !== null) sentences.push(lacking(say, missing));
    if (accounts.length > LISTED) sentences.push(say.t("recompute.more", { count: accounts.length - LISTED }));
    return {
        state,
        headline,
        sentences,
        done: of.windows === 0 ? [] : doneSentences(say, of),
        rows: rows(say, differences),
        file: of.file === null ? null : { name: `gridpact-books-${of.height}.json`, text: of.file },
    };
}

function doneSentences(say: Say, of: Recomputed): string[] {
    const { windows, payments, node, signed, began } = of;
    return [
        say.t("recompute.what", { windows, payments, node, height: say.number(of.height) }),
        say.t("recompute.signed", { signed: say.number(signed), windows: say.number(windows) }),
        began === null
            ? say.t("recompute.began_grid")
            : say.t("recompute.began", { node, when: say.deadline(began * say.intervalLength) }),
    ];
}

function lacking(say: Say, missing: NonNullable<Recomputed["missing"]>): string {
    if (missing.what !== "too_long") return missingSentence(say, missing);
    const { of, most }: TooLong = missing;
    const text = say.t(`recompute.too_long_${of}`, { most: say.number(most) });
    return `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}.`;
}

function differenceSentences(say: Say, one: BookDifference): string[] {
    const when = (first: number): string => say.deadline(first * say.intervalLength);
    switch (one.what) {
        case "balances":
        case "results":
            return [say.t(`recompute.diff_${one.what}`, { when: when(one.firstInterval) })];
        case "event":
            return [say.t("recompute.diff_event", { height: say.number(one.height), detail: plain(one.detail) })];
        case "forged":
            return [
                say.t(`bill.forged_${one.forged.what}`, { from: one.forged.from }),
                say.t("bill.forged_do"),
                say.t("bill.forged_detail", { detail: plain(one.forged.detail) }),
            ];
        default:
            return [];
    }
}

/** Accounts and sums that differ, each with both values and by how much. */
function rows(say: Say, differences: readonly BookDifference[]) {
    const exact = (units: bigint | null): string => (units === null ? "–" : exactMoney(say.locale, say.asset, units));
    const accounts = differences.flatMap((one) => (one.what === "account" ? [one] : [])).slice(0, LISTED);
    const sums = differences.flatMap((one) => (one.what === "sum" ? [one] : []));
    const row = (key: string, name: string, here: bigint | null, told: bigint | null) => ({
        key,
        // The difference first: a phone shows it without scrolling.
        cells: [name, exact((here ?? 0n) - (told ?? 0n)), exact(here), exact(told)],
    });
    return [
        ...accounts.map(({ slot, here, told }) =>
            row(`account ${slot}`, say.t("app.home_number", { number: slot }), here, told),
        ),
        ...sums.map(({ sum, here, told }) => row(`sum ${sum}`, say.t(`grid.${sum}`), here, told)),
    ];
}
