// The questions that the screens of projects ask.

import { useQuery } from "@tanstack/react-query";
import type { Project, ProjectSource, Unreadable } from "../../data/projects/source.ts";
import type { Page } from "../../data/source.ts";
import type { Condition, IfPledgedResponse, PledgeResponse } from "../../types/pledge-escrow.ts";
import { useApp } from "../../ui/app-context.tsx";
import { type Asked, useAsk } from "../../ui/ask.ts";
import type { Viewer } from "./acts.ts";

/** A question to the escrow of grid.json. */
export function useEscrow<T>(
    key: readonly (string | number | null)[] | null,
    ask: (projects: ProjectSource) => Promise<T>,
): Asked<T> {
    return useAsk(key === null ? null : ["escrow", ...key], async (source) => {
        const projects = await source.projects();
        if (projects === null) throw new Error("expected an escrow in grid.json, it names none");
        return ask(projects);
    });
}

export function useProjectPage(after: number | null): Asked<Page<Project | Unreadable>> {
    return useEscrow(["page", after], (projects) => projects.page(after));
}

export function useProject(number: number | null): Asked<Project | Unreadable | null> {
    return useEscrow(number === null ? null : ["project", number], (projects) => projects.one(number ?? 0));
}

export function usePledges(project: number): Asked<readonly PledgeResponse[]> {
    return useEscrow(["pledges", project], (projects) => projects.pledges(project));
}

/** What a pledge would do. Asked while somebody types, so no answer is kept on the device. */
export function useIfPledged(project: Project, amount: string, condition: Condition, pledger: string | null) {
    const { source } = useApp();
    const { chain, contracts } = source.grid;
    const { project: number, pledged, phase } = project;
    const result = useQuery<IfPledgedResponse>({
        queryKey: [
            chain.id,
            contracts.escrow,
            "if",
            number,
            pledged,
            phase,
            amount,
            JSON.stringify(condition),
            pledger,
        ],
        queryFn: async () => {
            const projects = await source.projects();
            if (projects === null) throw new Error("expected an escrow in grid.json, it names none");
            return projects.ifPledged(number, amount, condition, pledger);
        },
        retry: false,
    });
    return { data: result.data, error: result.error, retry: () => void result.refetch() };
}

/** Whoever is connected, as the escrow knows them; undefined while it is asked. */
export function useViewer(project: Project | null, pledges: readonly PledgeResponse[] | undefined): Viewer | undefined {
    const { key } = useApp();
    const address = key.account?.address ?? null;
    const number = project?.project ?? 0;
    const known = project !== null && address !== null;
    const votes = useEscrow(known ? ["votes", number, address] : null, (projects) =>
        projects.votes(number, address ?? ""),
    );
    const mine = useEscrow(known ? ["mine", number, address] : null, async (projects) => {
        // A displaced pledge stands in no list of the project any more, but can be taken back.
        const all = await projects.pledgesOf(address ?? "");
        return { pledge: all.find((one) => one.project === number)?.pledge ?? null };
    });
    const payees = useEscrow(project === null ? null : ["payees", number], (projects) => projects.payees(number));
    const claims = useEscrow(project === null ? null : ["claims", number], (projects) => projects.claims(number));
    if (project === null || pledges === undefined || payees.data === undefined || claims.data === undefined)
        return undefined;
    if (!known) return { address: null, pledge: null, votes: null, payees: payees.data, claims: claims.data };
    if (votes.data === undefined || mine.data === undefined) return undefined;
    return {
        address,
        pledge: mine.data.pledge,
        votes: BigInt(votes.data.paid) > 0n ? votes.data : null,
        payees: payees.data,
        claims: claims.data,
    };
}
