import { type FormEvent, useState } from "react";
import { toHex } from "../../chain/bytes.ts";
import type { Proposal } from "../../data/source.ts";
import { hashing } from "../../engine/hashing.ts";
import type { MeterProposal } from "../../types/meter-registry.ts";
import { moneyOff } from "../../ui/alerts.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Field, Select } from "../../ui/Field.tsx";
import { More } from "../../ui/More.tsx";
import { Card, Choice, Loading, Problem, saveFile, Title } from "../../ui/parts.tsx";
import {
    EMPTY,
    homeSentences,
    KINDS,
    type MeterDraft,
    MOST_WAITING,
    meterSentences,
    PRESETS,
    readMeter,
    saltOf,
    serialBytes,
    waitingSentence,
    watts,
} from "./model.ts";

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

/** Words for the serial number, made once and shown once. */
function useSalt(): string {
    const [salt] = useState(() => {
        const one = new Uint8Array(1);
        return saltOf(() => crypto.getRandomValues(one)[0] ?? 0);
    });
    return salt;
}

function Propose({ off }: { off: string | null }) {
    const { say, key, desk } = useApp();
    const [draft, setDraft] = useState<MeterDraft>(EMPTY);
    const [wrong, setWrong] = useState<string | null>(null);
    const [ready, setReady] = useState<MeterProposal | null>(null);
    const salt = useSalt();
    const set = (some: Partial<MeterDraft>): void => {
        setDraft({ ...draft, ...some });
        setReady(null);
    };
    const read = readMeter(say, draft);
    const go = async (event: FormEvent): Promise<void> => {
        event.preventDefault();
        setWrong("wrong" in read ? read.wrong : null);
        if ("wrong" in read) return;
        const hash = await hashing()(serialBytes(draft.serial, salt));
        setReady({ ...read.is, serial_hash: toHex(hash) });
    };
    return (
        <Card title={say.t("meter.propose")}>
            <form className="stack" onSubmit={(event) => void go(event)} noValidate>
                <MeterFields draft={draft} set={set} />
                <p className="bad-text" role="alert">
                    {wrong}
                </p>
                {"is" in read ? (
                    <ul className="sentences">
                        {meterSentences(say, { ...read.is, serial_hash: "" }).map((sentence) => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                    </ul>
                ) : null}
                {off !== null ? (
                    <p className="notice">{off}</p>
                ) : key.account === null ? (
                    <a className="button main" href="#/start">
                        {say.t("first.connect")}
                    </a>
                ) : ready === null ? (
                    <button type="submit" className="button main">
                        {say.t("money.next")}
                    </button>
                ) : null}
            </form>
            {ready === null ? null : (
                <Note
                    salt={salt}
                    serial={draft.serial}
                    onNoted={() => desk.begin({ kind: "propose_meter", meter: ready })}
                />
            )}
        </Card>
    );
}

function MeterFields({ draft, set }: { draft: MeterDraft; set: (some: Partial<MeterDraft>) => void }) {
    const { say } = useApp();
    return (
        <>
            <Select
                label={say.t("meter.kind")}
                value={draft.kind}
                options={KINDS.map((kind) => [kind, say.t(`meter.is_${kind}`)])}
                onChange={(kind) => set({ kind: kind as MeterDraft["kind"] })}
            />
            {draft.kind === "producer" ? null : (
                <Select
                    label={say.t("meter.fuse")}
                    value={draft.fuse}
                    options={[
                        ...PRESETS.map(
                            (preset) =>
                                [
                                    preset.key,
                                    say.t("meter.preset", { ...preset, power: say.power(watts(preset)) }),
                                ] as const,
                        ),
                        ["own", say.t("meter.preset_own")],
                    ]}
                    onChange={(fuse) => set({ fuse })}
                />
            )}
            {draft.kind !== "producer" && draft.fuse === "own" ? (
                <Field label={say.t("meter.taken")} value={draft.taken} onChange={(taken) => set({ taken })} numeric />
            ) : null}
            {draft.kind === "consumer" ? null : (
                <Field
                    label={say.t("meter.given")}
                    value={draft.given}
                    onChange={(given) => set({ given })}
                    numeric
                    hint={say.t("meter.given_hint")}
                />
            )}
            <p>
                <strong>{say.t("meter.provenance")}</strong>
            </p>
            <Choice
                legend={say.t("meter.provenance")}
                value={draft.provenance}
                options={[
                    ["sealed", say.t("meter.sealed")],
                    ["signed", say.t("meter.signed")],
                    ["self_declared", say.t("meter.self_declared")],
                ]}
                onChange={(provenance) => set({ provenance })}
            />
            <Field
                label={say.t("meter.serial")}
                value={draft.serial}
                onChange={(serial) => set({ serial })}
                hint={say.t("meter.serial_hint")}
            />
        </>
    );
}

/** The salt, shown once: whoever has it and the serial number can prove which meter it is. */
function Note({ salt, serial, onNoted }: { salt: string; serial: string; onNoted: () => void }) {
    const { say } = useApp();
    const [noted, setNoted] = useState(false);
    return (
        <div className="notice warning stack" role="status">
            <p>{say.t("meter.salt")}</p>
            <p className="headline">
                <code>{salt}</code>
            </p>
            <button
                type="button"
                className="button"
                onClick={() =>
                    saveFile("meter.txt", say.t("meter.salt_file", { serial: serial.trim(), salt }), "text/plain")
                }
            >
                {say.t("meter.salt_save")}
            </button>
            <label className="row">
                <input
                    type="checkbox"
                    className="check"
                    checked={noted}
                    onChange={(event) => setNoted(event.target.checked)}
                />
                {say.t("meter.salt_noted")}
            </label>
            <button type="button" className="button main" disabled={!noted} onClick={onNoted}>
                {say.t("meter.send")}
            </button>
        </div>
    );
}
