// The price and the sharing of one interval, by the grid's rules, in sentences.

import type { BillInterval, Home } from "../../data/source.ts";
import { share } from "../../format/money.ts";
import type { Policy } from "../../types/energy-settlement.ts";
import type { Say } from "../../words/say.ts";

/** Why the price is what it is. */
export function priceStep(say: Say, one: BillInterval, policy: Policy): string[] {
    const price = say.price(one.price);
    if ("fixed" in policy.price) return [say.t("bill.price_fixed", { price })];
    // The other rules need a utility's prices; a contract without them does not exist.
    const [retail, feedIn] = [one.retail ?? 0n, one.feedIn ?? 0n];
    if ("mid_market" in policy.price) {
        const { weight } = policy.price.mid_market;
        const values = { price, retail: say.price(retail), feed_in: say.price(feedIn) };
        if (weight === 5_000) return [say.t("bill.price_half", values)];
        return [say.t("bill.price_between", { ...values, percent: say.percent(weight / 100) })];
    }
    const floor = feedIn + BigInt(policy.price.supply_demand_ratio.compensation);
    const said: string[] = [];
    if (one.counted < one.demand)
        said.push(say.t("bill.price_counted", { counted: say.energy(one.counted), demand: say.energy(one.demand) }));
    if (one.supply === 0n) said.push(say.t("bill.price_none", { price }));
    else if (one.supply >= one.counted) said.push(say.t("bill.price_plenty", { price }));
    else {
        const values = { floor: say.price(floor), retail: say.price(retail), supply: say.energy(one.supply) };
        said.push(say.t("bill.price_scarce", { ...values, counted: say.energy(one.counted), price }));
    }
    return said;
}

/** How what was given reached those who needed it, and on the other side, how sales were divided. */
export function shareStep(say: Say, one: BillInterval, policy: Policy, home: Home): (string | null)[] {
    if (one.traded === 0n) return [say.t("bill.share_none")];
    const said: (string | null)[] = [];
    if (one.needed > 0n || one.offered === 0n) said.push(...buying(say, one, policy, home));
    if (one.offered > 0n) said.push(...selling(say, one, policy, home));
    return said;
}

function buying(say: Say, one: BillInterval, policy: Policy, home: Home): (string | null)[] {
    const traded = say.energy(one.traded);
    const quota = typeof policy.buyers === "object" && !policy.buyers.static.reoffer;
    const rule = buyersRule(say, one, policy, home, traded);
    const served =
        one.buyersServed < one.buyers && one.buyers > 1
            ? say.t("bill.share_served", { served: one.buyersServed, buyers: one.buyers })
            : null;
    const tier = home.buyTier > 0 && home.buyTier < 255 && one.needed > 0n ? say.t("bill.share_tier") : null;
    if (quota) return [rule, tier];
    if (one.buyersServed === one.buyers) return [say.t("bill.share_enough", { traded })];
    return [rule, tier, served];
}

function buyersRule(say: Say, one: BillInterval, policy: Policy, home: Home, traded: string): string {
    const { buyers } = policy;
    if (buyers === "even") {
        const even = say.t("bill.share_even", { traded, most: say.energy(one.mostBought) });
        return home.weight > 1 ? `${even} ${say.t("bill.share_even_weight", { weight: home.weight })}` : even;
    }
    if (buyers === "pro_rata") {
        const percent = share(one.traded, one.demand) ?? 0;
        return say.t("bill.share_pro_rata", { traded, percent: say.percent(percent) });
    }
    if (buyers === "priority") return say.t("bill.share_priority", { traded, place: home.priority });
    return buyers.static.reoffer
        ? say.t("bill.share_static", { traded, weight: home.weight })
        : say.t("bill.share_quota", { weight: home.weight });
}

function selling(say: Say, one: BillInterval, policy: Policy, home: Home): string[] {
    const { sellers } = policy;
    if (one.traded === one.supply) return [say.t("bill.sell_all")];
    if (sellers === "even") return [say.t("bill.sell_even")];
    if (sellers === "pro_rata") return [say.t("bill.sell_pro_rata")];
    if (sellers === "priority") return [say.t("bill.sell_priority", { place: home.priority })];
    return [say.t("bill.sell_static", { weight: home.weight })];
}
