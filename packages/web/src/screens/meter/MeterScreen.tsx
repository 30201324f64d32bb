import type { Proposal } from "../../data/source.ts";
import { moneyOff } from "../../ui/alerts.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { More } from "../../ui/More.tsx";
import { Card, Loading, Problem, Title } from "../../ui/parts.tsx";
import { homeSentences, MOST_WAITING, meterSentences, waitingSentence } from "./model.ts";
import { Propose } from "./Propose.tsx";

/** One's own meters: proposed, waiting, admitted. */
export function MeterScreen() {
    return (
        <More>
            <Meters />
        </More>
    );
}

function Meters() {
    const { say, source, key, health, codes } = useApp();
    const address = key.account?.address ?? null;
    const waiting = useAsk(address === null ? null : ["proposalsOf", address], (from) =>
        from.proposalsOf(address ?? ""),
    );
    const off = moneyOff(say, { example: source.example, health, codes });
    return (
        <>
            <Title>{say.t("meter.title")}</Title>
            <p>{say.t("meter.lead")}</p>
            {address === null ? null : <Admitted address={address} />}
            {waiting.error != null ? <Problem error={waiting.error} retry={waiting.retry} /> : null}
            {address === null || waiting.data === undefined ? null : <Waiting of={waiting.data} />}
            {(waiting.data?.length ?? 0) >= MOST_WAITING ? (
                <p className="notice warning">{say.t("meter.full", { count: MOST_WAITING })}</p>
            ) : (
                <Propose off={off} />
            )}
        </>
    );
}

function Admitted({ address }: { address: string }) {
    const { say, now } = useApp();
    const homes = useAsk(["homesOf", address], (from) => from.homesOf(address));
    if (homes.error != null) return <Problem error={homes.error} retry={homes.retry} />;
    if (homes.data === undefined) return <Loading />;
    if (homes.data.length === 0) return null;
    return (
        <Card title={say.t("meter.admitted")}>
            {homes.data.map((home) => (
                <section
                    key={home.slot}
                    className="stack tight"
                    aria-label={say.t("app.home_number", { number: home.slot })}
                >
                    <h3>{say.t("app.home_number", { number: home.slot })}</h3>
                    {[...homeSentences(say, home, now), ...meterSentences(say, home.meter)].map((sentence) => (
                        <p key={sentence}>{sentence}</p>
                    ))}
                </section>
            ))}
        </Card>
    );
}

function Waiting({ of }: { of: readonly Proposal[] }) {
    const { say, now, desk } = useApp();
    if (of.length === 0) return null;
    return (
        <Card title={say.t("meter.waiting")}>
            {of.map((one) => (
                <section
                    key={one.proposal}
                    className="stack tight"
                    aria-label={say.t("meter.proposal", { number: one.proposal })}
                >
                    <h3>{say.t("meter.proposal", { number: one.proposal })}</h3>
                    {[waitingSentence(say, one, now), ...meterSentences(say, one.meter)].map((sentence) => (
                        <p key={sentence}>{sentence}</p>
                    ))}
                    <button
                        type="button"
                        className="button"
                        aria-label={say.t("meter.drop", { number: one.proposal })}
                        onClick={() => desk.begin({ kind: "drop_proposal", proposal: one.proposal })}
                    >
                        {say.t("meter.drop_short")}
                    </button>
                </section>
            ))}
        </Card>
    );
}
