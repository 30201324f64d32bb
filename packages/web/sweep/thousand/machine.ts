// What a page takes of the machine it runs on.
import { readFileSync } from "node:fs";
import type { Browser, Page } from "@playwright/test";

export const MB = 1_000_000;

/** Of the page's process now. */
export async function memory(page: Page): Promise<string> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    const { metrics } = await session.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
    const { id } = await rendererOf(page.context().browser());
    return `${(heap / MB).toFixed(0)} MB of JavaScript's heap, ${(residentOf(id) / MB).toFixed(0)} MB of the page's process`;
}

/** Bytes that a process has to itself. */
export const residentOf = (id: number): number =>
    Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0) * 1024;

/** The process of the page: of several the one that has done most. */
export async function rendererOf(browser: Browser | null): Promise<{ readonly id: number; readonly cpuTime: number }> {
    const session = await browser?.newBrowserCDPSession();
    const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
    const [busiest] = processInfo
        .filter(({ type }) => type === "renderer")
        .sort((left, right) => right.cpuTime - left.cpuTime);
    if (busiest === undefined) throw new Error("expected a process of the page");
    return busiest;
}
