import { useState } from "react";
import type { Json } from "../../chain/json.ts";
import type { Project } from "../../data/projects/source.ts";
import type { ExecuteMsg } from "../../types/pledge-escrow.ts";
import { moneyOff } from "../../ui/alerts.ts";
import { useApp } from "../../ui/app-context.tsx";
import { Loading } from "../../ui/parts.tsx";
import { ActDialog } from "./ActDialog.tsx";
import { type Act, acts, barred, type Viewer } from "./acts.ts";
import { actKey, actLabel } from "./labels.ts";
import { useDifference } from "./useProject.ts";

/** A message to the escrow, onto the sheet. */
export function useSend(): (message: ExecuteMsg, amount?: string | null) => void {
    const { desk } = useApp();
    return (message, amount = null) =>
        desk.begin({ kind: "call", contract: "escrow", message: message as unknown as Json, amount });
}

/** What can be done now: one main button, the rest below it. */
export function Actions({ project, viewer }: { project: Project; viewer: Viewer }) {
    const { say, source, health, codes, now } = useApp();
    const [asked, setAsked] = useState<Act | null>(null);
    const send = useSend();
    const difference = useDifference(project.project);
    const off = moneyOff(say, { example: source.example, health, codes });
    if (viewer.address === null) return <NotConnected project={project} off={off} />;
    // What differs is said above.
    if (difference.data?.found != null) return null;
    if (difference.data === undefined && difference.error == null) return <Loading />;
    if (off !== null) return <p className="notice">{off}</p>;
    const all = acts(project, viewer, now);
    const why = barred(project, viewer);
    const act = (one: Act): void => {
        if ("message" in one) send(one.message, "amount" in one ? one.amount : null);
        else setAsked(one);
    };
    return (
        <>
            {why === null ? null : <p className="notice">{say.t(`act.barred_${why}`)}</p>}
            {all.map((one, at) => (
                <Doing key={actKey(one)} project={project} act={one} main={at === 0} onAct={act} />
            ))}
            {asked === null ? null : <ActDialog project={project} act={asked} onClose={() => setAsked(null)} />}
        </>
    );
}

function Doing({
    project,
    act,
    main,
    onAct,
}: {
    project: Project;
    act: Act;
    main: boolean;
    onAct: (act: Act) => void;
}) {
    const { say } = useApp();
    const className = main ? "button main" : "button";
    if (act.id === "pledge" || act.id === "raise" || act.id === "weaken")
        return (
            <a className={className} href={`#/projects/${project.project}/${act.id}`}>
                {actLabel(say, act)}
            </a>
        );
    return (
        <button type="button" className={className} onClick={() => onAct(act)}>
            {actLabel(say, act)}
        </button>
    );
}

function NotConnected({ project, off }: { project: Project; off: string | null }) {
    const { say } = useApp();
    return (
        <>
            {project.phase === "open" ? (
                <a className="button main" href={`#/projects/${project.project}/pledge`}>
                    {say.t("act.try")}
                </a>
            ) : null}
            {off === null ? (
                <>
                    <p className="muted">{say.t("act.connect")}</p>
                    <a className="button" href="#/start">
                        {say.t("first.connect")}
                    </a>
                </>
            ) : (
                <p className="notice">{off}</p>
            )}
        </>
    );
}
