// The questions that the screens of projects ask.

import { useQuery } from "@tanstack/react-query";
import type { Project, ProjectSource, Unreadable } from "../../data/projects/source.ts";
import type { NodeDifference, Page } from "../../data/source.ts";
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

/** What somebody has in a project. A displaced pledge stands in no list of the project any more, and can be taken back. */
export function useMine(project: number, address: string | null): Asked<{ readonly pledge: PledgeResponse | null }> {
    return useEscrow(address === null ? null : ["mine", project, address], async (projects) => {
        const all = await projects.pledgesOf(address ?? "");
        return { pledge: all.find((one) => one.project === project)?.pledge ?? null };
    });
}

/** Whether two nodes tell different things of a project: undefined while they are asked. */
export function useDifference(project: number): Asked<{ readonly found: NodeDifference | null }> {
    const { key } = useApp();
    const address = key.account?.address ?? null;
    return useEscrow(["difference", project, address], async (projects) => ({
        found: await projects.difference(project, address),
    }));
}

/** Whoever is connected, as the escrow knows them: undefined while it is asked, and an error where it cannot be. */
export function useViewer(project: Project): {
    readonly viewer: Viewer | undefined;
    readonly error: unknown;
    readonly retry: () => void;
} {
    const { key } = useApp();
    const address = key.account?.address ?? null;
    const number = project.project;
    const votes = useEscrow(address === null ? null : ["votes", number, address], async (projects) => ({
        // A holder votes by what was paid; nothing weighs nothing.
        votes: await projects.votes(number, address ?? ""),
    }));
    const mine = useMine(number, address);
    const payees = useEscrow(["payees", number], (projects) => projects.payees(number));
    const claims = useEscrow(["claims", number], (projects) => projects.claims(number));
    const asked = address === null ? [payees, claims] : [payees, claims, votes, mine];
    const failed = asked.find(({ error }) => error != null);
    const retry = (): void => {
        for (const one of asked) if (one.error != null) one.retry();
    };
    const known =
        payees.data !== undefined && claims.data !== undefined && asked.every(({ data }) => data !== undefined);
    const paid = BigInt(votes.data?.votes?.paid ?? "0") > 0n;
    const viewer = known
        ? {
              address,
              pledge: address === null ? null : (mine.data?.pledge ?? null),
              votes: address !== null && paid ? (votes.data?.votes ?? null) : null,
              payees: payees.data ?? [],
              claims: claims.data ?? [],
          }
        : undefined;
    return { viewer, error: failed?.error ?? null, retry };
}
