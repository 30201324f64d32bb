// How long the books of 1,000 homes take to recompute, for how long the page does not answer meanwhile, and how much memory it takes.
// Printed, never asserted. The app is the built one, over a node that answers as a chain's does.

import { loadavg } from "node:os";
import { chromium, expect, type Page, test } from "@playwright/test";
import { booksOf } from "./thousand/books.ts";
import { windowsOfThousand } from "./thousand/lines.ts";
import { MB, rendererOf, residentOf } from "./thousand/machine.ts";
import { Thousand } from "./thousand/node.ts";

/** A month in days; a week in quarter hours, each reported by itself, which takes minutes on a slowed page and is not done there. */
const GRIDS = [
    { windows: 30, intervals: 96, slowed: true },
    { windows: 672, intervals: 1, slowed: false },
] as const;
/** On the page's own thread, as in a browser that has no other, and apart from it; the page as fast as this machine, and as slow as an old
 * phone. What is done apart is not slowed. */
const WAYS = [
    { apart: false, slower: 1 },
    { apart: false, slower: 6 },
    { apart: true, slower: 1 },
    { apart: true, slower: 6 },
] as const;

declare global {
    interface Window {
        gaps: number[];
    }
}

for (const { windows, intervals, slowed } of GRIDS)
    test(`measure: the books of 1,000 homes, ${windows} windows x ${intervals}`, async ({ launchOptions }) => {
        test.setTimeout(900_000);
        const node = new Thousand(await booksOf(windowsOfThousand(windows, intervals)));
        await node.start();
        console.log(`load of this machine: ${loadavg()[0]?.toFixed(1)}`);
        try {
            for (const { apart, slower } of WAYS) {
                if (slower > 1 && !slowed) continue;
                const browser = await chromium.launch(launchOptions);
                const page = await browser.newPage({ viewport: { width: 360, height: 760 }, serviceWorkers: "block" });
                if (!apart) await page.addInitScript(() => Reflect.deleteProperty(window, "Worker"));
                await page.goto(`${node.url}#/grid`);
                const told = await recomputed(page, node, slower);
                const where = apart ? "apart" : "on the page's thread";
                console.log(`books, ${windows} windows x ${intervals}, ${where}, ${slower} times slower: ${told}`);
                await browser.close();
            }
        } finally {
            node.stop();
        }
    });

async function recomputed(page: Page, node: Thousand, slower: number): Promise<string> {
    const browser = page.context().browser();
    await page.getByRole("radio", { name: "the beginning of the grid" }).check();
    await expect(page.locator(".busy")).toHaveCount(0, { timeout: 60_000 });
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    const { id, cpuTime } = await rendererOf(browser);
    await browser?.startTracing(page, { categories: ["toplevel"] });
    await page.evaluate(watchGaps);
    node.asked = { questions: 0, bytes: 0 };
    let most = residentOf(id);
    const looking = setInterval(() => {
        most = Math.max(most, residentOf(id));
    }, 50);
    try {
        const since = performance.now();
        await page.getByRole("button", { name: "Recompute", exact: true }).click();
        const notice = page.getByRole("region", { name: "Recompute the books here" }).locator(".notice");
        await expect(notice).toContainText("all 1,000 accounts", { timeout: 400_000 });
        const took = performance.now() - since;
        const gap = Math.max(...(await page.evaluate(() => window.gaps)));
        const tasks = tasksIn((await browser?.stopTracing()) ?? Buffer.from("{}"));
        const long = tasks.filter((task) => task > 50);
        const worked = (await rendererOf(browser)).cpuTime - cpuTime;
        const { questions, bytes } = node.asked;
        return [
            `${(took / 1000).toFixed(1)} s (${worked.toFixed(1)} s of the page's process at work)`,
            `its own thread's longest task ${Math.round(Math.max(...tasks))} ms, above 50 ms ${long.length} of them, ${Math.round(sum(long))} ms of ${Math.round(sum(tasks))} ms together; by the clock at most ${Math.round(gap)} ms without a turn`,
            `at most ${(most / MB).toFixed(0)} MB of the page's process`,
            `${questions} questions, ${(bytes / MB).toFixed(1)} MB of answers`,
        ].join("; ");
    } finally {
        clearInterval(looking);
    }
}

/** Tasks of the page's own thread, ms of processor: what others do on the machine does not count. */
function tasksIn(trace: Buffer): number[] {
    interface Traced {
        readonly name: string;
        readonly pid: number;
        readonly tid: number;
        readonly tdur?: number;
        readonly args?: { readonly name?: string };
    }
    const { traceEvents = [] } = JSON.parse(trace.toString()) as { traceEvents?: readonly Traced[] };
    const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
    const [busiest] = threads
        .map((thread) =>
            traceEvents
                .filter(({ pid, tid, name }) => pid === thread.pid && tid === thread.tid && name.endsWith("RunTask"))
                .map(({ tdur = 0 }) => tdur / 1000),
        )
        .sort((left, right) => sum(right) - sum(left));
    if (busiest === undefined || busiest.length === 0) throw new Error("expected tasks of the page's own thread");
    return busiest;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Runs in the page: time between two turns of its own thread, ms. */
function watchGaps(): void {
    const gaps: number[] = [0];
    window.gaps = gaps;
    let last = performance.now();
    const turn = (): void => {
        const now = performance.now();
        if (now - last > 16) gaps.push(now - last);
        last = now;
        setTimeout(turn, 4);
    };
    turn();
}
