// What those who paid, the contractor and the decider do about work that is not right.
import { DECIDER, expect, next, open, parties, pledge, sign, test, visit } from "./together.ts";

test("a dispute: an objection, an offer, a verdict, and what it left is paid and returned", async ({ page, as }) => {
    const number = await open({
        title: "A wall",
        target: "200 EUR",
        who: parties("100 EUR", "house-a", "house-b"),
        more: DECIDER,
    });
    for (const role of ["house-a", "house-b"] as const) {
        await as(role);
        await pledge(page, number, null);
        await next(page);
        await sign(page, null, /are pledged|The project starts/);
    }
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Accept the work" }).click();
    await sign(page, null, /The work is accepted\./);
    await page.getByRole("button", { name: "Hand in milestone 1" }).click();
    await page.getByRole("textbox", { name: "What was done" }).fill("The wall stands, more or less.");
    await next(page);
    await sign(page, null, /can be looked at until/);

    await as("house-a");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Object to milestone 1" }).click();
    await page.getByRole("textbox", { name: "Why" }).fill("It leans.");
    await next(page);
    await sign(page, /Milestone 1 is in dispute; it must be decided by/, /Milestone 1 is in dispute/);

    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Make an offer" }).click();
    await page.getByRole("textbox", { name: /keep \(per cent\)/ }).fill("80");
    await expect(
        page.getByText("Milestone 1 is split: 80% is paid out, 20% goes back to those who paid."),
    ).toBeVisible();
    await next(page);
    await sign(page, /Offer 1 stands\./, /Offer 1 stands\./);

    await as("house-b");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Agree to the offer" }).click();
    await sign(page, /Those who agree paid €100\.00 together\./, /Those who agree paid €100\.00 together\./);

    await as("operator");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Decide milestone 1" }).click();
    await page.getByRole("textbox", { name: /keep \(per cent\)/ }).fill("60");
    await page.getByRole("textbox", { name: "Why" }).fill("Half of it leans.");
    await next(page);
    await sign(page, /Milestone 1 is decided: 60% is paid out, €48\.00 go back\./, /Milestone 1 is decided/);

    await as("house-a");
    await visit(page, `/projects/${number}`);
    await expect(page.getByText(/decided on .*: 60% is paid out, 40% went back\.$/)).toBeVisible();
    // Why one objected, and why the decider decided so.
    await expect(page.getByText(/^Reason of /)).toHaveCount(2);
    await page.getByRole("button", { name: "Take back €24.00" }).click();
    await sign(page, null, /€24\.00 came to your account\./);
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Draw €68.40" }).click();
    await sign(page, null, /€68\.40 came to your account\./);
});
