// The five pages of a new project. What is wrong is said at the end, with the way back to its page.

import { useApp } from "../../ui/app-context.tsx";
import { Field } from "../../ui/Field.tsx";
import { Choice } from "../../ui/parts.tsx";
import type { Draft } from "./draft.ts";
import type { PageName } from "./model.ts";
import { Rows } from "./Rows.tsx";

interface Of {
    readonly draft: Draft;
    readonly set: (some: Partial<Draft>) => void;
}

export function Page({ page, draft, set }: Of & { page: PageName }) {
    switch (page) {
        case "what":
            return <What draft={draft} set={set} />;
        case "money":
            return <MoneyPage draft={draft} set={set} />;
        case "who":
            return <Who draft={draft} set={set} />;
        case "work":
            return <Work draft={draft} set={set} />;
        case "times":
            return <Times draft={draft} set={set} />;
    }
}

function What({ draft, set }: Of) {
    const { say } = useApp();
    return (
        <>
            <Field
                label={say.t("new.name")}
                value={draft.title}
                onChange={(title) => set({ title })}
                hint={say.t("new.name_hint")}
            />
            <Field
                label={say.t("terms.description_name")}
                value={draft.description}
                onChange={(description) => set({ description })}
                rows={6}
                hint={say.t("new.description_hint")}
            />
            <Field
                label={say.t("proof.uri")}
                value={draft.uri}
                onChange={(uri) => set({ uri })}
                hint={say.t("new.uri_hint")}
            />
        </>
    );
}

function MoneyPage({ draft, set }: Of) {
    const { say } = useApp();
    const { symbol } = say.asset;
    return (
        <>
            <Field
                label={`${say.t("project.target")} (${symbol})`}
                value={draft.target}
                onChange={(target) => set({ target })}
                numeric
                hint={say.t("new.target_hint")}
            />
            <Field
                label={say.t("new.cap", { symbol })}
                value={draft.cap}
                onChange={(cap) => set({ cap })}
                numeric
                hint={say.t("new.cap_hint")}
            />
            <Choice
                legend={say.t("new.admission")}
                value={draft.admission}
                options={[
                    ["named", say.t("new.named")],
                    ["open", say.t("new.open_call")],
                ]}
                onChange={(admission) => set({ admission })}
            />
            {draft.admission === "open" ? (
                <Field
                    label={say.t("new.minimum", { symbol })}
                    value={draft.minimum}
                    onChange={(minimum) => set({ minimum })}
                    numeric
                />
            ) : (
                <p className="muted">{say.t("new.named_hint")}</p>
            )}
            <Field
                label={say.t("new.bond", { symbol })}
                value={draft.bond}
                onChange={(bond) => set({ bond })}
                numeric
                hint={say.t("new.bond_hint")}
            />
            <Field
                label={say.t("new.retention")}
                value={draft.retention}
                onChange={(retention) => set({ retention })}
                numeric
                hint={say.t("new.retention_hint")}
            />
        </>
    );
}

function Who({ draft, set }: Of) {
    const { say } = useApp();
    const { symbol } = say.asset;
    return (
        <>
            {draft.admission === "named" ? (
                <Rows
                    title={say.t("new.parties")}
                    fields={[
                        { key: "address", label: say.t("pledge.account") },
                        { key: "amount", label: say.t("new.amount", { symbol }), numeric: true },
                    ]}
                    rows={draft.parties}
                    empty={{ address: "", amount: "" }}
                    onChange={(parties) => set({ parties })}
                />
            ) : null}
            <Field
                label={say.t("new.contractor")}
                value={draft.contractor}
                onChange={(contractor) => set({ contractor })}
            />
            <Rows
                title={say.t("new.payees")}
                fields={[
                    { key: "address", label: say.t("pledge.account") },
                    { key: "part", label: say.t("new.part"), numeric: true },
                ]}
                rows={draft.payees}
                empty={{ address: "", part: "" }}
                onChange={(payees) => set({ payees })}
            />
            <Choice
                legend={say.t("new.decides")}
                value={draft.decides ? "yes" : "no"}
                options={[
                    ["yes", say.t("new.decides_yes")],
                    ["no", say.t("new.decides_no")],
                ]}
                onChange={(chosen) => set({ decides: chosen === "yes" })}
            />
            {draft.decides ? (
                <>
                    <Field
                        label={say.t("new.decider")}
                        value={draft.decider}
                        onChange={(decider) => set({ decider })}
                        hint={say.t("new.decider_hint")}
                    />
                    <Field
                        label={say.t("new.objection")}
                        value={draft.objection}
                        onChange={(objection) => set({ objection })}
                        numeric
                        hint={say.t("new.objection_hint")}
                    />
                    <Field
                        label={say.t("new.silence")}
                        value={draft.silence}
                        onChange={(silence) => set({ silence })}
                        numeric
                        hint={say.t("new.silence_hint")}
                    />
                </>
            ) : (
                <p className="notice warning">{say.t("terms.no_decider")}</p>
            )}
        </>
    );
}

function Work({ draft, set }: Of) {
    const { say } = useApp();
    return (
        <Rows
            title={say.t("new.milestones")}
            fields={[
                { key: "title", label: say.t("new.milestone") },
                { key: "share", label: say.t("new.share"), numeric: true },
                { key: "due", label: say.t("act.due"), date: true },
            ]}
            rows={draft.milestones}
            empty={{ title: "", share: "", due: "" }}
            onChange={(milestones) => set({ milestones })}
        />
    );
}

function Times({ draft, set }: Of) {
    const { say } = useApp();
    const days = (key: "acceptDays" | "reviewDays" | "graceDays" | "defectsDays" | "decideDays") => (
        <Field label={say.t(`new.${key}`)} value={draft[key]} onChange={(value) => set({ [key]: value })} numeric />
    );
    return (
        <>
            <Field
                label={say.t("new.deadline")}
                value={draft.deadline}
                onChange={(deadline) => set({ deadline })}
                type="date"
            />
            {days("acceptDays")}
            {days("reviewDays")}
            {draft.decides ? days("decideDays") : null}
            {days("graceDays")}
            {days("defectsDays")}
            <Field
                label={say.t("new.consent")}
                value={draft.consent}
                onChange={(consent) => set({ consent })}
                numeric
                hint={say.t("new.consent_hint")}
            />
        </>
    );
}
