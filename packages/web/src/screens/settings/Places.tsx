import { type FormEvent, useId, useState } from "react";
import type { PlaceTrouble } from "../../data/places.ts";
import type { Kind } from "../../trust/own.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Card, Loading } from "../../ui/parts.tsx";
import { archiveLines, nodeLines } from "./model.ts";

/** Whom this page listens to, and more of them that somebody adds here. */
export function Places() {
    const { say, health, askNode } = useApp();
    return (
        <>
            <Card title={say.t("settings.nodes")}>
                <p className="muted">{say.t("settings.nodes_lead")}</p>
                {health === null ? <Loading /> : null}
                <ul className="stack">
                    {(health === null ? [] : nodeLines(say, health)).map((node) => (
                        <li key={node.key} className="stack tight">
                            <strong>
                                {node.name}
                                {node.used ? ` · ${say.t("settings.node_used")}` : ""}
                            </strong>
                            <code>{node.host}</code>
                            <span className={node.good ? undefined : "bad-text"}>{node.state}</span>
                            {node.notes.length === 0 ? null : <span className="muted">{node.notes.join(" ")}</span>}
                            {askNode === null || node.used || !node.good ? null : (
                                <button type="button" className="button" onClick={() => askNode(node.key)}>
                                    {say.t("settings.node_ask", { node: node.name })}
                                </button>
                            )}
                            <Remove kind="nodes" place={node.key} name={node.name} />
                        </li>
                    ))}
                </ul>
                <Add kind="nodes" />
            </Card>
            <Card title={say.t("settings.archives")}>
                <p className="muted">{say.t("settings.archives_lead")}</p>
                {health !== null && health.archives.length === 0 ? <p>{say.t("settings.archives_none")}</p> : null}
                <ul className="stack">
                    {(health === null ? [] : archiveLines(say, health.archives)).map((archive) => (
                        <li key={archive.key} className="stack tight">
                            <code>{archive.host}</code>
                            <span className={archive.good ? undefined : "bad-text"}>{archive.state}</span>
                            <Remove kind="archives" place={archive.key} name={archive.host} />
                        </li>
                    ))}
                </ul>
                <Add kind="archives" />
            </Card>
        </>
    );
}

/** What somebody added here can be removed here; what grid.json names stays. */
function Remove({ kind, place, name }: { kind: Kind; place: string; name: string }) {
    const { say, places } = useApp();
    if (places === null || !places.own[kind].includes(place)) return null;
    return (
        <button type="button" className="button" onClick={() => places.remove(kind, place)}>
            {say.t("settings.place_remove", { name })}
        </button>
    );
}

function Add({ kind }: { kind: Kind }) {
    const { say, places } = useApp();
    const id = useId();
    const [text, setText] = useState("");
    const [busy, setBusy] = useState(false);
    const [wrong, setWrong] = useState<PlaceTrouble | "other" | null>(null);
    if (places === null) return null;
    const add = async (event: FormEvent): Promise<void> => {
        event.preventDefault();
        setBusy(true);
        setWrong(null);
        // A place that is added opens the grid anew, and this form with it.
        setWrong(await places.add(kind, text).catch(() => "other" as const));
        setBusy(false);
    };
    return (
        <form className="stack" onSubmit={(event) => void add(event)} noValidate>
            <div className="field">
                <label htmlFor={id}>{say.t(kind === "nodes" ? "settings.node_add" : "settings.archive_add")}</label>
                <input
                    id={id}
                    type="url"
                    inputMode="url"
                    autoComplete="off"
                    placeholder="https://"
                    value={text}
                    aria-describedby={`${id}-wrong`}
                    aria-invalid={wrong !== null}
                    onChange={(event) => setText(event.target.value)}
                />
            </div>
            <p id={`${id}-wrong`} className="bad-text" role="alert">
                {wrong === null ? null : say.t(`settings.place_${wrong}`)}
            </p>
            <button type="submit" className="button" aria-disabled={busy}>
                {say.t(busy ? "settings.place_asking" : "settings.place_add")}
            </button>
        </form>
    );
}
