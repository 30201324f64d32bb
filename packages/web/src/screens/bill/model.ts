// "Why this amount?": a bill in sentences. All figures are the engine's; here they are only put into words.

import type { Bill, BillInterval, Home, Rules } from "../../data/source.ts";
import { decimalOf } from "../../format/decimal.ts";
import { decimal, exactMoney } from "../../format/money.ts";
import type { Say } from "../../words/say.ts";
import { periodName } from "../home/model.ts";
import { priceStep, shareStep } from "./rules.ts";

/** One step of the explanation. */
export interface Step {
    readonly id: "street" | "price" | "share" | "you" | "cost";
    readonly title: string;
    readonly sentences: readonly string[];
}

/** Decimals of a billionth of a base unit below a base unit. */
const NANO = 9;

/** The result in sentences. */
export function summary(say: Say, bill: Bill) {
    const { debit, credit } = bill;
    const title =
        debit > 0n && credit > 0n
            ? say.t("bill.both", { debit: say.money(debit), credit: say.money(credit) })
            : debit > 0n
              ? say.t("bill.pay", { money: say.money(debit) })
              : credit > 0n
                ? say.t("bill.get", { money: say.money(credit) })
                : say.t("bill.nothing");
    return {
        title,
        period: periodName(say, { first: bill.window.firstInterval, count: bill.window.intervals }),
        sentences: [...boughtSentences(say, bill), ...soldSentences(say, bill)],
        revision:
            bill.window.report !== null && bill.window.report.revision > 0
                ? say.t("bill.revised", { revision: bill.window.report.revision })
                : null,
        final:
            bill.window.state === "final" || bill.window.report === null
                ? say.t("home.final")
                : say.t("home.provisional", { when: say.deadline(bill.window.report.finalAt) }),
    };
}

function boughtSentences(say: Say, bill: Bill): string[] {
    const energy = sum(bill.intervals, (one) => one.bought);
    if (energy === 0n) return [];
    const price = exactValue(bill.intervals, "bought") / energy;
    const said = [say.t("bill.bought", { energy: say.energy(energy), price: say.price(price) })];
    const utility = atUtility(bill.intervals, "bought");
    if (utility === null) return said;
    const saved = utility - bill.debit;
    const money = say.money(utility);
    said.push(
        saved >= 0n
            ? say.t("bill.utility_bought", { money, saved: say.money(saved) })
            : say.t("bill.utility_dearer", { money, more: say.money(-saved) }),
    );
    return said;
}

function soldSentences(say: Say, bill: Bill): string[] {
    const energy = sum(bill.intervals, (one) => one.sold);
    if (energy === 0n) return [];
    const price = exactValue(bill.intervals, "sold") / energy;
    const said = [say.t("bill.sold", { energy: say.energy(energy), price: say.price(price) })];
    const utility = atUtility(bill.intervals, "sold");
    if (utility === null) return said;
    const gained = bill.credit - utility;
    const money = say.money(utility);
    said.push(
        gained >= 0n
            ? say.t("bill.utility_sold", { money, gained: say.money(gained) })
            : say.t("bill.utility_better", { money, more: say.money(-gained) }),
    );
    return said;
}

type Side = "bought" | "sold";

function sum(intervals: readonly BillInterval[], of: (one: BillInterval) => bigint): bigint {
    return intervals.reduce((all, one) => all + of(one), 0n);
}

/** Billionths of a base unit. */
function exactValue(intervals: readonly BillInterval[], side: Side): bigint {
    return sum(intervals, (one) => one[side] * one.price);
}

/** Base units at the utility's prices; null where one of them is not known. */
function atUtility(intervals: readonly BillInterval[], side: Side): bigint | null {
    let worth = 0n;
    for (const one of intervals) {
        const price = side === "bought" ? one.retail : one.feedIn;
        if (one[side] === 0n) continue;
        if (price === null) return null;
        worth += one[side] * price;
    }
    return worth / 10n ** 9n;
}

/** One interval, step by step. */
export function steps(say: Say, one: BillInterval, rules: Rules, home: Home): Step[] {
    const step = (id: Step["id"], ...sentences: (string | null)[]): Step => ({
        id,
        title: say.t(`bill.${id}_label`),
        sentences: sentences.filter((sentence) => sentence !== null),
    });
    const all = [step("street", street(say, one)), step("price", ...priceStep(say, one, rules.policy))];
    if (one.supply > 0n && one.demand > 0n) all.push(step("share", ...shareStep(say, one, rules.policy, home)));
    all.push(step("you", ...you(say, one, rules, home)));
    const cost = costs(say, one);
    if (cost.length > 0) all.push(step("cost", ...cost));
    return all;
}

function street(say: Say, one: BillInterval): string {
    const [supply, demand] = [say.energy(one.supply), say.energy(one.demand)];
    if (one.supply === 0n) return say.t("bill.street_none", { demand });
    if (one.demand === 0n) return say.t("bill.street_nobody", { supply });
    const whole = say.t("bill.street", { supply, demand });
    if (one.payable >= one.demand) return whole;
    return `${whole} ${say.t("bill.street_payable", { payable: say.energy(one.payable) })}`;
}

