import { type FormEvent, useState } from "react";
import { useApp } from "../../ui/app-context.tsx";
import { Field } from "../../ui/Field.tsx";
import { More } from "../../ui/More.tsx";
import { Card, saveFile, Title } from "../../ui/parts.tsx";
import { LONGEST, type Neighbours, named, useNeighbours } from "../../ui/people.ts";
import { short } from "../../words/troubles.ts";
import { typedAddress } from "../project/forms.ts";
import { asLink, fromLink, fromText, MOST_IN_LINK, news } from "./model.ts";

/** Names of accounts on this device; `handed` is what a neighbour's link brought. */
export function NeighboursScreen({ handed }: { handed: string | undefined }) {
    return (
        <More>
            <Names handed={handed} />
        </More>
    );
}

function Names({ handed }: { handed: string | undefined }) {
    const { say, source } = useApp();
    const [names, setNames] = useNeighbours();
    const { prefix } = source.grid.chain;
    const [brought, setBrought] = useState<Neighbours | null>(() =>
        handed === undefined ? null : fromLink(handed, prefix),
    );
    return (
        <>
            <Title>{say.t("projects.neighbours")}</Title>
            <p>{say.t("neighbours.lead")}</p>
            {brought === null ? null : (
                <Brought
                    own={names}
                    theirs={brought}
                    onTake={(taken) => {
                        setNames(taken);
                        setBrought(null);
                    }}
                />
            )}
            <Card title={say.t("neighbours.here")}>
                {Object.keys(names).length === 0 ? <p>{say.t("neighbours.none")}</p> : null}
                {Object.entries(names).map(([address, name]) => (
                    <div key={address} className="row">
                        <span className="grow">
                            {name}{" "}
                            <code className="whole" title={address}>
                                {short(address)}
                            </code>
                        </span>
                        <button
                            type="button"
                            className="button"
                            aria-label={say.t("settings.name_remove", { name })}
                            onClick={() =>
                                setNames(Object.fromEntries(Object.entries(names).filter(([key]) => key !== address)))
                            }
                        >
                            {say.t("neighbours.remove")}
                        </button>
                    </div>
                ))}
                <Add names={names} onAdd={setNames} />
            </Card>
            <HandOn names={names} onBrought={setBrought} />
        </>
    );
}

function Add({ names, onAdd }: { names: Neighbours; onAdd: (names: Neighbours) => void }) {
    const { say, source } = useApp();
    const [address, setAddress] = useState("");
    const [name, setName] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const add = (event: FormEvent): void => {
        event.preventDefault();
        const typed = typedAddress(say, address, source.grid.chain.prefix);
        const next = "is" in typed ? named(names, typed.is, name) : null;
        setWrong(
            "wrong" in typed ? typed.wrong : next === null ? say.t("neighbours.bad_name", { most: LONGEST }) : null,
        );
        if (next === null) return;
        onAdd(next);
        setAddress("");
        setName("");
    };
    return (
        <form className="stack" onSubmit={add} noValidate>
            <Field label={say.t("pledge.account")} value={address} onChange={setAddress} />
            <Field label={say.t("settings.name_name")} value={name} onChange={setName} wrong={wrong} />
            <button type="submit" className="button">
                {say.t("settings.name_add")}
            </button>
        </form>
    );
}

/** What somebody's link or file would change; nothing is taken over by opening it. */
function Brought({
    own,
    theirs,
    onTake,
}: {
    own: Neighbours;
    theirs: Neighbours;
    onTake: (names: Neighbours) => void;
}) {
    const { say } = useApp();
    const changes = news(own, theirs);
    if (changes.length === 0) return <p className="notice">{say.t("neighbours.nothing_new")}</p>;
    return (
        <Card title={say.t("neighbours.brought")}>
            <p>{say.t("neighbours.brought_lead")}</p>
            <ul className="sentences">
                {changes.map(({ address, name, before }) => (
                    <li key={address}>
                        {before === null ? name : say.t("neighbours.instead", { name, before })} <code>{address}</code>
                    </li>
                ))}
            </ul>
            <button type="button" className="button main" onClick={() => onTake({ ...own, ...theirs })}>
                {say.t("neighbours.take")}
            </button>
        </Card>
    );
}

function HandOn({ names, onBrought }: { names: Neighbours; onBrought: (names: Neighbours) => void }) {
    const { say, source } = useApp();
    const [copied, setCopied] = useState(false);
    const count = Object.keys(names).length;
    const { prefix, id } = source.grid.chain;
    const link = `${window.location.href.split("#")[0]}#/neighbours/${asLink(names)}`;
    const read = async (file: File | undefined): Promise<void> => {
        if (file !== undefined) onBrought(fromText(await file.text(), prefix));
    };
    return (
        <Card title={say.t("neighbours.hand_on")}>
            <p>{say.t("neighbours.hand_on_lead")}</p>
            {count > 0 && count <= MOST_IN_LINK ? (
                <>
                    <Field label={say.t("neighbours.link")} value={link} onChange={() => undefined} />
                    <button
                        type="button"
                        className="button"
                        onClick={() => void navigator.clipboard?.writeText(link).then(() => setCopied(true))}
                    >
                        {say.t(copied ? "app.copied" : "app.copy")}
                    </button>
                </>
            ) : null}
            <div className="row">
                {count === 0 ? null : (
                    <button
                        type="button"
                        className="button"
                        onClick={() =>
                            saveFile(`neighbours-${id}.json`, JSON.stringify(names, null, 2), "application/json")
                        }
                    >
                        {say.t("neighbours.save")}
                    </button>
                )}
                <label className="button">
                    {say.t("neighbours.open")}
                    <input
                        type="file"
                        accept=".json,application/json"
                        className="hidden"
                        onChange={(event) => void read(event.target.files?.[0])}
                    />
                </label>
            </div>
        </Card>
    );
}
