import { devnet, gridpact } from "./commands.ts";
import { ground, second } from "./ground.ts";
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
                if (body.result?.response?.value !== undefined && asks(route.request().postDataJSON(), '{"books":{}}'))
                    body.result.response.value = oneDigit(body.result.response.value, "deposited");
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

for (const lie of [
    { about: "how much is pledged", query: "project", key: "pledged", link: "Pledge", place: "pledge" },
    // In its place comes what can be done with a pledge that waits.
    { about: "my own pledge", query: "pledge", key: "amount", link: "Ask less of the others", place: "weaken" },
])
    test(`a second node that lies about ${lie.about}: both are asked, it is shown, and nothing of the project can be signed`, async ({
        page,
        site,
        keplr,
    }) => {
        const chain = site.grid["chain"] as { nodes: object[] };
        const rpc = second();
        site.grid = { ...site.grid, chain: { ...chain, nodes: [...chain.nodes, { name: "South", rpc, rest: null }] } };
        await page.goto(`${site.url}#/start`);
        await page.getByRole("button", { name: "Connect", exact: true }).click();
        await expect(page.getByText(/^Connected: House/)).toBeVisible();
        const visit = (place: string) =>
            page.evaluate((to) => {
                window.location.hash = to;
            }, place);
        // Both say the same: the project of the grid's own file, to which House B may pledge.
        if (lie.query === "pledge")
            gridpact("project", "pledge", "1", "10000 EUR", "--if-total", "30000 EUR", "--from", "house-b", "--yes");
        await visit("/projects/1");
        await expect(page.getByRole("link", { name: lie.link, exact: true })).toBeVisible();
        await visit(`/projects/1/${lie.place}`);
        await expect(page.getByRole("button", { name: "Next" })).toBeVisible();
        await page.route(`${rpc}/`, async (route) => {
            const answer = await route.fetch();
            const body = await answer.json();
            const value = body.result?.response?.value;
            if (value != null && asks(route.request().postDataJSON(), `{"${lie.query}":`))
                body.result.response.value = oneDigit(value, lie.key);
            await route.fulfill({ response: answer, json: body });
        });
        await page.reload();
        const difference = page.getByText(/^Two nodes tell different things about this project: North and South\./);
        await expect(difference).toBeVisible();
        await expect(page.getByRole("button", { name: "Next" })).toHaveCount(0);
        await visit("/projects/1");
        await expect(difference).toBeVisible();
        await expect(page.getByRole("link", { name: lie.link, exact: true })).toHaveCount(0);
        expect(keplr.asked).toBe(0);
    });

test("a node and an archive are added on the device: of this chain alone, kept, compared and removed", async ({
    page,
    site,
}) => {
    const rpc = second();
    const other = "http://127.0.0.1:9";
    await page.route(`${other}/**`, async (route) => {
        const answer = await (await fetch(`${rpc}/status`)).json();
        answer.result.node_info.network = "another-1";
        await route.fulfill({ json: answer });
    });
    site.grid = { ...site.grid, archives: [] };
    await page.goto(`${site.url}#/settings`);
    const add = async (what: string, place: string) => {
        const field = page.getByRole("textbox", { name: what });
        await field.fill(place);
        await page.locator("form", { has: field }).getByRole("button", { name: "Add" }).click();
    };
    await add("Add a node", other);
    await expect(page.getByText("It belongs to another chain, so it was not added.")).toBeVisible();
    await add("Add a node", "http://192.168.7.7:26657");
    await expect(page.getByText("That is no address that a page may ask. It begins with https://.")).toBeVisible();
    await add("Add a node", rpc);
    const host = new URL(rpc).host;
    const line = page.getByRole("listitem").filter({ hasText: host });
    await expect(line).toContainText(/answers, block/);
    await add("Add an archive", `${site.url}archive`);
    await expect(page.getByRole("button", { name: `Remove ${new URL(site.url).host}` })).toBeVisible();
    // Kept through a reload; the bill that needs an archive is checked with it.
    await page.reload();
    await expect(line).toContainText(/answers, block/);
    await page.goto(site.url);
    await findHome(page, "2");
    await page.goto(`${site.url}#/bill/${ground().windows[0]}`);
    await expect(page.getByText("This device comes to the same amount, to the smallest unit.")).toBeVisible();
    await page.goto(`${site.url}#/settings`);
    await page.getByRole("button", { name: `Remove ${host}` }).click();
    await expect(line).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("button", { name: `Remove ${new URL(site.url).host}` })).toBeVisible();
    await expect(line).toHaveCount(0);
});

function asks({ method, params }: { method: string; params: { data?: string } }, query: string): boolean {
    return (
        method === "abci_query" &&
        Buffer.from(params.data ?? "", "hex")
            .toString("latin1")
            .includes(query)
    );
}

/** One digit of an amount changed; the length of what is around it stays right. */
function oneDigit(value: string, key: string): string {
    const text = Buffer.from(value, "base64").toString("latin1");
    return Buffer.from(
        text.replace(new RegExp(`"${key}":"(\\d)`), (_, digit) => `"${key}":"${digit === "9" ? 8 : 9}`),
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
