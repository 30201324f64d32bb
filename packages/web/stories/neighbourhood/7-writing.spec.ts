// A project that is written in the app.
import { join } from "node:path";
import { gridpact } from "../commands.ts";
import { addresses, DESCRIPTION, expect, folder, next, open, parties, sign, test, visit } from "./together.ts";

test("a project is written in the app; the program hashes its file the same, and it is opened", async ({
    page,
    as,
}) => {
    await as("house-a");
    const address = await addresses();
    await visit(page, "/projects/new");
    await page.getByRole("textbox", { name: "Short name" }).fill('A "gate"');
    await page.getByRole("textbox", { name: "What is to be built" }).fill("A gate at the end of the lane.\n");
    await next(page);
    await page.getByRole("textbox", { name: /^Target/ }).fill("300");
    await page.getByRole("textbox", { name: /^Bond of the builder/ }).fill("15");
    await next(page);
    const amounts = page.getByRole("textbox", { name: /^pledges/ });
    const accounts = page.getByRole("textbox", { name: "Account", exact: true });
    await accounts.nth(0).fill(address["house-a"]);
    await amounts.nth(0).fill("100");
    await accounts.nth(1).fill(address["house-b"]);
    await amounts.nth(1).fill("200");
    await page.getByRole("textbox", { name: "The builder’s account" }).fill(address.contractor);
    await page.getByRole("textbox", { name: "The decider’s account" }).fill(address.operator);
    await next(page);
    const day = (later: number) =>
        page.evaluate((days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10), later);
    await page.getByRole("textbox", { name: "What is done then" }).fill("The gate stands");
    await page.getByLabel("Due at the end of").fill(await day(200));
    // A draft stays on the device.
    await page.reload();
    for (let pages = 0; pages < 4; pages += 1) await next(page);
    await page.getByLabel("Pledges until the end of").fill(await day(100));
    await next(page);
    await expect(page.getByText("Nothing of this can be changed afterwards, by nobody.")).toBeVisible();
    const saved = async (button: string): Promise<string> => {
        const download = page.waitForEvent("download");
        await page.getByRole("button", { name: button }).click();
        const file = await download;
        const path = join(folder, file.suggestedFilename());
        await file.saveAs(path);
        return path;
    };
    await saved("Save the description");
    const file = await saved("Save the terms as a file");
    const shown = await page.locator("p", { hasText: "Fingerprint of the terms" }).locator("code").textContent();
    expect(shown).toMatch(/^[0-9a-f]{64}$/);
    expect(gridpact("project", "hash", file)).toContain(shown);
    await page.getByRole("button", { name: "Open the project" }).click();
    await sign(page, /this machine expects: It is project \d+\./, /It is project \d+\./);
    await visit(page, "/projects");
    await page.getByRole("link", { name: 'See more of A "gate"' }).first().click();
    await expect(page.getByText(`Fingerprint of the terms ${shown}`)).toBeVisible();
});

test("a description on ipfs is fetched through the household's own gateway, and believed by its hash alone", async ({
    page,
    as,
}) => {
    const name = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";
    const number = await open({
        title: "A bench",
        target: "200 EUR",
        who: parties("200 EUR", "house-a"),
        uri: `ipfs://${name}/bench.txt`,
    });
    // A gateway that does not tell the truth at first.
    let served = "Something else.\n";
    await page.route(`https://gate.example/ipfs/${name}/bench.txt`, (route) =>
        route.fulfill({ body: served, headers: { "access-control-allow-origin": "*" } }),
    );
    await as("house-a");
    await visit(page, `/projects/${number}`);
    const ask = page.getByRole("button", { name: /^Fetch and check: / });
    const fetched = page.getByRole("button", { name: "Fetch and check", exact: true });
    const gateway = page.getByRole("textbox", { name: "Your gateway for ipfs" });
    await ask.click();
    await gateway.fill("gate.example");
    await fetched.click();
    await expect(page.getByText(/^That is no address that a page may ask\./)).toBeVisible();
    await gateway.fill("https://gate.example");
    await fetched.click();
    await expect(page.getByText(/^This text is not what was agreed\./)).toBeVisible();
    served = DESCRIPTION;
    await page.reload();
    // It is kept on the device.
    await ask.click();
    await expect(gateway).toHaveValue("https://gate.example");
    await fetched.click();
    await expect(page.getByRole("region", { name: "The text" })).toHaveText(DESCRIPTION.trim());
});
