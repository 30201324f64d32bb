import { calculateFee, GasPrice } from "@cosmjs/stargate";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeeAllowance } from "../../src/chain/queries.ts";
import { feeFor, gasLimit, left, payerOf } from "../../src/sending/fee.ts";

const coin = { denom: "stake", symbol: "STAKE", decimals: 6, gas_price: "0.025" };
const basic: FeeAllowance = {
    limit: null,
    periodLeft: null,
    periodLimit: null,
    resetsAt: null,
    expiresAt: null,
    messages: null,
};
const stake = (amount: bigint) => new Map([["stake", amount]]);

test("a fee is gas x price, rounded up, as CosmJS has it", () => {
    fc.assert(
        fc.property(
            fc.integer({ min: 1, max: 50_000_000 }),
            fc.constantFrom("0.025", "0.1", "1", "0.000001", "12.5"),
            (gas, price) => {
                const theirs = calculateFee(gas, GasPrice.fromString(`${price}stake`)).amount[0]?.amount;
                expect(String(feeFor(gas, { ...coin, gas_price: price }))).toBe(theirs);
            },
        ),
    );
});

test("a fifth more gas than simulated, rounded up", () => {
    expect(gasLimit(100_000)).toBe(120_000);
    expect(gasLimit(1)).toBe(2);
});

test("an allowance by periods has what is left of the period and of the whole, and fills up when the period is over", () => {
    const periodic = { ...basic, limit: stake(90n), periodLimit: stake(50n), periodLeft: stake(20n), resetsAt: 1_000 };
    expect(left("stake", periodic, 999)).toBe(20n);
    expect(left("stake", periodic, 1_000)).toBe(50n);
    expect(left("stake", { ...periodic, limit: stake(7n) }, 1_000)).toBe(7n);
    expect(left("stake", basic, 0)).toBe(null);
    expect(left("other", periodic, 0)).toBe(0n);
});

test("an allowance that is over, for other messages or used up does not pay, and why is told", () => {
    const payer = (allowance: FeeAllowance | null, has = 0n) => payerOf(10n, "stake", "granter", allowance, has, 500);
    expect(payer({ ...basic, expiresAt: 501 })).toEqual({ by: "granter", granter: "granter", left: null });
    expect(payer({ ...basic, expiresAt: 500 })).toEqual({ by: "nobody", has: 0n, allowance: "expired", againAt: null });
    expect(payer({ ...basic, messages: ["/cosmos.bank.v1beta1.MsgSend"] })).toMatchObject({
        allowance: "other_messages",
    });
    expect(payer({ ...basic, limit: stake(9n) }, 9n)).toEqual({
        by: "nobody",
        has: 9n,
        allowance: "used_up",
        againAt: null,
    });
    expect(payer({ ...basic, limit: stake(9n) }, 10n)).toEqual({ by: "self" });
    expect(payer(null)).toEqual({ by: "nobody", has: 0n, allowance: "none", againAt: null });
});

test("a used-up period is told with when the next one pays, where that suffices", () => {
    const used = { ...basic, limit: stake(90n), periodLimit: stake(50n), periodLeft: stake(2n), resetsAt: 1_000 };
    const again = (change: Partial<FeeAllowance>, fee = 10n, now = 999) => {
        const payer = payerOf(fee, "stake", "granter", { ...used, ...change }, 0n, now);
        return payer.by === "nobody" ? payer.againAt : payer.by;
    };
    expect(again({})).toBe(1_000);
    expect(again({}, 10n, 1_000)).toBe("granter");
    expect(again({ expiresAt: 1_000 })).toBe(null);
    expect(again({ expiresAt: 1_001 })).toBe(1_000);
    expect(again({ limit: stake(9n) })).toBe(null);
    expect(again({}, 51n)).toBe(null);
});
