// What must be said on every screen: whom this page listens to, and what of it cannot be relied on.

import type { CodeCheck, Health } from "../data/source.ts";
import type { Say } from "../words/say.ts";

/** One thing to know. `danger` needs acting and switches money off; `warning` may need acting; `note` explains. */
export interface Alert {
    readonly id: string;
    readonly level: "danger" | "warning" | "note";
    readonly text: string;
    readonly action: string | null;
    readonly href: string | null;
}

/** All of them, the most serious first. `keptSeconds` is when the device last kept an answer. */
export function alerts(
    say: Say,
    health: Health | null,
    codes: readonly CodeCheck[] | null,
    keptSeconds: number | null,
): Alert[] {
    const all: Alert[] = [];
    const add = (
        id: string,
        level: Alert["level"],
        text: string,
        action: string | null = null,
        href: string | null = null,
    ): void => {
        all.push({ id, level, text, action, href });
    };
    if (codes?.some((code) => code.same === false) === true)
        add("code", "danger", say.t("alert.code"), say.t("alert.code_do"), "/grid");
    if (health === null) return all;
    const [difference] = health.differences;
    if (difference !== undefined) {
        const [first, second] = difference.nodes;
        add("differ", "danger", say.t("alert.differ", { first, second }), say.t("app.other_node"), "/settings");
    }
    if (health.used === null) {
        const kept = keptSeconds === null ? "" : ` ${say.t("app.kept", { when: say.deadline(keptSeconds) })}`;
        const text = `${say.t("alert.unreachable")}${kept} ${say.t("alert.unreachable_do")}`;
        add("unreachable", "warning", text, say.t("app.other_node"), "/settings");
    }
    for (const node of health.nodes) {
        if (node.state === "other_chain")
            add(`chain-${node.name}`, "warning", say.t("alert.other_chain", { node: node.name }));
        if (node.name !== health.used) continue;
        if (node.state === "behind" && node.blockTime !== null)
            add("behind", "warning", say.t("alert.behind", { node: node.name, when: say.deadline(node.blockTime) }));
        if (node.state === "catching_up") add("catching", "warning", say.t("alert.catching_up", { node: node.name }));
        if (node.index === false) add("index", "note", say.t("alert.no_index", { node: node.name }));
    }
    if (health.clockOff !== null) {
        const minutes = Math.round(Math.abs(health.clockOff) / 60);
        const direction = health.clockOff > 0 ? "ahead" : "behind";
        add("clock", "warning", say.t("alert.clock", { minutes, direction }));
    }
    return all;
}

/** Why money buttons are off; null where they are on. */
export function moneyOff(
    say: Say,
    facts: { example: boolean; health: Health | null; codes: readonly CodeCheck[] | null },
): string | null {
    if (facts.example) return say.t("money.off_example");
    if (facts.codes?.some((code) => code.same === false) === true) return say.t("money.off_code");
    if (facts.health !== null && facts.health.differences.length > 0) return say.t("money.off_differ");
    if (facts.health !== null && facts.health.used === null) return say.t("money.off_unreachable");
    return null;
}
