import { network } from "./commands.ts";
import { expect, test } from "./story.ts";

test.describe("the grid's books on one's own device", () => {
    for (const [since, words] of [
        ["the beginning of the grid", "every unit that was ever paid in is accounted for"],
        ["the last day", "proven by the fingerprint on the chain"],
    ] as const)
        test(`recomputed from ${since}: every account is the same`, async ({ page, site }) => {
            await page.goto(`${site.url}#/grid`);
            await page.getByRole("radio", { name: since }).check();
            await page.getByRole("button", { name: "Recompute", exact: true }).click();
            await expect(page.getByText(/This device comes to the same: all \d+ accounts/)).toBeVisible({
                timeout: 60_000,
            });
            await expect(page.getByText(words)).toBeVisible();
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
        await page.getByRole("radio", { name: "the beginning of the grid" }).check();
        await page.getByRole("button", { name: "Recompute", exact: true }).click();
        const table = page.getByRole("table", { name: "What differs" });
        await expect(table).toBeVisible({ timeout: 60_000 });
        await expect(table.getByRole("rowheader")).toHaveText(["Home 0"]);
    });
});
