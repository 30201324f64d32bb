// Made-up projects of the street, asked as a chain's are.

import { toHex, utf8 } from "../chain/bytes.ts";
import { documentCheck } from "../data/projects/documents.ts";
import type { ProjectSource } from "../data/projects/source.ts";
import { writeTerms } from "../data/projects/terms.ts";
import type { Condition, IfPledgedResponse, VotesResponse } from "../types/pledge-escrow.ts";
import { greatestSet } from "./greatestSet.ts";
import { failed, founding, funded, well } from "./made/gathering.ts";
import { DESCRIPTION, type Made } from "./made/parts.ts";
import { building, built } from "./made/working.ts";

/** Somebody of whom nothing is known. */
const SOMEBODY = "wasm1example0somebody";

export class ExampleProjects implements ProjectSource {
    private readonly all: Promise<readonly Made[]>;

    constructor(
        now: number,
        private readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>,
    ) {
        this.all = this.make(now);
    }

    async page() {
        return { items: (await this.all).map(({ project }) => project), next: null };
    }

    async one(number: number) {
        return (await this.of(number))?.project ?? null;
    }

    async pledges(number: number) {
        return (await this.of(number))?.pledges ?? [];
    }

    async pledgesOf(pledger: string) {
        return (await this.all).flatMap(({ project: { project, phase }, pledges }) =>
            pledges.filter((one) => one.pledger === pledger).map((pledge) => ({ project, phase, pledge })),
        );
    }

    async ifPledged(
        number: number,
        amount: string,
        condition: Condition,
        pledger: string | null,
    ): Promise<IfPledgedResponse> {
        const made = await this.of(number);
        if (made === undefined) throw new Error(`expected a project ${number}`);
        const who = pledger ?? SOMEBODY;
        const others = made.pledges.filter((one) => one.pledger !== who);
        const before = greatestSet(made.pledges);
        const set = greatestSet([...others, { pledger: who, amount, condition }]);
        const total = set.reduce((sum, one) => sum + BigInt(one.amount), 0n);
        const funded = total >= BigInt(made.project.terms.target);
        const consistent = set.some((one) => one.pledger === who);
        return {
            consistent,
            consistent_pledges: set.length,
            consistent_total: total.toString(),
            displaced: null,
            funded: funded ? total.toString() : null,
            others_joining: set.filter(
                (one) => one.pledger !== who && !before.some((old) => old.pledger === one.pledger),
            ).length,
            paid: funded && consistent ? amount : "0",
            refused: made.project.phase === "open" ? null : "project: expected it open",
        };
    }

    async objections(number: number) {
        return (await this.of(number))?.objections ?? [];
    }

    async claims(number: number) {
        return (await this.of(number))?.claims ?? [];
    }

    async votes(number: number, pledger: string): Promise<VotesResponse> {
        const made = await this.of(number);
        const paid = made?.pledges.find((one) => one.pledger === pledger)?.paid ?? "0";
        return { paid, objects_to: [], consents: false, wants_end: false, supports: null, ...made?.votes };
    }

    /** There is one node alone. */
    difference(): Promise<null> {
        return Promise.resolve(null);
    }

    async payees(number: number) {
        return (await this.of(number))?.payees ?? [];
    }

    async document(_: string, hash: string) {
        const bytes = utf8(DESCRIPTION);
        return documentCheck(bytes, await this.hash(bytes), hash);
    }

    async hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
        return toHex(await this.sha256(bytes));
    }

    private async of(number: number): Promise<Made | undefined> {
        return (await this.all).find(({ project }) => project.project === number);
    }

    private async make(now: number): Promise<readonly Made[]> {
        const hash = await this.hash(utf8(DESCRIPTION));
        const made = [
            founding(now, hash),
            well(now, hash),
            funded(now, hash),
            building(now, hash),
            built(now, hash),
            failed(now, hash),
        ];
        return Promise.all(
            made.map(async (one, at) => {
                const terms_hash = await this.hash(utf8(writeTerms(one.project.terms)));
                return { ...one, project: { ...one.project, project: at + 1, terms_hash } };
            }),
        );
    }
}
