// The questions about projects, answered by a chain.

import { fromBase64, toHex } from "../../chain/bytes.ts";
import { NodeError, Refusal } from "../../chain/errors.ts";
import { fetchBytes } from "../../chain/fetching.ts";
import type { Sha256 } from "../../engine/hashing.ts";
import type {
    ClaimResponse,
    Condition,
    ObjectionResponse,
    PledgeResponse,
    ProjectPledge,
    ProjectResponse,
    VotesResponse,
} from "../../types/pledge-escrow.ts";
import type { Contracts } from "../contracts.ts";
import type { Page } from "../source.ts";
import { projectDifference } from "./comparing.ts";
import { documentCheck } from "./documents.ts";
import type { DocumentCheck, Project, ProjectSource, Unreadable } from "./source.ts";
import { readTerms } from "./terms.ts";

/** The most that a page of a list has. */
const PAGE = 100;
/** The most that a page of projects, of what they hold of somebody, or of claims has. */
const PROJECTS = 30;
/** Pages of one list: 513 pledges take six; whoever tells of more does not tell the truth. */
const MOST_PAGES = 20;
/** Of what somebody pledged, where a page may end after one project: more than anybody takes part in. */
const MOST_PAGES_OF_PLEDGES = 500;
/** A description with pictures is not plain text; plans of a house are a few MB. */
const DOCUMENT = { bytes: 20_000_000, seconds: 30 };

export class ChainProjects implements ProjectSource {
    constructor(
        private readonly contracts: Contracts,
        private readonly sha256: Sha256,
    ) {}

    async page(after: number | null): Promise<Page<Project | Unreadable>> {
        const { projects, more } = await this.contracts.escrow("projects", { start_after: after, limit: PROJECTS });
        const items = await Promise.all(projects.map((project) => this.read(project)));
        return { items, next: more ? (items.at(-1)?.project ?? null) : null };
    }

    async one(project: number): Promise<Project | Unreadable | null> {
        try {
            return await this.read(await this.contracts.escrow("project", { project }));
        } catch (error) {
            if (error instanceof Refusal && /\bno project \d+/.test(error.log)) return null;
            throw error;
        }
    }

    pledges(project: number): Promise<readonly PledgeResponse[]> {
        return pages<PledgeResponse, string>(async (after) => {
            const { pledges, more } = await this.contracts.escrow("pledges", {
                project,
                start_after: after,
                limit: PAGE,
            });
            return { items: pledges, next: more ? (pledges.at(-1)?.pledger ?? null) : null };
        });
    }

    pledgesOf(pledger: string): Promise<readonly ProjectPledge[]> {
        return pages<ProjectPledge, number>(async (after) => {
            const { pledges, more } = await this.contracts.escrow("pledges_of", {
                pledger,
                start_after: after,
                limit: PROJECTS,
            });
            return { items: pledges, next: more ? (pledges.at(-1)?.project ?? null) : null };
        }, MOST_PAGES_OF_PLEDGES);
    }

    ifPledged(project: number, amount: string, condition: Condition, pledger: string | null) {
        return this.contracts.escrow("if_pledged", { project, amount, condition: { ...condition } as never, pledger });
    }

    objections(project: number, milestone: number): Promise<readonly ObjectionResponse[]> {
        return pages<ObjectionResponse, string>(async (after) => {
            const { objections, more } = await this.contracts.escrow("objections", {
                project,
                milestone,
                start_after: after,
                limit: PAGE,
            });
            return { items: objections, next: more ? (objections.at(-1)?.holder ?? null) : null };
        });
    }

    claims(project: number): Promise<readonly ClaimResponse[]> {
        return pages<ClaimResponse, number>(async (after) => {
            const { claims, more } = await this.contracts.escrow("claims", {
                project,
                start_after: after,
                limit: PROJECTS,
            });
            return { items: claims, next: more ? (claims.at(-1)?.claim ?? null) : null };
        });
    }

    async votes(project: number, pledger: string): Promise<VotesResponse | null> {
        try {
            return await this.contracts.escrow("votes", { project, pledger });
        } catch (error) {
            if (error instanceof Refusal && /\bno pledge of /.test(error.log)) return null;
            throw error;
        }
    }

    async payees(project: number) {
        return (await this.contracts.escrow("payees", { project })).payees;
    }

    difference(project: number, address: string | null) {
        return projectDifference(this.contracts, project, address);
    }

    async document(uri: string, hash: string): Promise<DocumentCheck> {
        // A gateway may run on this device.
        if (!/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])/.test(uri))
            return { state: "not_had", why: "scheme" };
        try {
            const bytes = await fetchBytes(new URL(uri).host, uri, DOCUMENT);
            return documentCheck(bytes, await this.hash(bytes), hash);
        } catch (error) {
            if (!(error instanceof NodeError)) throw error;
            const why = error.trouble.kind === "too_large" ? "too_large" : "unreachable";
            return { state: "not_had", why };
        }
    }

    async hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
        return toHex(await this.sha256(bytes));
    }

    /** Terms are read from bytes that have the hash which a pledge names. */
    private async read(told: ProjectResponse): Promise<Project | Unreadable> {
        try {
            const bytes = fromBase64(told.terms);
            const hash = await this.hash(bytes);
            if (hash !== told.terms_hash)
                throw new Error(`expected terms with the hash ${told.terms_hash}, got ${hash}`);
            return { ...told, terms: readTerms(bytes) };
        } catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            return { project: told.project, phase: told.phase, terms: null, why };
        }
    }
}

/** All pages of a list. */
async function pages<T, N>(
    ask: (after: N | null) => Promise<{ items: readonly T[]; next: N | null }>,
    most = MOST_PAGES,
): Promise<readonly T[]> {
    const all: T[] = [];
    let after: N | null = null;
    for (let asked = 0; asked < most; asked += 1) {
        const page: { items: readonly T[]; next: N | null } = await ask(after);
        all.push(...page.items);
        if (page.next === null) return all;
        after = page.next;
    }
    throw new Error(`expected a list of at most ${most} pages`);
}
