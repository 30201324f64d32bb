// The sheet of what has words of its own that come later: projects, meters, the operator.

import type { Action, Change } from "../../sending/actions.ts";
import type { Sending } from "../../sending/state.ts";
import type { ExecuteMsg } from "../../types/pledge-escrow.ts";
import { useApp } from "../../ui/app-context.tsx";
import { More } from "../../ui/More.tsx";
import { usePeople } from "../../ui/people.ts";
import { useProject } from "../project/useProject.ts";
import { titleOf } from "../projects/model.ts";
import { callSentences, escrowChange, kindOf, projectOf } from "./escrow.ts";
import { gridChange, gridSentences, gridTitle } from "./grid.ts";
import type { Speaker } from "./model.ts";
import { SheetView } from "./Sheet.tsx";

export function LateSheet({ state }: { state: Sending }) {
    return (
        <More>
            <Spoken state={state} />
        </More>
    );
}

function Spoken({ state }: { state: Sending }) {
    const { say } = useApp();
    const people = usePeople();
    const action = "pending" in state ? state.pending.action : state.action;
    const message = escrowMessage(action);
    const number = message === null ? null : projectOf(message);
    const project = useProject(number).data;
    const title = project?.terms == null ? say.t("projects.number", { number: number ?? 0 }) : titleOf(project);
    const amount = action.kind === "call" ? action.amount : null;
    const sentences =
        message === null ? gridSentences(say, action, people) : callSentences(say, { message, amount }, title, people);
    const speaker: Speaker = {
        title: message === null ? gridTitle(say, action) : say.t(`call.title_${kindOf(message)}`),
        sentences,
        change: (change: Change) =>
            // Paying a fee can use an allowance up: that is no news for whoever sends something else.
            change.kind === "fees" && action.kind !== "fees"
                ? null
                : change.kind === "escrow"
                  ? escrowChange(say, change, people)
                  : gridChange(say, change, people),
    };
    return <SheetView state={state} speaker={speaker} />;
}

function escrowMessage(action: Action): ExecuteMsg | null {
    if (action.kind !== "call" || action.contract !== "escrow") return null;
    return action.message as unknown as ExecuteMsg;
}
