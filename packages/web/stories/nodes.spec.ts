import { devnet } from "./commands.ts";
import { second } from "./ground.ts";
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

for (const lies of [false, true])
    test(`a second node that ${lies ? "tells something else is shown, and the money buttons go off" : "says the same is silent"}`, async ({
        page,
        site,
    }) => {
        const chain = site.grid["chain"] as { nodes: object[] };
        const rpc = second();
        site.grid = { ...site.grid, chain: { ...chain, nodes: [...chain.nodes, { name: "South", rpc, rest: null }] } };
        if (lies)
            await page.route(`${rpc}/`, async (route) => {
                const answer = await route.fetch();
                const body = await answer.json();
                // What the settlement's books say, of whoever asks this node.
                if (body.result?.response?.value !== undefined && asksBooks(route.request().postDataJSON()))
                    body.result.response.value = forged(body.result.response.value);
                await route.fulfill({ response: answer, json: body });
            });
        await page.goto(site.url);
        await findHome(page, "1");
        await go(page, "Money");
        const difference = page.getByText(/^Two nodes tell different things: North and South\./);
        if (lies) {
            await expect(difference).toBeVisible();
            await expect(
                page.getByText("Paying in and taking out are off: two nodes tell different things."),
            ).toBeVisible();
        } else {
            await expect(page.getByText("Connect Keplr to pay in or take out.")).toBeVisible();
            await expect(difference).toHaveCount(0);
        }
    });

function asksBooks({ method, params }: { method: string; params: { data?: string } }): boolean {
    return (
        method === "abci_query" &&
        Buffer.from(params.data ?? "", "hex")
            .toString("latin1")
            .includes('{"books":{}}')
    );
}

/** One digit of the books changed; the length of what is around them stays right. */
function forged(value: string): string {
    const text = Buffer.from(value, "base64").toString("latin1");
    return Buffer.from(
        text.replace(/"deposited":"(\d)/, (_, digit) => `"deposited":"${digit === "9" ? 8 : 9}`),
        "latin1",
    ).toString("base64");
}

test("a device clock that is off is told", async ({ page, site }) => {
    await page.addInitScript(() => {
        const now = Date.now;
        Date.now = () => now() + 10 * 60_000;
    });
    await page.goto(site.url);
    await expect(page.getByText(/^This device’s clock is 10 minutes ahead\./)).toBeVisible();
});