/** What the home needed, could pay, got and gave. */
function you(say: Say, one: BillInterval, rules: Rules, home: Home): string[] {
    if (one.reading === null || one.reading.quality === "missing") return [say.t("bill.you_unread")];
    if (one.reading.taken === 0n && one.reading.given === 0n) return [say.t("bill.you_nothing")];
    if (one.needed === 0n && one.offered === 0n) return [say.t("bill.you_not_member")];
    const island = one.retail === null;
    return [...taker(say, one, rules, island), ...giver(say, one, rules, home, island)];
}

function taker(say: Say, one: BillInterval, rules: Rules, island: boolean): string[] {
    if (one.needed === 0n) return [];
    const said: string[] = [];
    const needed = say.energy(one.needed);
    if (one.asked < one.needed) {
        const buyers = rules.policy.buyers;
        const quota = typeof buyers === "object" && !buyers.static.reoffer;
        said.push(say.t(quota ? "bill.you_quota" : "bill.you_money", { asked: say.energy(one.asked), needed }));
    }
    if (one.bought === one.needed) said.push(say.t("bill.you_all", { needed }));
    else {
        const values = { needed, bought: say.energy(one.bought), rest: say.energy(one.needed - one.bought) };
        said.push(
            island ? say.t("bill.you_part_island", { needed, bought: values.bought }) : say.t("bill.you_part", values),
        );
    }
    return said;
}

function giver(say: Say, one: BillInterval, rules: Rules, home: Home, island: boolean): string[] {
    if (one.offered === 0n) return [];
    const said: string[] = [];
    const offered = say.energy(one.offered);
    if (one.sold === one.offered) said.push(say.t("bill.you_sold_all", { offered }));
    else {
        const values = { offered, sold: say.energy(one.sold), rest: say.energy(one.offered - one.sold) };
        said.push(
            island
                ? say.t("bill.you_sold_part_island", { offered, sold: values.sold })
                : say.t("bill.you_sold_part", values),
        );
    }
    const both = one.needed > 0n && home.buyTier !== 255;
    if (both && rules.policy.own_injection !== "counts") said.push(say.t("bill.own"));
    return said;
}

function costs(say: Say, one: BillInterval): string[] {
    const said = [one.bought, one.sold].filter((energy) => energy > 0n);
    return said.map((energy) =>
        say.t("bill.cost", {
            energy: say.exactEnergy(energy),
            price: say.exactPrice(one.price),
            money: nanoMoney(say, energy * one.price),
        }),
    );
}

/** Billionths of a base unit with as many digits as they have. */
export function nanoMoney(say: Say, nano: bigint): string {
    const fine = { ...say.asset, decimals: say.asset.decimals + NANO };
    const text = decimalOf(nano, fine.decimals).replace(/0+$/, "").replace(/\.$/, "") as `${number}`;
    const digits = Math.max(2, text.split(".")[1]?.length ?? 0);
    const options = { minimumFractionDigits: 2, maximumFractionDigits: Math.min(100, digits) };
    if (say.asset.currency === null) return `${decimal(say.locale, text, options)}\u00a0${say.asset.symbol}`;
    return decimal(say.locale, text, { ...options, style: "currency", currency: say.asset.currency });
}

/** A line of the sum. */
export interface SumLine {
    readonly key: string;
    readonly label: string;
    readonly value: string;
    readonly strong: boolean;
}

/** How the debit and the credit come about, exact: what was bought, rounded up; what was sold, less fees, rounded down. */
export function sums(say: Say, bill: Bill, rules: Rules): SumLine[] {
    const lines: SumLine[] = [];
    const add = (key: string, label: string, value: string, strong = false): void => {
        lines.push({ key, label, value, strong });
    };
    if (bill.debit > 0n) {
        add("bought", say.t("bill.sum_bought"), nanoMoney(say, exactValue(bill.intervals, "bought")));
        add("up", say.t("bill.sum_up"), nanoMoney(say, bill.roundedUpNano));
        add("pay", say.t("bill.sum_pay"), exactMoney(say.locale, say.asset, bill.debit), true);
    }
    if (sum(bill.intervals, (one) => one.sold) > 0n) {
        add("sold", say.t("bill.sum_sold"), nanoMoney(say, exactValue(bill.intervals, "sold")));
        for (const fee of bill.fees) {
            const label = rules.fees.find(({ id }) => id === fee.id)?.label;
            add(
                `fee-${fee.id}`,
                label === undefined
                    ? say.t("bill.sum_fee_unnamed", { number: fee.id })
                    : say.t("bill.sum_fee", { label }),
                exactMoney(say.locale, say.asset, -fee.amount),
            );
        }
        add("down", say.t("bill.sum_down"), nanoMoney(say, -bill.roundedDownNano));
        add("get", say.t("bill.sum_get"), exactMoney(say.locale, say.asset, bill.credit), true);
    }
    return lines;
}

/** The interval that an address names, or the one in which the home traded most: what a person is likely to ask about. */
export function chosen(intervals: readonly BillInterval[], asked: number | null): BillInterval | null {
    const found = intervals.find((one) => one.interval === asked);
    if (found !== undefined) return found;
    const traded = (one: BillInterval): bigint => one.bought + one.sold;
    return intervals.reduce<BillInterval | null>(
        (most, one) => (most === null || traded(one) > traded(most) ? one : most),
        null,
    );
}
