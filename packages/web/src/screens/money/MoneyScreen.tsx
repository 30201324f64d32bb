import { useState } from "react";
import type { Account, Home } from "../../data/source.ts";
import { addDays, dayOf, spanOf } from "../../format/days.ts";
import { moneyOff } from "../../ui/alerts.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Card, Figures, Loading, Money, Problem, Title } from "../../ui/parts.tsx";
import { short } from "../../words/troubles.ts";
import { FindHome } from "../first/First.tsx";
import { useHomeEnergy } from "../questions.ts";
import { History } from "./History.tsx";
import { Move } from "./Move.tsx";
import { lasts, purse } from "./model.ts";

/** Days whose pace tells how long the money lasts. */
const DAYS = 7;

/** The home's money. */
export function MoneyScreen() {
    const { say, home } = useApp();
    if (home === null)
        return (
            <>
                <Title>{say.t("money.title")}</Title>
                <p>{say.t("money.choose_home")}</p>
                <FindHome />
            </>
        );
    return (
        <>
            <Title>{say.t("money.title")}</Title>
            <Purse slot={home} />
            <History slot={home} />
        </>
    );
}

function useLastDays(slot: number, days: number) {
    const { say, now } = useApp();
    const until = addDays(dayOf(now, say.zone), 1);
    const { first, count } = spanOf(addDays(until, -days), until, say.zone, say.intervalLength);
    return useHomeEnergy(slot, { from: first, to: first + count });
}

function Purse({ slot }: { slot: number }) {
    const { say, now } = useApp();
    const account = useAsk(["account", slot], (source) => source.account(slot));
    const home = useAsk(["home", slot], (source) => source.home(slot));
    const week = useLastDays(slot, DAYS);
    if (account.error != null) return <Problem error={account.error} retry={account.retry} />;
    if (account.data === undefined) return <Loading />;
    if (account.data === null) return <p className="notice warning">{say.t("home.gone", { number: slot })}</p>;
    const of = purse(say, account.data);
    const lasting = week.data === undefined ? null : lasts(say, account.data, week.data.windows, now);
    return (
        <Card title={say.t("home.money")}>
            <p className="headline">
                <Money units={of.available} />
            </p>
            <p className="muted">{of.empty ?? say.t("money.available_hint")}</p>
            <Figures
                rows={[
                    { key: "waiting", label: say.t("money.waiting"), value: <Money units={of.coming} /> },
                    {
                        key: "together",
                        label: say.t("money.together"),
                        value: <Money units={of.together} />,
                        strong: true,
                    },
                ]}
            />
            {/* Cents as they are shown need not add up. */}
            {of.coming === 0n ? null : <p className="muted">{say.t("money.rounded")}</p>}
            <p>{of.next}</p>
            {lasting === null ? null : <p>{lasting}</p>}
            {home.data == null ? null : <Buttons account={account.data} home={home.data} />}
        </Card>
    );
}

/** Pay in is anybody's; take out only the owner's. A button that is off says why. */
function Buttons({ account, home }: { account: Account; home: Home }) {
    const { say, source, health, codes, key } = useApp();
    const [move, setMove] = useState<"deposit" | "withdraw" | null>(null);
    const off = moneyOff(say, { example: source.example, health, codes });
    const owner = key.account?.address === home.owner;
    if (off !== null) return <p className="notice">{off}</p>;
    if (key.account === null)
        return (
            <div className="stack">
                <p className="muted">{say.t("money.connect_first")}</p>
                <a className="button main" href="#/start">
                    {say.t("first.connect")}
                </a>
            </div>
        );
    return (
        <>
            <div className="row">
                <button type="button" className="button main grow" onClick={() => setMove("deposit")}>
                    {say.t("money.pay_in")}
                </button>
                {owner ? (
                    <button type="button" className="button grow" onClick={() => setMove("withdraw")}>
                        {say.t("money.take_out")}
                    </button>
                ) : null}
            </div>
            {owner ? null : <p className="muted">{say.t("money.only_owner", { account: short(home.owner) })}</p>}
            {move === null ? null : (
                <Move kind={move} account={account} from={key.account.address} onClose={() => setMove(null)} />
            )}
        </>
    );
}
