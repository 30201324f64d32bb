// Three neighbours pay for a cable, on the neighbourhood: pledged, started, built, drawn.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DECIDER, expect, folder, next, open, parties, pass, pledge, sign, test, visit } from "./together.ts";

test("the founding project of A, B and C: pledged, started, handed in, an objection made and taken back, drawn", async ({
    page,
    as,
}) => {
    const number = await open({
        title: "A cable for three",
        target: "30000 EUR",
        who: parties("10000 EUR", "house-a", "house-b", "house-c"),
        // One of three is too few to bring anything before the decider.
        more: DECIDER.replace("30%", "50%"),
    });
    await as("house-a");
    await visit(page, "/projects");
    // Whoever tries this twice has two of that name.
    await page.locator(`a[href="#/projects/${number}"]`, { hasText: "See more" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "A cable for three" })).toBeVisible();
    await expect(page.getByText("Nobody has pledged yet.")).toBeVisible();
    // The description has no address; whoever has the file holds it against the hash.
    const file = page.getByLabel(/^Check a file of yours: /);
    await file.setInputFiles(join(folder, "description.txt"));
    await expect(page.getByText("What is built, in words.")).toBeVisible();
    writeFileSync(join(folder, "other.txt"), "Something else.\n");
    await file.setInputFiles(join(folder, "other.txt"));
    await expect(
        page.getByRole("alert").filter({ hasText: createHash("sha256").update("Something else.\n").digest("hex") }),
    ).toBeVisible();
    await expect(page.getByText("What is built, in words.")).toHaveCount(0);
    await page.getByRole("link", { name: "Pledge", exact: true }).click();
    await expect(page.getByText("The terms name €10,000.00 for you: exactly that, once.")).toBeVisible();
    await page.getByText("only if …").click();
    await expect(page.getByText("Counts only if all together pledge at least €30,000.00.")).toBeVisible();
    await expect(page.getByText(/^Then your pledge waits: .* €0\.00 count; €30,000\.00 are missing\.$/)).toBeVisible();
    await next(page);
    await expect(page.getByRole("dialog")).toContainText("Once it starts you cannot take them back.");
    await sign(
        page,
        /this machine expects: €10,000\.00 are pledged; €0\.00 of them count\./,
        /€10,000\.00 are pledged; €0\.00 of them count\./,
    );

    await as("house-b");
    await pledge(page, number, null);
    await expect(page.getByText("Then €10,000.00 count; €20,000.00 are missing.")).toBeVisible();
    await next(page);
    await sign(
        page,
        /€20,000\.00 are pledged; €10,000\.00 of them count\./,
        /Your account counts|The pledge of .* counts: €10,000\.00\./,
    );

    await as("house-c");
    await pledge(page, number, null);
    await expect(page.getByText("With your pledge the project starts, with €30,000.00.")).toBeVisible();
    await expect(page.getByText("One pledge of somebody else counts with it.")).toBeVisible();
    await next(page);
    await sign(
        page,
        /this machine expects: The project starts with €30,000\.00\./,
        /The project starts with €30,000\.00\./,
    );
    await visit(page, `/projects/${number}`);
    await expect(page.getByText("Target reached", { exact: true })).toBeVisible();

    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Accept the work" }).click();
    await expect(page.getByRole("dialog")).toContainText(/€10\.00\sgo from your account as a bond/);
    await sign(page, null, /The work is accepted\./);
    await page.getByRole("button", { name: "Hand in milestone 1" }).click();
    await page.getByRole("textbox", { name: "What was done" }).fill("The trench is dug.");
    await next(page);
    await sign(page, /Milestone 1 can be looked at until/, /Milestone 1 can be looked at until/);

    await as("house-a");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: /^Check a text of yours: .*1/ }).click();
    await page.getByRole("textbox", { name: "The text" }).fill("The trench is dug");
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByText(/^This text is not what was agreed\./)).toBeVisible();
    await page.getByRole("textbox", { name: "The text" }).fill("The trench is dug.");
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByRole("region", { name: "The text" })).toHaveText("The trench is dug.");
    await page.getByRole("button", { name: "Object to milestone 1" }).click();
    await page.getByRole("textbox", { name: "Why" }).fill("It is not deep enough.");
    await next(page);
    await sign(page, null, /Those who object to milestone 1 paid €10,000\.00 together\./);
    await expect(
        page.getByText("Those who object paid €10,000.00 together; with €15,000.00 it is in dispute."),
    ).toBeVisible();
    await page.getByRole("button", { name: "Take back my objection to milestone 1" }).click();
    await sign(page, null, /Those who object to milestone 1 paid €0\.00 together\./);

    await as("contractor");
    await visit(page, `/projects/${number}`);
    await pass(page, 2);
    // Less five per cent, which are kept back for defects.
    await page.getByRole("button", { name: "Draw €17,100.00" }).click();
    await sign(page, /€17,100\.00 came to your account\./, /€17,100\.00 came to your account\./);
    await expect(page.getByText("Drawn €17,100.00; €0.00 can be drawn now.")).toBeVisible();
});
