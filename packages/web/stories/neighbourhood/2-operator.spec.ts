// The operator's desk: what was gathered, whose fees are paid, handing over; and four screens in four languages.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { addressOf, TestKeplr } from "../../tests/wallet/testKeplr.ts";
import { pinsOf, sourceOf } from "../grid.ts";
import { inject } from "../keplr.ts";
import { isAccessible } from "../story.ts";
import { addresses, expect, next, open, parties, sign, test, visit } from "./together.ts";

/** What the app says in a language, by its keys. */
function words(language: "en" | "de" | "fr"): Readonly<Record<string, string>> {
    const file = new URL(`../../src/words/more/${language}.json`, import.meta.url);
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
}

test("an operator's day: why what was gathered must wait, and a hand-over in two steps, there and back", async ({
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
    // And back, for whoever comes next.
    await page.getByRole("textbox", { name: "The next operator’s account" }).fill((await addresses()).operator);
    await page.getByRole("region", { name: "Hand over" }).getByRole("button", { name: "Next" }).click();
    await sign(page, null, /The hand-over moved on\./);
    await as("operator");
    await visit(page, "/operator");
    await page.getByRole("button", { name: "Become the operator" }).click();
    await sign(page, null, /The hand-over moved on\./);
    await expect(page.getByText("You are the operator of this grid.")).toBeVisible();
});

test("the operator pays a newcomer's network fees, renews that and ends it; the newcomer proposes a meter without a coin", async ({
    page,
    site,
    as,
    browser,
}) => {
    const secret = new Uint8Array(randomBytes(32));
    const newcomer = addressOf(secret);
    await as("operator");
    await visit(page, "/operator");
    await page.getByRole("button", { name: "See whose are paid" }).click();
    // The first four homes have an allowance since the grid was made; who came later has none.
    const owners = new Set((await sourceOf(pinsOf()).homes(null, 30)).items.map(({ owner }) => owner)).size;
    const renew = page.getByRole("button", { name: /^Renew: / });
    await expect(renew).toHaveCount(4);
    const pay = async (button: () => Promise<void>, amount: string): Promise<void> => {
        await button();
        await page.getByRole("textbox", { name: /^The most in a period/ }).fill(amount);
        await next(page);
    };
    const another = page.getByRole("textbox", { name: "Another account" });
    const find = async (): Promise<void> => {
        await another.fill(newcomer);
        await page.locator("form", { has: another }).getByRole("button", { name: "Next" }).click();
    };
    await pay(find, "0.05");
    await expect(page.getByRole("dialog")).toContainText(
        /Up to 0\.05\sSTAKE in every 30 days until .*, 0\.65\sSTAKE in all\./,
    );
    const paid = /Network fees of wasm1.* are paid\./;
    await sign(page, new RegExp(`this machine expects: ${paid.source}`), paid);
    const allowance = async () => (await sourceOf(pinsOf()).chainAccount(newcomer)).allowance;
    expect(await allowance()).toMatchObject({ left: 50_000n, limit: 50_000n });

    // Somebody else's browser, with an account that has nothing.
    const context = await browser.newContext();
    const other = await context.newPage();
    await inject(other, new TestKeplr([{ name: "New", secret }]));
    await other.goto(`${site.url}#/start`);
    await other.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(other.getByText(/^Your grid pays network fees for you: 0\.05\sSTAKE left/)).toBeVisible();
    await visit(other, "/meter");
    await other.getByRole("textbox", { name: "Serial number" }).fill("1EMH0200");
    await next(other);
    await other.getByLabel("I have noted them.").check();
    await other.getByRole("button", { name: "Propose it" }).click();
    await sign(other, /paid by your grid/, /Proposal \d+ waits for the operator/);
    await context.close();
    expect((await allowance())?.left).toBeLessThan(50_000n);

    await pay(find, "0.2");
    await sign(page, new RegExp(`this machine expects: ${paid.source}`), paid);
    expect(await allowance()).toMatchObject({ left: 200_000n, limit: 200_000n });

    // A home's, from the list: ended, and granted again with the others that lack it.
    await page
        .getByRole("button", { name: /^Pay no longer: / })
        .first()
        .click();
    await sign(page, null, /Network fees of wasm1.* are paid no longer\./);
    await expect(renew).toHaveCount(3);
    await isAccessible(page);
    await pay(() => page.getByRole("button", { name: /^Pay for the .* it$/ }).click(), "5");
    await sign(page, null, paid);
    await expect(renew).toHaveCount(owners);

    await as("house-a");
    await visit(page, "/operator");
    await page.getByRole("button", { name: "See whose are paid" }).click();
    await expect(page.getByText(/pays them, and only that account can change it\.$/)).toBeVisible();
    await expect(page.getByText(/STAKE left until/).first()).toBeVisible();
    await expect(renew).toHaveCount(0);
});

test("four screens in four languages, each of them for everybody", async ({ page, as }) => {
    test.setTimeout(180_000);
    const number = await open({ title: "A lamp", target: "200 EUR", who: parties("200 EUR", "house-b") });
    await as("house-b");
    for (const language of ["en", "de", "fr", "en-XA"] as const) {
        await visit(page, "/settings");
        await page.evaluate((chosen) => window.localStorage.setItem("gridpact.language", chosen), language);
        await page.reload();
        const said = language === "en-XA" ? null : words(language);
        for (const [place, title] of [
            ["/projects", "projects.title"],
            [`/projects/${number}/pledge`, "pledge.title_pledge"],
            ["/meter", "meter.title"],
            ["/operator", "operator.title"],
        ] as const) {
            await visit(page, place);
            const heading = page.getByRole("heading", { level: 1 });
            if (said === null) await expect(heading).toHaveText(/^\[.*[áéíóú].*\]$/);
            else await expect(heading).toHaveText(said[title] ?? "");
            await expect(page.locator(".busy")).toHaveCount(0);
            expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
            await isAccessible(page);
        }
    }
});
