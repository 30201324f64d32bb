// "Always", or "only if": parties, a number of pledges, a sum. Read back as one sentence while it is built.

import { useId } from "react";
import type { Project } from "../../data/projects/source.ts";
import { units } from "../../data/projects/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { Choice } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { ALWAYS, type ConditionDraft, MOST_PARTIES } from "./model.ts";

interface BuilderOf {
    readonly project: Project;
    readonly draft: ConditionDraft;
    readonly onChange: (draft: ConditionDraft) => void;
    readonly write: (units: bigint) => string;
    /** Only what is there can be changed or taken out. */
    readonly weaker: boolean;
}

export function Builder({ project, draft, onChange, write, weaker }: BuilderOf) {
    const { say } = useApp();
    const always = draft === ALWAYS;
    const first = (): ConditionDraft => ({ ...ALWAYS, total: write(units(project.terms.target)) });
    return (
        <>
            <Choice
                legend={say.t("pledge.condition")}
                value={always ? "always" : "if"}
                options={[
                    ["always", say.t("pledge.always")],
                    ["if", say.t("pledge.only_if")],
                ]}
                onChange={(chosen) => onChange(chosen === "always" ? ALWAYS : first())}
            />
            {always ? null : (
                <div className="stack">
                    <Parties project={project} draft={draft} onChange={onChange} write={write} weaker={weaker} />
                    <Pledgers project={project} draft={draft} onChange={onChange} write={write} weaker={weaker} />
                    <Total project={project} draft={draft} onChange={onChange} write={write} weaker={weaker} />
                </div>
            )}
        </>
    );
}

/** A kind of condition that is switched on and off. */
function Kind({ label, on, onSwitch }: { label: string; on: boolean; onSwitch: (on: boolean) => void }) {
    const id = useId();
    return (
        <label htmlFor={id} className="row">
            <input
                id={id}
                type="checkbox"
                className="check"
                checked={on}
                onChange={(event) => onSwitch(event.target.checked)}
            />
            {label}
        </label>
    );
}

function Parties({ project, draft, onChange, write, weaker }: BuilderOf) {
    const { say, key } = useApp();
    const people = usePeople();
    const { admission } = project.terms;
    const named =
        "named" in admission ? admission.named.parties.filter(({ address }) => address !== key.account?.address) : null;
    const free = named?.find(({ address }) => !draft.parties.some((one) => one.address === address));
    const next =
        named === null
            ? { address: "", amount: "" }
            : { address: free?.address ?? "", amount: write(units(free?.amount ?? "0")) };
    const set = (at: number, party: ConditionDraft["parties"][number]): void =>
        onChange({ ...draft, parties: draft.parties.map((one, place) => (place === at ? party : one)) });
    const onSwitch = (on: boolean): void => onChange({ ...draft, parties: on ? [next] : [] });
    const more = !weaker && draft.parties.length < MOST_PARTIES && (named === null || free !== undefined);
    if (weaker && draft.parties.length === 0) return null;
    return (
        <div className="stack">
            <Kind label={say.t("pledge.if_parties")} on={draft.parties.length > 0} onSwitch={onSwitch} />
            {draft.parties.map((party, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a party has no name before it is typed.
                <fieldset key={at} className="stack tight plain">
                    <legend className="hidden">{say.t("pledge.party", { number: at + 1 })}</legend>
                    {named === null ? (
                        <Field
                            label={say.t("pledge.account")}
                            value={party.address}
                            onChange={(address) => set(at, { ...party, address })}
                        />
                    ) : (
                        <Select
                            label={say.t("pledge.who")}
                            value={party.address}
                            options={named.map(({ address }) => [address, people(address)])}
                            onChange={(address) => {
                                const of = named.find((one) => one.address === address);
                                set(at, { address, amount: write(units(of?.amount ?? "0")) });
                            }}
                        />
                    )}
                    <Field
                        label={say.t("pledge.at_least", { symbol: say.asset.symbol })}
                        value={party.amount}
                        numeric
                        onChange={(amount) => set(at, { ...party, amount })}
                    />
                    <button
                        type="button"
                        className="button"
                        onClick={() =>
                            onChange({ ...draft, parties: draft.parties.filter((_, place) => place !== at) })
                        }
                    >
                        {say.t("pledge.drop_party", { number: at + 1 })}
                    </button>
                </fieldset>
            ))}
            {draft.parties.length > 0 && more ? (
                <button
                    type="button"
                    className="button"
                    onClick={() => onChange({ ...draft, parties: [...draft.parties, next] })}
                >
                    {say.t("pledge.add_party")}
                </button>
            ) : null}
        </div>
    );
}

function Pledgers({ project, draft, onChange, write, weaker }: BuilderOf) {
    const { say } = useApp();
    const { pledgers } = draft;
    const { admission, target } = project.terms;
    const least = "open" in admission ? admission.open.minimum : (admission.named.parties[0]?.amount ?? target);
    if (weaker && pledgers === null) return null;
    return (
        <div className="stack">
            <Kind
                label={say.t("pledge.if_pledgers")}
                on={pledgers !== null}
                onSwitch={(on) =>
                    onChange({ ...draft, pledgers: on ? { count: "2", amount: write(units(least)) } : null })
                }
            />
            {pledgers === null ? null : (
                <>
                    <Field
                        label={say.t("pledge.count")}
                        value={pledgers.count}
                        numeric
                        hint={say.t("pledge.count_hint")}
                        onChange={(count) => onChange({ ...draft, pledgers: { ...pledgers, count } })}
                    />
                    <Field
                        label={say.t("pledge.each", { symbol: say.asset.symbol })}
                        value={pledgers.amount}
                        numeric
                        onChange={(amount) => onChange({ ...draft, pledgers: { ...pledgers, amount } })}
                    />
                </>
            )}
        </div>
    );
}

function Total({ project, draft, onChange, write, weaker }: BuilderOf) {
    const { say } = useApp();
    if (weaker && draft.total === null) return null;
    return (
        <div className="stack">
            <Kind
                label={say.t("pledge.if_total")}
                on={draft.total !== null}
                onSwitch={(on) => onChange({ ...draft, total: on ? write(units(project.terms.target)) : null })}
            />
            {draft.total === null ? null : (
                <Field
                    label={say.t("pledge.together", { symbol: say.asset.symbol })}
                    value={draft.total}
                    numeric
                    onChange={(total) => onChange({ ...draft, total })}
                />
            )}
        </div>
    );
}
