// What comes together and what does not.
import { expect, next, open, parties, pass, pledge, sign, test, visit } from "./together.ts";

test("one that fails is taken back whole; a stranger and a condition that can never hold are refused in words", async ({
    page,
    as,
}) => {
    const number = await open({ title: "A well", target: "200 EUR", who: parties("100 EUR", "house-a", "house-b") });
    await as("payer");
    await visit(page, `/projects/${number}`);
    await expect(page.getByText(/^Only the parties that the terms name can pledge here\./)).toBeVisible();
    await expect(page.getByText(/^Nobody can object:/).first()).toBeVisible();
    await expect(page.getByRole("link", { name: "Pledge", exact: true })).toHaveCount(0);
    await visit(page, `/projects/${number}/pledge`);
    await expect(page.getByText(/Your account is none of them\./)).toBeVisible();

    await as("house-a");
    await pledge(page, number, null);
    await page.getByText("only if …").click();
    await page.getByRole("textbox", { name: /^together at least/ }).fill("200.01");
    await expect(page.getByText("All together can pledge €200.00 at most, so this can never hold.")).toBeVisible();
    await next(page);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByText("always", { exact: true }).click();
    await next(page);
    await sign(page, /€100\.00 are pledged; €100\.00 of them count\./, /€100\.00 are pledged/);

    await visit(page, `/projects/${number}`);
    await pass(page, 5);
    await expect(page.getByText(/^The target was not reached by /)).toBeVisible();
    await page.getByRole("button", { name: "Take back €100.00" }).click();
    await sign(page, /€100\.00 came to your account\./, /€100\.00 came to your account\./);
    await expect(page.getByRole("button", { name: /^Take back/ })).toHaveCount(0);
});

test("a condition that is weakened starts a project", async ({ page, as }) => {
    const number = await open({
        title: "A shed",
        target: "200 EUR",
        who: 'minimum = "50 EUR"',
        more: 'cap = "400 EUR"\n',
    });
    await as("house-a");
    await pledge(page, number, "100");
    await next(page);
    await sign(page, null, /€100\.00 of them count/);
    await as("house-b");
    await pledge(page, number, "100");
    await page.getByText("only if …").click();
    await page.getByRole("textbox", { name: /^together at least/ }).fill("300");
    await expect(page.getByText(/^Then your pledge waits:/)).toBeVisible();
    await next(page);
    await sign(page, null, /€200\.00 are pledged; €100\.00 of them count\./);

    await visit(page, `/projects/${number}`);
    await page.getByRole("link", { name: "Ask less of the others" }).click();
    await page.getByRole("textbox", { name: /^together at least/ }).fill("300.01");
    await expect(page.getByText(/^You can only ask less than before/)).toBeVisible();
    await page.getByRole("textbox", { name: /^together at least/ }).fill("200");
    await next(page);
    await sign(page, /this machine expects: The project starts with €200\.00\./, /The project starts with €200\.00\./);
    await visit(page, `/projects/${number}`);
    await expect(page.getByText("Target reached", { exact: true })).toBeVisible();
});

test("a pledge that finds no room below the cap comes back at once, and a larger one is refused in words", async ({
    page,
    as,
}) => {
    const number = await open({
        title: "A barn",
        target: "200 EUR",
        who: 'minimum = "50 EUR"',
        more: 'cap = "250 EUR"\n',
    });
    await as("house-a");
    await pledge(page, number, "300");
    await next(page);
    await expect(page.getByText(/^It can be at most €250\.00/)).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await pledge(page, number, "100");
    await next(page);
    await sign(page, null, /€100\.00 are pledged; €100\.00 of them count\./);
    await as("house-b");
    await pledge(page, number, "100");
    await page.getByText("only if …").click();
    await page.getByRole("textbox", { name: /^together at least/ }).fill("250");
    await next(page);
    await sign(page, null, /€200\.00 are pledged; €100\.00 of them count\./);
    // Who comes last, with however much, takes nothing from those who came before.
    await as("house-c");
    await pledge(page, number, "150");
    await expect(page.getByText("With your pledge the project starts, with €250.00.")).toBeVisible();
    await next(page);
    await sign(
        page,
        /this machine expects: .*€100\.00 of the pledge of your account find no room/i,
        /The project starts with €250\.00\./,
    );
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Take back €100.00" }).click();
    await sign(page, null, /€100\.00 came to your account\./);
    await expect(page.getByRole("button", { name: /^Take back/ })).toHaveCount(0);
});
