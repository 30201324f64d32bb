// What the stories of the neighbourhood share: its app, everybody's key in one Keplr, projects opened by the program, and the sheet.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { addressOf, TestKeplr } from "../../tests/wallet/testKeplr.ts";
import { devnet, gridpact, secretOf, setting } from "../commands.ts";
import { pinsOf, sourceOf } from "../grid.ts";
import { choose, inject } from "../keplr.ts";
import { expect, visitor } from "../story.ts";

const DAY = 86_400;
export const ROLES = ["house-a", "house-b", "house-c", "payer", "contractor", "operator"] as const;
export type Role = (typeof ROLES)[number];

/** Where the stories keep what they make. */
export const folder = join(setting("GRIDPACT_NEIGHBOURHOOD"), "stories");
mkdirSync(folder, { recursive: true });

interface Neighbours {
    /** The app as the neighbourhood serves it. */
    site: { readonly url: string };
    keplr: TestKeplr;
    /** The app with a role's key, connected. */
    as: (role: Role) => Promise<void>;
}

export const test = visitor.extend<Neighbours>({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern.
    site: async ({}, use) => use({ url: `${setting("GRIDPACT_APP")}/` }),
    keplr: async ({ page }, use) => {
        const accounts = [];
        for (const name of ROLES) accounts.push({ name, secret: await secretOf(name) });
        const keplr = new TestKeplr(accounts);
        await inject(page, keplr);
        await use(keplr);
    },
    as: async ({ page, site, keplr }, use) => {
        await page.goto(`${site.url}#/start`);
        await page.getByRole("button", { name: "Connect", exact: true }).click();
        await expect(page.getByText(/^Connected:/)).toBeVisible();
        await use(async (role) => {
            await choose(page, keplr, ROLES.indexOf(role));
            await page.goto(`${site.url}#/start`);
            await expect(page.getByText(`Connected: ${role},`, { exact: false })).toBeVisible();
        });
    },
});

export { expect };

/** Everybody's account. */
export async function addresses(): Promise<Readonly<Record<Role, string>>> {
    const all = await Promise.all(ROLES.map(async (role) => [role, addressOf(await secretOf(role))] as const));
    return Object.fromEntries(all) as Record<Role, string>;
}

/** Terms that a story needs: who may pledge, for how much, and what comes after. */
export interface Opened {
    readonly title: string;
    readonly target: string;
    readonly who: string;
    readonly more?: string;
    /** How many days from now both milestones are due. */
    readonly due?: readonly [number, number];
    /** Where its description is. */
    readonly uri?: string;
    /** Days for pledging. */
    readonly days?: number;
}

/** Its description, as the file that the terms name by its hash. */
export const DESCRIPTION = "What is built, in words.\n";

/** Opens a project with the program, as a neighbour does, and tells its number. */
export async function open({
    title,
    target,
    who,
    more = "",
    due = [20, 30],
    days = 5,
    uri = "",
}: Opened): Promise<number> {
    const file = join(folder, `${title}.toml`);
    writeFileSync(join(folder, "description.txt"), DESCRIPTION);
    writeFileSync(
        file,
        [
            `title = "${title}"`,
            `description_uri = "${uri}"`,
            'description_file = "description.txt"',
            `target = "${target}"`,
            `deadline = "+${days}d"`,
            'contractor = "contractor"',
            'accept_within = "2d"',
            'grace = "5d"',
            'retention = "5%"',
            'review_period = "2d"',
            'defects_period = "10d"',
            'consent = "60%"',
            'bond = "10 EUR"',
            who,
            more,
            "[[milestones]]",
            'title = "Dug and laid"',
            'share = "60%"',
            `due = "+${due[0]}d"`,
            "[[milestones]]",
            'title = "Connected"',
            'share = "40%"',
            `due = "+${due[1]}d"`,
        ].join("\n"),
    );
    gridpact("project", "open", file, "--from", "house-a", "--yes");
    const projects = await sourceOf(pinsOf()).projects();
    const last = (await projects?.page(null))?.items.at(-1);
    if (last?.terms?.title !== title) throw new Error(`expected '${title}' as the last project`);
    return last.project;
}

export const DECIDER = '[decider]\naccount = "operator"\ntime_limit = "7d"\nobjection = "30%"\nsilence = "50%"';
export const parties = (amount: string, ...roles: readonly Role[]): string =>
    roles.map((role) => `[[parties]]\naccount = "${role}"\namount = "${amount}"`).join("\n");

/** Time passes, and the page asks anew. */
export async function pass(page: Page, days: number): Promise<void> {
    devnet("advance", String(Math.round(days * DAY)));
    await page.reload();
}

export async function visit(page: Page, place: string): Promise<void> {
    await page.evaluate((to) => {
        window.location.hash = to;
    }, place);
}

/** Through the sheet: what is expected is said before Keplr is asked, and what came of it after. */
export async function sign(page: Page, expects: RegExp | null, done: RegExp, fromTheStart = true): Promise<void> {
    const sheet = page.getByRole("dialog");
    if (fromTheStart) await sheet.getByRole("button", { name: "See what it costs" }).click();
    if (expects !== null) await expect(sheet).toContainText(expects);
    await sheet.getByRole("button", { name: "Sign in Keplr" }).click();
    await expect(sheet.getByText(/^Done, in block /)).toBeVisible({ timeout: 30_000 });
    await expect(sheet).toContainText(done);
    await sheet.getByRole("button", { name: "Close" }).click();
}

/** A pledge as the builder starts: counts whatever the others do. */
export async function pledge(page: Page, number: number, amount: string | null): Promise<void> {
    await visit(page, `/projects/${number}/pledge`);
    if (amount !== null) await page.getByRole("textbox", { name: /^How much/ }).fill(amount);
    await expect(page.getByText("Counts whatever the others do.")).toBeVisible();
}

export async function next(page: Page): Promise<void> {
    const dialog = page.getByRole("dialog");
    const scope = (await dialog.count()) > 0 ? dialog : page;
    await scope.getByRole("button", { name: "Next" }).click();
}
