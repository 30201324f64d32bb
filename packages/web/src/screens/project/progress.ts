// How far a project is: two numbers on one bar, the phase in a sentence, what comes next.

import { type Project, units } from "../../data/projects/source.ts";
import type { MilestoneResponse } from "../../types/pledge-escrow.ts";
import type { Say } from "../../words/say.ts";
import type { People } from "./conditions.ts";
import { percent, silenceSentence } from "./terms.ts";

/** The bar of a project that is open: parts of its width in thousandths. */
export interface Bar {
    readonly pledged: number;
    readonly counts: number;
    readonly target: number;
    /** The same in words. */
    readonly sentence: string;
}

const WIDTH = 1_000n;

/** The longest of pledged and target takes the whole width. */
export function bar(say: Say, project: Project): Bar {
    const [pledged, counts, target] = [units(project.pledged), units(project.consistent), units(project.terms.target)];
    const longest = pledged > target ? pledged : target;
    const part = (amount: bigint): number => (longest === 0n ? 0 : Number((amount * WIDTH) / longest));
    const values = { pledged: say.money(pledged), counts: say.money(counts), target: say.money(target) };
    const sentence = say.t("project.bar", values);
    return { pledged: part(pledged), counts: part(counts), target: part(target), sentence };
}

/** "12 days left", "3 hours left", so that nobody has to count. */
export function left(say: Say, until: number, now: number): string {
    const seconds = Math.max(0, until - now);
    if (seconds >= 2 * 86_400) return say.t("project.left_days", { count: Math.floor(seconds / 86_400) });
    if (seconds >= 7_200) return say.t("project.left_hours", { count: Math.floor(seconds / 3_600) });
    return say.t("project.left_minutes", { count: Math.floor(seconds / 60) });
}

/** When the contractor must have accepted. */
export const acceptUntil = ({ funded_at, terms }: Project): number => (funded_at ?? 0) + terms.accept_within;

/** What the phase means now, in a sentence or two. */
export function phaseSentences(say: Say, project: Project, people: People, now: number): readonly string[] {
    const { terms, phase } = project;
    const when = (seconds: number) => ({ when: say.deadline(seconds), left: left(say, seconds, now) });
    switch (phase) {
        case "open": {
            const missing = units(terms.target) - units(project.consistent);
            return [
                say.t("project.is_open", when(terms.deadline)),
                say.t("project.missing", { money: say.money(missing > 0n ? missing : 0n) }),
            ];
        }
        case "funded":
            return [say.t("project.is_funded", { who: people(terms.contractor), ...when(acceptUntil(project)) })];
        case "active":
            return [activeSentence(say, project, people, now)];
        case "defects":
            return [
                project.defects_end == null
                    ? say.t("project.is_defects")
                    : say.t("project.is_defects_until", when(project.defects_end)),
            ];
        case "closed":
            return [say.t("project.is_closed")];
        case "failed":
            return [
                project.funded_at == null
                    ? say.t("project.is_failed", { when: say.deadline(terms.deadline) })
                    : say.t("project.is_not_accepted", {
                          who: people(terms.contractor),
                          when: say.deadline(acceptUntil(project)),
                      }),
            ];
        case "terminated":
            return [
                say.t("project.is_terminated", { when: say.deadline(project.ended?.at ?? 0) }),
                ...(units(project.ended?.forfeited ?? "0") > 0n
                    ? [say.t("project.forfeited", { money: say.money(units(project.ended?.forfeited ?? "0")) })]
                    : []),
            ];
    }
}

/** The milestone that is to be submitted next; null where all are. */
export function nextMilestone(project: Project): number | null {
    const at = project.milestones.findIndex(({ submitted_at }) => submitted_at == null);
    return at < 0 ? null : at;
}

function activeSentence(say: Say, project: Project, people: People, now: number): string {
    const at = nextMilestone(project);
    if (at === null) return say.t("project.is_submitted");
    const due = project.next_due ?? project.milestones[at]?.due ?? 0;
    const values = { who: people(project.terms.contractor), number: at + 1, when: say.deadline(due) };
    return now < due
        ? say.t("project.is_active", { ...values, left: left(say, due, now) })
        : say.t("project.is_overdue", values);
}

/** A milestone's state, with what is awaited and until when. */
export function milestoneSentences(
    say: Say,
    milestone: MilestoneResponse,
    project: Project,
    people: People,
    now: number,
) {
    const until = (seconds: number | null | undefined) =>
        seconds == null ? { when: "?", left: "" } : { when: say.deadline(seconds), left: left(say, seconds, now) };
    const sentences: string[] = [];
    const { terms } = project;
    const decider = terms.decider == null ? "?" : people(terms.decider.address);
    switch (milestone.status) {
        case "pending":
            sentences.push(say.t("milestone.pending", { when: say.deadline(milestone.due) }));
            break;
        case "submitted":
            sentences.push(
                say.t(
                    terms.decider == null ? "milestone.submitted_no_decider" : "milestone.submitted",
                    until(milestone.payable_at),
                ),
            );
            break;
        case "disputed":
            sentences.push(say.t("milestone.disputed", { who: decider, ...until(milestone.decide_until) }));
            if (terms.decider != null) sentences.push(silenceSentence(say, terms.decider, people));
            break;
        case "payable":
        case "paid":
        case "returned":
            sentences.push(say.t(`milestone.${milestone.status}`));
    }
    if (units(milestone.objected) > 0n && project.objection_needed != null)
        sentences.push(
            say.t("milestone.objected", {
                money: say.money(units(milestone.objected)),
                needed: say.money(units(project.objection_needed)),
            }),
        );
    if (milestone.decided != null) {
        const { by, kept, at } = milestone.decided;
        const values = {
            who: decider,
            kept: percent(say, kept),
            rest: percent(say, 10_000 - kept),
            when: say.deadline(at),
        };
        sentences.push(say.t(`milestone.decided_${by}`, values));
    }
    return sentences;
}
