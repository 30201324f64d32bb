// Whose network fees are paid. Whoever pays them grants it here, renews it and ends it.

import { type FormEvent, useState } from "react";
import type { FeeTerms } from "../../chain/feegrant.ts";
import type { ChainAccount } from "../../data/source.ts";
import type { Paid } from "../../sending/actions.ts";
import { feeFor } from "../../sending/fee.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field, Select } from "../../ui/Field.tsx";
import { Card, Loading, Problem } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { typedAddress } from "../project/forms.ts";
import { type FeesDraft, feesSentences, PERIODS, paidSentence, readFees, SPANS, USUAL_FEES } from "./fees.ts";
import { useCall } from "./useCall.ts";

/** Owners that are looked at, and granted to in one transaction: an allowance takes some 60,000 gas. */
const MOST_OWNERS = 50;

/** What a call of a contract takes, about. */
const GAS_OF_CALL = 200_000;

const paidOf = ({ address, allowance }: ChainAccount): Paid => ({ address, replaces: allowance !== null });

export function Fees() {
    const { say, source, key } = useApp();
    const people = usePeople();
    const [wanted, setWanted] = useState(false);
    const { fee_granter: granter } = source.grid;
    return (
        <Card title={say.t("operator.fees")}>
            <p>{say.t(granter === null ? "operator.fees_none" : "operator.fees_lead")}</p>
            {granter === null || granter === key.account?.address ? null : (
                <p>{say.t("fees.by", { who: people(granter) })}</p>
            )}
            {wanted ? (
                <Owners />
            ) : (
                <button type="button" className="button" onClick={() => setWanted(true)}>
                    {say.t("operator.fees_look")}
                </button>
            )}
        </Card>
    );
}

/** Each is a question of its own, so it is asked when somebody wants it. */
function Owners() {
    const { say, source, key, desk } = useApp();
    const people = usePeople();
    const { off } = useCall();
    const [asked, setAsked] = useState<readonly Paid[] | null>(null);
    const { fee_granter: granter } = source.grid;
    const owners = useAsk(["owners"], async (from) => {
        const { items } = await from.homes(null, 100);
        // An account needs no allowance of its own.
        const all = [...new Set(items.map(({ owner }) => owner))].filter((owner) => owner !== granter);
        const told = [];
        for (const owner of all.slice(0, MOST_OWNERS)) told.push(await from.chainAccount(owner));
        return told;
    });
    if (owners.error != null) return <Problem error={owners.error} retry={owners.retry} />;
    if (owners.data === undefined) return <Loading />;
    const mine = granter !== null && granter === key.account?.address && off === null;
    const without = owners.data.filter(({ allowance }) => allowance === null);
    return (
        <>
            <ul className="sentences">
                {owners.data.map((one) => (
                    <li key={one.address}>
                        {paidSentence(say, one, people)}
                        {mine ? <Change one={one} ask={setAsked} /> : null}
                    </li>
                ))}
            </ul>
            {mine && without.length > 0 ? (
                <button type="button" className="button main" onClick={() => setAsked(without.map(paidOf))}>
                    {say.t("fees.pay_all", { count: without.length })}
                </button>
            ) : null}
            {mine ? <Another onFound={(one) => setAsked([paidOf(one)])} /> : null}
            {granter !== null && granter === key.account?.address && off !== null ? (
                <p className="notice">{off}</p>
            ) : null}
            {asked === null ? null : (
                <Terms
                    accounts={asked}
                    onClose={() => setAsked(null)}
                    onTerms={(fees) => desk.begin({ kind: "fees", accounts: asked, fees })}
                />
            )}
        </>
    );
}

function Change({ one, ask }: { one: ChainAccount; ask: (accounts: readonly Paid[]) => void }) {
    const { say, desk } = useApp();
    const people = usePeople();
    const paid = one.allowance !== null;
    const pay = say.t(paid ? "fees.renew" : "fees.pay");
    return (
        <span className="row">
            <button
                type="button"
                className="button"
                aria-label={`${pay}: ${people(one.address)}`}
                onClick={() => ask([paidOf(one)])}
            >
                {pay}
            </button>
            {paid ? (
                <button
                    type="button"
                    className="button"
                    aria-label={`${say.t("fees.end")}: ${people(one.address)}`}
                    onClick={() => desk.begin({ kind: "fees", accounts: [paidOf(one)], fees: null })}
                >
                    {say.t("fees.end")}
                </button>
            ) : null}
        </span>
    );
}

/** Somebody without a home here: a household that is about to propose its first meter. */
function Another({ onFound }: { onFound: (one: ChainAccount) => void }) {
    const { say, source } = useApp();
    const [text, setText] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const [error, setError] = useState<unknown>(null);
    const go = async (event: FormEvent): Promise<void> => {
        event.preventDefault();
        const read = typedAddress(say, text, source.grid.chain.prefix);
        const own = "is" in read && read.is === source.grid.fee_granter;
        setWrong("wrong" in read ? read.wrong : own ? say.t("fees.own") : null);
        setError(null);
        if ("wrong" in read || own) return;
        try {
            onFound(await source.chainAccount(read.is));
        } catch (failed) {
            setError(failed);
        }
    };
    return (
        <form className="stack" onSubmit={(event) => void go(event)} noValidate>
            <Field
                label={say.t("fees.another")}
                value={text}
                onChange={setText}
                wrong={wrong}
                hint={say.t("fees.another_hint")}
            />
            {error === null ? null : <Problem error={error} retry={() => setError(null)} />}
            <button type="submit" className="button">
                {say.t("money.next")}
            </button>
        </form>
    );
}

function Terms({
    accounts,
    onClose,
    onTerms,
}: {
    accounts: readonly Paid[];
    onClose: () => void;
    onTerms: (fees: FeeTerms) => void;
}) {
    const { say, source, now } = useApp();
    const people = usePeople();
    const [draft, setDraft] = useState<FeesDraft>(USUAL_FEES);
    const [tried, setTried] = useState(false);
    const { fee } = source.grid.chain;
    const read = readFees(say, fee, draft, now);
    const days = (all: readonly string[]) =>
        all.map((count) => [count, say.t("fees.days", { days: Number(count) })] as const);
    const go = (event: FormEvent): void => {
        event.preventDefault();
        setTried(true);
        if ("wrong" in read) return;
        onTerms(read.is);
        onClose();
    };
    return (
        <Dialog title={say.t("call.title_fees")} onClose={onClose}>
            <form className="stack" onSubmit={go} noValidate>
                <p>{say.list(accounts.map(({ address }) => people(address)))}</p>
                <Field
                    label={say.t("fees.amount", { symbol: fee.symbol })}
                    value={draft.amount}
                    onChange={(amount) => setDraft({ ...draft, amount })}
                    numeric
                    wrong={tried && "wrong" in read ? read.wrong : null}
                    hint={say.t("fees.amount_hint", { money: say.feeMoney(feeFor(GAS_OF_CALL, fee)) })}
                />
                <Select
                    label={say.t("fees.period")}
                    value={draft.period}
                    options={days(PERIODS)}
                    onChange={(period) => setDraft({ ...draft, period })}
                />
                <Select
                    label={say.t("fees.span")}
                    value={draft.span}
                    options={days(SPANS)}
                    onChange={(span) => setDraft({ ...draft, span })}
                />
                {"wrong" in read
                    ? null
                    : feesSentences(say, read.is).map((sentence) => <p key={sentence}>{sentence}</p>)}
                <button type="submit" className="button main">
                    {say.t("money.next")}
                </button>
            </form>
        </Dialog>
    );
}
