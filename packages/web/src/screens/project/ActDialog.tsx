// What must be known before something can be signed: evidence, a reason, a split, a date, an amount.

import { useState } from "react";
import { type Project, units } from "../../data/projects/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { useSend } from "./Actions.tsx";
import type { Act } from "./acts.ts";
import { Form } from "./Form.tsx";
import { typedAddress, typedAmount, typedPercent } from "./forms.ts";
import { actLabel } from "./labels.ts";
import { Offering } from "./Offering.tsx";
import { disputeName } from "./offers.ts";
import { ProofFields, useProof } from "./Proof.tsx";
import { percent } from "./terms.ts";

interface Of<A extends Act["id"]> {
    readonly project: Project;
    readonly act: Extract<Act, { id: A }>;
    readonly onClose: () => void;
}

export function ActDialog({ project, act, onClose }: { project: Project; act: Act; onClose: () => void }) {
    const { say } = useApp();
    return (
        <Dialog title={actLabel(say, act)} onClose={onClose}>
            {act.id === "submit" ? <Submit project={project} act={act} onClose={onClose} /> : null}
            {act.id === "object" ? <ObjectTo project={project} act={act} onClose={onClose} /> : null}
            {act.id === "decide" ? <Decide project={project} act={act} onClose={onClose} /> : null}
            {act.id === "offer" ? <Offering project={project} onClose={onClose} /> : null}
            {act.id === "claim_defects" ? <Defects project={project} onClose={onClose} /> : null}
            {act.id === "pay_revenue" ? <Revenue project={project} onClose={onClose} /> : null}
            {act.id === "move_payee" ? <Move project={project} act={act} onClose={onClose} /> : null}
        </Dialog>
    );
}

function Submit({ project, act: { milestone }, onClose }: Of<"submit">) {
    const { say } = useApp();
    const send = useSend();
    const proof = useProof();
    const go = async (): Promise<void> => {
        const read = await proof.read();
        if (read === null) return;
        const evidence = { evidence_hash: read.hash, evidence_uri: read.uri };
        send({ submit_milestone: { project: project.project, milestone, ...evidence } });
        onClose();
    };
    return (
        <Form go={go}>
            <p>{say.t(project.terms.decider == null ? "act.submit_text_no_decider" : "act.submit_text")}</p>
            <ProofFields of={proof} label={say.t("act.evidence")} />
        </Form>
    );
}

function ObjectTo({ project, act: { milestone }, onClose }: Of<"object">) {
    const { say } = useApp();
    const send = useSend();
    const proof = useProof();
    const go = async (): Promise<void> => {
        const reason = await proof.read();
        if (reason === null) return;
        send({ object: { project: project.project, milestone, reason } });
        onClose();
    };
    return (
        <Form go={go}>
            <p>{say.t("act.object_text", { needed: say.money(units(project.objection_needed ?? "0")) })}</p>
            <ProofFields of={proof} label={say.t("act.reason")} />
        </Form>
    );
}

function Decide({ project, act: { dispute }, onClose }: Of<"decide">) {
    const { say } = useApp();
    const send = useSend();
    const proof = useProof();
    const [kept, setKept] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const typed = typedPercent(say, kept);
    const go = async (): Promise<void> => {
        setWrong("wrong" in typed ? typed.wrong : null);
        const reason = await proof.read();
        if (reason === null || "wrong" in typed) return;
        send({ decide: { project: project.project, dispute, kept: typed.is, reason } });
        onClose();
    };
    return (
        <Form go={go}>
            <p>{say.t("act.decide_text", { what: disputeName(say, dispute) })}</p>
            <Field label={say.t("act.kept")} value={kept} onChange={setKept} numeric wrong={wrong} />
            {"is" in typed ? (
                <p>
                    {say.t("act.kept_means", { kept: percent(say, typed.is), rest: percent(say, 10_000 - typed.is) })}
                </p>
            ) : null}
            <ProofFields of={proof} label={say.t("act.reason")} />
        </Form>
    );
}

function Defects({ project, onClose }: Omit<Of<"claim_defects">, "act">) {
    const { say } = useApp();
    const send = useSend();
    const proof = useProof();
    const [text, setText] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const most = units(project.retention_left);
    const go = async (): Promise<void> => {
        const amount = typedAmount(say, text, { most });
        setWrong("wrong" in amount ? amount.wrong : null);
        const reason = await proof.read();
        if (reason === null || "wrong" in amount) return;
        send({ claim_defects: { project: project.project, amount: amount.is.toString(), reason } });
        onClose();
    };
    return (
        <Form go={go}>
            <p>
                {say.t("act.defects_text", {
                    money: say.money(most),
                    needed: say.money(units(project.objection_needed ?? "0")),
                })}
            </p>
            <Field
                label={`${say.t("money.how_much")} (${say.asset.symbol})`}
                value={text}
                onChange={setText}
                numeric
                wrong={wrong}
            />
            <ProofFields of={proof} label={say.t("act.reason")} />
        </Form>
    );
}

function Revenue({ project, onClose }: Omit<Of<"pay_revenue">, "act">) {
    const { say } = useApp();
    const send = useSend();
    const [text, setText] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const go = (): void => {
        const amount = typedAmount(say, text);
        if ("wrong" in amount) {
            setWrong(amount.wrong);
            return;
        }
        send({ pay_revenue: { project: project.project, terms_hash: project.terms_hash } }, amount.is.toString());
        onClose();
    };
    return (
        <Form go={go}>
            <p>{say.t("act.revenue_text")}</p>
            <Field
                label={`${say.t("money.how_much")} (${say.asset.symbol})`}
                value={text}
                onChange={setText}
                numeric
                wrong={wrong}
            />
        </Form>
    );
}

function Move({ project, act: { payee }, onClose }: Of<"move_payee">) {
    const { say, source } = useApp();
    const send = useSend();
    const [text, setText] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const go = (): void => {
        const to = typedAddress(say, text, source.grid.chain.prefix);
        if ("wrong" in to) {
            setWrong(to.wrong);
            return;
        }
        send({ move_payee: { project: project.project, payee, to: to.is } });
        onClose();
    };
    return (
        <Form go={go}>
            <p>{say.t("act.move_text")}</p>
            <Field label={say.t("act.move_to")} value={text} onChange={setText} wrong={wrong} />
        </Form>
    );
}
