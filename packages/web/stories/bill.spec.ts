import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page, Route } from "@playwright/test";
import type { Window } from "../src/data/source.ts";
import { gridJson, pinsOf, sourceOf } from "./grid.ts";
import { archive, ground } from "./ground.ts";
import type { Site } from "./site.ts";
import { expect, findHome, test } from "./story.ts";

async function firstDay(): Promise<Window> {
    const window = await sourceOf(pinsOf()).window(ground().windows[0] ?? 0);
    if (window === null) throw new Error("expected the first day's window");
    return window;
}

/** A file of the archive with one bit changed. */
function forged(path: string, at: number): Uint8Array {
    const bytes = Uint8Array.from(readFileSync(join(archive, path)));
    const place = (at + bytes.length) % bytes.length;
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    return bytes;
}

/** Answers of the node, changed. */
async function changed(
    page: Page,
    method: string,
    change: (body: Record<string, never>, route: Route) => unknown,
): Promise<void> {
    await page.route(/^http:\/\/127\.0\.0\.1:\d+\/$/, async (route) => {
        const asked = route.request().postDataJSON() as { method: string; params: Record<string, string> } | null;
        if (asked?.method !== method) return route.fallback();
        const answer = await route.fetch();
        const body = await answer.json();
        await route.fulfill({ json: change(body, route) ?? body });
    });
}

async function openBill(page: Page, site: Site): Promise<void> {
    await page.goto(site.url);
    await findHome(page, "2");
    await page.goto(`${site.url}#/bill/${ground().windows[0]}`);
    await expect(page.getByRole("heading", { level: 1, name: "Why this amount?" })).toBeVisible();
}

test("a bill is checked on the device: signed by whom, recomputed here, the same to the base unit", async ({
    page,
    site,
}) => {
    const { sums } = await firstDay();
    expect(sums?.payable).not.toBe(sums?.demand);
    await openBill(page, site);
    const check = page.getByRole("region", { name: "The check on this device" });
    await expect(check).toContainText("This device comes to the same amount, to the smallest unit.");
    await expect(check).toContainText("Readings signed by 3 of 4 witnesses; 3 must: North, East and South.");
    await expect(check).toContainText(
        "This home’s meter is read by East alone: the signatures show that nobody changed",
    );
    // The quarter hours in which this home's money did not suffice for what it needed say so.
    const bill = await sourceOf(pinsOf({ ...gridJson(), archives: [`${site.url}archive`] })).bill(
        2,
        ground().windows[0] ?? 0,
    );
    const short = bill.intervals?.findIndex(({ asked, needed }) => asked < needed) ?? -1;
    await page.getByRole("combobox", { name: "Which quarter hour" }).selectOption(String(short));
    await expect(page.getByText(/^Your money sufficed for /)).toBeVisible();
});

test("without an archive it is said exactly what is missing", async ({ page, site }) => {
    site.grid = { ...site.grid, archives: [] };
    await openBill(page, site);
    await expect(page.getByText(/The balances that were used: only an archive could have them/)).toBeVisible();
});

test("forged balances are noticed", async ({ page, site }) => {
    const { sums } = await firstDay();
    const path = `balances/${sums?.balancesHash}.bin`;
    site.archive.set(path, forged(path, -1));
    await openBill(page, site);
    await expect(page.getByText(/served balances that are not those the chain names\./)).toBeVisible();
});

test("a forged report from an archive is noticed, and the right one is taken", async ({ page, site }) => {
    const { report } = await firstDay();
    // The node has forgotten the block.
    await changed(page, "block", (body, route) => {
        const { params } = route.request().postDataJSON() as { params: { height: string } };
        if (params.height !== String(report?.height)) return body;
        return {
            jsonrpc: "2.0",
            id: 1,
            error: {
                code: -32603,
                message: "Internal error",
                data: `height ${params.height} is not available, lowest height is 99999`,
            },
        };
    });
    const path = `reports/${report?.bodyHash}.bin`;
    site.archive.set(path, forged(path, -5));
    await openBill(page, site);
    await expect(page.getByText(/served readings that are not those the chain names\./)).toBeVisible();
    site.archive.delete(path);
    await page.reload();
    await expect(page.getByText("This device comes to the same amount, to the smallest unit.")).toBeVisible();
});

test("a node that lies about what everybody pays is found out, with a file to hand on", async ({ page, site }) => {
    const { sums } = await firstDay();
    await changed(page, "block_results", (body) =>
        JSON.parse(JSON.stringify(body).replaceAll(sums?.resultsHash ?? "", "ab".repeat(32))),
    );
    await openBill(page, site);
    await expect(page.getByText("This device comes to another amount than the chain.")).toBeVisible();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the file" }).click();
    const file = JSON.parse(readFileSync(await (await saved).path(), "utf8")) as Record<string, unknown>;
    expect(file).toMatchObject({
        slot: 2,
        chain: { resultsHash: "ab".repeat(32) },
        here: { results_hash: sums?.resultsHash },
    });
});
