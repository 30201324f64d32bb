import { type FormEvent, useState } from "react";
import { toHex } from "../../chain/bytes.ts";
import { hashing } from "../../engine/hashing.ts";
import type { MeterProposal } from "../../types/meter-registry.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { Card, Choice, saveFile } from "../../ui/parts.tsx";
import {
    EMPTY,
    KINDS,
    type MeterDraft,
    meterSentences,
    PRESETS,
    readMeter,
    saltOf,
    serialBytes,
    watts,
} from "./model.ts";

/** Words for the serial number, made once and shown once. */
function useSalt(): string {
    const [salt] = useState(() => {
        const one = new Uint8Array(1);
        return saltOf(() => crypto.getRandomValues(one)[0] ?? 0);
    });
    return salt;
}

export function Propose({ off }: { off: string | null }) {
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
