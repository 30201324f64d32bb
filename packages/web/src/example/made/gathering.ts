// Projects that gather pledges, have gathered enough, or have not come together.

import type { Condition } from "../../types/pledge-escrow.ts";
import {
    A,
    B,
    BUILDER,
    C,
    DAY,
    ELECTRICIAN,
    euro,
    type Made,
    made,
    paid,
    payee,
    pledge,
    projectOf,
    termsOf,
} from "./parts.ts";

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
