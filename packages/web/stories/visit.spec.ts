import { network } from "./commands.ts";
import { pinsOf, sourceOf } from "./grid.ts";
import { expect, findHome, go, test } from "./story.ts";

test("a first visit without a wallet: the neighbours' day, one's home by number, the grid", async ({ page, site }) => {
    const hosts = new Set<string>();
    page.on("request", (request) => hosts.add(new URL(request.url()).origin));
    await page.goto(site.url);
    await expect(page.getByText(/^4 homes shared .*\skWh yesterday\.$/)).toBeVisible();
    await findHome(page, "1");
    await expect(page.getByText(/from neighbours/).first()).toBeVisible();
    await go(page, "Money");
    await expect(page.getByText("Connect Keplr to pay in or take out.")).toBeVisible();
    await go(page, "Grid");
    await expect(page.getByText("They add up: every unit that was paid in is accounted for.")).toBeVisible();
    await expect(page.getByText("All of them run the published code.")).toBeVisible();
    const readers = page.getByRole("region", { name: "Who reads which meter" });
    await expect(readers).toContainText("Home 3: read only by its own household’s witness, South.");
    await expect(readers).toContainText("Home 2: read by East alone.");
    await expect(readers).toContainText("Homes 0 to 1: read by North, East and South; 2 of them must say the same.");
    // It speaks to its own host and to the node, and to nobody else.
    expect([...hosts].sort()).toEqual([new URL(site.url).origin, network("rpc")].sort());
    // The page does not scroll sideways on a phone.
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test("a home is found by the account that owns it, and is still there after a reload", async ({ page, site }) => {
    await page.goto(site.url);
    const home = await sourceOf(pinsOf()).home(1);
    await findHome(page, home?.owner ?? "");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Home 1" })).toBeVisible();
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Forget it on this device" }).click();
    await go(page, "Home");
    await expect(page.getByRole("button", { name: "Find my home" })).toBeVisible();
});

test("contracts with other code than grid.json pins turn the money buttons off", async ({ page, site, keplr }) => {
    site.grid = { ...site.grid, code: { ...(site.grid["code"] as object), "energy-settlement": "ab".repeat(32) } };
    await page.goto(site.url);
    await expect(page.getByText("The contracts here are not the published ones. Do not pay in.")).toBeVisible();
    await findHome(page, "1");
    await go(page, "Money");
    await expect(page.getByText("Paying in is off: the contracts here are not the published ones.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Pay in" })).toHaveCount(0);
    expect(keplr.asked).toBe(0);
});

test("a node of another chain is told, and is not asked", async ({ page, site }) => {
    site.grid = { ...site.grid, chain: { ...(site.grid["chain"] as object), id: "another-1" } };
    await page.goto(site.url);
    await expect(page.getByText("North belongs to another chain. It is not asked any more.")).toBeVisible();
});

test("a grid.json with a wrong letter is told with its place, and the example is offered", async ({ page, site }) => {
    site.grid = { ...site.grid, time_zone: "Europe/Atlantis" };
    await page.goto(site.url);
    await expect(page.getByRole("alert")).toContainText("time_zone: expected an IANA time zone");
    await page.getByRole("button", { name: "Try with example data" }).click();
    await expect(page.getByText("Example data. Nothing here is real.")).toBeVisible();
});
