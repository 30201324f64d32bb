// What the screens of projects ask for. Money is base units as a decimal string, as the escrow answers it; `units` makes a bigint of
// one. Shares are basis points, times unix seconds.

import type {
    Asset,
    ClaimResponse,
    Condition,
    IfPledgedResponse,
    ObjectionResponse,
    PayeeResponse,
    Phase,
    PledgeResponse,
    ProjectPledge,
    ProjectResponse,
    Terms,
    VotesResponse,
} from "../../types/pledge-escrow.ts";
import type { NodeDifference, Page } from "../source.ts";

/** A project whose terms were hashed on this device. */
export interface Project extends Omit<ProjectResponse, "terms"> {
    readonly terms: Terms;
}

/** One whose terms cannot be shown: another version, another hash than the node says, or no terms at all. */
export interface Unreadable {
    readonly project: number;
    readonly phase: Phase;
    readonly terms: null;
    /** What was expected and what came. */
    readonly why: string;
}

/** A document that terms, evidence or a reason name by hash. */
export type DocumentCheck =
    | { readonly state: "same"; readonly text: string | null; readonly bytes: number }
    | { readonly state: "differs"; readonly got: string }
    /** `scheme`: there is no address, or one that is not asked by this app (ipfs). */
    | { readonly state: "not_had"; readonly why: "scheme" | "unreachable" | "too_large" };

export interface ProjectSource {
    /** By number, the first first; `after` is the last number of the page before. */
    page(after: number | null): Promise<Page<Project | Unreadable>>;
    /** Null: there is none of that number. */
    one(project: number): Promise<Project | Unreadable | null>;
    /** Every pledge, by address. */
    pledges(project: number): Promise<readonly PledgeResponse[]>;
    /** What an address pledged, over all projects. */
    pledgesOf(pledger: string): Promise<readonly ProjectPledge[]>;
    /** What a pledge would do. */
    ifPledged(
        project: number,
        amount: string,
        condition: Condition,
        pledger: string | null,
    ): Promise<IfPledgedResponse>;
    objections(project: number, milestone: number): Promise<readonly ObjectionResponse[]>;
    claims(project: number): Promise<readonly ClaimResponse[]>;
    /** Null: nothing was pledged. */
    votes(project: number, pledger: string): Promise<VotesResponse | null>;
    payees(project: number): Promise<readonly PayeeResponse[]>;
    /** What two nodes tell differently of a project, or of what an address has in it; null: they agree, or there is one node alone. */
    difference(project: number, address: string | null): Promise<NodeDifference | null>;
    /** Fetches a document and holds it against its hash, hex. */
    document(uri: string, hash: string): Promise<DocumentCheck>;
    /** SHA-256, hex, of bytes that are on this device. */
    hash(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
}

export const units = (amount: string): bigint => BigInt(amount);

/** Whether two assets are one. */
export function sameAsset(one: Asset, grid: { readonly denom: string } | { readonly cw20: string }): boolean {
    if ("native" in one) return "denom" in grid && one.native.denom === grid.denom;
    return "cw20" in grid && one.cw20.address === grid.cw20;
}
