// Windows of 1,000 homes, made, signed and settled by the native engine.
import { execFileSync } from "node:child_process";

/** A window as the generator writes it; bytes are hex. */
export interface Line {
    readonly policy: string;
    readonly seats: string;
    readonly balances: string;
    readonly report: string;
    readonly decoded: { readonly first_interval: string; readonly intervals: number; readonly body_hash: string };
    readonly signed: {
        readonly chain_id: string;
        readonly registry: string;
        readonly digest: string;
        readonly keys: string;
        readonly quorum: number;
        readonly members: readonly number[];
        readonly signatures: string;
    };
    readonly settled: {
        readonly outcome: string;
        readonly intervals: string;
        readonly balances_hash: string;
        readonly results_hash: string;
    };
}

/** Of so many quarter hours each, one after the other, the oldest first. */
export function windowsOfThousand(count: number, intervals: number): readonly Line[] {
    const root = new URL("../../../../", import.meta.url).pathname;
    const example = ["run", "--quiet", "--locked", "-p", "gridpact-engine", "--example", "windows", "--"];
    const made = execFileSync("cargo", [...example, "0", String(count), String(intervals)], {
        cwd: root,
        encoding: "utf8",
        maxBuffer: count * 2_000_000,
    });
    return made
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Line);
}
