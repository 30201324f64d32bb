// The list of projects: what each is for, how far it is, and one's own part; one's own first.

import { type Project, sameAsset, type Unreadable, units } from "../../data/projects/source.ts";
import type { GridAsset } from "../../trust/pins.ts";
import { clipped } from "../../trust/plain.ts";
import type { ProjectPledge } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";
import { conditionSentence, type People } from "../project/conditions.ts";
import { type Bar, bar, left } from "../project/progress.ts";

export interface ProjectCard {
    readonly number: number;
    readonly title: string;
    /** The phase in a word or two. */
    readonly phase: string;
    /** Null: its terms cannot be shown, or it is paid in other money. */
    readonly bar: Bar | null;
    readonly sentences: readonly string[];
    readonly mine: boolean;
}

/** Longest title that terms may have. */
const LONGEST_TITLE = 128;

export const titleOf = (project: Project): string => clipped(project.terms.title, LONGEST_TITLE);

export function projectCard(
    say: Say,
    project: Project | Unreadable,
    mine: ProjectPledge | undefined,
    asset: GridAsset,
    people: People,
    now: number,
): ProjectCard {
    const number = project.project;
    const phase = say.t(`phase.${project.phase}`);
    if (project.terms === null)
        return {
            number,
            title: say.t("projects.number", { number }),
            phase,
            bar: null,
            sentences: [say.t("projects.unreadable")],
            mine: false,
        };
    const card = { number, title: titleOf(project), phase, mine: mine !== undefined };
    if (!sameAsset(project.terms.asset, asset))
        return { ...card, bar: null, sentences: [say.t("projects.other_money")] };
    const sentences: string[] = [];
    if (project.phase === "open")
        sentences.push(
            say.t("projects.ends", {
                when: say.deadline(project.terms.deadline),
                left: left(say, project.terms.deadline, now),
            }),
        );
    if (mine !== undefined) sentences.push(...mineSentences(say, mine, people));
    return { ...card, bar: project.phase === "open" ? bar(say, project) : null, sentences };
}

/** "You: €10,000.00. Counts only if House C pledges at least €10,000.00." */
function mineSentences(say: Say, { phase, pledge }: ProjectPledge, people: People): readonly string[] {
    const sentences: string[] = [];
    const [amount, paid, refundable] = [units(pledge.amount), units(pledge.paid), units(pledge.refundable)];
    if (paid > 0n) sentences.push(say.t("projects.you_paid", { money: say.money(paid) }));
    else if (amount > 0n) sentences.push(say.t("projects.you", { money: say.money(amount) }));
    if (phase === "open" && amount > 0n) {
        sentences.push(conditionSentence(say, pledge.condition, people));
        sentences.push(say.t(pledge.consistent ? "projects.counts" : "projects.waits"));
    }
    if (refundable > 0n) sentences.push(say.t("projects.refundable", { money: say.money(refundable) }));
    return sentences;
}

/** One's own first, then the newest. */
export function inOrder(cards: readonly ProjectCard[]): readonly ProjectCard[] {
    return [...cards].sort((one, other) => Number(other.mine) - Number(one.mine) || other.number - one.number);
}
