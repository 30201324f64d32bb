import { devnet } from "./commands.ts";
import { expect, findHome, go, test } from "./story.ts";

test("a node that stops: the last state with its age, and back when the node is", async ({ page, site }) => {
    await page.goto(site.url);
    await findHome(page, "1");
    await go(page, "Money");
    await expect(page.getByText("Can be taken out now, and pays for what comes.")).toBeVisible();
    devnet("kill", "0");
    try {
        await page.reload();
        await expect(page.getByText(/^No node of this grid can be reached\./)).toBeVisible();
        await expect(page.getByText(/You see what this device knew/)).toBeVisible();
        await expect(page.getByText("Can be taken out now, and pays for what comes.")).toBeVisible();
    } finally {
        devnet("start");
    }
    await expect(page.getByText(/^No node of this grid can be reached\./)).toHaveCount(0, { timeout: 40_000 });
});

test("a second node that tells something else is shown, and the money buttons go off", async ({ page, site }) => {
    const chain = site.grid["chain"] as { nodes: { rpc: string }[] };
    const rpc = chain.nodes[0]?.rpc ?? "";
    // The same node under another name, which changes what it says of blocks.
    site.grid = {
        ...site.grid,
        chain: {
            ...chain,
            nodes: [...chain.nodes, { name: "South", rpc: rpc.replace("127.0.0.1", "localhost"), rest: null }],
        },
    };
    await page.route(/^http:\/\/localhost:\d+\/$/, async (route) => {
        const answer = await route.fetch();
        const body = await answer.json();
        if (body.result?.block_id !== undefined) body.result.block_id.hash = "AB".repeat(32);
        await route.fulfill({ response: answer, json: body });
    });
    await page.goto(site.url);
    await expect(page.getByText(/^Two nodes tell different things: North and South\./)).toBeVisible();
    await findHome(page, "1");
    await go(page, "Money");
    await expect(page.getByText("Paying in and taking out are off: two nodes tell different things.")).toBeVisible();
});

test("a device clock that is off is told", async ({ page, site }) => {
    await page.addInitScript(() => {
        const now = Date.now;
        Date.now = () => now() + 10 * 60_000;
    });
    await page.goto(site.url);
    await expect(page.getByText(/^This device’s clock is 10 minutes ahead\./)).toBeVisible();
});
