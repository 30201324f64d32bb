import { lazy, Suspense, useEffect, useState } from "react";
import { changesOf } from "../../sending/actions.ts";
import type { Sending } from "../../sending/state.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { type Button, type Speaker, sheetModel } from "./model.ts";

const LateSheet = lazy(async () => ({ default: (await import("./LateSheet.tsx")).LateSheet }));

/** Shown while something is being signed, on whatever screen. */
export function Sheet() {
    const { desk } = useApp();
    const { state } = desk;
    if (state === null || desk.hidden) return null;
    const action = "pending" in state ? state.pending.action : state.action;
    if (action.kind === "deposit" || action.kind === "withdraw") return <SheetView state={state} speaker={null} />;
    return (
        <Suspense fallback={null}>
            <LateSheet state={state} />
        </Suspense>
    );
}

/** One step; `speaker` has the words of what is not known here. */
export function SheetView({ state, speaker }: { state: Sending; speaker: Speaker | null }) {
    const { say, desk, key, source } = useApp();
    const action = "pending" in state ? state.pending.action : state.action;
    const slot = action.kind === "withdraw" && action.amount === null ? action.slot : null;
    const account = useAsk(slot === null ? null : ["account", slot], (from) => from.account(slot ?? 0));
    const since = state.step === "sent" ? state.pending.since : null;
    const waited = useWaited(since);
    const model = sheetModel(say, state, {
        account: key.account?.address ?? ("pending" in state ? state.pending.address : ""),
        hardware: key.account?.hardware ?? false,
        changes: (events) => changesOf(events, source.grid),
        waited,
        free: account.data?.free ?? null,
        speaker,
    });
    const act: Record<Button, () => void> = {
        price: desk.price,
        sign: desk.sign,
        cancel: desk.cancel,
        retry: desk.retry,
        look_again: desk.lookAgain,
        forget: desk.forget,
    };
    return (
        <Dialog title={model.title} onClose={desk.close}>
            <div className="stack" role="status">
                {model.sentences.map((sentence) => (
                    <p
                        key={sentence}
                        className={model.busy && sentence === model.sentences.at(-1) ? "busy" : undefined}
                    >
                        {sentence}
                    </p>
                ))}
                {model.notice === null ? null : <p className={`notice ${model.notice.level}`}>{model.notice.text}</p>}
            </div>
            {model.buttons.map(({ id, text, main }) => (
                <button key={id} type="button" className={main ? "button main" : "button"} onClick={act[id]}>
                    {text}
                </button>
            ))}
        </Dialog>
    );
}

/** Milliseconds since something was handed in; counted while it is shown. */
function useWaited(since: number | null): number {
    const [now, setNow] = useState(() => Date.now());
    useEffect(() => {
        if (since === null) return;
        const timer = setInterval(() => setNow(Date.now()), 1_000);
        return () => clearInterval(timer);
    }, [since]);
    return since === null ? 0 : Math.max(0, now - since);
}
