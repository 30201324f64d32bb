import { useState } from "react";
import type { Json } from "../../chain/json.ts";
import { writeTerms } from "../../data/projects/terms.ts";
import type { ExecuteMsg, Terms } from "../../types/pledge-escrow.ts";
import { moneyOff } from "../../ui/alerts.ts";
import { useApp } from "../../ui/app-context.tsx";
import { keep, kept } from "../../ui/device.ts";
import { More } from "../../ui/More.tsx";
import { Card, Loading, saveFile, Title } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { useHash } from "../../ui/useHash.ts";
import { termsSentences } from "../project/terms.ts";
import { type Draft, EMPTY, readDraft } from "./draft.ts";
import { projectFile } from "./file.ts";
import { PAGES, type PageName, readProject } from "./model.ts";
import { Page } from "./Pages.tsx";

/** A project of one's own in five short pages; the draft stays on the device until it is opened. */
export function NewProjectScreen() {
    return (
        <More>
            <Pages />
        </More>
    );
}

function useDraft(): [Draft, (some: Partial<Draft>) => void] {
    const { source } = useApp();
    const key = `newproject.${source.example ? "example." : ""}${source.grid.chain.id}`;
    const [draft, setDraft] = useState(() => readDraft(kept(key)));
    return [
        draft,
        (some) => {
            const next = { ...draft, ...some };
            keep(key, JSON.stringify(next));
            setDraft(next);
        },
    ];
}

function Pages() {
    const { say } = useApp();
    const [draft, set] = useDraft();
    const [at, setAt] = useState<PageName | "read">("what");
    const order = [...PAGES, "read"] as const;
    const place = order.indexOf(at);
    return (
        <>
            <Title>{say.t("new.title")}</Title>
            <p className="muted">{say.t("new.lead")}</p>
            <p>
                <strong>
                    {say.t("new.page", { number: place + 1, of: order.length, name: say.t(`new.page_${at}`) })}
                </strong>
            </p>
            {at === "read" ? (
                <ReadBack draft={draft} goTo={setAt} onEmpty={() => set(EMPTY)} />
            ) : (
                <Card title={say.t(`new.page_${at}`)}>
                    <Page page={at} draft={draft} set={set} />
                </Card>
            )}
            <div className="row">
                {place === 0 ? null : (
                    <button type="button" className="button" onClick={() => setAt(order[place - 1] ?? "what")}>
                        {say.t("app.back")}
                    </button>
                )}
                {at === "read" ? null : (
                    <button type="button" className="button main" onClick={() => setAt(order[place + 1] ?? "read")}>
                        {say.t("money.next")}
                    </button>
                )}
            </div>
        </>
    );
}

/** The terms as sentences, their hash, and what follows from opening them. */
function ReadBack({ draft, goTo, onEmpty }: { draft: Draft; goTo: (page: PageName) => void; onEmpty: () => void }) {
    const { say, source, now } = useApp();
    const description = useHash(draft.description);
    if (description === null) return <Loading />;
    const read = readProject(say, draft, source.grid, now, description);
    if ("wrong" in read)
        return (
            <div className="notice warning stack" role="alert">
                <p>{read.wrong}</p>
                <button type="button" className="button" onClick={() => goTo(read.page)}>
                    {say.t("new.go_to", { name: say.t(`new.page_${read.page}`) })}
                </button>
            </div>
        );
    return <Opening terms={read.terms} draft={draft} onEmpty={onEmpty} />;
}

/** The name of the description's file, beside the terms. */
const DESCRIPTION = "description.txt";

function Opening({ terms, draft, onEmpty }: { terms: Terms; draft: Draft; onEmpty: () => void }) {
    const { say, source, desk, key, health, codes } = useApp();
    const people = usePeople();
    const hash = useHash(writeTerms(terms));
    const off = moneyOff(say, { example: source.example, health, codes });
    const message: ExecuteMsg = { open: { terms } };
    const begin = (): void =>
        desk.begin({ kind: "call", contract: "escrow", message: message as unknown as Json, amount: null });
    return (
        <Card title={terms.title}>
            {termsSentences(say, terms, people).map(({ key: part, title, sentences }) => (
                <section key={part} className="stack" aria-label={title}>
                    <h3>{title}</h3>
                    <ul className="sentences">
                        {sentences.map((sentence) => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                    </ul>
                </section>
            ))}
            <p>
                {say.t("terms.hash")} <code>{hash}</code>
            </p>
            <p className="notice warning">{say.t("new.fixed")}</p>
            <div className="row">
                <button
                    type="button"
                    className="button"
                    onClick={() =>
                        saveFile("project.toml", projectFile(terms, source.grid.asset, DESCRIPTION), "application/toml")
                    }
                >
                    {say.t("new.save")}
                </button>
                <button
                    type="button"
                    className="button"
                    onClick={() => saveFile(DESCRIPTION, draft.description, "text/plain")}
                >
                    {say.t("new.save_description")}
                </button>
            </div>
            <p className="muted">{say.t("new.save_hint")}</p>
            {off !== null ? (
                <p className="notice">{off}</p>
            ) : key.account === null ? (
                <a className="button main" href="#/start">
                    {say.t("first.connect")}
                </a>
            ) : (
                <button type="button" className="button main" onClick={begin}>
                    {say.t("new.open")}
                </button>
            )}
            <button type="button" className="button" onClick={onEmpty}>
                {say.t("new.empty")}
            </button>
        </Card>
    );
}
