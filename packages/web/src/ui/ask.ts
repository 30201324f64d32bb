// Questions to the grid, each under a key of its own, asked again now and then and when somebody wants it.

import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { GridSource } from "../data/source.ts";
import { useApp } from "./app-context.tsx";
import { keepAnswer, keptAnswer } from "./kept.ts";

/** What was asked, what came, and how far a long question has got. */
export interface Asked<T> {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly retry: () => void;
    readonly progress: { done: number; of: number } | null;
    /** When it was answered, seconds since 1970 by the device. */
    readonly at: number;
}

type Progress = (done: number, of: number) => void;

/** An answer younger than this is not asked for again by the next screen, ms. */
const FRESH = 10_000;

/** Asks while a screen shows it. Under a key of null nothing is asked. What the device kept is shown until an answer comes. */
export function useAsk<T>(
    key: readonly (string | number | null)[] | null,
    ask: (source: GridSource, progress: Progress) => Promise<T>,
): Asked<T> {
    const { source } = useApp();
    const [progress, setProgress] = useState<{ done: number; of: number } | null>(null);
    const whole = [
        source.grid.chain.id,
        source.grid.contracts.settlement,
        source.example ? 1 : 0,
        ...(key ?? ["nothing"]),
    ];
    const name = whole.join(" ");
    const result: UseQueryResult<T> = useQuery({
        queryKey: whole,
        queryFn: async () => {
            const answer = await ask(source, (done, of) => setProgress({ done, of }));
            if (!source.example && answer !== null) keepAnswer(name, answer, Date.now());
            return answer;
        },
        enabled: key !== null,
        // What the device kept from an earlier visit is asked for again at once, however young.
        staleTime: (query) => (query.state.dataUpdateCount === 0 ? 0 : FRESH),
        retry: false,
        ...(source.example || key === null ? {} : before<T>(name)),
    });
    return {
        data: result.data,
        error: result.data === undefined ? result.error : null,
        retry: () => void result.refetch(),
        progress: result.isFetching ? progress : null,
        at: result.dataUpdatedAt / 1000,
    };
}

function before<T>(name: string): { initialData: () => T | undefined; initialDataUpdatedAt: () => number } {
    // Written by this app for this very question; the screens bear whatever it holds, as they do a node's answer.
    return {
        initialData: () => keptAnswer(name)?.value as T | undefined,
        initialDataUpdatedAt: () => keptAnswer(name)?.at ?? 0,
    };
}
