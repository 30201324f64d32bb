// A labelled field that says what is wrong with what was typed.

import { type ReactNode, useId } from "react";

export function Field({
    label,
    value,
    onChange,
    wrong = null,
    hint = null,
    type = "text",
    numeric = false,
    rows = 0,
}: {
    label: string;
    value: string;
    onChange: (value: string) => void;
    wrong?: string | null;
    hint?: ReactNode;
    type?: "text" | "date";
    numeric?: boolean;
    /** More than one line. */
    rows?: number;
}) {
    const id = useId();
    const shared = {
        id,
        value,
        "aria-invalid": wrong !== null,
        "aria-describedby": `${id}-hint ${id}-wrong`,
    };
    return (
        <div className="field">
            <label htmlFor={id}>{label}</label>
            {rows > 0 ? (
                <textarea {...shared} rows={rows} onChange={(event) => onChange(event.target.value)} />
            ) : (
                <input
                    {...shared}
                    type={type}
                    inputMode={numeric ? "decimal" : undefined}
                    autoComplete="off"
                    onChange={(event) => onChange(event.target.value)}
                />
            )}
            <p id={`${id}-hint`} className="muted">
                {hint}
            </p>
            <p id={`${id}-wrong`} className="bad-text" role="alert">
                {wrong}
            </p>
        </div>
    );
}

/** One of several, as a list to choose from. */
export function Select({
    label,
    value,
    options,
    onChange,
}: {
    label: string;
    value: string;
    options: readonly (readonly [string, string])[];
    onChange: (value: string) => void;
}) {
    const id = useId();
    return (
        <div className="field">
            <label htmlFor={id}>{label}</label>
            <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
                {options.map(([option, text]) => (
                    <option key={option} value={option}>
                        {text}
                    </option>
                ))}
            </select>
        </div>
    );
}
