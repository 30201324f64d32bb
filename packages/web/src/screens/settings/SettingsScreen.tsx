import { type FormEvent, useId, useState } from "react";
import { type Theme, useApp } from "../../ui/app-context.tsx";
import { Card, Choice, Title } from "../../ui/parts.tsx";
import { short } from "../../words/troubles.ts";
import { LANGUAGES, type Language } from "../../words/words.ts";
import { FindHome } from "../first/First.tsx";
import { homeName, LONGEST_NAME, withName, withoutName } from "./model.ts";
import { Places } from "./Places.tsx";

/** Everything that is kept on this device, and whom it listens to. */
export function SettingsScreen() {
    const { say, source, home, names, setHome, theme, setTheme, language, setLanguage, setExample, key } = useApp();
    const languages = Object.entries(LANGUAGES) as [Language, string][];
    const themes: readonly (readonly [Theme, string])[] = [
        ["system", say.t("settings.theme_system")],
        ["light", say.t("settings.theme_light")],
        ["dark", say.t("settings.theme_dark")],
    ];
    return (
        <>
            <Title>{say.t("settings.title")}</Title>
            <Card title={say.t("settings.language")}>
                <Choice
                    legend={say.t("settings.language")}
                    value={language}
                    options={languages}
                    onChange={setLanguage}
                />
            </Card>
            <Card title={say.t("settings.theme")}>
                <Choice legend={say.t("settings.theme")} value={theme} options={themes} onChange={setTheme} />
            </Card>
            {home === null ? (
                <FindHome />
            ) : (
                <Card title={say.t("settings.home")}>
                    <p>{homeName(say, names, home)}</p>
                    <button type="button" className="button" onClick={() => setHome(null)}>
                        {say.t("settings.home_forget")}
                    </button>
                </Card>
            )}
            <NamesCard />
            <Places />
            <Card title={say.t("settings.wallet")}>
                {key.account === null ? (
                    <>
                        <p>{say.t("settings.wallet_none")}</p>
                        <a className="button" href="#/start">
                            {say.t("first.connect")}
                        </a>
                    </>
                ) : (
                    <>
                        <p>
                            {say.t("start.connected", { name: key.account.name, account: short(key.account.address) })}
                        </p>
                        <button type="button" className="button" onClick={key.disconnect}>
                            {say.t("settings.disconnect")}
                        </button>
                    </>
                )}
            </Card>
            <Card title={say.t("settings.example")}>
                <p>{say.t("settings.example_text")}</p>
                <button type="button" className="button" onClick={() => setExample(!source.example)}>
                    {say.t(source.example ? "app.leave_example" : "settings.example_on")}
                </button>
            </Card>
            <Card title={say.t("settings.about")}>
                <p>{say.t("settings.about_text")}</p>
                {window.isSecureContext ? null : <p className="notice warning">{say.t("settings.about_http")}</p>}
            </Card>
        </>
    );
}

function NamesCard() {
    const { say, names, setNames } = useApp();
    const id = useId();
    const [number, setNumber] = useState("");
    const [name, setName] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const add = (event: FormEvent): void => {
        event.preventDefault();
        const more = withName(names, number, name);
        if (more === null) {
            setWrong(say.t("settings.name_bad", { most: LONGEST_NAME }));
            return;
        }
        setNames(more);
        setNumber("");
        setName("");
        setWrong(null);
    };
    const entries = Object.entries(names);
    return (
        <Card title={say.t("settings.names")}>
            <p className="muted">{say.t("settings.names_hint")}</p>
            {entries.length === 0 ? <p>{say.t("settings.names_none")}</p> : null}
            <ul className="stack">
                {entries.map(([slot, own]) => (
                    <li key={slot} className="row">
                        <span className="grow">
                            {slot}: {own}
                        </span>
                        <button
                            type="button"
                            className="button"
                            aria-label={say.t("settings.name_remove", { name: own })}
                            onClick={() => setNames(withoutName(names, Number(slot)))}
                        >
                            ×
                        </button>
                    </li>
                ))}
            </ul>
            <form className="stack" onSubmit={add} noValidate>
                <div className="row">
                    <div className="field grow">
                        <label htmlFor={`${id}-number`}>{say.t("settings.name_number")}</label>
                        <input
                            id={`${id}-number`}
                            inputMode="numeric"
                            autoComplete="off"
                            value={number}
                            aria-describedby={`${id}-wrong`}
                            aria-invalid={wrong !== null}
                            onChange={(event) => setNumber(event.target.value)}
                        />
                    </div>
                    <div className="field grow">
                        <label htmlFor={`${id}-name`}>{say.t("settings.name_name")}</label>
                        <input
                            id={`${id}-name`}
                            autoComplete="off"
                            value={name}
                            aria-describedby={`${id}-wrong`}
                            onChange={(event) => setName(event.target.value)}
                        />
                    </div>
                </div>
                <p id={`${id}-wrong`} className="bad-text" role="alert">
                    {wrong}
                </p>
                <button type="submit" className="button">
                    {say.t("settings.name_add")}
                </button>
            </form>
        </Card>
    );
}
