import { randomBytes } from "node:crypto";
import { addressOf, TestKeplr } from "../tests/wallet/testKeplr.ts";
import { grant, send } from "./allowances.ts";
import { inject } from "./keplr.ts";
import { connect, expect, findHome, payIn, test } from "./story.ts";

test("the grid pays network fees of whoever has no coins for them, until its allowance is used up", async ({
    page,
    site,
}) => {
    const secret = new Uint8Array(randomBytes(32));
    await inject(page, new TestKeplr([{ name: "House new", secret }]));
    await page.goto(site.url);
    await findHome(page, "3");
    await connect(page, site);
    await expect(page.getByText(/^You have nothing to pay network fees with\./)).toBeVisible();
    await send(addressOf(secret), 9_000_000);
    // Enough for one deposit and not for two.
    await grant(addressOf(secret), 6_000);
    await page.reload();
    await expect(page.getByText(/^Your grid pays network fees for you: 0\.006\sSTAKE left/)).toBeVisible();
    await payIn(page, "2");
    const sheet = page.getByRole("dialog", { name: "Pay in" });
    await expect(sheet).toContainText("paid by your grid");
    await sheet.getByRole("button", { name: "Sign in Keplr" }).click();
    await expect(sheet.getByText(/^Done, in block/)).toBeVisible();
    await sheet.getByRole("button", { name: "Close" }).click();
    await payIn(page, "2");
    await expect(sheet).toContainText(
        "Your grid’s allowance for network fees is used up. Ask your operator for a new one.",
    );
    await expect(sheet.getByRole("button", { name: "Sign in Keplr" })).toHaveCount(0);
});
