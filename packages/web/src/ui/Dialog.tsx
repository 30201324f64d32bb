// A sheet over the page. The browser's own dialog keeps the focus inside, ends with Escape, and gives the focus back.

import { type ReactNode, useEffect, useId, useRef } from "react";
import { useApp } from "./app-context.tsx";

export function Dialog({ title, children, onClose }: { title: string; children: ReactNode; onClose: () => void }) {
    const { say } = useApp();
    const dialog = useRef<HTMLDialogElement>(null);
    const heading = useRef<HTMLHeadingElement>(null);
    const id = useId();
    useEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        heading.current?.focus();
        return () => {
            if (before instanceof HTMLElement && before.isConnected) before.focus();
        };
    }, []);
    return (
        <dialog
            ref={dialog}
            className="sheet"
            aria-labelledby={id}
            onCancel={(event) => {
                event.preventDefault();
                onClose();
            }}
        >
            <div className="stack">
                <h2 id={id} ref={heading} tabIndex={-1}>
                    {title}
                </h2>
                {children}
                <button type="button" className="button" onClick={onClose}>
                    {say.t("app.close")}
                </button>
            </div>
        </dialog>
    );
}
