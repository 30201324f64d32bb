// The pieces that screens are made of.

import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { trouble } from "../words/troubles.ts";
import { useApp } from "./app-context.tsx";

/** A screen's title. It takes the focus when the place changes, so that whoever listens hears where they are. */
export function Title({ children }: { children: ReactNode }) {
    const { source } = useApp();
    const title = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        document.title = `${title.current?.textContent ?? ""} · ${source.grid.name}`;
    });
    useEffect(() => {
        // Not at the first load: then the page itself is read from its start.
        if (document.body.dataset["moved"] === "yes") title.current?.focus();
        document.body.dataset["moved"] = "yes";
    }, []);
    return (
        <h1 ref={title} tabIndex={-1}>
            {children}
        </h1>
    );
}

/** A part of a screen under a heading of its own. */
export function Card({ title, children, id }: { title: string; children: ReactNode; id?: string }) {
    const own = useId();
    return (
        <section className="card" aria-labelledby={id ?? own}>
            <h2 id={id ?? own}>{title}</h2>
            {children}
        </section>
    );
}

/** An amount to the cent; one tap shows every digit. */
export function Money({ units, signed = false }: { units: bigint; signed?: boolean }) {
    const { say } = useApp();
    const sign = signed && units > 0n ? "+" : "";
    return <Exact text={`${sign}${say.money(units)}`} exact={`${sign}${say.exactMoney(units)}`} />;
}

/** Text that stands for an exact value, which a tap shows. */
export function Exact({ text, exact }: { text: string; exact: string }) {
    const { say } = useApp();
    const [open, setOpen] = useState(false);
    if (text === exact) return <span>{text}</span>;
    return (
        <button type="button" className="exact" aria-pressed={open} onClick={() => setOpen(!open)}>
            {open ? exact : text}
            {open ? null : <span className="hidden"> {say.t("app.exact", { value: exact })}</span>}
        </button>
    );
}

/** Pairs of a name and a figure. */
export function Figures({
    rows,
}: {
    rows: readonly { key: string; label: ReactNode; value: ReactNode; strong?: boolean }[];
}) {
    return (
        <dl className="figures">
            {rows.map(({ key, label, value, strong }) => (
                <div key={key} className={strong === true ? "strong" : undefined}>
                    <dt>{label}</dt>
                    <dd>{value}</dd>
                </div>
            ))}
        </dl>
    );
}

/** One of a few. */
export function Choice<T extends string>({
    legend,
    value,
    options,
    onChange,
}: {
    legend: string;
    value: T;
    options: readonly (readonly [T, string])[];
    onChange: (value: T) => void;
}) {
    const name = useId();
    return (
        <fieldset className="choice">
            <legend className="hidden">{legend}</legend>
            {options.map(([option, text]) => (
                <label key={option}>
                    <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
                    {text}
                </label>
            ))}
        </fieldset>
    );
}

/** A table that scrolls by itself where it is wider than the screen, by keyboard too. */
export function Table({
    caption,
    heads,
    rows,
}: {
    caption: string;
    heads: readonly string[];
    rows: readonly { key: string; cells: readonly ReactNode[] }[];
}) {
    const { say } = useApp();
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keyboard (WCAG 2.1.1).
        <section className="table" aria-label={`${say.t("app.table")}: ${caption}`} tabIndex={0}>
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        {heads.map((head) => (
                            <th key={head} scope="col">
                                {head}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {rows.map(({ key, cells: [first, ...rest] }) => (
                        <tr key={key}>
                            <th scope="row">{first}</th>
                            {rest.map((cell, place) => (
                                // biome-ignore lint/suspicious/noArrayIndexKey: a row's cells never change their order.
                                <td key={place}>{cell}</td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </section>
    );
}

/** While an answer is awaited: said once, politely. */
export function Loading({ progress }: { progress?: { done: number; of: number } | null }) {
    const { say, source, health } = useApp();
    const who = health?.used ?? source.grid.chain.nodes[0]?.name ?? source.grid.name;
    return (
        <p role="status" className="muted busy">
            {progress == null || progress.of < 2 ? say.t("app.loading", { who }) : say.t("app.loading_parts", progress)}
        </p>
    );
}

/** What could not be read, why, and what to do. */
export function Problem({ error, retry }: { error: unknown; retry: () => void }) {
    const { say, health } = useApp();
    // Where no node answers, that and the way to another one stand above every screen.
    const elsewhere = health === null || health.used !== null;
    return (
        <div className="notice warning stack" role="alert">
            <p>{trouble(say, error)}</p>
            <div className="row">
                <button type="button" className="button" onClick={retry}>
                    {say.t("app.retry")}
                </button>
                {elsewhere ? (
                    <a className="link" href="#/settings">
                        {say.t("app.other_node")}
                    </a>
                ) : null}
            </div>
        </div>
    );
}

/** An account, short, with a button that copies all of it. */
export function Account({ address, text }: { address: string; text: string }) {
    const { say } = useApp();
    const [copied, setCopied] = useState(false);
    const copy = (): void => {
        // Not there on plain http: then the text can still be selected.
        navigator.clipboard?.writeText(address).then(
            () => setCopied(true),
            () => setCopied(false),
        );
    };
    return (
        <span className="row">
            <code title={address}>{text}</code>
            <button type="button" className="button" onClick={copy}>
                {say.t(copied ? "app.copied" : "app.copy")}
            </button>
        </span>
    );
}

/** Saves a text as a file on the device. */
export function saveFile(name: string, text: string, type: string): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    // The browser has taken it by the next turn.
    setTimeout(() => URL.revokeObjectURL(link.href), 0);
}
