// The made-up projects themselves: one for each way that a project can stand.

import type { Project } from "../data/projects/source.ts";
import type {
    ClaimResponse,
    Condition,
    MilestoneResponse,
    ObjectionResponse,
    PayeeResponse,
    PledgeResponse,
    Terms,
    VotesResponse,
} from "../types/pledge-escrow.ts";

const DAY = 86_400;
const address = (who: string): string => `wasm1example0${who}`;
export const [A, B, C] = [address("home008"), address("home012"), address("home006")];
export const BUILDER = address("builder");
export const MEDIATOR = address("mediator");
const ELECTRICIAN = address("electrician");
const euro = (whole: number): string => `${whole}000000`;

export const DESCRIPTION = `The line between three houses

A buried cable from house 8 over house 12 to house 6, with a meter cabinet at each, built and tested by the builder.
`;

/** One project with all that is asked about it. */
export interface Made {
    readonly project: Project;
    readonly pledges: readonly PledgeResponse[];
    readonly objections: readonly ObjectionResponse[];
    readonly claims: readonly ClaimResponse[];
    readonly payees: readonly PayeeResponse[];
    readonly votes: Partial<VotesResponse>;
}

function termsOf(now: number, hash: string, some: Partial<Terms> = {}): Terms {
    return {
        version: 1,
        title: "The line between three houses",
        description_uri: "https://street.example/line.txt",
        description_hash: hash,
        asset: { native: { denom: "ueur" } },
        target: euro(30_000),
        cap: euro(30_000),
        admission: { named: { parties: [A, B, C].map((one) => ({ address: one, amount: euro(10_000) })) } },
        deadline: now + 12 * DAY,
        contractor: BUILDER,
        accept_within: 14 * DAY,
        milestones: [
            { title: "Trench dug and cable laid", share: 6_000, due: now + 60 * DAY, payees: [] },
            {
                title: "Houses connected and tested",
                share: 4_000,
                due: now + 90 * DAY,
                payees: [{ payee: 1, part: 3_000 }],
            },
        ],
        grace: 14 * DAY,
        retention: 500,
        review_period: 2 * DAY,
        defects_period: 30 * DAY,
        consent: 6_000,
        decider: { address: MEDIATOR, time_limit: 21 * DAY, objection: 3_000, silence: 5_000 },
        bond: euro(1_500),
        payees: [ELECTRICIAN],
        ...some,
    };
}

const pledge = (pledger: string, some: Partial<PledgeResponse> = {}): PledgeResponse => ({
    pledger,
    amount: euro(10_000),
    condition: {},
    consistent: true,
    displaced: "0",
    paid: "0",
    refundable: "0",
    revenue: "0",
    ...some,
});
const paid = [A, B, C].map((one) => pledge(one, { paid: euro(10_000) }));

function projectOf(terms: Terms, some: Partial<Project>): Project {
    return {
        project: 0,
        terms,
        terms_hash: "",
        phase: "open",
        pledged: "0",
        pledges: 0,
        consistent: "0",
        consistent_pledges: 0,
        bond: "0",
        consent_needed: "0",
        drawable: "0",
        end_consented: "0",
        milestones: terms.milestones.map(({ title, due }) => milestone({ title, due })),
        open_claims: [],
        retention_left: "0",
        returned: "0",
        ...some,
    };
}

const milestone = (some: Partial<MilestoneResponse>): MilestoneResponse => ({
    title: "",
    due: 0,
    amount: "0",
    kept: "0",
    objected: "0",
    retained: "0",
    status: "pending",
    ...some,
});
const made = (project: Project, some: Partial<Made> = {}): Made => ({
    project,
    pledges: [],
    objections: [],
    claims: [],
    payees: [],
    votes: {},
    ...some,
});
const payee = (number: number, who: string, some: Partial<PayeeResponse> = {}): PayeeResponse => ({
    payee: number,
    address: who,
    drawn: "0",
    drawable: "0",
    held: [],
    ...some,
});

/** Open: two have pledged if the third does. */
export function founding(now: number, hash: string): Made {
    const condition: Condition = { parties: [{ address: C, at_least: euro(10_000) }] };
    return made(
        projectOf(termsOf(now, hash), {
            pledged: euro(20_000),
            pledges: 2,
            consistent: euro(10_000),
            consistent_pledges: 1,
        }),
        { pledges: [pledge(A), pledge(B, { condition, consistent: false })] },
    );
}

/** Open to anybody, and without a decider. */
export function well(now: number, hash: string): Made {
    const terms = termsOf(now, hash, {
        title: "A well for the lane",
        target: euro(8_000),
        cap: euro(12_000),
        admission: { open: { minimum: euro(100) } },
        decider: null,
        bond: "0",
        payees: [],
        milestones: [{ title: "Well drilled", share: 10_000, due: now + 80 * DAY, payees: [] }],
    });
    const condition: Condition = { pledgers: { count: 3, at_least: euro(500) }, total: euro(5_000) };
    return made(
        projectOf(terms, { pledged: euro(4_500), pledges: 2, consistent: euro(2_500), consistent_pledges: 1 }),
        {
            pledges: [
                pledge(A, { amount: euro(2_500) }),
                pledge(C, { amount: euro(2_000), condition, consistent: false }),
            ],
        },
    );
}

/** Reached its target; the builder has to accept. */
export function funded(now: number, hash: string): Made {
    const terms = termsOf(now, hash, { title: "A roof for bicycles" });
    const project = projectOf(terms, {
        phase: "funded",
        pledged: euro(30_000),
        pledges: 3,
        consistent: euro(30_000),
        consistent_pledges: 3,
        funded: euro(30_000),
        funded_at: now - DAY,
        consent_needed: euro(18_000),
        objection_needed: euro(9_000),
    });
    return made(project, { pledges: paid, payees: [payee(0, BUILDER), payee(1, ELECTRICIAN)] });
}

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

/** Did not come together: everybody takes everything back. */
export function failed(now: number, hash: string): Made {
    const terms = termsOf(now, hash, { title: "A wind wheel", deadline: now - 3 * DAY });
    const project = projectOf(terms, {
        phase: "failed",
        pledged: euro(20_000),
        pledges: 2,
        consistent: euro(20_000),
        consistent_pledges: 2,
    });
    return made(project, {
        pledges: [pledge(A), pledge(B, { refundable: euro(10_000) })],
        payees: [payee(0, BUILDER)],
    });
}
