import { second } from "./ground.ts";
import { choose } from "./keplr.ts";
import { connect, expect, findHome, go, payIn, test } from "./story.ts";

test.beforeEach(async ({ page, site, keplr }) => {
    keplr.mood = "says yes";
    await page.goto(site.url);
    await findHome(page, "1");
});

test("a deposit: words, fee, Keplr, done, and two clicks sign once", async ({ page, site, keplr }) => {
    await connect(page, site);
    await payIn(page, "12.50");
    const sheet = page.getByRole("dialog", { name: "Pay in" });
    await expect(sheet).toContainText(/€12\.50\sgo from your Keplr account to home 1/);
    await expect(sheet).toContainText(/North expects home 1 to have €12\.50\smore\./);
    await expect(sheet).toContainText("paid by you");
    await sheet.getByRole("button", { name: "Sign in Keplr" }).evaluate((button: HTMLElement) => {
        button.click();
        button.click();
    });
    await expect(sheet.getByText(/^Done, in block .*Home 1 has €12\.50 more available\.$/)).toBeVisible();
    expect(keplr.asked).toBe(1);
});

test("a withdrawal goes to the owner, and only the owner has the button", async ({ page, site, keplr }) => {
    await connect(page, site);
    await go(page, "Money");
    await page.getByRole("button", { name: "Take out" }).click();
    await page.getByRole("textbox", { name: /How much/ }).fill("1");
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "See what it costs" }).click();
    await page.getByRole("button", { name: "Sign in Keplr" }).click();
    await expect(page.getByText(/^Done, in block .*€1\.00 went to/)).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await choose(page, keplr, 1);
    await expect(page.getByText(/Only the owner can take money out/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Take out" })).toHaveCount(0);
});

test("Keplr locked, a no, another account: each is said, nothing is sent, and it can be tried again", async ({
    page,
    site,
    keplr,
}) => {
    keplr.mood = "is locked";
    await page.goto(`${site.url}#/start`);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("Keplr is locked. Open it, then try again.");
    keplr.mood = "says no";
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("You said no in Keplr. Nothing happened.");
    keplr.mood = "says yes";
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByText(/^Connected: House B/)).toBeVisible();
    await payIn(page, "1");
    const sheet = page.getByRole("dialog", { name: "Pay in" });
    const sign = sheet.getByRole("button", { name: "Sign in Keplr" });
    keplr.mood = "says no";
    await sign.click();
    await expect(sheet).toContainText("You said no in Keplr. Nothing happened.");
    keplr.mood = "says yes";
    keplr.current = 1;
    await sign.click();
    await expect(sheet).toContainText("Nothing was sent.");
    keplr.current = 0;
    keplr.mood = "does nothing";
    await sign.click();
    await expect(sheet).toContainText("Keplr asks you now. Not seeing it? Click the Keplr icon.");
    await sheet.getByRole("button", { name: "Do not send" }).click();
    keplr.mood = "says yes";
    await sign.click();
    await expect(sheet.getByText(/^Done, in block/)).toBeVisible();
});

test("a reload while waiting goes on where it was, and nothing is sent twice", async ({ page, site, keplr }) => {
    await connect(page, site);
    await payIn(page, "3");
    // The node takes what is handed in, and says nothing of blocks until the page is loaded again.
    let silent = false;
    await page.route(/^http:\/\/127\.0\.0\.1:\d+\/$/, async (route) => {
        const { method } = route.request().postDataJSON() ?? {};
        if (silent && (method === "tx" || method === "block")) await route.abort();
        else await route.continue();
    });
    await expect(page.getByRole("button", { name: "Sign in Keplr" })).toBeVisible();
    silent = true;
    await page.getByRole("button", { name: "Sign in Keplr" }).click();
    await expect(page.getByText(/^Sent\. It is in a block within seconds/)).toBeVisible();
    await page.reload();
    await expect(page.getByText(/^Sent\. It is in a block within seconds/)).toBeVisible();
    silent = false;
    await expect(page.getByText(/^Done, in block .*Home 1 has €3\.00 more available\.$/)).toBeVisible();
    expect(keplr.asked).toBe(1);
});

test("a node without an index: a deposit is found in the blocks, and the list of payments says what is missing", async ({
    page,
    site,
}) => {
    site.grid = {
        ...site.grid,
        chain: { ...(site.grid["chain"] as object), nodes: [{ name: "South", rpc: second(), rest: null }] },
    };
    await page.reload();
    await expect(page.getByText(/^As South says/)).toBeVisible();
    await connect(page, site);
    await payIn(page, "2");
    await page.getByRole("button", { name: "Sign in Keplr" }).click();
    await expect(page.getByText(/^Done, in block .*Home 1 has €2\.00 more available\.$/)).toBeVisible();
    await page.getByRole("button", { name: "Close" }).click();
    await expect(page.getByText("Payments in and out cannot be listed: this node keeps no list.")).toBeVisible();
    await page.getByRole("link", { name: "Settings" }).click();
    await expect(page.getByText("It keeps no list of payments.")).toBeVisible();
});
