import { useApp } from "../../ui/app-context.tsx";
import { Field } from "../../ui/Field.tsx";

/** A list whose rows are added and left out. */
export function Rows<Row extends Readonly<Record<string, string>>>({
    title,
    fields,
    rows,
    empty,
    onChange,
}: {
    title: string;
    fields: readonly {
        readonly key: keyof Row & string;
        readonly label: string;
        readonly numeric?: boolean;
        readonly date?: boolean;
    }[];
    rows: readonly Row[];
    empty: Row;
    onChange: (rows: readonly Row[]) => void;
}) {
    const { say } = useApp();
    return (
        <div className="stack">
            <h3>{title}</h3>
            {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own.
                <fieldset key={at} className="stack tight plain">
                    <legend className="muted">{say.t("pledge.party", { number: at + 1 })}</legend>
                    {fields.map(({ key, label, numeric, date }) => (
                        <Field
                            key={key}
                            label={label}
                            value={row[key] ?? ""}
                            numeric={numeric === true}
                            type={date === true ? "date" : "text"}
                            onChange={(value) =>
                                onChange(rows.map((one, place) => (place === at ? { ...one, [key]: value } : one)))
                            }
                        />
                    ))}
                    <button
                        type="button"
                        className="button"
                        onClick={() => onChange(rows.filter((_, place) => place !== at))}
                    >
                        {say.t("pledge.drop_party", { number: at + 1 })}
                    </button>
                </fieldset>
            ))}
            <button type="button" className="button" onClick={() => onChange([...rows, empty])}>
                {say.t("new.add")}
            </button>
        </div>
    );
}
