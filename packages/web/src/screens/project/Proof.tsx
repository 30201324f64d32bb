// Evidence or a reason: a file or a text, of which the chain keeps the hash, and where others find it.

import { useState } from "react";
import { utf8 } from "../../chain/bytes.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Field } from "../../ui/Field.tsx";
import { saveFile } from "../../ui/parts.tsx";
import { typedUri } from "./forms.ts";

/** The largest file that is hashed here, bytes. */
const MOST = 50_000_000;

export interface Proof {
    readonly hash: string;
    readonly uri: string;
}

/** What was given so far; `read` ends with null where something is missing, and says what. */
export function useProof() {
    const { say, source } = useApp();
    const [text, setText] = useState("");
    const [file, setFile] = useState<File | null>(null);
    const [uri, setUri] = useState("");
    const [wrong, setWrong] = useState<{ what: string | null; uri: string | null }>({ what: null, uri: null });
    const read = async (): Promise<Proof | null> => {
        const place = typedUri(say, uri);
        const empty = file === null && text.trim() === "";
        const what = empty ? say.t("proof.missing") : file !== null && file.size > MOST ? say.t("proof.large") : null;
        setWrong({ what, uri: "wrong" in place ? place.wrong : null });
        const projects = await source.projects();
        if (what !== null || "wrong" in place || projects === null) return null;
        const bytes = file === null ? utf8(text) : new Uint8Array(await file.arrayBuffer());
        return { hash: await projects.hash(bytes), uri: place.is };
    };
    return { text, setText, file, setFile, uri, setUri, wrong, read };
}

export function ProofFields({ of, label }: { of: ReturnType<typeof useProof>; label: string }) {
    const { say } = useApp();
    return (
        <>
            <Field
                label={label}
                value={of.text}
                onChange={of.setText}
                rows={3}
                wrong={of.wrong.what}
                hint={say.t("proof.hint")}
            />
            <div className="row">
                <label className="button">
                    {of.file === null ? say.t("proof.file") : of.file.name}
                    <input
                        type="file"
                        className="hidden"
                        onChange={(event) => of.setFile(event.target.files?.[0] ?? null)}
                    />
                </label>
                {of.file === null && of.text.trim() !== "" ? (
                    <button
                        type="button"
                        className="button"
                        onClick={() => saveFile("reason.txt", of.text, "text/plain")}
                    >
                        {say.t("proof.save")}
                    </button>
                ) : null}
            </div>
            <Field
                label={say.t("proof.uri")}
                value={of.uri}
                onChange={of.setUri}
                wrong={of.wrong.uri}
                hint={say.t("proof.uri_hint")}
            />
        </>
    );
}
