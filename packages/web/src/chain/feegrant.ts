// What an account lets another spend on network fees, as the chain's own module takes it: for calls of contracts alone, so much in a
// period, and until a day.

import { utf8 } from "./bytes.ts";
import type { Json } from "./json.ts";
import { EXECUTE_CONTRACT } from "./messages.ts";
import { Writer } from "./protobuf.ts";

export const GRANT_ALLOWANCE = "/cosmos.feegrant.v1beta1.MsgGrantAllowance";
export const REVOKE_ALLOWANCE = "/cosmos.feegrant.v1beta1.MsgRevokeAllowance";

/** How much is paid of somebody's fees. Amounts are base units of the fee coin as decimal strings, times unix seconds. */
export interface FeeTerms {
    readonly denom: string;
    /** The most in one period. */
    readonly perPeriod: string;
    /** The most in all. */
    readonly total: string;
    /** Length of a period, s. */
    readonly period: number;
    /** When the first period ends. */
    readonly firstReset: number;
    /** From then on nothing may be spent. */
    readonly expiresAt: number;
}

/** Whoever signs pays the grantee's fees from now on, or no longer. The chain takes no second allowance beside one that is there. */
export interface FeeGrant {
    readonly sender: string;
    readonly grantee: string;
    /** Null: no longer. */
    readonly fees: FeeTerms | null;
}

const coin = (denom: string, amount: string): Writer => new Writer().text(1, denom).text(2, amount);
/** A moment or a length of time in whole seconds; both are written alike. */
const seconds = (value: number): Writer => new Writer().number(1, value);
const any = (type: string, value: Writer): Writer => new Writer().text(1, type).bytes(2, value.done());

export function feeGrantAny({ sender, grantee, fees }: FeeGrant): Writer {
    const parties = new Writer().text(1, sender).text(2, grantee);
    return fees === null ? any(REVOKE_ALLOWANCE, parties) : any(GRANT_ALLOWANCE, parties.message(3, allowance(fees)));
}

function allowance(fees: FeeTerms): Writer {
    const { denom, perPeriod, total } = fees;
    const basic = new Writer().message(1, coin(denom, total)).message(2, seconds(fees.expiresAt));
    const periodic = new Writer()
        .message(1, basic)
        .message(2, seconds(fees.period))
        .message(3, coin(denom, perPeriod))
        .message(4, coin(denom, perPeriod))
        .message(5, seconds(fees.firstReset));
    const allowed = new Writer()
        .message(1, any("/cosmos.feegrant.v1beta1.PeriodicAllowance", periodic))
        .bytes(2, utf8(EXECUTE_CONTRACT));
    return any("/cosmos.feegrant.v1beta1.AllowedMsgAllowance", allowed);
}

/** The same as the amino JSON that a Ledger shows and signs: lengths of time in nanoseconds, moments as RFC 3339 writes them. */
export function feeGrantAmino({ sender, grantee, fees }: FeeGrant): { readonly type: string; readonly value: Json } {
    const parties = { granter: sender, grantee };
    if (fees === null) return { type: "cosmos-sdk/MsgRevokeAllowance", value: parties };
    const { denom, perPeriod, total } = fees;
    const moment = (at: number): string => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
    const most = [{ denom, amount: perPeriod }];
    const periodic = {
        basic: { spend_limit: [{ denom, amount: total }], expiration: moment(fees.expiresAt) },
        period: String(BigInt(fees.period) * 1_000_000_000n),
        period_spend_limit: most,
        period_can_spend: most,
        period_reset: moment(fees.firstReset),
    };
    const allowed = {
        allowance: { type: "cosmos-sdk/PeriodicAllowance", value: periodic },
        allowed_messages: [EXECUTE_CONTRACT],
    };
    return {
        type: "cosmos-sdk/MsgGrantAllowance",
        value: { ...parties, allowance: { type: "cosmos-sdk/AllowedMsgAllowance", value: allowed } },
    };
}
