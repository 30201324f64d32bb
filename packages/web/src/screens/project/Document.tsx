// A text or a file that terms name by its hash: fetched and checked, or chosen from the device and checked.

import { type FormEvent, useState } from "react";
import { utf8 } from "../../chain/bytes.ts";
import { documentCheck } from "../../data/projects/documents.ts";
import type { DocumentCheck } from "../../data/projects/source.ts";
import { throughGateway } from "../../trust/ipfs.ts";
import { openable, plain } from "../../trust/plain.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Field } from "../../ui/Field.tsx";
import { Gateway } from "./Gateway.tsx";
import { useEscrow } from "./useProject.ts";

/** The largest file that is hashed here, bytes. */
const MOST = 50_000_000;

export function Document({ name, uri, hash }: { name: string; uri: string; hash: string }) {
    const { say } = useApp();
    /** Where it is fetched from, once somebody wants it. */
    const [place, setPlace] = useState<string | null>(null);
    const [own, setOwn] = useState<DocumentCheck | null>(null);
    const [pasting, setPasting] = useState(false);
    /** For the gateway, where it takes one. */
    const [asking, setAsking] = useState(false);
    const onIpfs = uri.startsWith("ipfs://");
    const fetched = useEscrow(place === null ? null : ["document", place, hash], (projects) =>
        projects.document(place ?? "", hash),
    );
    /** What was checked last is shown. Null: no gateway serves such a name. */
    const fetchFrom = (from: string | null): void => {
        setOwn(from === null ? { state: "not_had", why: "scheme" } : null);
        setPlace(from);
    };
    const link = openable(uri);
    const check = own ?? fetched.data ?? null;
    return (
        <div className="stack tight">
            <p>{name}</p>
            <p className="muted">
                {say.t("document.hash")} <code>{hash}</code>
            </p>
            {check === null ? null : <Outcome check={check} />}
            <div className="row">
                {uri.startsWith("https://") || onIpfs ? (
                    <button
                        type="button"
                        className="button"
                        aria-expanded={onIpfs ? asking : undefined}
                        onClick={() => (onIpfs ? setAsking(!asking) : fetchFrom(uri))}
                        aria-label={`${say.t("document.fetch")}: ${name}`}
                    >
                        {say.t("document.fetch")}
                    </button>
                ) : null}
                <FileButton name={name} hash={hash} onCheck={setOwn} />
                <button
                    type="button"
                    className="button"
                    aria-expanded={pasting}
                    aria-label={`${say.t("document.paste")}: ${name}`}
                    onClick={() => setPasting(!pasting)}
                >
                    {say.t("document.paste")}
                </button>
                {link === null ? null : (
                    <a
                        className="link"
                        href={link}
                        target="_blank"
                        rel="noopener noreferrer"
                        aria-label={say.t("document.open", { place: plain(uri).slice(0, 80) })}
                    >
                        {say.t("document.open_short")}
                    </a>
                )}
            </div>
            {onIpfs && asking ? <Gateway onGateway={(gateway) => fetchFrom(throughGateway(uri, gateway))} /> : null}
            {pasting ? <Pasted hash={hash} onCheck={setOwn} /> : null}
        </div>
    );
}

function Outcome({ check }: { check: DocumentCheck }) {
    const { say } = useApp();
    if (check.state === "differs")
        return (
            <p className="notice danger" role="alert">
                {say.t("document.differs")} <code>{check.got}</code>
            </p>
        );
    if (check.state === "not_had") return <p className="notice warning">{say.t(`document.not_${check.why}`)}</p>;
    return (
        <>
            <p className="notice good" role="status">
                {say.t("document.same")}
            </p>
            {check.text === null ? null : (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
                <section className="document" tabIndex={0} aria-label={say.t("document.text")}>
                    {check.text}
                </section>
            )}
        </>
    );
}

/** Checks a text that somebody sent. An editor ends a file with a line, a message does not: either may be what was hashed. */
function Pasted({ hash, onCheck }: { hash: string; onCheck: (check: DocumentCheck) => void }) {
    const { say, source } = useApp();
    const [text, setText] = useState("");
    const check = async (event: FormEvent): Promise<void> => {
        event.preventDefault();
        const projects = await source.projects();
        if (projects === null) return;
        const [plain, ended] = [utf8(text), utf8(`${text}\n`)];
        const line = documentCheck(ended, await projects.hash(ended), hash);
        onCheck(line.state === "same" ? line : documentCheck(plain, await projects.hash(plain), hash));
    };
    return (
        <form className="stack" onSubmit={(event) => void check(event)} noValidate>
            <Field
                label={say.t("document.text")}
                value={text}
                onChange={setText}
                rows={4}
                hint={say.t("document.letters")}
            />
            <button type="submit" className="button">
                {say.t("document.check")}
            </button>
        </form>
    );
}

/** Checks a file of the device against the hash. */
function FileButton({ name, hash, onCheck }: { name: string; hash: string; onCheck: (check: DocumentCheck) => void }) {
    const { say, source } = useApp();
    const check = async (file: File | undefined): Promise<void> => {
        if (file === undefined) return;
        if (file.size > MOST) {
            onCheck({ state: "not_had", why: "too_large" });
            return;
        }
        const projects = await source.projects();
        const bytes = new Uint8Array(await file.arrayBuffer());
        if (projects !== null) onCheck(documentCheck(bytes, await projects.hash(bytes), hash));
    };
    return (
        <label className="button">
            {say.t("document.own")}
            <input
                type="file"
                className="hidden"
                aria-label={`${say.t("document.own")}: ${name}`}
                onChange={(event) => void check(event.target.files?.[0])}
            />
        </label>
    );
}
