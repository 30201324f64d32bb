// What the made-up projects are put together from: people, terms, and an answer of each kind with all that it has.

import type { Project } from "../../data/projects/source.ts";
import type {
    ClaimResponse,
    MilestoneResponse,
    ObjectionResponse,
    PayeeResponse,
    PledgeResponse,
    Terms,
    VotesResponse,
} from "../../types/pledge-escrow.ts";

export const DAY = 86_400;
export const address = (who: string): string => `wasm1example0${who}`;
export const [A, B, C] = [address("home008"), address("home012"), address("home006")];
export const BUILDER = address("builder");
export const MEDIATOR = address("mediator");
export const ELECTRICIAN = address("electrician");
export const euro = (whole: number): string => `${whole}000000`;

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

export function termsOf(now: number, hash: string, some: Partial<Terms> = {}): Terms {
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

export const pledge = (pledger: string, some: Partial<PledgeResponse> = {}): PledgeResponse => ({
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
export const paid = [A, B, C].map((one) => pledge(one, { paid: euro(10_000) }));

export function projectOf(terms: Terms, some: Partial<Project>): Project {
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

export const milestone = (some: Partial<MilestoneResponse>): MilestoneResponse => ({
    title: "",
    due: 0,
    amount: "0",
    kept: "0",
    objected: "0",
    retained: "0",
    status: "pending",
    ...some,
});
export const made = (project: Project, some: Partial<Made> = {}): Made => ({
    project,
    pledges: [],
    objections: [],
    claims: [],
    payees: [],
    votes: {},
    ...some,
});
export const payee = (number: number, who: string, some: Partial<PayeeResponse> = {}): PayeeResponse => ({
    payee: number,
    address: who,
    drawn: "0",
    drawable: "0",
    held: [],
    ...some,
});
