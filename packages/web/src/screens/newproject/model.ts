// A draft as terms, or the first thing that is wrong with it, with the page that it stands on.

import type { GridPins } from "../../trust/pins.ts";
import type { Asset, MilestoneTerms, Terms } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";
import {
    type Typed,
    typedAddress,
    typedAmount,
    typedCount,
    typedDay,
    typedPercent,
    typedUri,
} from "../project/forms.ts";
import type { Draft } from "./draft.ts";

export const PAGES = ["what", "money", "who", "work", "times"] as const;
export type PageName = (typeof PAGES)[number];

/** Terms but for the hash of the description, or what is wrong and where. */
export type Read = { readonly terms: Terms } | { readonly page: PageName; readonly wrong: string };

const DAY = 86_400;
/** The contract's bounds; see the README of pledge-escrow. */
const MOST_TITLE = 128;
const MOST_PARTIES = 128;
const MOST_MILESTONES = 32;
const MOST_PAYEES = 8;
const MOST_DAYS = 1_827;
const WHOLE = 10_000;
/** A full list of pledges must be a funded project: the least pledge is a 512th of the target, rounded up. */
const PLEDGES = 512n;

/** What is read together ends with the first that is wrong. */
class Wrong extends Error {
    constructor(
        readonly page: PageName,
        readonly words: string,
    ) {
        super(words);
    }
}

export function readProject(say: Say, draft: Draft, grid: GridPins, now: number, descriptionHash: string): Read {
    try {
        return { terms: termsOf(say, draft, grid, now, descriptionHash) };
    } catch (error) {
        if (error instanceof Wrong) return { page: error.page, wrong: error.words };
        throw error;
    }
}

function termsOf(say: Say, draft: Draft, grid: GridPins, now: number, description_hash: string): Terms {
    const got = <T>(page: PageName, typed: Typed<T>): T => {
        if ("wrong" in typed) throw new Wrong(page, typed.wrong);
        return typed.is;
    };
    const must = (page: PageName, holds: boolean, words: string): void => {
        if (!holds) throw new Wrong(page, words);
    };
    const address = (page: PageName, text: string): string => got(page, typedAddress(say, text, grid.chain.prefix));
    const days = (page: PageName, text: string, least = 1): number =>
        got(page, typedCount(say, text, least, MOST_DAYS)) * DAY;

    const title = draft.title.trim();
    must(
        "what",
        title !== "" && JSON.stringify(title).length - 2 <= MOST_TITLE && !/[\p{C}\p{Zl}\p{Zp}]/u.test(title),
        say.t("new.title_bad"),
    );
    must("what", draft.description.trim() !== "", say.t("new.description_missing"));
    const description_uri = got("what", typedUri(say, draft.uri));

    const target = got("money", typedAmount(say, draft.target));
    const cap = draft.cap.trim() === "" ? target : got("money", typedAmount(say, draft.cap, { least: target }));
    const bond = draft.bond.trim() === "" ? 0n : got("money", typedAmount(say, draft.bond));
    const retention = got("money", typedPercent(say, draft.retention));

    const contractor = address("who", draft.contractor);
    const payees = draft.payees.map((payee) => address("who", payee.address));
    const decider = draft.decides
        ? {
              address: address("who", draft.decider),
              time_limit: days("times", draft.decideDays),
              objection: got("who", typedPercent(say, draft.objection, 1)),
              silence: got("who", typedPercent(say, draft.silence)),
          }
        : null;
    must("who", payees.length <= MOST_PAYEES, say.t("new.payees_many", { most: MOST_PAYEES }));
    must("who", new Set([contractor, ...payees]).size === payees.length + 1, say.t("new.payee_twice"));
    must("who", decider?.address !== contractor, say.t("new.decider_builds"));
    const admission = admissionOf(say, draft, target, cap, got, must, address);
    const barred = [contractor, ...payees, ...(decider === null ? [] : [decider.address])];
    const party =
        "named" in admission ? admission.named.parties.find((one) => barred.includes(one.address)) : undefined;
    must("who", party === undefined, say.t("new.party_paid"));

    const deadline = got("times", typedDay(say, draft.deadline, now));
    const accept_within = days("times", draft.acceptDays);
    const parts = draft.payees.map(({ part }) => got("who", typedPercent(say, part, 1)));
    must("who", parts.reduce((sum, part) => sum + part, 0) <= WHOLE, say.t("new.parts_many"));
    const milestones = milestonesOf(say, draft, deadline + accept_within, parts, got, must);
    return {
        version: 1,
        title,
        description_uri,
        description_hash,
        asset: assetOf(grid),
        target: target.toString(),
        cap: cap.toString(),
        admission,
        deadline,
        contractor,
        accept_within,
        milestones,
        grace: days("times", draft.graceDays),
        retention,
        review_period: days("times", draft.reviewDays, 0),
        defects_period: days("times", draft.defectsDays, 0),
        consent: got("times", typedPercent(say, draft.consent, 5_001)),
        decider,
        bond: bond.toString(),
        payees,
    };
}

type Got = <T>(page: PageName, typed: Typed<T>) => T;
type Must = (page: PageName, holds: boolean, words: string) => void;

function admissionOf(
    say: Say,
    draft: Draft,
    target: bigint,
    cap: bigint,
    got: Got,
    must: Must,
    address: (page: PageName, text: string) => string,
): Terms["admission"] {
    if (draft.admission === "open") {
        const least = (target + PLEDGES - 1n) / PLEDGES;
        return { open: { minimum: got("money", typedAmount(say, draft.minimum, { least, most: cap })).toString() } };
    }
    must(
        "who",
        draft.parties.length > 0 && draft.parties.length <= MOST_PARTIES,
        say.t("new.parties_count", { most: MOST_PARTIES }),
    );
    const parties = draft.parties.map((one) => ({
        address: address("who", one.address),
        amount: got("who", typedAmount(say, one.amount, { most: cap })).toString(),
    }));
    must("who", new Set(parties.map((one) => one.address)).size === parties.length, say.t("new.party_twice"));
    const sum = parties.reduce((all, { amount }) => all + BigInt(amount), 0n);
    must("who", sum >= target, say.t("new.parties_short", { sum: say.money(sum), target: say.money(target) }));
    return { named: { parties } };
}

function milestonesOf(
    say: Say,
    draft: Draft,
    earliest: number,
    parts: readonly number[],
    got: Got,
    must: Must,
): MilestoneTerms[] {
    must(
        "work",
        draft.milestones.length > 0 && draft.milestones.length <= MOST_MILESTONES,
        say.t("new.milestones_count", { most: MOST_MILESTONES }),
    );
    let after = earliest;
    const milestones = draft.milestones.map(({ title, share, due }, at) => {
        const plain = title.trim();
        must(
            "work",
            plain !== "" && JSON.stringify(plain).length - 2 <= MOST_TITLE,
            say.t("new.milestone_title", { number: at + 1 }),
        );
        // Two may be due on one day; the first comes after the time to accept.
        const when = got("work", typedDay(say, due, at === 0 ? after : after - 1));
        after = when;
        const payees = parts.map((part, payee) => ({ payee: payee + 1, part }));
        return { title: plain, share: got("work", typedPercent(say, share, 1)), due: when, payees };
    });
    const sum = milestones.reduce((all, { share }) => all + share, 0);
    must("work", sum === WHOLE, say.t("new.shares", { sum: say.percent(sum / 100) }));
    return milestones;
}

function assetOf({ asset }: GridPins): Asset {
    return "denom" in asset ? { native: { denom: asset.denom } } : { cw20: { address: asset.cw20 } };
}
