// Nobody reported for longer than a report may be late: the operator closes the gap. It moves the clock on by days, so it comes last by
// name of all that look at what was reported.

import { TestKeplr } from "../tests/wallet/testKeplr.ts";
import { devnet, secretOf } from "./commands.ts";
import { pinsOf, sourceOf } from "./grid.ts";
import { inject } from "./keplr.ts";
import { expect, test } from "./story.ts";

const DAY = 86_400;

test("the operator closes a gap that witnesses left, and the next report may follow it", async ({ page, site }) => {
    const source = sourceOf(pinsOf());
    const before = (await source.witnesses()).next;
    await inject(page, new TestKeplr([{ name: "Operator", secret: await secretOf("operator") }]));
    await page.goto(`${site.url}#/start`);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await expect(page.getByText(/^Connected: Operator/)).toBeVisible();
    await page.goto(`${site.url}#/operator`);
    await expect(page.getByText("There is none to close.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Close the gap" })).toHaveCount(0);
    // Readings may be seven days late in this grid.
    devnet("advance", String(9 * DAY));
    await page.reload();
    await expect(page.getByText(/^Some time was not reported and is too old by now\./)).toBeVisible();
    await page.getByRole("button", { name: "Close the gap" }).click();
    const sheet = page.getByRole("dialog", { name: "Close the gap" });
    await sheet.getByRole("button", { name: "See what it costs" }).click();
    await expect(sheet).toContainText("North expects: The gap is closed.");
    await sheet.getByRole("button", { name: "Sign in Keplr" }).click();
    await expect(sheet.getByText(/^Done, in block .* The gap is closed\.$/)).toBeVisible();
    await sheet.getByRole("button", { name: "Close", exact: true }).click();
    await expect(page.getByText("There is none to close.")).toBeVisible();
    const after = (await source.witnesses()).next;
    expect(after?.gap).toBe(false);
    expect(after?.firstInterval).toBeGreaterThan((before?.firstInterval ?? 0) + 96);
});
