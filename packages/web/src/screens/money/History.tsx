import { useState } from "react";
import type { GridSource, Payment } from "../../data/source.ts";
import { addDays, type Day, dayOf, monthOf, spanOf, startOfDay } from "../../format/days.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Card, Figures, Loading, Money, Problem } from "../../ui/parts.tsx";
import { missingSentence } from "../bill/check.ts";
import { useHomeEnergy } from "../questions.ts";
import { homeName } from "../settings/model.ts";
import { type HistoryDay, history, stretches } from "./model.ts";

/** Pages of payments that are gone through for one stretch of days: a home pays now and then, and a stranger may pay in often. */
const MOST_PAGES = 40;

/** What happened, by day, as far back as the home: stretch by stretch, each asked for when somebody wants it. */
export function History({ slot }: { slot: number }) {
    const { say, now, names } = useApp();
    const [count, setCount] = useState(1);
    const home = useAsk(["home", slot], (source) => source.home(slot));
    const today = dayOf(now, say.zone);
    const from = home.data == null ? null : say.dayOfInterval(home.data.from);
    const { shown, more } = stretches(today, from, count);
    return (
        <Card title={say.t("money.days")}>
            {shown.map((stretch) => (
                <Stretch key={stretch.from} slot={slot} {...stretch} alone={count === 1 && !more} />
            ))}
            <div className="row">
                {more ? (
                    <button type="button" className="button" onClick={() => setCount(count + 1)}>
                        {say.t("money.older")}
                    </button>
                ) : null}
                <a
                    className="link"
                    href={`#/money/${monthOf(today).slice(0, 7)}`}
                    aria-label={`${say.t("money.statement")}, ${homeName(say, names, slot)}`}
                >
                    {say.t("money.statement")}
                </a>
            </div>
        </Card>
    );
}

/** Days from `from` up to `until`, not included; the oldest stretch also has what was paid in before the home took part. */
function Stretch({
    slot,
    from,
    until,
    oldest,
    alone,
}: {
    slot: number;
    from: Day;
    until: Day;
    oldest: boolean;
    alone: boolean;
}) {
    const { say, key } = useApp();
    const { first, count } = spanOf(from, until, say.zone, say.intervalLength);
    const energy = useHomeEnergy(slot, { from: first, to: first + count });
    const since = oldest ? 0 : startOfDay(from, say.zone);
    const payments = useAsk(["payments", slot, since], (source) => paymentsSince(source, slot, since));
    if (energy.error != null) return <Problem error={energy.error} retry={energy.retry} />;
    if (energy.data === undefined) return <Loading progress={energy.progress} />;
    const end = startOfDay(until, say.zone);
    const within = (payments.data ?? []).filter(({ time }) => time !== null && time >= since && time < end);
    const list = history(say, energy.data.windows, within, key.account?.address ?? null);
    const days = { from: say.longDay(from), until: say.longDay(addDays(until, -1)) };
    return (
        <>
            {payments.error == null ? null : <p className="notice">{say.t("money.no_payments")}</p>}
            {energy.data.missing.map((missing) => (
                <p key={JSON.stringify(missing)} className="notice warning">
                    {missingSentence(say, missing)}
                </p>
            ))}
            {list.length > 0 ? null : (
                <p>{alone ? say.t("money.nothing_yet") : say.t("money.nothing_between", days)}</p>
            )}
            {list.map((one) => (
                <OneDay key={one.day} of={one} />
            ))}
        </>
    );
}

function OneDay({ of: { day, lines } }: { of: HistoryDay }) {
    const { say, now } = useApp();
    const thisYear = day.slice(0, 4) === dayOf(now, say.zone).slice(0, 4);
    return (
        <section aria-label={say.longDay(day)}>
            <h3>{thisYear ? say.shortDay(day) : say.longDay(day)}</h3>
            <Figures
                rows={lines.map((line) => ({
                    key: line.key,
                    label:
                        line.href === null ? (
                            <>
                                {line.what} <span className="muted">{line.detail}</span>
                            </>
                        ) : (
                            <a className="link" href={`#${line.href}`}>
                                {line.what}
                                <span className="hidden">{line.detail}</span>
                            </a>
                        ),
                    value: line.amount === null ? say.t("app.not_known") : <Money units={line.amount} signed />,
                }))}
            />
        </section>
    );
}

/** Payments by pages, the newest first, until one is older. */
async function paymentsSince(source: GridSource, slot: number, since: number): Promise<readonly Payment[]> {
    const all: Payment[] = [];
    for (let before: number | null = null, pages = 0; pages < MOST_PAGES; pages += 1) {
        const page: Awaited<ReturnType<GridSource["payments"]>> = await source.payments(slot, before);
        all.push(...page.items);
        const oldest = page.items.at(-1)?.time ?? null;
        if (page.next === null || (oldest !== null && oldest < since)) break;
        before = page.next;
    }
    return all;
}
