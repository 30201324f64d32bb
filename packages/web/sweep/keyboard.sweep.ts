// A walk through the app with nothing but a keyboard.

import { expect, type Page, test } from "@playwright/test";
import { open } from "./look.ts";

/** The name of what has the focus. */
const focused = (page: Page): Promise<string> =>
    page.evaluate(() =>
        (document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "").trim(),
    );

/** Presses Tab until something of that name has the focus; each stop on the way must be seen. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press("Tab");
        const seen = await page.evaluate(() => {
            const element = document.activeElement;
            if (element === null || element === document.body) return "";
            const box = element.getBoundingClientRect();
            const outlined = [element, element.closest("label")].some(
                (one) => one !== null && getComputedStyle(one).outlineStyle !== "none",
            );
            const below = document.querySelector(".places")?.getBoundingClientRect().top ?? innerHeight;
            const covered =
                element.closest(".places") === null &&
                element.closest("dialog") === null &&
                box.top >= below &&
                innerWidth < 900;
            return outlined && !covered
                ? ""
                : `${element.outerHTML.slice(0, 120)} ${outlined ? "is covered" : "has no outline"}`;
        });
        expect(seen, "what has the focus is seen").toBe("");
        if (name.test(await focused(page))) return;
    }
    throw new Error(`expected to reach ${name} by Tab, the last was ${await focused(page)}`);
}

test.use({ viewport: { width: 360, height: 740 } });

test("to the content, along a chart, to a bill and back", async ({ page }) => {
    await open(page, { name: "home", state: "plain", place: "/", ready: /% of what the homes took/ });
    await tabTo(page, /^Skip to the content$/);
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    await tabTo(page, /: Period$/);
    await page.keyboard.press("Home");
    for (let hours = 0; hours < 12; hours += 1) await page.keyboard.press("ArrowRight");
    await expect(page.getByText(/^12:00–13:00: took/)).toBeVisible();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-valuetext"))).toMatch(
        /^12:00–13:00: took/,
    );
    await tabTo(page, /^Why this amount\?$/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Why this amount?" })).toBeFocused();
    await tabTo(page, /^Later$/);
    await expect(page.getByRole("combobox")).toHaveValue("48");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("combobox")).toHaveValue("49");
    await expect(page.getByRole("button", { name: "Later" })).toBeFocused();
});

test("a chart's table opens and leads on", async ({ page }) => {
    await open(page, { name: "energy", state: "plain", place: "/energy/2026-06-21", ready: /readings are there/ });
    await tabTo(page, /As a table/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^00:00: Why this amount/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Why this amount?" })).toBeFocused();
});

test("a sheet takes the focus, keeps it, and gives it back", async ({ page }) => {
    await open(page, { name: "money", state: "fees_granted", place: "/money", connected: true, ready: "Take out" });
    await tabTo(page, /^Pay in$/);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 2, name: "Pay in" })).toBeFocused();
    for (let presses = 0; presses < 12; presses += 1) {
        await page.keyboard.press("Tab");
        expect(
            await page.evaluate(
                () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,
            ),
        ).toBe(true);
    }
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Pay in" })).toBeFocused();
});

test("an amount that is typed leads to the sheet that says what will happen", async ({ page }) => {
    await open(page, { name: "money", state: "fees_granted", place: "/money", connected: true, ready: "Take out" });
    await page.getByRole("button", { name: "Pay in" }).click();
    await page.getByLabel(/How much/).fill("20");
    await page.keyboard.press("Enter");
    await expect(page.getByText("€20.00 go from your Keplr account to home 12.")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a home is found by its number and by its account, and what is neither is said", async ({ page }) => {
    await open(page, { name: "first", state: "plain", place: "/", home: null, ready: "Find my home" });
    const field = page.getByLabel(/The number of your home/);
    await field.fill("99");
    await page.keyboard.press("Enter");
    await expect(page.getByText("No home of this grid has that number or account.")).toBeVisible();
    await field.fill("house twelve");
    await page.keyboard.press("Enter");
    await expect(page.getByText("“house twelve” is neither a number nor an account of this chain.")).toBeVisible();
    await field.fill("wasm1example0home012");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "Home 12" })).toBeVisible();
});

test("a name for a home stays on the device and is shown everywhere", async ({ page }) => {
    await open(page, { name: "settings", state: "plain", place: "/settings", ready: "Names of homes" });
    await page.getByLabel("Number").fill("12");
    await page.getByLabel("Name", { exact: true }).fill("Mill <b>house</b>");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("banner")).toContainText("Mill <b>house</b>");
    await page.reload();
    await expect(page.getByRole("banner")).toContainText("Mill <b>house</b>");
});

test("German is one tap away, and the page says which language it speaks", async ({ page }) => {
    await page.goto("./?state=plain#/settings");
    await page.getByText("Deutsch").click();
    await expect(page.getByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("de");
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: "Einstellungen" })).toBeVisible();
});

test("the example is entered and left, and marked while it lasts", async ({ page }) => {
    await page.goto("./?state=plain#/");
    await page.getByRole("button", { name: "Try with example data" }).click();
    await expect(page.getByText("Example data. Nothing here is real.")).toBeVisible();
    await page.getByLabel(/The number of your home/).fill("12");
    await page.keyboard.press("Enter");
    for (const place of ["Energy", "Money", "Grid", "Home"]) {
        await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: place }).click();
        await expect(page.getByText("Example data. Nothing here is real.")).toBeVisible();
    }
    await page.getByRole("button", { name: "Leave the example" }).click();
    await expect(page.getByText("Example data. Nothing here is real.")).toHaveCount(0);
});
