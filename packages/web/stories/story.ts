// What every story has: a phone's browser whose clock is the chain's, and a look at the page's errors when it ends. Those on the ground
// have the built app served with the ground's grid.json too.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";
import { TestKeplr } from "../tests/wallet/testKeplr.ts";
import { secretOf } from "./commands.ts";
import { gridJson } from "./grid.ts";
import { blockTime } from "./ground.ts";
import { inject } from "./keplr.ts";
import { Site } from "./site.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const visitor = base.extend<{ clock: number }>({
    // The devnet's clock runs ahead of this machine's by days.
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern.
    clock: async ({}, use) => use((await blockTime()) * 1000 - Date.now()),
    page: async ({ page, clock }, use) => {
        const errors: string[] = [];
        page.on("pageerror", (error) => errors.push(String(error)));
        page.on("console", (message) => {
            // A node that does not answer is written there by the browser itself.
            if (message.type() === "error" && !/Failed to load resource|net::ERR/.test(message.text()))
                errors.push(message.text());
        });
        await page.addInitScript((ahead) => {
            const Real = Date;
            // biome-ignore lint/suspicious/noGlobalAssign: the page's clock is the chain's.
            Date = class extends Real {
                constructor(...parts: []) {
                    super(...((parts.length === 0 ? [Real.now() + ahead] : parts) as []));
                }
                static override now() {
                    return Real.now() + ahead;
                }
            } as DateConstructor;
        }, clock);
        await use(page);
        expect(errors, "the page's own errors, and what its policy refused").toEqual([]);
    },
});

export const test = visitor.extend<{ site: Site; keplr: TestKeplr }>({
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    site: async ({}, use) => {
        const site = new Site();
        await site.start();
        site.grid = gridJson();
        await use(site);
        site.stop();
    },
    keplr: async ({ page }, use) => {
        const keplr = new TestKeplr([
            { name: "House B", secret: await secretOf("house-b") },
            { name: "House C", secret: await secretOf("house-c") },
        ]);
        await inject(page, keplr);
        await use(keplr);
    },
});

export { expect };

export async function findHome(page: Page, typed: string): Promise<void> {
    await page.getByRole("textbox", { name: /number of your home/ }).fill(typed);
    await page.getByRole("button", { name: "Find my home" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Home \d+$/ })).toBeVisible();
}

export async function go(page: Page, place: "Home" | "Energy" | "Money" | "Grid"): Promise<void> {
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: place }).click();
}

export async function connect(page: Page, site: { readonly url: string }): Promise<void> {
    await page.goto(`${site.url}#/start`);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByText(/^Connected: House/)).toBeVisible();
}

/** Nothing that hinders somebody who sees or hears little, on the page as it is now. */
export async function isAccessible(page: Page): Promise<void> {
    await page.evaluate(AXE);
    const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } };
        interface Found {
            violations: { id: string; nodes: { html: string }[] }[];
        }
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const found = await axe.run(document, { runOnly: { type: "tag", values: tags } });
        return found.violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
        );
    });
    expect(violations).toEqual([]);
}

/** Opens the sheet of a deposit, up to the fee. */
export async function payIn(page: Page, amount: string): Promise<void> {
    await go(page, "Money");
    await page.getByRole("button", { name: "Pay in" }).click();
    await page.getByRole("textbox", { name: /How much/ }).fill(amount);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "See what it costs" }).click();
}
