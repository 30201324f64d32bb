// What every story has: the built app served with the ground's grid.json, a phone's browser whose clock is the chain's, and a look at
// the page's errors when it ends.

import { test as base, expect, type Page } from "@playwright/test";
import { TestKeplr } from "../tests/wallet/testKeplr.ts";
import { secretOf } from "./commands.ts";
import { gridJson } from "./grid.ts";
import { blockTime } from "./ground.ts";
import { inject } from "./keplr.ts";
import { Site } from "./site.ts";

export const test = base.extend<{ site: Site; keplr: TestKeplr; clock: number }>({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern.
    site: async ({}, use) => {
        const site = new Site();
        await site.start();
        site.grid = gridJson();
        await use(site);
        site.stop();
    },
    // The devnet's clock runs ahead of this machine's by days.
    // biome-ignore lint/correctness/noEmptyPattern: as above.
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

export async function connect(page: Page, site: Site): Promise<void> {
    await page.goto(`${site.url}#/start`);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByText(/^Connected: House/)).toBeVisible();
}

/** Opens the sheet of a deposit, up to the fee. */
export async function payIn(page: Page, amount: string): Promise<void> {
    await go(page, "Money");
    await page.getByRole("button", { name: "Pay in" }).click();
    await page.getByRole("textbox", { name: /How much/ }).fill(amount);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "See what it costs" }).click();
}
