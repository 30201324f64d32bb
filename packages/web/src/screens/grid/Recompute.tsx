import { useEffect, useRef, useState } from "react";
import type { Recomputed, RecomputeSpan, Recomputing } from "../../data/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Choice, Problem, saveFile, Table } from "../../ui/parts.tsx";
import { progressSentence, recomputedLines } from "./recompute.ts";

type Run =
    | { readonly state: "idle" | "stopped" }
    | { readonly state: "running"; readonly how: Recomputing }
    | { readonly state: "done"; readonly of: Recomputed }
    | { readonly state: "failed"; readonly error: unknown };

const SPANS = ["1", "7", "30", "all"] as const;

/** Every account worked out on this device, when somebody asks for it; it can be stopped at any time. */
export function Recompute() {
    const { say } = useApp();
    const [span, setSpan] = useState<(typeof SPANS)[number]>("1");
    const { run, start, stop } = useRun();
    const running = run.state === "running";
    return (
        <section className="stack" aria-label={say.t("recompute.title")}>
            <h3>{say.t("recompute.title")}</h3>
            <p className="muted">{say.t("recompute.lead")}</p>
            <Choice
                legend={say.t("recompute.span")}
                value={span}
                options={SPANS.map((one) => [one, say.t(`recompute.span_${one}`)] as const)}
                onChange={setSpan}
            />
            <div className="row">
                {running ? (
                    <button type="button" className="button" onClick={stop}>
                        {say.t("recompute.stop")}
                    </button>
                ) : (
                    <button
                        type="button"
                        className="button"
                        onClick={() => start(span === "all" ? span : spanOf(span))}
                    >
                        {say.t(run.state === "idle" ? "recompute.go" : "recompute.again")}
                    </button>
                )}
            </div>
            {/* Said politely as it goes on, and its outcome once. */}
            <p role="status" className={running ? "muted busy" : "hidden"}>
                {run.state === "running" ? progressSentence(say, run.how) : null}
            </p>
            {run.state === "stopped" ? <p>{say.t("recompute.stopped")}</p> : null}
            {run.state === "failed" ? (
                <Problem error={run.error} retry={() => start(span === "all" ? span : spanOf(span))} />
            ) : null}
            {run.state === "done" ? <Outcome of={run.of} /> : null}
        </section>
    );
}

const spanOf = (text: "1" | "7" | "30"): RecomputeSpan => Number(text) as 1 | 7 | 30;

/** One replay at a time; it ends with the screen. */
function useRun() {
    const { source } = useApp();
    const [run, setRun] = useState<Run>({ state: "idle" });
    const current = useRef<AbortController | null>(null);
    useEffect(() => () => current.current?.abort(), []);
    const start = (span: RecomputeSpan): void => {
        current.current?.abort();
        const control = new AbortController();
        current.current = control;
        const show = (next: Run): void => {
            if (!control.signal.aborted) setRun(next);
        };
        show({ state: "running", how: { part: "listing", done: 0, of: 0 } });
        source
            .recompute(span, (how) => show({ state: "running", how }), control.signal)
            .then(
                (of) => show({ state: "done", of }),
                (error: unknown) => show({ state: "failed", error }),
            );
    };
    const stop = (): void => {
        current.current?.abort();
        setRun({ state: "stopped" });
    };
    return { run, start, stop };
}

function Outcome({ of }: { of: Recomputed }) {
    const { say } = useApp();
    const lines = recomputedLines(say, of);
    const { file } = lines;
    return (
        <>
            <p
                className={`notice ${lines.state === "good" ? "good" : lines.state === "bad" ? "danger" : "warning"}`}
                role={lines.state === "bad" ? "alert" : "status"}
            >
                <strong>{lines.headline}</strong>
            </p>
            {[...lines.sentences, ...lines.done].map((sentence) => (
                <p key={sentence}>{sentence}</p>
            ))}
            {lines.rows.length === 0 ? null : (
                <Table
                    caption={say.t("recompute.table")}
                    heads={[
                        say.t("recompute.account"),
                        say.t("recompute.apart"),
                        say.t("recompute.here"),
                        say.t("recompute.told"),
                    ]}
                    rows={lines.rows}
                />
            )}
            {file === null ? null : (
                <button
                    type="button"
                    className="button"
                    onClick={() => saveFile(file.name, file.text, "application/json")}
                >
                    {say.t("bill.check_file")}
                </button>
            )}
        </>
    );
}
