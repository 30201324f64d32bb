// How long Home and Bill of a grid of 1,000 homes take to open from an empty cache, what they load and how much memory they take; how
// long the engine takes for a day of it. Printed, never asserted. The app is the built one, over a node that answers as a chain's does.

import { loadavg } from "node:os";
import { chromium, expect, type Page, test } from "@playwright/test";
import { booksOf } from "./thousand/books.ts";
import { windowsOfThousand } from "./thousand/lines.ts";
import { MB, memory, rendererOf } from "./thousand/machine.ts";
import { Thousand } from "./thousand/node.ts";

/** A month: Home looks for gaps that far back, and adds up what neighbours saved. */
const DAYS = 30;
/** The shortest of so many is what the app takes; the others tell what else the machine did. */
const RUNS = 3;
const READY = {
    home: { place: "/", last: /you took|came from neighbours/, chart: "figure" },
    bill: { last: /comes to the same amount/, chart: "figure" },
};

test("measure: 1,000 homes", async ({ playwright, launchOptions }) => {
    test.setTimeout(600_000);
    const node = new Thousand(await booksOf(windowsOfThousand(DAYS, 96)));
    await node.start();
    console.log(`load of this machine: ${loadavg()[0]?.toFixed(1)}`);
    try {
        for (const delay of [0, 50]) {
            node.delay = delay;
            for (const screen of ["home", "bill"] as const) console.log(await measured(node, screen, launchOptions));
        }
        node.delay = 0;
        const browser = await playwright.chromium.launch(launchOptions);
        const page = await browser.newPage();
        // Its own address, and nothing else that runs.
        await page.goto(`${node.url}engine/gridpact_engine.d.ts`);
        console.log(await engineTimes(page, node));
        await browser.close();
    } finally {
        node.stop();
    }
});

async function measured(
    node: Thousand,
    screen: "home" | "bill",
    launchOptions: Parameters<typeof chromium.launch>[0],
): Promise<string> {
    const place = screen === "home" ? "/" : `/bill/${node.firstInterval}`;
    const { last, chart } = READY[screen];
    const times: number[] = [];
    const rests: string[] = [];
    for (let run = 0; run < RUNS; run += 1) {
        // A browser of its own: nothing is compiled, cached or connected yet.
        const browser = await chromium.launch(launchOptions);
        const page = await browser.newPage({ viewport: { width: 360, height: 760 }, serviceWorkers: "block" });
        await page.addInitScript(() => window.localStorage.setItem("gridpact.home.gridpact-test-1", "7"));
        node.asked = { questions: 0, bytes: 0 };
        const since = performance.now();
        await page.goto(`${node.url}#${place}`);
        await Promise.all([
            expect(page.getByText(last).first()).toBeVisible({ timeout: 60_000 }),
            expect(page.locator(chart).first()).toBeVisible({ timeout: 60_000 }),
        ]);
        times.push(performance.now() - since);
        const { cpuTime } = await rendererOf(browser);
        const { questions, bytes } = node.asked;
        await expect(page.locator(".busy")).toHaveCount(0, { timeout: 60_000 });
        rests.push(
            `${(cpuTime * 1000).toFixed(0)} ms of them at work; ${questions} questions, ${(bytes / MB).toFixed(1)} MB of answers; ${await memory(page)}`,
        );
        await browser.close();
    }
    const shortest = times.indexOf(Math.min(...times));
    const all = times.map(Math.round).join(", ");
    return `${screen}, ${node.delay} ms to the node and back: ${Math.round(times[shortest] ?? 0)} ms (all: ${all}), ${rests[shortest]}`;
}

/** The shortest of thirty, as the bindings give them and as the app takes them. */
async function engineTimes(page: Page, node: Thousand): Promise<string> {
    const { policy, seats, balances, report } = node.newest.line;
    return page.evaluate(
        async ({ policy, seats, balances, report, address }) => {
            const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
            const glue = await import(/* @vite-ignore */ address);
            await glue.default({ module_or_path: address.replace(/\.js$/, "_bg.wasm") });
            const [free, packed] = [bytes(balances), bytes(report)];
            const time = (work: () => void): string => {
                const run = (): number => {
                    const since = performance.now();
                    work();
                    return performance.now() - since;
                };
                const all = Array.from({ length: 30 }, run).sort((left, right) => left - right);
                return `${all[0]?.toFixed(1)} ms (half of them below ${all[15]?.toFixed(1)})`;
            };
            const decode = () => new glue.DecodedReport(packed).free();
            const settle = () => new glue.SettledWindow(policy, seats, free, packed).free();
            return `engine in this browser, 1,000 x 96: decoded in ${time(decode)}, decoded and settled in ${time(settle)}`;
        },
        { policy, seats, balances, report, address: `${node.url}engine/gridpact_engine.js` },
    );
}
