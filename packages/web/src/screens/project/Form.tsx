import type { FormEvent, ReactNode } from "react";
import { useApp } from "../../ui/app-context.tsx";

/** What leads on to the sheet. */
export function Form({ children, go }: { children: ReactNode; go: () => void | Promise<void> }) {
    const { say } = useApp();
    const submit = (event: FormEvent): void => {
        event.preventDefault();
        void go();
    };
    return (
        <form className="stack" onSubmit={submit} noValidate>
            {children}
            <button type="submit" className="button main">
                {say.t("money.next")}
            </button>
        </form>
    );
}
