// Gaps, and what fees and rounding gathered.

import type { Rules } from "../../data/source.ts";
import type { ExecuteMsg as SettlementMsg } from "../../types/energy-settlement.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Card, Figures, Loading, Money, Problem } from "../../ui/parts.tsx";
import { useCall } from "./useCall.ts";

export function Gap() {
    const { say } = useApp();
    const { off, registry } = useCall();
    const witnesses = useAsk(["witnesses"], (source) => source.witnesses());
    if (witnesses.data?.next == null) return null;
    const { gap } = witnesses.data.next;
    return (
        <Card title={say.t("operator.gap")}>
            <p>{say.t(gap ? "operator.gap_open" : "operator.gap_none")}</p>
            {gap && off === null ? (
                <button type="button" className="button main" onClick={() => registry({ close_gap: {} })}>
                    {say.t("operator.gap_close")}
                </button>
            ) : null}
            {gap && off !== null ? <p className="notice">{off}</p> : null}
        </Card>
    );
}

/** What fees and rounding have gathered, and where it goes. Anybody can send it there, and nowhere else. */
export function Sweeps({ rules }: { rules: Rules }) {
    const { say } = useApp();
    const { off, settlement } = useCall();
    const books = useAsk(["books"], (source) => source.books());
    if (books.error != null) return <Problem error={books.error} retry={books.retry} />;
    if (books.data === undefined) return <Loading />;
    const parts = [
        ...books.data.fees.map(({ id, amount }) => ({
            key: `fee ${id}`,
            label: rules.fees.find((fee) => fee.id === id)?.label ?? say.t("bill.sum_fee_unnamed", { number: id }),
            amount,
            message: { sweep: { account: { fee: { id } } } } satisfies SettlementMsg,
        })),
        {
            key: "rounding",
            label: say.t("operator.rounding"),
            amount: books.data.rounding,
            message: { sweep: { account: { rounding: {} } } } satisfies SettlementMsg,
        },
    ];
    return (
        <Card title={say.t("operator.sweeps")}>
            <p>{say.t("operator.sweeps_lead")}</p>
            <Figures rows={parts.map(({ key, label, amount }) => ({ key, label, value: <Money units={amount} /> }))} />
            {off === null
                ? parts
                      .filter(({ amount }) => amount > 0n)
                      .map(({ key, label, message }) => (
                          <button key={key} type="button" className="button" onClick={() => settlement(message)}>
                              {say.t("operator.sweep", { label })}
                          </button>
                      ))
                : null}
        </Card>
    );
}
