// Neighbours pay for something together, on a real chain: it comes together or not, is built, disputed, paid.
import { join } from "node:path";
import { gridpact } from "./commands.ts";
import { folder } from "./ground.ts";
import { addresses, DECIDER, expect, next, open, parties, pass, pledge, sign, test, visit } from "./together.ts";

test.describe.configure({ timeout: 180_000 });

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
    await page.getByRole("link", { name: "See more of A cable for three" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "A cable for three" })).toBeVisible();
    await expect(page.getByText("Nobody has pledged yet.")).toBeVisible();
    await page.getByRole("link", { name: "Pledge", exact: true }).click();
    await expect(page.getByText("The terms name €10,000.00 for you: exactly that, once.")).toBeVisible();
    await page.getByText("only if …").click();
    await expect(page.getByText("Counts only if all together pledge at least €30,000.00.")).toBeVisible();
    await expect(page.getByText(/^Then your pledge waits: .* €0\.00 count; €30,000\.00 are missing\.$/)).toBeVisible();
    await next(page);
    await expect(page.getByRole("dialog")).toContainText("Once it starts you cannot take them back.");
    await sign(
        page,
        /North expects: €10,000\.00 are pledged; €0\.00 of them count\./,
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
    await sign(page, /North expects: The project starts with €30,000\.00\./, /The project starts with €30,000\.00\./);
    await visit(page, `/projects/${number}`);
    await expect(page.getByText("Target reached", { exact: true })).toBeVisible();

    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Accept the work" }).click();
    await expect(page.getByRole("dialog")).toContainText(/€10\.000000\sgo from your account as a bond/);
    await sign(page, null, /The work is accepted\./);
    await page.getByRole("button", { name: "Hand in milestone 1" }).click();
    await page.getByRole("textbox", { name: "What was done" }).fill("The trench is dug.");
    await next(page);
    await sign(page, /Milestone 1 can be looked at until/, /Milestone 1 can be looked at until/);

    await as("house-a");
    await visit(page, `/projects/${number}`);
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
    await sign(page, /North expects: The project starts with €200\.00\./, /The project starts with €200\.00\./);
    await visit(page, `/projects/${number}`);
    await expect(page.getByText("Target reached", { exact: true })).toBeVisible();
});

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
    await page.getByRole("button", { name: "Take back €24.00" }).click();
    await sign(page, null, /€24\.00 came to your account\./);
    await as("contractor");
    await visit(page, `/projects/${number}`);
    await page.getByRole("button", { name: "Draw €68.40" }).click();
    await sign(page, null, /€68\.40 came to your account\./);
});

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
});

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
    await sign(page, /North expects: It is project \d+\./, /It is project \d+\./);
    await visit(page, "/projects");
    await page.getByRole("link", { name: 'See more of A "gate"' }).first().click();
    await expect(page.getByText(`Fingerprint of the terms ${shown}`)).toBeVisible();
});
