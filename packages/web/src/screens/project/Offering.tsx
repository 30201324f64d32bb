import { useState } from "react";
import type { Project } from "../../data/projects/source.ts";
import type { Proposal } from "../../types/pledge-escrow.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { useSend } from "./Actions.tsx";
import { disputes } from "./acts.ts";
import { Form } from "./Form.tsx";
import { typedDay, typedPercent } from "./forms.ts";
import { disputeName, proposalSentence } from "./offers.ts";

/** A split of a dispute, a later due date, or an end together. */
export function Offering({ project, onClose }: { project: Project; onClose: () => void }) {
    const { say, now } = useApp();
    const send = useSend();
    const open = disputes(project);
    const pending = project.milestones.flatMap(({ submitted_at }, at) => (submitted_at == null ? [at] : []));
    const working = project.phase === "active";
    const kinds = [
        ...open.map(
            (dispute, at) => [`split ${at}`, say.t("act.offer_split", { what: disputeName(say, dispute) })] as const,
        ),
        ...(working ? pending : []).map((at) => [`due ${at}`, say.t("act.offer_due", { number: at + 1 })] as const),
        ...(working ? [["end", say.t("act.offer_end")] as const] : []),
    ];
    const [kind, setKind] = useState<string>(kinds[0]?.[0] ?? "end");
    const [text, setText] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const [what, at] = [kind.split(" ")[0], Number(kind.split(" ")[1] ?? 0)];
    const proposal = (): Proposal | string => {
        const dispute = open[at];
        if (what === "split" && dispute !== undefined) {
            const kept = typedPercent(say, text);
            return "is" in kept ? { split: { dispute, kept: kept.is } } : kept.wrong;
        }
        if (what === "due") {
            const due = typedDay(say, text, Math.max(now, project.milestones[at]?.due ?? 0));
            return "is" in due ? { due: { milestone: at, due: due.is } } : due.wrong;
        }
        return { end: {} };
    };
    const read = proposal();
    const go = (): void => {
        if (typeof read === "string") {
            setWrong(read);
            return;
        }
        send({ offer: { project: project.project, proposal: read } });
        onClose();
    };
    return (
        <Form go={go}>
            <p>{say.t("act.offer_text")}</p>
            <Select
                label={say.t("act.offer_what")}
                value={kind}
                options={kinds}
                onChange={(next) => {
                    setKind(next);
                    setText("");
                    setWrong(null);
                }}
            />
            {what === "split" ? (
                <Field label={say.t("act.kept")} value={text} onChange={setText} numeric wrong={wrong} />
            ) : null}
            {what === "due" ? (
                <Field
                    label={say.t("act.due")}
                    value={text}
                    onChange={setText}
                    type="date"
                    wrong={wrong}
                    hint={say.t("act.due_hint")}
                />
            ) : null}
            {typeof read === "string" ? null : <p>{proposalSentence(say, read)}</p>}
        </Form>
    );
}
