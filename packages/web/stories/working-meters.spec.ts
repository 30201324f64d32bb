// A meter is proposed by a household and let in by the operator, on a real chain.
import { pinsOf, sourceOf } from "./grid.ts";
import { addresses, expect, next, pass, sign, test, visit } from "./together.ts";

test("a meter is proposed with a salt that is shown once, let in, and takes part from the next beginning", async ({
    page,
    as,
}) => {
    await as("payer");
    await visit(page, "/meter");
    await expect(page.getByRole("heading", { name: "Home 3" })).toBeVisible();
    await page.getByLabel("What stands behind it").selectOption("prosumer");
    await page.getByRole("textbox", { name: "Serial number" }).fill("1EMH0099");
    await next(page);
    const send = page.getByRole("button", { name: "Propose it" });
    await expect(send).toBeDisabled();
    const salt = (await page.locator(".headline code").textContent()) ?? "";
    expect(salt).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    await page.getByLabel("I have noted them.").check();
    await send.click();
    await sign(page, /North expects: Proposal \d+ waits for the operator until/, /Proposal \d+ waits for the operator/);
    // Neither serial number nor salt is kept or sent.
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).not.toContain("1EMH0099");
    expect(kept).not.toContain(salt);

    await as("operator");
    await visit(page, "/operator");
    await expect(page.getByText("You are the operator of this grid.")).toBeVisible();
    await page
        .getByRole("button", { name: /^Let it in: Proposal/ })
        .first()
        .click();
    await page.getByRole("textbox", { name: "Weight of the household" }).fill("2");
    await expect(page.getByText("Its household counts 2 times.")).toBeVisible();
    await next(page);
    await sign(page, /North expects: It becomes home 4 and takes part from/, /It becomes home 4 and takes part from/);

    await as("payer");
    await visit(page, "/meter");
    await expect(page.getByRole("heading", { name: "Home 4" })).toBeVisible();
    await expect(page.getByText(/^It takes part from /)).toBeVisible();
    const home = await sourceOf(pinsOf()).home(4);
    expect(home).toMatchObject({ weight: 2, meter: { kind: "prosumer", import_limit: 17_250, export_limit: 10_000 } });
});

test("a proposal is taken back, and nobody but the operator can let one in", async ({ page, as }) => {
    await as("house-c");
    await visit(page, "/meter");
    await page.getByRole("textbox", { name: "Serial number" }).fill("1EMH0100");
    await next(page);
    await page.getByLabel("I have noted them.").check();
    await page.getByRole("button", { name: "Propose it" }).click();
    await sign(page, null, /waits for the operator/);
    await visit(page, "/operator");
    await expect(page.getByText(/^Proposal \d+$/).first()).toBeVisible();
    await expect(page.getByRole("button", { name: /^Let it in/ })).toHaveCount(0);
    await visit(page, "/meter");
    await page.getByRole("button", { name: /^Take back proposal/ }).click();
    await sign(page, null, /Proposal \d+ is taken back\./);
    await expect(page.getByRole("button", { name: /^Take back proposal/ })).toHaveCount(0);
});

test("an operator's day: what was gathered is sent on by anybody, and the grid is handed over in two steps", async ({
    page,
    as,
}) => {
    await as("house-a");
    await visit(page, "/operator");
    await expect(page.getByText("Touch anybody’s money.")).toBeVisible();
    // The fee is for a project that is not built yet: it waits, and why is said before anything is signed.
    await page.getByRole("button", { name: "Send: network" }).click();
    await page.getByRole("button", { name: "See what it costs" }).click();
    await expect(page.getByRole("dialog")).toContainText(/It would be refused.*The contract says: “project: expected/);
    await page.getByRole("button", { name: "Close" }).click();
    // Nobody pledged to it, so it fails; then the fee goes to the account that the rules name instead.
    await pass(page, 31);
    await page.getByRole("button", { name: "Send: network" }).click();
    await sign(page, /North expects: €\d+\.\d\d went to/, /€\d+\.\d\d went to/);
    await expect(page.getByRole("button", { name: "Send: network" })).toHaveCount(0);

    await as("operator");
    await visit(page, "/operator");
    await page.getByRole("textbox", { name: "The next operator’s account" }).fill((await addresses()).payer);
    await page.getByRole("region", { name: "Hand over" }).getByRole("button", { name: "Next" }).click();
    await expect(page.getByRole("dialog")).toContainText("You stay the operator until that account accepts.");
    await sign(page, null, /The hand-over moved on\./);
    await as("payer");
    await visit(page, "/operator");
    await page.getByRole("button", { name: "Become the operator" }).click();
    await sign(page, null, /The hand-over moved on\./);
    await expect(page.getByText("You are the operator of this grid.")).toBeVisible();
});
