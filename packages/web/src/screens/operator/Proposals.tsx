import { type FormEvent, useState } from "react";
import type { Proposal } from "../../data/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { Card, Loading, Problem } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { meterSentences, waitingSentence } from "../meter/model.ts";
import { type AdmissionDraft, admissionSentences, readAdmission, TIERS, USUAL } from "./model.ts";
import { useCall } from "./useCall.ts";

/** Everybody's proposals; the operator lets them in. */
export function Proposals({ mine }: { mine: boolean }) {
    const { say, now } = useApp();
    const people = usePeople();
    const { off } = useCall();
    const [before, setBefore] = useState<number | null>(null);
    const page = useAsk(["proposals", before], (source) => source.proposals(before));
    const [chosen, setChosen] = useState<Proposal | null>(null);
    if (page.error != null) return <Problem error={page.error} retry={page.retry} />;
    if (page.data === undefined) return <Loading />;
    const { items, next } = page.data;
    return (
        <Card title={say.t("operator.proposals")}>
            {items.length === 0 ? <p>{say.t("operator.proposals_none")}</p> : null}
            {items.map((one) => (
                <section
                    key={one.proposal}
                    className="stack tight"
                    aria-label={say.t("meter.proposal", { number: one.proposal })}
                >
                    <h3>{say.t("meter.proposal", { number: one.proposal })}</h3>
                    <p>{say.t("operator.proposed_by", { who: people(one.owner) })}</p>
                    {[...meterSentences(say, one.meter), waitingSentence(say, one, now)].map((sentence) => (
                        <p key={sentence}>{sentence}</p>
                    ))}
                    {mine && off === null && one.expiresAt > now ? (
                        <button
                            type="button"
                            className="button main"
                            aria-label={`${say.t("operator.admit")}: ${say.t("meter.proposal", { number: one.proposal })}`}
                            onClick={() => setChosen(one)}
                        >
                            {say.t("operator.admit")}
                        </button>
                    ) : null}
                </section>
            ))}
            {next === null ? null : (
                <button type="button" className="button" onClick={() => setBefore(next)}>
                    {say.t("operator.older")}
                </button>
            )}
            {mine && off !== null ? <p className="notice">{off}</p> : null}
            {chosen === null ? null : <Admit proposal={chosen} onClose={() => setChosen(null)} />}
        </Card>
    );
}

/** Household, weight and tiers, read back before anything is signed. From when it takes part is said by the node on the sheet. */
function Admit({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
    const { say } = useApp();
    const { registry } = useCall();
    const [draft, setDraft] = useState<AdmissionDraft>(USUAL);
    const [tried, setTried] = useState(false);
    const read = readAdmission(say, proposal.proposal, draft);
    const go = (event: FormEvent): void => {
        event.preventDefault();
        setTried(true);
        if ("wrong" in read) return;
        registry({ admit_meters: { admissions: [read.is] } });
        onClose();
    };
    const tiers = TIERS.map(
        (tier) => [tier, say.t(tier === "never" ? "operator.tier_never" : "operator.tier", { tier })] as const,
    );
    const { kind } = proposal.meter;
    return (
        <Dialog title={say.t("meter.proposal", { number: proposal.proposal })} onClose={onClose}>
            <form className="stack" onSubmit={go} noValidate>
                <Field
                    label={say.t("operator.household_number")}
                    value={draft.household}
                    onChange={(household) => setDraft({ ...draft, household })}
                    numeric
                    hint={say.t("operator.household_hint")}
                />
                <Field
                    label={say.t("operator.weight")}
                    value={draft.weight}
                    onChange={(weight) => setDraft({ ...draft, weight })}
                    numeric
                    hint={say.t("operator.weight_hint")}
                />
                <Field
                    label={say.t("operator.place")}
                    value={draft.priority}
                    onChange={(priority) => setDraft({ ...draft, priority })}
                    numeric
                />
                {kind === "producer" ? null : (
                    <Select
                        label={say.t("operator.buys")}
                        value={draft.buy}
                        options={tiers}
                        onChange={(buy) => setDraft({ ...draft, buy })}
                    />
                )}
                {kind === "consumer" ? null : (
                    <Select
                        label={say.t("operator.sells")}
                        value={draft.sell}
                        options={tiers}
                        onChange={(sell) => setDraft({ ...draft, sell })}
                    />
                )}
                {"is" in read ? (
                    <ul className="sentences">
                        {admissionSentences(say, read.is).map((sentence) => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                    </ul>
                ) : (
                    <p className="bad-text" role={tried ? "alert" : undefined}>
                        {read.wrong}
                    </p>
                )}
                <button type="submit" className="button main">
                    {say.t("money.next")}
                </button>
            </form>
        </Dialog>
    );
}
