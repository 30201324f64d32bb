import { type FormEvent, useState } from "react";
import type { Rules } from "../../data/source.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Field } from "../../ui/Field.tsx";
import { Card } from "../../ui/parts.tsx";
import { usePeople } from "../../ui/people.ts";
import { typedAddress } from "../project/forms.ts";
import { useCall } from "./useCall.ts";

/** In two steps, with both parties named: a slip of the pen must not leave a grid without an operator. */
export function HandOver({ rules, mine }: { rules: Rules; mine: boolean }) {
    const { say, source, key } = useApp();
    const people = usePeople();
    const { off, registry } = useCall();
    const [to, setTo] = useState("");
    const [wrong, setWrong] = useState<string | null>(null);
    const { operator, pendingOperator } = rules;
    const named = pendingOperator !== null && pendingOperator === key.account?.address;
    const go = (event: FormEvent): void => {
        event.preventDefault();
        const read = typedAddress(say, to, source.grid.chain.prefix);
        setWrong("wrong" in read ? read.wrong : null);
        if ("is" in read) registry({ update_ownership: { transfer_ownership: { new_owner: read.is } } });
    };
    return (
        <Card title={say.t("operator.hand_over")}>
            <p>{say.t("operator.hand_over_text")}</p>
            {pendingOperator === null ? null : (
                <p className="notice">
                    {say.t("operator.pending", { who: people(pendingOperator), from: people(operator ?? "–") })}
                </p>
            )}
            {named && off === null ? (
                <button
                    type="button"
                    className="button main"
                    onClick={() => registry({ update_ownership: "accept_ownership" })}
                >
                    {say.t("operator.accept")}
                </button>
            ) : null}
            {mine && off === null ? (
                <form className="stack" onSubmit={go} noValidate>
                    <Field label={say.t("operator.next")} value={to} onChange={setTo} wrong={wrong} />
                    <button type="submit" className="button">
                        {say.t("money.next")}
                    </button>
                </form>
            ) : null}
        </Card>
    );
}
