// Terms from the bytes that a contract keeps, and back. Strict: whoever agrees to terms must be shown every field of them.

import { fromUtf8 } from "../../chain/bytes.ts";
import { type Json, parseJson } from "../../chain/json.ts";
import type { Terms } from "../../types/pledge-escrow.ts";

/** The largest project's terms: 512 parties, 32 milestones. */
const MOST_BYTES = 200_000;
/** Amounts are below 2^128. */
const AMOUNT = /^(0|[1-9]\d{0,38})$/;
const HASH = /^[0-9a-f]{64}$/;
const MOST_POINTS = 10_000;

type Check = (value: Json, place: string) => void;

/** Ends with what was expected, where, and what came. */
export function readTerms(bytes: Uint8Array): Terms {
    if (bytes.length > MOST_BYTES)
        throw new Error(`expected terms of at most ${MOST_BYTES} bytes, got ${bytes.length}`);
    const value = parseJson(fromUtf8(bytes));
    TERMS(value, "terms");
    return value as unknown as Terms;
}

const fail = (place: string, expected: string, got: Json | undefined): never => {
    throw new Error(`${place}: expected ${expected}, got ${JSON.stringify(got)?.slice(0, 60) ?? "nothing"}`);
};

const text: Check = (value, place) => void (typeof value === "string" || fail(place, "text", value));
const whole =
    (most: number): Check =>
    (value, place) =>
        void (
            (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most) ||
            fail(place, `a whole number up to ${most}`, value)
        );
const written =
    (form: RegExp, expected: string): Check =>
    (value, place) =>
        void ((typeof value === "string" && form.test(value)) || fail(place, expected, value));

const seconds = whole(Number.MAX_SAFE_INTEGER);
const points = whole(MOST_POINTS);
const amount = written(AMOUNT, "an amount in digits");

function list(item: Check): Check {
    return (value, place) => {
        if (!Array.isArray(value)) return fail(place, "a list", value);
        (value as readonly Json[]).forEach((one, at) => {
            item(one, `${place}[${at}]`);
        });
    };
}

/** An object with exactly these fields. */
function fields(parts: Readonly<Record<string, Check>>): Check {
    return (value, place) => {
        if (value === null || typeof value !== "object" || Array.isArray(value)) return fail(place, "an object", value);
        const object = value as { readonly [key: string]: Json };
        const more = Object.keys(object).find((key) => !Object.hasOwn(parts, key));
        if (more !== undefined) fail(`${place}.${more}`, "no such field", object[more]);
        for (const [key, check] of Object.entries(parts)) {
            const inner = object[key];
            if (inner === undefined) fail(`${place}.${key}`, "it to be there", undefined);
            else check(inner, `${place}.${key}`);
        }
    };
}

/** An object with exactly one of these fields. */
function oneOf(kinds: Readonly<Record<string, Check>>): Check {
    return (value, place) => {
        const [kind = ""] = value !== null && typeof value === "object" ? Object.keys(value) : [];
        const check = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
        if (check === undefined) return fail(place, Object.keys(kinds).join(" or "), value);
        fields({ [kind]: check })(value, place);
    };
}

const nothingOr =
    (check: Check): Check =>
    (value, place) => {
        if (value !== null) check(value, place);
    };

const TERMS = fields({
    version: (value, place) => void (value === 1 || fail(place, "1", value)),
    title: text,
    description_uri: text,
    description_hash: written(HASH, "64 hex digits"),
    asset: oneOf({ native: fields({ denom: text }), cw20: fields({ address: text }) }),
    target: amount,
    cap: amount,
    admission: oneOf({
        named: fields({ parties: list(fields({ address: text, amount })) }),
        open: fields({ minimum: amount }),
    }),
    deadline: seconds,
    contractor: text,
    accept_within: seconds,
    milestones: list(
        fields({
            title: text,
            share: points,
            due: seconds,
            payees: list(fields({ payee: whole(8), part: points })),
        }),
    ),
    grace: seconds,
    retention: points,
    review_period: seconds,
    defects_period: seconds,
    consent: points,
    decider: nothingOr(fields({ address: text, time_limit: seconds, objection: points, silence: points })),
    bond: amount,
    payees: list(text),
});

/** The bytes that the contract will write of these terms: compact JSON, fields in the order of the contract's. */
export function writeTerms(terms: Terms): string {
    const { admission, decider } = terms;
    return JSON.stringify({
        version: terms.version,
        title: terms.title,
        description_uri: terms.description_uri,
        description_hash: terms.description_hash,
        asset: terms.asset,
        target: terms.target,
        cap: terms.cap,
        admission:
            "named" in admission
                ? {
                      named: {
                          parties: admission.named.parties.map(({ address, amount: of }) => ({ address, amount: of })),
                      },
                  }
                : admission,
        deadline: terms.deadline,
        contractor: terms.contractor,
        accept_within: terms.accept_within,
        milestones: terms.milestones.map(({ title, share, due, payees }) => ({
            title,
            share,
            due,
            payees: payees.map(({ payee, part }) => ({ payee, part })),
        })),
        grace: terms.grace,
        retention: terms.retention,
        review_period: terms.review_period,
        defects_period: terms.defects_period,
        consent: terms.consent,
        decider:
            decider == null
                ? null
                : {
                      address: decider.address,
                      time_limit: decider.time_limit,
                      objection: decider.objection,
                      silence: decider.silence,
                  },
        bond: terms.bond,
        payees: terms.payees,
    });
}
