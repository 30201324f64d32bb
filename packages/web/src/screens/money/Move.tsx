// How much to pay in or take out. What follows is the one sheet of everything that is signed.

import { type FormEvent, useId, useState } from "react";
import type { Account } from "../../data/source.ts";
import { decimalOf } from "../../format/decimal.ts";
import { decimal } from "../../format/money.ts";
import { useApp } from "../../ui/app-context.tsx";
import { useAsk } from "../../ui/ask.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { amount } from "./model.ts";

const ROUND = [20n, 50n, 100n];

export function Move({
    kind,
    account,
    from,
    onClose,
}: {
    kind: "deposit" | "withdraw";
    account: Account;
    from: string;
    onClose: () => void;
}) {
    const { say, desk } = useApp();
    const field = useId();
    const [text, setText] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const holder = useAsk(kind === "deposit" ? ["chainAccount", from] : null, (source) => source.chainAccount(from));
    const most = kind === "deposit" ? (holder.data?.money ?? null) : account.free;
    const one = 10n ** BigInt(say.asset.decimals);
    const write = (units: bigint): string =>
        decimal(say.locale, decimalOf(units, say.asset.decimals), {
            useGrouping: false,
            maximumFractionDigits: say.asset.decimals,
        });

    const go = (event: FormEvent): void => {
        event.preventDefault();
        const units = amount(say, text, most, kind);
        if (typeof units === "string") {
            setWrong(units);
            return;
        }
        // All that is free at the moment of the block is asked for without a figure: what becomes final meanwhile comes along.
        const all = kind === "withdraw" && units === account.free;
        desk.begin(
            kind === "deposit"
                ? { kind, slot: account.slot, amount: units.toString() }
                : { kind, slot: account.slot, amount: all ? null : units.toString() },
        );
        onClose();
    };

    return (
        <Dialog title={say.t(kind === "deposit" ? "money.pay_in" : "money.take_out")} onClose={onClose}>
            <form className="stack" onSubmit={go} noValidate>
                <p>
                    {most === null
                        ? null
                        : say.t(kind === "deposit" ? "money.have" : "money.have_free", { money: say.money(most) })}
                </p>
                <div className="field">
                    <label htmlFor={field}>{`${say.t("money.how_much")} (${say.asset.symbol})`}</label>
                    <input
                        id={field}
                        inputMode="decimal"
                        autoComplete="off"
                        value={text}
                        aria-invalid={wrong !== null}
                        aria-describedby={`${field}-wrong`}
                        onChange={(event) => {
                            setText(event.target.value);
                            setWrong(null);
                        }}
                    />
                    <p id={`${field}-wrong`} className="bad-text" role="alert">
                        {wrong}
                    </p>
                </div>
                <div className="row">
                    {kind === "deposit"
                        ? ROUND.map((whole) => (
                              <button
                                  key={whole}
                                  type="button"
                                  className="button"
                                  onClick={() => setText(write(whole * one))}
                              >
                                  {say.money(whole * one)}
                              </button>
                          ))
                        : null}
                    {kind === "withdraw" ? (
                        <button type="button" className="button" onClick={() => setText(write(account.free))}>
                            {say.t("money.all")}
                        </button>
                    ) : null}
                </div>
                {kind === "deposit" ? <p className="muted">{say.t("money.anybody")}</p> : null}
                <button type="submit" className="button main">
                    {say.t("money.next")}
                </button>
            </form>
        </Dialog>
    );
}
