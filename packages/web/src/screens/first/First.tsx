// For whoever comes for the first time: what this is about, in figures of yesterday, and the way to one's home.

import { type FormEvent, useId, useState } from "react";
import { addDays, dayOf, intervalsOf } from "../../format/days.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Card, Loading, Problem, Title } from "../../ui/parts.tsx";
import { trouble } from "../../words/troubles.ts";
import { useGridDay, useRules } from "../questions.ts";
import { homeName } from "../settings/model.ts";
import { readTyped, yesterday } from "./model.ts";

export function First() {
    const { say, source, setExample, now } = useApp();
    const rules = useRules();
    const before = addDays(dayOf(now, say.zone), -1);
    const day = useGridDay(before);
    const { count } = intervalsOf(before, say.zone, say.intervalLength);
    const sentences =
        rules.data !== undefined && day.data !== undefined ? yesterday(say, rules.data.homes, day.data, count) : null;
    return (
        <>
            <Title>{say.t("first.title")}</Title>
            <section className="card" aria-live="polite">
                {sentences?.map((sentence) => (
                    <p key={sentence} className="headline">
                        {sentence}
                    </p>
                ))}
                {rules.error != null ? <Problem error={rules.error} retry={rules.retry} /> : null}
                {day.error != null && rules.error == null ? <Problem error={day.error} retry={day.retry} /> : null}
                {sentences === null && rules.error == null && day.error == null ? (
                    <Loading progress={day.progress} />
                ) : null}
                <div className="row">
                    <a className="link" href="#/grid">
                        {say.t("first.see_grid")}
                    </a>
                    {source.grid.contracts.escrow === null && !source.example ? null : (
                        <a className="link" href="#/projects">
                            {say.t("first.see_projects")}
                        </a>
                    )}
                    <a className="link" href="#/meter">
                        {say.t("first.propose")}
                    </a>
                </div>
            </section>
            <FindHome />
            <Card title={say.t("first.why")}>
                <ul className="stack">
                    <li>{say.t("first.why_read")}</li>
                    <li>{say.t("first.why_check")}</li>
                    <li>{say.t("first.why_host")}</li>
                </ul>
                <div className="row">
                    <a className="button" href="#/start">
                        {say.t("first.connect")}
                    </a>
                    {source.example ? null : (
                        <button type="button" className="button" onClick={() => setExample(true)}>
                            {say.t("first.try")}
                        </button>
                    )}
                </div>
            </Card>
        </>
    );
}

/** By number or account; where an account owns several, one is chosen. */
export function FindHome() {
    const { say, source, setHome, names } = useApp();
    const field = useId();
    const [text, setText] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const [several, setSeveral] = useState<readonly number[]>([]);
    const [busy, setBusy] = useState(false);
    const { prefix } = source.grid.chain;

    const find = async (event: FormEvent): Promise<void> => {
        event.preventDefault();
        const typed = readTyped(text, prefix);
        setSeveral([]);
        setWrong(null);
        if (typed.kind === "empty") {
            setWrong(say.t("first.find_empty"));
            return;
        }
        if (typed.kind === "other") {
            setWrong(say.t("first.find_bad", { typed: typed.text }));
            return;
        }
        setBusy(true);
        try {
            const homes =
                typed.kind === "number" ? [await source.home(typed.slot)] : await source.homesOf(typed.account);
            const slots = homes.flatMap((home) => (home === null ? [] : [home.slot]));
            if (slots.length === 0) setWrong(say.t("first.find_none"));
            else if (slots.length === 1) setHome(slots[0] ?? null);
            else setSeveral(slots);
        } catch (error) {
            setWrong(trouble(say, error));
        } finally {
            setBusy(false);
        }
    };

    return (
        <Card title={say.t("first.find")}>
            <form className="stack" onSubmit={(event) => void find(event)} noValidate>
                <div className="field">
                    <label htmlFor={field}>{say.t("first.find_label")}</label>
                    <input
                        id={field}
                        value={text}
                        autoComplete="off"
                        autoCapitalize="none"
                        spellCheck={false}
                        aria-describedby={`${field}-hint ${field}-wrong`}
                        aria-invalid={wrong !== null}
                        onChange={(event) => setText(event.target.value)}
                    />
                    <p id={`${field}-hint`} className="muted">
                        {say.t(source.example ? "first.example_homes" : "first.find_hint", { prefix })}
                    </p>
                    <p id={`${field}-wrong`} className="bad-text" role="alert">
                        {wrong}
                    </p>
                </div>
                <button type="submit" className="button main" disabled={busy}>
                    {say.t("first.find")}
                </button>
            </form>
            {several.length === 0 ? null : (
                <div className="stack" role="status">
                    <p>{say.t("first.several")}</p>
                    <div className="row">
                        {several.map((slot) => (
                            <button key={slot} type="button" className="button" onClick={() => setHome(slot)}>
                                {homeName(say, names, slot)}
                            </button>
                        ))}
                    </div>
                </div>
            )}
        </Card>
    );
}
