// Which grid is shown: the one of grid.json beside the page, or the example. What does not open says why, and offers the example.

import { useCallback, useEffect, useState } from "react";
import { App } from "./app.tsx";
import { NodeError } from "./chain/errors.ts";
import type { Session } from "./session.ts";
import { PinsError } from "./trust/pins.ts";
import { plain } from "./trust/plain.ts";
import { keep, kept } from "./ui/device.ts";
import { languageOf, loadWords, type Words } from "./words/words.ts";

/** Opens a grid, or ends with what is wrong. */
export interface Openers {
    readonly grid: () => Promise<Session>;
    readonly example: () => Promise<Session>;
}

export function Root({ openers }: { openers: Openers }) {
    const [example, setKept] = useState(() => kept("example") === "yes");
    const [opened, setOpened] = useState<{ readonly session: Session; readonly tries: number } | null>(null);
    const [error, setError] = useState<unknown>(null);
    const [tries, setTries] = useState(0);
    const setExample = useCallback((on: boolean): void => {
        keep("example", on ? "yes" : null);
        setKept(on);
        window.location.hash = "#/";
    }, []);
    const reopen = useCallback(() => setTries((before) => before + 1), []);
    useEffect(() => {
        let wanted = true;
        setError(null);
        (example ? openers.example() : openers.grid()).then(
            (session) => wanted && setOpened({ session, tries }),
            (reason: unknown) => wanted && setError(reason),
        );
        return () => {
            wanted = false;
        };
    }, [example, openers, tries]);
    if (error !== null)
        return <NotOpened error={error} retry={reopen} onExample={example ? null : () => setExample(true)} />;
    if (opened === null || opened.session.source.example !== example) return null;
    const { session } = opened;
    // Opened anew with other nodes, everything is asked anew.
    return (
        <App
            key={`${session.source.grid.chain.id} ${opened.tries}`}
            session={session}
            setExample={setExample}
            reopen={reopen}
        />
    );
}

function NotOpened({ error, retry, onExample }: { error: unknown; retry: () => void; onExample: (() => void) | null }) {
    const [words, setWords] = useState<Words | null>(null);
    useEffect(() => {
        void loadWords(languageOf(navigator.languages, []), navigator.languages).then(setWords);
    }, []);
    if (words === null) return null;
    const detail = plain(error instanceof Error ? error.message : String(error));
    const why = error instanceof PinsError ? "open.pins" : error instanceof NodeError ? "open.absent" : "open.other";
    return (
        <main className="main" lang={words.language}>
            <h1>Gridpact</h1>
            <div className="notice warning stack" role="alert">
                <p>{words.t(why, { detail })}</p>
            </div>
            <div className="row">
                <button type="button" className="button main" onClick={retry}>
                    {words.t("app.retry")}
                </button>
                {onExample === null ? null : (
                    <button type="button" className="button" onClick={onExample}>
                        {words.t("first.try")}
                    </button>
                )}
            </div>
        </main>
    );
}
