// Projects at work, and built.

import type { ClaimResponse, MilestoneResponse } from "../../types/pledge-escrow.ts";
import {
    A,
    address,
    B,
    BUILDER,
    C,
    DAY,
    ELECTRICIAN,
    euro,
    type Made,
    made,
    milestone,
    paid,
    payee,
    projectOf,
    termsOf,
} from "./parts.ts";

/** Under way: one part is disputed, and the builder offers a split. */
export function building(now: number, hash: string): Made {
    const terms = termsOf(now, hash, { title: "Storage in the old barn", deadline: now - 60 * DAY });
    const submitted = {
        evidence_hash: hash,
        evidence_uri: "https://street.example/trench.txt",
        amount: euro(18_000),
        kept: euro(18_000),
        retained: euro(900),
    };
    const first = milestone({
        ...submitted,
        title: "Trench dug and cable laid",
        due: now - 20 * DAY,
        submitted_at: now - DAY,
        payable_at: now + DAY,
        status: "disputed",
        objected: euro(10_000),
        disputed_at: now - 3_600,
        decide_until: now + 20 * DAY,
    });
    const second = milestone({
        title: "Houses connected and tested",
        due: now + 30 * DAY,
        amount: euro(12_000),
        kept: euro(12_000),
        retained: euro(600),
    });
    const project = projectOf(terms, {
        phase: "active",
        pledged: euro(30_000),
        pledges: 3,
        consistent: euro(30_000),
        consistent_pledges: 3,
        funded: euro(30_000),
        funded_at: now - 62 * DAY,
        accepted_at: now - 61 * DAY,
        bond: euro(1_500),
        consent_needed: euro(18_000),
        objection_needed: euro(9_000),
        next_due: now + 30 * DAY,
        milestones: [first, second],
        offer: {
            number: 2,
            consented: euro(10_000),
            proposal: { split: { dispute: { milestone: { milestone: 0 } }, kept: 8_000 } },
        },
    });
    const reason = { hash, uri: "" };
    return made(project, {
        pledges: paid,
        objections: [{ holder: A, amount: euro(10_000), at: now - 3_600, reason }],
        payees: [
            payee(0, BUILDER, {
                held: [
                    { amount: euro(18_000), milestone: 0, until: now + 20 * DAY, why: "dispute" },
                    { amount: euro(1_500), why: "bond" },
                ],
            }),
            payee(1, ELECTRICIAN, { moving_to: address("workshop") }),
        ],
    });
}

/** Built; a defect is claimed. */
export function built(now: number, hash: string): Made {
    const terms = termsOf(now, hash, { title: "Charging place", deadline: now - 160 * DAY });
    const done = (title: string, amount: string, retained: string, ago: number): MilestoneResponse =>
        milestone({
            title,
            due: now - ago * DAY,
            amount,
            kept: amount,
            retained,
            status: "paid",
            submitted_at: now - (ago + 2) * DAY,
            payable_at: now - ago * DAY,
            evidence_hash: hash,
            evidence_uri: "ipfs://bafyexample",
        });
    const project = projectOf(terms, {
        phase: "defects",
        pledged: euro(30_000),
        pledges: 3,
        consistent: euro(30_000),
        consistent_pledges: 3,
        funded: euro(30_000),
        funded_at: now - 161 * DAY,
        accepted_at: now - 160 * DAY,
        bond: euro(1_500),
        consent_needed: euro(18_000),
        objection_needed: euro(9_000),
        defects_end: now + 20 * DAY,
        retention_left: euro(1_500),
        milestones: [
            done("Trench dug and cable laid", euro(18_000), euro(900), 40),
            done("Houses connected and tested", euro(12_000), euro(600), 10),
        ],
        open_claims: [1],
    });
    const reason = { hash, uri: "https://street.example/crack.txt" };
    const claims: ClaimResponse[] = [
        {
            claim: 1,
            holder: A,
            amount: euro(400),
            at: now - 5 * DAY,
            awarded: "0",
            reason,
            status: "open",
            supported: euro(10_000),
            decide_until: now + 16 * DAY,
        },
        {
            claim: 2,
            holder: C,
            amount: euro(300),
            at: now - DAY,
            awarded: "0",
            reason,
            status: "gathering",
            supported: "1000000000",
        },
    ];
    return made(project, {
        pledges: paid.map((one) => (one.pledger === B ? { ...one, revenue: euro(12) } : one)),
        claims,
        payees: [
            payee(0, BUILDER, {
                drawn: euro(26_000),
                drawable: "500000000",
                held: [{ amount: euro(1_400), until: now + 20 * DAY, why: "claim" }],
            }),
            payee(1, ELECTRICIAN, {
                drawn: euro(3_420),
                held: [{ amount: euro(180), until: now + 20 * DAY, why: "retention" }],
            }),
        ],
    });
}
