// The grid: its rules as sentences, its books, its witnesses, its gaps, its contracts.

import type { Books, CodeCheck, FeeDestination, GridInterval, Rules, Window, Witnesses } from "../../data/source.ts";
import { share } from "../../format/money.ts";
import { least, most, sum } from "../../format/whole.ts";
import type { AllocationRule, TariffBand } from "../../types/energy-settlement.ts";
import type { Say } from "../../words/say.ts";
import { short } from "../../words/troubles.ts";

/** What was agreed, a sentence each. */
export function ruleSentences(say: Say, rules: Rules, now: number): string[] {
    const { policy } = rules;
    const bands = bandsNow(say, rules, now);
    const said = [
        say.t("grid.rule_length", { minutes: rules.intervalLength / 60 }),
        say.t(`grid.rule_buy_${allocation(policy.buyers)}`),
        say.t(`grid.rule_sell_${allocation(policy.sellers)}`),
        priceSentence(say, rules, bands),
    ];
    if (bands.length === 0) said.push(say.t("grid.rule_island"));
    for (const band of bands) said.push(tariffSentence(say, band));
    said.push(say.t(policy.own_injection === "counts" ? "grid.rule_own_counts" : "grid.rule_own_excluded"));
    said.push(...feeSentences(say, rules));
    said.push(say.t("grid.rule_rounding", { where: destination(say, rules.rounding) }));
    said.push(say.t("grid.rule_challenge", { time: duration(say, rules.challengePeriod) }));
    said.push(say.t("grid.rule_limit", { time: duration(say, rules.reportLimit) }));
    said.push(
        rules.operator === null
            ? say.t("grid.rule_no_operator")
            : say.t("grid.rule_operator", { account: short(rules.operator) }),
    );
    return said;
}

function allocation(rule: AllocationRule): "even" | "pro_rata" | "priority" | "static" | "quota" {
    if (typeof rule === "string") return rule;
    return rule.static.reoffer ? "static" : "quota";
}

/** The utility's bands of the table that is in force. */
function bandsNow(say: Say, rules: Rules, now: number): readonly TariffBand[] {
    const tables = rules.policy.tariff?.tables ?? [];
    const interval = Math.floor(now / say.intervalLength);
    return (tables.findLast((table) => table.valid_from <= interval) ?? tables[0])?.bands ?? [];
}

function priceSentence(say: Say, rules: Rules, bands: readonly TariffBand[]): string {
    const { price } = rules.policy;
    if ("fixed" in price) return say.t("grid.rule_price_fixed", { price: say.price(BigInt(price.fixed.price)) });
    const ends = (of: (band: TariffBand) => bigint): { low: bigint; high: bigint } => {
        const all = bands.map(of);
        return { low: least(all), high: most(all) };
    };
    if ("supply_demand_ratio" in price) {
        const above = BigInt(price.supply_demand_ratio.compensation);
        const { low } = ends((band) => BigInt(band.feed_in) + above);
        const { high } = ends((band) => BigInt(band.retail));
        return say.t("grid.rule_price_scarce", { low: say.price(low), high: say.price(high) });
    }
    const { weight } = price.mid_market;
    const at = (band: TariffBand): bigint =>
        BigInt(band.feed_in) + ((BigInt(band.retail) - BigInt(band.feed_in)) * BigInt(weight)) / 10_000n;
    const { low, high } = ends(at);
    const values = { low: say.price(low), high: say.price(high) };
    if (weight === 5_000) return say.t("grid.rule_price_half", values);
    return say.t("grid.rule_price_between", { ...values, percent: say.percent(weight / 100) });
}

function tariffSentence(say: Say, band: TariffBand): string {
    const minutes = `${Math.floor(band.from_minute / 60)}`.padStart(2, "0");
    const from = `${minutes}:${`${band.from_minute % 60}`.padStart(2, "0")}`;
    const values = { retail: say.price(BigInt(band.retail)), feed_in: say.price(BigInt(band.feed_in)), from };
    return say.t("grid.rule_tariff", values);
}

function feeSentences(say: Say, rules: Rules): string[] {
    const fees = rules.policy.fees ?? [];
    if (fees.length === 0) return [say.t("grid.rule_fee_none")];
    return fees.map((fee) => {
        const name = rules.fees.find(({ id }) => id === fee.id);
        const label = name?.label ?? say.t("bill.sum_fee_unnamed", { number: fee.id });
        const where = name === undefined ? "–" : destination(say, name.destination);
        if ("basis_points" in fee.kind)
            return say.t("grid.rule_fee_part", { label, where, percent: say.percent(fee.kind.basis_points / 100) });
        return say.t("grid.rule_fee_kwh", { label, where, price: say.price(BigInt(fee.kind.per_mwh)) });
    });
}

function destination(say: Say, where: FeeDestination): string {
    if ("project" in where) return say.t("grid.where_project", { project: where.project });
    return say.t("grid.where_account", { account: short(where.account) });
}

/** Seconds as whole days, hours or minutes, whichever says it exactly. */
export function duration(say: Say, seconds: number): string {
    if (seconds % 86_400 === 0) return say.t("grid.days", { count: seconds / 86_400 });
    if (seconds % 3_600 === 0) return say.t("grid.hours", { count: seconds / 3_600 });
    return say.t("grid.minutes", { count: Math.round(seconds / 60) });
}

/** What hurts members and was agreed all the same. */
export function concernSentences(say: Say, rules: Rules): string[] {
    return rules.concerns.map((concern) => say.t(`grid.concern_${concern}`));
}

