import type { HomeEnergy } from "../../data/source.ts";
import { type Day, dayOf, monthOf, spanOf } from "../../format/days.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Card, Figures, Loading, Money, Problem, Title } from "../../ui/parts.tsx";
import { missingSentence } from "../bill/check.ts";
import { useHomeEnergy } from "../questions.ts";
import { statement } from "./model.ts";

/** A month of the home on one page, to print. */
export function Statement({ month: asked }: { month: string }) {
    const { say, home, now, source } = useApp();
    const today = monthOf(dayOf(now, say.zone));
    const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) && `${asked}-01` <= today ? (`${asked}-01` as Day) : today;
    const { first, count } = spanOf(month, monthOf(month, 1), say.zone, say.intervalLength);
    const energy = useHomeEnergy(home, { from: first, to: first + count });
    const link = (day: Day): string => `#/money/${day.slice(0, 7)}`;
    return (
        <>
            <Title>{say.t("money.statement_of", { month: say.month(month) })}</Title>
            <p className="muted">
                {say.t("money.statement_for", { grid: source.grid.name, number: home ?? "–", when: say.deadline(now) })}
            </p>
            <nav className="row no-print" aria-label={say.t("money.statement")}>
                <a className="button" href={link(monthOf(month, -1))} aria-label={say.t("money.month_before")}>
                    ‹
                </a>
                {month === today ? null : (
                    <a className="button" href={link(monthOf(month, 1))} aria-label={say.t("money.month_after")}>
                        ›
                    </a>
                )}
                <button type="button" className="button" onClick={() => window.print()}>
                    {say.t("money.print")}
                </button>
                <a className="link" href="#/money">
                    {say.t("app.back")}
                </a>
            </nav>
            {energy.error != null ? <Problem error={energy.error} retry={energy.retry} /> : null}
            {energy.data === undefined ? (
                energy.error == null ? (
                    <Loading progress={energy.progress} />
                ) : null
            ) : (
                <Sums month={month} energy={energy.data} />
            )}
        </>
    );
}

function Sums({ month, energy: of }: { month: Day; energy: HomeEnergy }) {
    const { say, now } = useApp();
    const sums = statement(say, of, now);
    if (sums.empty) return <p className="notice">{say.t("money.month_empty")}</p>;
    return (
        <Card title={say.month(month)}>
            <Figures
                rows={[
                    {
                        key: "paid",
                        label: say.t("money.paid", { energy: say.energy(sums.bought) }),
                        value: <Money units={-sums.paid} />,
                    },
                    {
                        key: "earned",
                        label: say.t("money.earned", { energy: say.energy(sums.sold) }),
                        value: <Money units={sums.earned} />,
                    },
                    {
                        key: "balance",
                        label: say.t("money.balance"),
                        value: <Money units={sums.balance} signed />,
                        strong: true,
                    },
                ]}
            />
            {sums.verdict === null ? null : (
                <>
                    <h3>{say.t("money.saved")}</h3>
                    {sums.formulas.map((formula) => (
                        <p key={formula}>{formula}</p>
                    ))}
                    <p>{sums.verdict}</p>
                </>
            )}
            {sums.incomplete === null ? null : <p className="notice warning">{sums.incomplete}</p>}
            {of.missing.map((missing) => (
                <p key={JSON.stringify(missing)} className="notice warning">
                    {missingSentence(say, missing)}
                </p>
            ))}
            {sums.provisional === null ? null : <p className="muted">{sums.provisional}</p>}
        </Card>
    );
}
