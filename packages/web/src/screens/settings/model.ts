// Nodes and archives in words, and the names that a person gave to homes.

import type { ArchiveHealth, Health, NodeHealth } from "../../data/source.ts";
import type { Say } from "../../words/say.ts";

/** One node in words. */
export function nodeLines(say: Say, health: Health) {
    return health.nodes.map((node) => ({
        key: node.rpc,
        name: node.name,
        host: hostOf(node.rpc),
        good: node.state === "well",
        used: node.name === health.used,
        state: nodeState(say, node),
        notes: nodeNotes(say, node),
    }));
}

function nodeState(say: Say, node: NodeHealth): string {
    if (node.state === "other_chain") return say.t("settings.node_other_chain", { chain: node.chainId ?? "?" });
    if (node.state === "catching_up" || node.state === "unreachable") return say.t(`settings.node_${node.state}`);
    const values = {
        height: node.height === null ? "?" : say.number(node.height),
        when: node.blockTime === null ? "?" : say.deadline(node.blockTime),
    };
    return say.t(`settings.node_${node.state}`, values);
}

function nodeNotes(say: Say, node: NodeHealth): string[] {
    const notes: string[] = [];
    if (node.took !== null) notes.push(say.t("settings.node_took", { ms: say.number(Math.round(node.took)) }));
    if (node.oldestBlock !== null && node.oldestBlock > 1)
        notes.push(say.t("settings.node_oldest", { height: say.number(node.oldestBlock) }));
    if (node.index === false) notes.push(say.t("settings.node_no_index"));
    return notes;
}

/** One archive in words. */
export function archiveLines(say: Say, archives: readonly ArchiveHealth[]) {
    return archives.map((archive) => ({
        key: archive.url,
        host: hostOf(archive.url),
        good: archive.state === "well",
        state: say.t(`settings.archive_${archive.state}`),
    }));
}

/** The host of an address, which says more than the whole of it. */
export function hostOf(url: string): string {
    try {
        return new URL(url).host;
    } catch {
        return url.slice(0, 60);
    }
}

/** Names of homes, by their numbers. They never leave the device. */
export type Names = Readonly<Record<number, string>>;

/** Longest name: it has to fit beside a number on a small phone. */
export const LONGEST_NAME = 30;
/** Most names: as many as a grid has homes. */
const MOST_NAMES = 1_024;

/** With one more name; null where number or name are out of bounds. */
export function withName(names: Names, number: string, name: string): Names | null {
    const trimmed = name.trim();
    if (!/^\d{1,6}$/.test(number.trim()) || trimmed === "" || [...trimmed].length > LONGEST_NAME) return null;
    if (Object.keys(names).length >= MOST_NAMES) return null;
    return { ...names, [Number(number.trim())]: trimmed };
}

/** Without one. */
export function withoutName(names: Names, number: number): Names {
    return Object.fromEntries(Object.entries(names).filter(([key]) => Number(key) !== number));
}

/** What was kept on the device, checked anew: whoever can write there must not break the page. */
export function readNames(text: string | null): Names {
    if (text === null) return {};
    try {
        const kept: unknown = JSON.parse(text);
        if (typeof kept !== "object" || kept === null) return {};
        let names: Names = {};
        for (const [number, name] of Object.entries(kept)) {
            if (typeof name === "string") names = withName(names, number, name) ?? names;
        }
        return names;
    } catch {
        return {};
    }
}

/** How a home is called here. */
export function homeName(say: Say, names: Names, slot: number): string {
    return names[slot] ?? say.t("app.home_number", { number: slot });
}
