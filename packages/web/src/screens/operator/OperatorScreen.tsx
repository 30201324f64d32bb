import { useApp } from "../../ui/app-context.tsx";
import { More } from "../../ui/More.tsx";
import { Account, Card, Loading, Problem, Title } from "../../ui/parts.tsx";
import { short } from "../../words/troubles.ts";
import { useRules } from "../questions.ts";
import { Gap, Sweeps } from "./Community.tsx";
import { Fees } from "./Fees.tsx";
import { HandOver } from "./HandOver.tsx";
import { Proposals } from "./Proposals.tsx";

/** The operator's desk. Everybody can read it; only the operator can act. */
export function OperatorScreen() {
    return (
        <More>
            <Desk />
        </More>
    );
}

function Desk() {
    const { say, key } = useApp();
    const rules = useRules();
    if (rules.error != null) return <Problem error={rules.error} retry={rules.retry} />;
    if (rules.data === undefined) return <Loading />;
    const address = key.account?.address ?? null;
    const { operator } = rules.data;
    const mine = address !== null && address === operator;
    return (
        <>
            <Title>{say.t("operator.title")}</Title>
            <p>
                {operator === null ? say.t("grid.rule_no_operator") : say.t(mine ? "operator.you" : "operator.other")}
            </p>
            {operator === null || mine ? null : <Account address={operator} text={short(operator)} />}
            <Card title={say.t("operator.cannot")}>
                <ul className="sentences">
                    {(["money", "readings", "rules", "projects"] as const).map((what) => (
                        <li key={what}>{say.t(`operator.cannot_${what}`)}</li>
                    ))}
                </ul>
            </Card>
            <Proposals mine={mine} />
            <Gap />
            <Sweeps rules={rules.data} />
            <Fees />
            <HandOver rules={rules.data} mine={mine} />
        </>
    );
}
