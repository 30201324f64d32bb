// A meter: proposed by a household, let in by the operator, read by the oracle, settled.
import { ahead, devnet } from "../commands.ts";
import { pinsOf, sourceOf } from "../grid.ts";
import { blockTime } from "../ground.ts";
import { findHome, go, payIn } from "../story.ts";
import { expect, next, sign, test, visit } from "./together.ts";

/** Intervals of three windows. */
const READ = 72;

test("a meter is proposed with a salt that is shown once, let in, read, and its first bill is checked", async ({
    page,
    site,
    as,
}) => {
    await as("payer");
    await visit(page, "/meter");
    await page.getByRole("textbox", { name: "Serial number" }).fill("1EMH0099");
    await next(page);
    const send = page.getByRole("button", { name: "Propose it" });
    await expect(send).toBeDisabled();
    const salt = (await page.locator(".headline code").textContent()) ?? "";
    expect(salt).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    await page.getByLabel("I have noted them.").check();
    await send.click();
    await sign(
        page,
        /this machine expects: Proposal \d+ waits for the operator until/,
        /Proposal \d+ waits for the operator/,
    );
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
    await sign(
        page,
        /this machine expects: It becomes home 4 and takes part from/,
        /It becomes home 4 and takes part from/,
    );

    await as("payer");
    await visit(page, "/meter");
    await expect(page.getByRole("heading", { name: "Home 4" })).toBeVisible();
    await expect(page.getByText(/^It takes part from /)).toBeVisible();
    const source = sourceOf(pinsOf());
    const home = await source.home(4);
    expect(home).toMatchObject({ weight: 2, meter: { kind: "consumer", import_limit: 17_250, export_limit: 0 } });

    await page.goto(site.url);
    await findHome(page, "4");
    await payIn(page, "20");
    await sign(page, /this machine expects home 4 to have €20\.00/, /Home 4 has €20\.00 more available/, false);

    // Its meter has run all the while: what it tells counts from that midnight on. Eighteen hours of its first day are read and reported.
    const first = home?.from ?? 0;
    devnet("advance", String(first * 900 + 30 - (await blockTime())));
    ahead("18h");
    const energy = await source.homeEnergy(4, first, first + READ);
    expect(energy.missing).toEqual([]);
    expect(energy.intervals.map(({ reading }) => reading?.quality)).toEqual(Array(READ).fill("measured"));

    await page.reload();
    await go(page, "Home");
    await expect(page.getByText(/came from neighbours|covered .* of the .* you took/).first()).toBeVisible();
    // The sun of that noon: neighbours with a roof gave it something.
    const noon = energy.intervals.find(({ bought }) => (bought ?? 0n) > 0n);
    expect(noon).toBeDefined();
    const windows = (await source.windows(null, 12)).items;
    const window = windows.find(
        ({ firstInterval, intervals }) =>
            firstInterval <= (noon?.interval ?? 0) && (noon?.interval ?? 0) < firstInterval + intervals,
    );
    await page.goto(`${site.url}#/bill/${window?.firstInterval}`);
    await expect(page.getByText("This device comes to the same amount, to the smallest unit.")).toBeVisible();
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
