// The street's made-up projects, for tests.

import { sha256 } from "@noble/hashes/sha2.js";
import type { Project } from "../../../src/data/projects/source.ts";
import { ExampleProjects } from "../../../src/example/projects.ts";
import moreWords from "../../../src/words/more/en.json" with { type: "json" };
import { withMore } from "../../../src/words/more.ts";
import type { Say } from "../../../src/words/say.ts";
import { plain, say } from "../say.ts";

export const NOW = Date.parse("2026-06-22T10:00:00Z") / 1000;
export const projects = new ExampleProjects(NOW, async (bytes) => sha256(bytes));

/** Project by its number: 1 open, 2 open without a decider, 3 funded, 4 disputed, 5 in its defects period, 6 failed. */
export async function project(number: number, some: Partial<Project> = {}): Promise<Project> {
    const found = await projects.one(number);
    if (found?.terms == null) throw new Error(`expected a project ${number}`);
    return { ...found, ...some };
}

/** English with the words of the later screens. */
export function english(): Say {
    const all = withMore(say(), moreWords);
    return { ...all, t: (key, values) => plain(all.t(key, values)) };
}

export const people = (address: string): string =>
    address.replace(/^wasm1(example0)?/, "").replace(/^./, (first) => first.toUpperCase());
