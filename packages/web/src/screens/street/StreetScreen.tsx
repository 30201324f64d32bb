import { useState } from "react";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { More } from "../../ui/More.tsx";
import { Card, Loading, Problem, Title } from "../../ui/parts.tsx";
import { missingSentence } from "../bill/check.ts";
import { type Doing, type House, houses, streetSentences } from "./model.ts";
import "./street.css";

/** Houses that are drawn at once. */
const SHOWN = 120;

/** The street in one quarter hour: who gives, who takes. */
export function StreetScreen() {
    return (
        <More>
            <Street />
        </More>
    );
}

function Street() {
    const { say, names } = useApp();
    const [wanted, setWanted] = useState<number | null>(null);
    const [all, setAll] = useState(false);
    const asked = useAsk(["street", wanted], (source) => source.streetAt(wanted));
    if (asked.error != null) return <Problem error={asked.error} retry={asked.retry} />;
    if (asked.data === undefined) return <Loading />;
    if (asked.data === null)
        return (
            <>
                <Title>{say.t("street.title")}</Title>
                <p className="notice">{say.t("home.no_report")}</p>
            </>
        );
    if ("missing" in asked.data)
        return (
            <>
                <Title>{say.t("street.title")}</Title>
                {asked.data.missing.map((missing) => (
                    <p key={JSON.stringify(missing)} className="notice warning">
                        {missingSentence(say, missing)}
                    </p>
                ))}
            </>
        );
    const told = asked.data;
    const drawn = houses(say, told, names);
    const shown = all ? drawn : drawn.slice(0, SHOWN);
    const day = say.longDay(say.dayOfInterval(told.interval));
    return (
        <>
            <Title>{say.t("street.title")}</Title>
            <Card title={say.t("home.span_of_day", { day, span: say.span(told.interval, 1) })}>
                {streetSentences(say, told).map((sentence) => (
                    <p key={sentence}>{sentence}</p>
                ))}
                <ul className="street">
                    {shown.map((house) => (
                        <OneHouse key={house.slot} house={house} />
                    ))}
                </ul>
                {shown.length === drawn.length ? null : (
                    <button type="button" className="button" onClick={() => setAll(true)}>
                        {say.t("pledges.all", { count: drawn.length })}
                    </button>
                )}
                <div className="row">
                    <button
                        type="button"
                        className="button"
                        disabled={told.interval <= told.first}
                        onClick={() => setWanted(told.interval - 1)}
                    >
                        {say.t("bill.earlier")}
                    </button>
                    <button
                        type="button"
                        className="button"
                        disabled={told.interval >= told.first + told.count - 1}
                        onClick={() => setWanted(told.interval + 1)}
                    >
                        {say.t("bill.later")}
                    </button>
                </div>
            </Card>
        </>
    );
}

/** Told apart by colour and by an arrow: up to the wire, down from it, a dash, a question. */
const MARKS: Readonly<Record<Doing, string>> = { gives: "↑", takes: "↓", idle: "–", unread: "?" };

function OneHouse({ house }: { house: House }) {
    return (
        <li className={`house ${house.doing}`}>
            <svg viewBox="0 0 48 44" aria-hidden="true" focusable="false">
                <path d="M2 22 24 3 46 22 41 22 41 42 7 42 7 22Z" />
                <text x="24" y="36" textAnchor="middle">
                    {MARKS[house.doing]}
                </text>
            </svg>
            <span aria-hidden="true">{house.slot}</span>
            <span className="hidden">{house.sentence}</span>
        </li>
    );
}
