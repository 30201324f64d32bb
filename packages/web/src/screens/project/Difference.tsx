import { useApp } from "../../ui/app-context.tsx";
import { useDifference } from "./useProject.ts";

/** Two nodes that tell different things of a project: who they are, and what to do. Nothing where they agree. */
export function Difference({ project }: { project: number }) {
    const { say } = useApp();
    const found = useDifference(project).data?.found ?? null;
    if (found === null) return null;
    const [first, second] = found.nodes;
    return (
        <div className="notice danger stack tight" role="alert">
            <p>{say.t("project.differ", { first, second })}</p>
            <a className="link" href="#/settings">
                {say.t("app.other_node")}
            </a>
        </div>
    );
}
