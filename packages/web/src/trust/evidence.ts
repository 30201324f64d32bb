// Where report and balances of a window are had, and whether they are what the chain's hashes and the witnesses' keys name. A block
// has the report as it was carried, with its signatures; an archive has bytes alone, which anybody may serve.

import { fromBase64, toHex } from "../chain/bytes.ts";
import { NodeError } from "../chain/errors.ts";
import { fetchBytes } from "../chain/fetching.ts";
import type { Nodes } from "../chain/nodes.ts";
import { callsOf } from "../chain/transactions.ts";
import type { Missing, MissingWhy, WindowReport } from "../data/source.ts";
import type { Engine, ReportSignature } from "../engine/engine.ts";
import type { GridPins } from "./pins.ts";

/** 1,024 seats x 192 intervals take 250 kB as they are packed; readings of any kind stay below 1 MB. */
const REPORT = { bytes: 1_000_000, seconds: 20 };
/** A byte, and at most 16 for each of 1,024 seats. */
const BALANCES = { bytes: 1 + 16 * 1024, seconds: 20 };

export interface Report {
    /** Header and readings. */
    readonly bytes: Uint8Array;
    /** Who served it: a node's name or an archive's address. */
    readonly from: string;
    /** Null: it came from an archive, which has none. */
    readonly signatures: readonly ReportSignature[] | null;
    /** Hash of its transaction, hex in capitals. */
    readonly transaction: string | null;
}

/** Bytes that are not what they were asked for as. */
export interface Forged {
    readonly what: "report" | "balances" | "signatures";
    readonly from: string;
    readonly detail: string;
}

export type Had<T> = { readonly got: T } | { readonly missing: Missing } | { readonly forged: Forged };

export class Evidence {
    constructor(
        private readonly nodes: Nodes,
        private readonly pins: GridPins,
        private readonly engine: Engine,
    ) {}

    /** The report of a window: from the block in which it was accepted, else from the archives. */
    async report(firstInterval: number, report: WindowReport): Promise<Had<Report>> {
        let forged: Forged | null = null;
        let why: MissingWhy = "not_found";
        try {
            const carried = await this.nodes.ask(async (rpc) => ({
                block: await rpc.block(report.height),
                from: rpc.name,
            }));
            const found = carried.block.transactions.flatMap((one) =>
                this.carriedIn(fromBase64(one), carried.from, report),
            );
            // Anybody can have the same report stand in the same block under signatures that are none, in a transaction that failed.
            const right = found.length > 1 ? found.find((one) => "got" in this.signers(one, report)) : undefined;
            const signed = right ?? found[0];
            if (signed !== undefined) return { got: signed };
        } catch (error) {
            if (!(error instanceof NodeError)) throw error;
            why = whyOf(error);
        }
        for (const archive of this.pins.archives) {
            const file = await this.file(archive, `reports/${report.bodyHash}.bin`, REPORT);
            if (!(file instanceof Uint8Array)) {
                why = file === "not_found" ? why : file;
                continue;
            }
            const wrong = this.wrongReport(file, report);
            if (wrong === null) return { got: { bytes: file, from: archive, signatures: null, transaction: null } };
            forged = { what: "report", from: archive, detail: wrong };
        }
        if (forged !== null) return { forged };
        return { missing: { what: "report", firstInterval, height: report.height, why } };
    }

    /** The free balances that were used, by their hash. */
    async balances(
        firstInterval: number,
        hash: string | null,
    ): Promise<Had<{ readonly bytes: Uint8Array; readonly from: string }>> {
        const missing = (why: MissingWhy): Had<never> => ({ missing: { what: "balances", firstInterval, why } });
        if (hash === null) return missing("forgotten");
        if (this.pins.archives.length === 0) return missing("no_archive");
        let why: MissingWhy = "not_found";
        let forged: Forged | null = null;
        for (const archive of this.pins.archives) {
            const file = await this.file(archive, `balances/${hash}.bin`, BALANCES);
            if (!(file instanceof Uint8Array)) {
                why = file;
                continue;
            }
            const got = toHex(this.engine.sha256(file));
            if (got === hash) return { got: { bytes: file, from: archive } };
            forged = { what: "balances", from: archive, detail: `expected SHA-256 ${hash}, got ${got}` };
        }
        return forged === null ? missing(why) : { forged };
    }

    /**
     * The witnesses that signed, by grid.json's keys of the report's epoch. Null in `got`: the signatures were not to be had, and that
     * a quorum signed is the registry's word.
     */
    signers(report: Report, { epoch }: WindowReport): Had<readonly number[] | null> {
        if (report.signatures === null) return { got: null };
        const committee = this.pins.committee.find((one) => one.epoch === epoch);
        if (committee === undefined) return { missing: { what: "committee", epoch, why: "not_pinned" } };
        const keys = committee.members.map(({ public_key }) => fromBase64(public_key));
        const { chain, contracts } = this.pins;
        try {
            const { bytes, signatures } = report;
            return { got: this.engine.verify(chain.id, contracts.registry, bytes, keys, committee.quorum, signatures) };
        } catch (error) {
            return { forged: { what: "signatures", from: report.from, detail: text(error) } };
        }
    }

    /** Reports in a transaction that are the one which the registry accepted. */
    private carriedIn(transaction: Uint8Array, from: string, report: WindowReport): readonly Report[] {
        return callsOf(transaction).flatMap(({ contract, message }) => {
            const carried = contract === this.pins.contracts.registry ? reportIn(message) : null;
            if (carried === null || this.wrongReport(carried.bytes, report) !== null) return [];
            return [{ ...carried, from, transaction: toHex(this.engine.sha256(transaction)).toUpperCase() }];
        });
    }

    /** Why bytes are not the report that the registry accepted; null: they are. */
    private wrongReport(bytes: Uint8Array, { digest }: WindowReport): string | null {
        try {
            // What was signed: it binds header and readings to this registry on this chain.
            const got = toHex(this.engine.digest(this.pins.chain.id, this.pins.contracts.registry, bytes));
            return got === digest ? null : `expected digest ${digest}, got ${got}`;
        } catch (error) {
            return text(error);
        }
    }

    private async file(archive: string, path: string, limits: typeof REPORT): Promise<Uint8Array | MissingWhy> {
        try {
            return await fetchBytes(archive, `${archive}/${path}`, limits);
        } catch (error) {
            if (!(error instanceof NodeError)) throw error;
            return error.trouble.kind === "http" && error.trouble.status === 404 ? "not_found" : whyOf(error);
        }
    }
}

/** The report in a message to the registry; null: it is another message. */
export function reportIn(
    message: string,
): { readonly bytes: Uint8Array; readonly signatures: readonly ReportSignature[] } | null {
    try {
        const { report } = JSON.parse(message) as {
            report?: { report: string; signatures: { member: number; signature: string }[] };
        };
        if (report === undefined) return null;
        const signatures = report.signatures.map(({ member, signature }) => {
            const bytes = fromBase64(signature);
            if (!Number.isInteger(member) || member < 0 || member > 31 || bytes.length !== 64)
                throw new Error("no signature");
            return { member, signature: bytes };
        });
        return { bytes: fromBase64(report.report), signatures };
    } catch {
        return null;
    }
}

function whyOf(error: NodeError): MissingWhy {
    const { kind } = error.trouble;
    return kind === "forgotten" ? "forgotten" : kind === "too_large" ? "too_large" : "unreachable";
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
