import { describe, expect, it } from "vitest";
import type { Project } from "../../../src/data/projects/source.ts";
import { A, B, BUILDER, C, MEDIATOR } from "../../../src/example/made/parts.ts";
import { acts, barred, type Viewer } from "../../../src/screens/project/acts.ts";
import { actLabel } from "../../../src/screens/project/labels.ts";
import { english, NOW, project, projects } from "./projects.ts";

const DAY = 86_400;
const say = english();

async function viewer(number: number, address: string | null, some: Partial<Viewer> = {}): Promise<Viewer> {
    const votes = await projects.votes(number, address ?? "");
    return {
        address,
        pledge: (await projects.pledges(number)).find(({ pledger }) => pledger === address) ?? null,
        votes: votes.paid === "0" ? null : votes,
        payees: await projects.payees(number),
        claims: await projects.claims(number),
        ...some,
    };
}

async function can(
    number: number,
    address: string | null,
    some: Partial<Project> = {},
    later = 0,
    seen: Partial<Viewer> = {},
) {
    const all = acts(await project(number, some), await viewer(number, address, seen), NOW + later);
    return all.map(({ id }) => id);
}

describe("the one main button is decided by the phase and by who looks", () => {
    it("nobody who is not connected can do anything", async () => {
        for (const number of [1, 2, 3, 4, 5, 6]) expect(await can(number, null)).toEqual([]);
    });

    it("open: a party that has not pledged pledges, one that waits asks less of the others", async () => {
        expect(await can(1, C)).toEqual(["pledge"]);
        expect(await can(1, B)).toEqual(["weaken"]);
        // Its pledge asks nothing, and a named party pledges once.
        expect(await can(1, A)).toEqual([]);
        expect(await can(2, B)).toEqual(["pledge"]);
        expect(await can(2, A)).toEqual(["raise"]);
        expect(await can(2, C)).toEqual(["weaken", "raise"]);
    });

    it("in the second of the deadline nobody pledges any more", async () => {
        const { terms } = await project(1);
        expect(await can(1, C, {}, terms.deadline - NOW - 1)).toEqual(["pledge"]);
        expect(await can(1, C, {}, terms.deadline - NOW)).toEqual([]);
    });

    it("a stranger and whoever is paid or decides are told why they cannot", async () => {
        const why = async (number: number, address: string) =>
            barred(await project(number), await viewer(number, address));
        expect(await why(1, "wasm1stranger")).toBe("stranger");
        expect(await why(1, BUILDER)).toBe("paid");
        expect(await why(1, MEDIATOR)).toBe("paid");
        expect(await why(2, "wasm1stranger")).toBeNull();
        expect(await why(1, C)).toBeNull();
        expect(await can(1, "wasm1stranger")).toEqual([]);
    });

    it("funded: the builder accepts, with the bond, until the time is up", async () => {
        const all = acts(await project(3), await viewer(3, BUILDER), NOW);
        expect(all[0]).toMatchObject({ id: "accept", amount: "1500000000" });
        const { funded_at, terms } = await project(3);
        const end = (funded_at ?? 0) + terms.accept_within - NOW;
        expect((await can(3, BUILDER, {}, end - 1))[0]).toBe("accept");
        expect(await can(3, BUILDER, {}, end)).not.toContain("accept");
        expect(await can(3, A)).toEqual([]);
    });

    it("a dispute: the decider decides, holders agree to the offer or object too, the builder goes on", async () => {
        expect(await can(4, MEDIATOR)).toEqual(["decide"]);
        expect(await can(4, B)).toEqual(["consent", "object"]);
        expect(await can(4, BUILDER)).toEqual(["submit", "withdraw_offer", "offer", "move_payee"]);
        // The electrician named the workshop.
        expect(await can(4, "wasm1example0workshop")).toEqual(["confirm_move"]);
    });

    it("who objects can take it back only while there are too few", async () => {
        const votes = { paid: "10000000000", objects_to: [0], consents: true, wants_end: false };
        expect(await can(4, A, {}, 0, { votes })).toEqual([]);
        const { milestones } = await project(4);
        const [first, second] = milestones;
        if (first === undefined || second === undefined) throw new Error("expected two milestones");
        const review = { milestones: [{ ...first, status: "submitted" as const }, second] };
        expect(await can(4, A, review, 0, { votes })).toEqual(["withdraw_objection"]);
        // The second in which the review ends is not part of it.
        expect(await can(4, A, review, DAY, { votes })).toEqual([]);
    });

    it("after a due date holders vote for the end, and anybody ends it after the grace", async () => {
        const { next_due, terms } = await project(4);
        const due = (next_due ?? 0) - NOW;
        expect(await can(4, B, { offer: null }, due - 1)).not.toContain("consent_to_end");
        expect(await can(4, B, { offer: null }, due)).toEqual(["consent_to_end"]);
        expect(await can(4, "wasm1stranger", {}, due + terms.grace - 1)).toEqual([]);
        expect(await can(4, "wasm1stranger", {}, due + terms.grace)).toEqual(["end"]);
    });

    it("a decision that left nothing lets holders end it before any date", async () => {
        const { milestones } = await project(4);
        const decided = { at: NOW, by: "decider" as const, kept: 0 };
        const none = milestones.map((one, at) => (at === 0 ? { ...one, status: "returned" as const, decided } : one));
        expect(await can(4, B, { milestones: none, offer: null })).toEqual(["consent_to_end"]);
    });

    it("defects: holders take their share, support a claim that gathers, or make one; payees draw", async () => {
        expect(await can(5, B)).toEqual(["take_share", "support", "claim_defects", "pay_revenue"]);
        expect((await can(5, BUILDER))[0]).toBe("draw");
        expect(await can(5, MEDIATOR)).toEqual(["decide", "pay_revenue"]);
        const supports = { paid: "1", objects_to: [], consents: false, wants_end: false, supports: 2 };
        expect(await can(5, C, {}, 0, { votes: supports })).toEqual(["withdraw_support", "pay_revenue"]);
        // Before the decider nobody takes support back.
        expect(await can(5, A, {}, 0, { votes: { ...supports, supports: 1 } })).toEqual(["pay_revenue"]);
        expect(await can(5, C, {}, 20 * DAY)).toEqual(["pay_revenue"]);
    });

    it("without a decider nobody can object or claim defects", async () => {
        const { terms } = await project(4);
        expect(await can(4, B, { terms: { ...terms, decider: null } })).toEqual(["consent"]);
        expect(await can(5, B, { terms: { ...terms, decider: null } })).toEqual(["take_share", "pay_revenue"]);
    });

    it("failed: everybody takes everything back, and the button says how much", async () => {
        const all = acts(await project(6), await viewer(6, B), NOW);
        expect(all.map((act) => actLabel(say, act))).toEqual(["Take back €10,000.00"]);
    });

    it("an account in several parts sees what all of them can do, money first", async () => {
        const { terms } = await project(5);
        const both = { terms: { ...terms, decider: { ...(terms.decider ?? never()), address: B } } };
        expect((await can(5, B, both)).slice(0, 2)).toEqual(["take_share", "decide"]);
    });
});

function never(): never {
    throw new Error("expected a decider");
}
