import { type FormEvent, useState } from "react";
import { placeOf } from "../../trust/own.ts";
import { useApp } from "../../ui/app-context.tsx";
import { keep, kept } from "../../ui/device.ts";
import { Field } from "../../ui/Field.tsx";

const KEY = "ipfs";

/** The household's own gateway for `ipfs://`, kept on this device: no page fetches from where nobody chose. */
export function Gateway({ onGateway }: { onGateway: (gateway: string) => void }) {
    const { say } = useApp();
    const [text, setText] = useState(() => kept(KEY) ?? "");
    const [wrong, setWrong] = useState<string | null>(null);
    const go = (event: FormEvent): void => {
        event.preventDefault();
        // A place below this page's own address is none: what serves the app serves no documents.
        const gateway = /^https?:\/\//.test(text.trim()) ? placeOf(text, window.location.href) : null;
        setWrong(gateway === null ? say.t("document.gateway_wrong") : null);
        if (gateway === null) return;
        keep(KEY, gateway);
        onGateway(gateway);
    };
    return (
        <form className="stack" onSubmit={go} noValidate>
            <Field
                label={say.t("document.gateway")}
                value={text}
                onChange={setText}
                wrong={wrong}
                hint={say.t("document.gateway_hint")}
            />
            <button type="submit" className="button">
                {say.t("document.fetch")}
            </button>
        </form>
    );
}
