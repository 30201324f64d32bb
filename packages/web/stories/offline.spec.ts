import { expect, findHome, go, test } from "./story.ts";

test.use({ serviceWorkers: "allow" });

test("without a network the app opens with what this device knew", async ({ page, site, context }) => {
    await page.goto(site.url);
    await findHome(page, "1");
    await go(page, "Money");
    await expect(page.getByText("Can be taken out now, and pays for what comes.")).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready);
    // The worker keeps what it is asked for once it is in charge: from the second visit on.
    await page.reload();
    await expect(page.getByText("Can be taken out now, and pays for what comes.")).toBeVisible();
    site.stop();
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText(/You see what this device knew/)).toBeVisible();
    await expect(page.getByText("Can be taken out now, and pays for what comes.")).toBeVisible();
});
