import type { Page } from "@playwright/test";
import { network } from "./commands.ts";
import { expect, test } from "./story.ts";

async function recompute(page: Page, since: string): Promise<void> {
    await page.getByRole("radio", { name: since }).check();
    await page.getByRole("button", { name: "Recompute", exact: true }).click();
}

test.describe("the grid's books on one's own device", () => {
    for (const [since, words] of [
        ["the beginning of the grid", "every unit that was ever paid in is accounted for"],
        ["the last day", "proven by the fingerprint on the chain"],
    ] as const)
        test(`recomputed from ${since}: every account is the same`, async ({ page, site }) => {
            await page.goto(`${site.url}#/grid`);
            const apart = page.waitForEvent("worker");
            await recompute(page, since);
            await apart;
            await expect(page.getByText(/This device comes to the same: all \d+ accounts/)).toBeVisible({
                timeout: 60_000,
            });
            await expect(page.getByText(words)).toBeVisible();
            await expect.poll(() => page.workers().length).toBe(0);
        });

    test("a browser that refuses a thread recomputes them on the page's own", async ({ page, site }) => {
        await page.addInitScript(() => Reflect.deleteProperty(window, "Worker"));
        await page.goto(`${site.url}#/grid`);
        await recompute(page, "the beginning of the grid");
        await expect(page.getByText(/This device comes to the same: all \d+ accounts/)).toBeVisible({
            timeout: 60_000,
        });
    });

    test("stopped, nothing goes on", async ({ page, site }) => {
        let held = 0;
        await page.route(`${network("rpc")}/`, (route) => {
            const { method } = route.request().postDataJSON() as { method: string };
            if (method !== "tx_search") return route.fallback();
            held += 1;
            // Never answered: the thread waits for as long as it lives.
            return new Promise(() => undefined);
        });
        await page.goto(`${site.url}#/grid`);
        await recompute(page, "the beginning of the grid");
        await expect.poll(() => held).toBe(1);
        expect(page.workers()).toHaveLength(1);
        await page.getByRole("button", { name: "Stop", exact: true }).click();
        await expect(page.getByText("You stopped it. Nothing was compared.")).toBeVisible();
        await expect.poll(() => page.workers().length).toBe(0);
    });

    test("an account that a node tells wrong is named, with both amounts", async ({ page, site }) => {
        await page.route(`${network("rpc")}/`, async (route) => {
            const asked = route.request().postDataJSON() as {
                method: string;
                params: { path?: string; data?: string };
            };
            const question = Buffer.from(asked.params.data ?? "", "hex").toString("latin1");
            if (asked.method !== "abci_query" || !question.includes('{"accounts"')) return route.fallback();
            const answer = await route.fetch();
            const body = (await answer.json()) as { result: { response: { value: string } } };
            const { response } = body.result;
            const told = Buffer.from(response.value, "base64").toString("latin1");
            // The same length, so that what is around the answer still holds: the last digit of the first balance.
            const lied = told.replace(
                /("free":"\d*)(\d)"/,
                (_, head: string, last: string) => `${head}${(Number(last) + 1) % 10}"`,
            );
            response.value = Buffer.from(lied, "latin1").toString("base64");
            await route.fulfill({ json: body });
        });
        await page.goto(`${site.url}#/grid`);
        await recompute(page, "the beginning of the grid");
        const table = page.getByRole("table", { name: "What differs" });
        await expect(table).toBeVisible({ timeout: 60_000 });
        await expect(table.getByRole("rowheader")).toHaveText(["Home 0"]);
    });
});
