// A contractor's whole way, what comes after, and ends before it.
import type { Page } from "@playwright/test";
import { DECIDER, expect, next, open, parties, pass, pledge, type Role, sign, test, visit } from "./together.ts";

test("a contractor's whole way: a later date by agreement, both parts paid, a defect on which silence decides, the rest and the bond", async ({
    page,
    as,
}) => {
    const number = await open({
        title: "A roof",
        target: "200 EUR",
        who: parties("200 EUR", "house-c"),
        more: DECIDER,
    });
    await as("house-c");
    await pledge(page, number, null);
    await next(page);
    await sign(page, /The project starts with €200\.00\./, /The project starts/);
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Accept the work" }).click();
    await sign(page, null, /The work is accepted\./);
    await page.getByRole("button", { name: "Make an offer" }).click();
    await page.getByLabel("What you offer").selectOption({ label: "A later date for milestone 1" });
    const due = await page.evaluate(() => new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10));
    await page.getByLabel("Due at the end of").fill(due);
    await next(page);
    await sign(page, null, /Offer 1 stands\./);
    await as("house-c");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Agree to the offer" }).click();
    await sign(page, /Milestone 1 is due .* now\./, /Milestone 1 is due .* now\./);

    await as("contractor");
    await visit(page, `/projects/${number}`);
    for (const milestone of [1, 2]) {
        await page.getByRole("button", { name: `Hand in milestone ${milestone}` }).click();
        await page.getByRole("textbox", { name: "What was done" }).fill(`Part ${milestone} is done.`);
        await next(page);
        await sign(page, null, /can be looked at until/);
    }
    await pass(page, 2);
    // 95 % of 200, and the bond of 10.
    await page.getByRole("button", { name: "Draw €200.00" }).click();
    await sign(page, null, /€200\.00 came to your account\./);
    await expect(page.getByText("Built, defects can be claimed", { exact: true })).toBeVisible();

    await as("house-c");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Claim a defect" }).click();
    await page.getByRole("textbox", { name: /^How much/ }).fill("4");
    await page.getByRole("textbox", { name: "Why" }).fill("It drips.");
    await next(page);
    await sign(page, /Claim 1 is in dispute/, /Claim 1 is made\..*Claim 1 is in dispute/);
    // The decider says nothing in time: half each, and those who paid are told who gained.
    await pass(page, 7);
    await expect(page.getByText(/said nothing until .*: €2\.00 go back to those who paid\.$/)).toBeVisible();
    await page.getByRole("button", { name: "Take back €2.00" }).click();
    await sign(page, null, /€2\.00 came to your account\./);
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await pass(page, 3);
    await page.getByRole("button", { name: "Draw €8.00" }).click();
    await sign(page, null, /€8\.00 came to your account\./);
    await expect(page.getByText("Complete", { exact: true })).toBeVisible();

    // What it earns goes to who paid for it.
    await as("house-a");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Pay earnings in" }).click();
    await page.getByRole("textbox", { name: /^How much/ }).fill("5");
    await next(page);
    await sign(page, /€5\.00 are divided among those who paid\./, /€5\.00 are divided among those who paid\./);
    await as("house-c");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Take my share, €5.00" }).click();
    await sign(page, /€5\.00 came to your account\./, /€5\.00 came to your account\./);
    await expect(page.getByRole("button", { name: /^Take my share/ })).toHaveCount(0);
});

/** A project that house-c has paid for and the contractor has accepted. */
async function accepted(page: Page, as: (role: Role) => Promise<void>, title: string, due: readonly [number, number]) {
    const number = await open({
        title,
        target: "200 EUR",
        who: parties("200 EUR", "house-c"),
        more: DECIDER,
        due,
        days: 1,
    });
    await as("house-c");
    await pledge(page, number, null);
    await next(page);
    await sign(page, null, /The project starts/);
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Accept the work" }).click();
    await sign(page, null, /The work is accepted\./);
    return number;
}

test("an end together: offered, agreed to, all of it and the bond go back", async ({ page, as }) => {
    const number = await accepted(page, as, "A pond", [20, 30]);
    await page.getByRole("button", { name: "Make an offer" }).click();
    await page.getByLabel("What you offer").selectOption({ label: "An end together" });
    await expect(page.getByRole("dialog")).toContainText(
        "The project ends together: what is not earned goes back, and the builder gets the bond back.",
    );
    await next(page);
    await sign(page, null, /Offer 1 stands\./);
    await page.getByRole("button", { name: "Take back my offer" }).click();
    await sign(page, null, /The offer is taken back\./);
    await page.getByRole("button", { name: "Make an offer" }).click();
    await page.getByLabel("What you offer").selectOption({ label: "An end together" });
    await next(page);
    await sign(page, null, /Offer 2 stands\./);
    await as("house-c");
    await visit(page, `/projects/${number}`);
    await expect(page.getByText("Whoever agreed cannot take it back.")).toBeVisible();
    await page.getByRole("button", { name: "Agree to the offer" }).click();
    await sign(
        page,
        /The project has ended; €200\.00 go back to those who paid\./,
        /The project has ended; €200\.00 go back to those who paid\./,
    );
    await page.getByRole("button", { name: "Take back €200.00" }).click();
    await sign(page, null, /€200\.00 came to your account\./);
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Draw €10.00" }).click();
    await sign(page, null, /€10\.00 came to your account\./);
});

test("an end after a due date: who paid votes for it, and the bond is forfeited to them", async ({ page, as }) => {
    const number = await accepted(page, as, "A ditch", [4, 5]);
    await as("house-c");
    await visit(page, `/projects/${number}`);
    await expect(page.getByRole("button", { name: "Vote to end the project" })).toHaveCount(0);
    await pass(page, 4);
    await expect(page.getByText(/^Milestone 1 was due .* has not handed it in\.$/)).toBeVisible();
    await page.getByRole("button", { name: "Vote to end the project" }).click();
    await sign(page, /The project has ended; /, /The project has ended; €2\d0\.00 go back to those who paid\./);
    await expect(page.getByText("The bond of €10.00 goes to those who paid.")).toBeVisible();
    await page.getByRole("button", { name: "Take back €210.00" }).click();
    await sign(page, null, /€210\.00 came to your account\./);
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await expect(page.getByText("Ended early", { exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Draw/ })).toHaveCount(0);
});
