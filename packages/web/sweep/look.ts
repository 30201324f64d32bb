// What is looked at on every screen, in both themes and four widths: accessibility, sideways scrolling, the size of what is tapped.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import { EXAMPLE_NAMES } from "../src/example/names.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const WIDTHS = [320, 360, 768, 1280] as const;
/** Enough to look at: the smallest phone by day, a usual one by night, a desk by night. */
const PICTURED: ReadonlySet<string> = new Set(["320 light", "360 dark", "1280 dark"]);
const THEMES = ["light", "dark"] as const;
const HEIGHT = 800;
/** Charts are drawn anew when the width changes; a look that fails does not end the others. */
const settled = expect.configure({ soft: true, timeout: 2_000 });

/** One screen in one state. */
export interface Shot {
    readonly name: string;
    readonly state: string;
    readonly place: string;
    /** The home that is chosen: 12, unless told otherwise; null: none. */
    readonly home?: number | null;
    readonly connected?: boolean;
    readonly language?: "en" | "de" | "fr" | "en-XA";
    /** What has to be there before anything is looked at. */
    readonly ready: string | RegExp;
    /** What is done first. */
    readonly first?: (page: Page) => Promise<void>;
}

/** Opens it and waits until it is there. */
export async function open(page: Page, shot: Shot): Promise<void> {
    const kept: Record<string, string> = { "gridpact.language": shot.language ?? "en" };
    kept["gridpact.neighbours.linden-lane-1"] = JSON.stringify(EXAMPLE_NAMES);
    if (shot.home !== null) kept["gridpact.home.linden-lane-1"] = `${shot.home ?? 12}`;
    if (shot.connected === true) kept["gridpact.connected.linden-lane-1"] = "yes";
    await page.addInitScript((values) => {
        for (const [key, value] of Object.entries(values)) window.localStorage.setItem(key, value);
    }, kept);
    await page.goto(`./?state=${shot.state}#${shot.place}`);
    await expect(page.getByText(shot.ready).first()).toBeVisible();
    await shot.first?.(page);
    // Fonts and widths have settled when nothing is asked any more.
    if (shot.state !== "asking") await expect(page.locator(".busy:not(dialog .busy)")).toHaveCount(0);
}

/** Looks at it in every theme and width. */
export async function look(page: Page, name: string): Promise<void> {
    await page.evaluate(AXE);
    for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: HEIGHT });
        await settled.poll(() => sideways(page), `${name} at ${width} px scrolls sideways`).toEqual([]);
        expect.soft(await small(page), `${name} at ${width} px has what is smaller than 44 px`).toEqual([]);
        for (const colorScheme of THEMES) {
            await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
            expect.soft(await violations(page), `${name} at ${width} px, ${colorScheme}`).toEqual([]);
            const path = `test-results/pictures/${name}-${width}-${colorScheme}.png`;
            if (PICTURED.has(`${width} ${colorScheme}`)) await page.screenshot({ path, fullPage: true });
        }
    }
}

async function violations(page: Page): Promise<string[]> {
    return page.evaluate(async () => {
        const axe = (
            window as unknown as {
                axe: {
                    run: (
                        root: Document,
                        options: object,
                    ) => Promise<{
                        violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
                    }>;
                };
            }
        ).axe;
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
        return found.violations.map(
            ({ id, help, nodes }) =>
                `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ""}`).join(" | ")}`,
        );
    });
}

/** What is wider than the screen, where the page scrolls sideways. */
async function sideways(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const wide = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= wide) return [];
        return [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > wide + 1)
            .map((element) => element.outerHTML.slice(0, 120))
            .slice(-3);
    });
}

/** What can be tapped and is smaller than 44 px either way. A link within a sentence is as large as its words. */
async function small(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const least = 43.5;
        const boxOf = (element: Element): DOMRect => {
            const input = element instanceof HTMLInputElement && ["radio", "checkbox", "file"].includes(element.type);
            return ((input ? element.closest("label") : null) ?? element).getBoundingClientRect();
        };
        return [...document.querySelectorAll("a, button, input, select, summary")]
            .filter((element) => element.checkVisibility() && !element.classList.contains("skip"))
            .filter((element) => boxOf(element).width < least || boxOf(element).height < least)
            .map((element) => `${element.outerHTML.slice(0, 100)} ${boxOf(element).width}x${boxOf(element).height}`);
    });
}