/** The books as two sides of one sum, added up here. */
export function bookLines(say: Say, books: Books) {
    const out = books.withdrawn + books.swept + books.free + books.held + books.community;
    const difference = books.deposited - out;
    return {
        deposited: books.deposited,
        parts: [
            { id: "withdrawn", label: say.t("grid.withdrawn"), amount: books.withdrawn },
            { id: "swept", label: say.t("grid.swept"), amount: books.swept },
            { id: "free", label: say.t("grid.free"), amount: books.free },
            { id: "held", label: say.t("grid.held"), amount: books.held },
            { id: "community", label: say.t("grid.community"), amount: books.community },
        ],
        sum: out,
        good: difference === 0n,
        sentence:
            difference === 0n
                ? say.t("grid.books_good")
                : difference > 0n
                  ? say.t("grid.books_bad", { money: say.money(difference) })
                  : say.t("grid.books_more", { money: say.money(-difference) }),
    };
}

/** Who reads the meters, and how they have signed lately. */
export function witnessLines(say: Say, witnesses: Witnesses, now: number) {
    const { members, quorum, windows } = witnesses;
    return {
        lead:
            members.length === 1
                ? say.t("grid.witness_alone")
                : say.t("grid.witnesses_lead", { quorum, members: members.length }),
        alone: members.length === 1,
        members: members.map((witness) => ({
            key: witness.publicKey,
            name:
                witness.name ??
                say.t("grid.witness_key", { number: witness.member + 1, key: witness.publicKey.slice(0, 8) }),
            /** Of 1. */
            share: windows === 0 ? 0 : witness.signed / windows,
            sentence: witnessSentence(say, witness, windows, now),
            unpinned: witness.pinned ? null : say.t("grid.witness_unpinned"),
        })),
    };
}

function witnessSentence(say: Say, witness: Witnesses["members"][number], windows: number, now: number): string | null {
    if (windows === 0) return null;
    if (witness.lastSigned === null) return say.t("grid.witness_never", { windows });
    const signed = say.t("grid.witness_signed", { signed: witness.signed, windows });
    const last = say.t("grid.witness_last", { when: say.ago(witness.lastSigned * say.intervalLength, now) });
    return `${signed}, ${last}`;
}

/** How whole the readings are: age, gaps, what was substituted. */
export function completeness(
    say: Say,
    windows: readonly Window[],
    today: readonly GridInterval[],
    witnesses: Witnesses,
) {
    const length = say.intervalLength;
    const reported = windows.find((window) => window.report !== null);
    const gaps = windows.filter((window) => window.state === "gap");
    const read = today.reduce((all, one) => all + one.homesWithReading, 0);
    const unread = today.reduce((all, one) => all + one.homesWithoutReading, 0);
    const substituted = today.reduce((all, one) => all + one.substituted, 0);
    const all = read + unread;
    const part = (count: number): string => say.percent(Math.round((count * 1000) / Math.max(1, all)) / 10);
    return {
        newest:
            reported === undefined
                ? say.t("grid.newest_none")
                : say.t("grid.newest", { when: say.deadline((reported.firstInterval + reported.intervals) * length) }),
        next: witnesses.next?.gap === true ? say.t("grid.next_gap") : null,
        gaps:
            gaps.length === 0
                ? windows.length === 0
                    ? []
                    : [say.t("grid.gap_none", { windows: windows.length })]
                : gaps.map((gap) =>
                      say.t("grid.gap_line", {
                          from: say.deadline(gap.firstInterval * length),
                          until: say.deadline((gap.firstInterval + gap.intervals) * length),
                      }),
                  ),
        readings:
            all === 0 ? null : say.t("grid.reading_line", { missing: part(unread), substituted: part(substituted) }),
    };
}

/** Today in sums. */
export function todaySentences(say: Say, rules: Rules, today: readonly GridInterval[]): string[] {
    const said = [say.t("grid.homes", { count: rules.homes })];
    if (rules.homes === 0) return said;
    const demand = sum(today.map((one) => one.demand));
    const traded = sum(today.map((one) => one.traded));
    const percent = share(traded, demand);
    if (traded === 0n || percent === null) said.push(say.t("grid.shared_none"));
    else said.push(say.t("grid.shared", { energy: say.energy(traded), percent: say.percent(percent) }));
    const prices = today.flatMap((one) => (one.price !== null && one.traded > 0n ? [one.price] : []));
    if (prices.length > 0)
        said.push(say.t("grid.price_band", { low: say.price(least(prices)), high: say.price(most(prices)) }));
    return said;
}

/** The contracts and their code against the checksums of the grid's file. */
export function contractLines(say: Say, codes: readonly CodeCheck[]) {
    const differs = codes.some((code) => code.same === false);
    const unknown = codes.some((code) => code.same === null);
    return {
        state: differs ? ("bad" as const) : unknown ? ("open" as const) : ("good" as const),
        sentence: say.t(differs ? "grid.contracts_differ" : unknown ? "grid.contracts_unknown" : "grid.contracts_same"),
        contracts: codes.map((code) => ({
            key: code.contract,
            name: say.t(`grid.contract_${code.contract}`),
            address: code.address,
            same: code.same,
            code:
                code.same === null
                    ? say.t("grid.code_unknown")
                    : code.same
                      ? say.t("grid.code_same")
                      : say.t("grid.code_differs", {
                            expected: code.expected.slice(0, 12),
                            found: (code.found ?? "").slice(0, 12),
                        }),
            admin: code.admin === null ? say.t("grid.admin_none") : say.t("grid.admin", { account: code.admin }),
            replaceable: code.admin !== null,
        })),
    };
}

/** Whether somebody can replace what the rules run on. */
export function replaceable(codes: readonly CodeCheck[]): boolean {
    return codes.some((code) => code.admin !== null);
}
