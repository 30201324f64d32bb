import { randomBytes } from "node:crypto";
import { addressOf, TestKeplr } from "../tests/wallet/testKeplr.ts";
import { grant, revoke, send } from "./allowances.ts";
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
    grant(addressOf(secret), 6_000);
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
        /Your grid’s allowance for network fees is used up until .*\. Then it pays again\./,
    );
    await expect(sheet.getByRole("button", { name: "Sign in Keplr" })).toHaveCount(0);
    // The operator renews it, and takes it back.
    grant(addressOf(secret), 20_000);
    await sheet.getByRole("button", { name: "Try again" }).click();
    await expect(sheet).toContainText("paid by your grid");
    await sheet.getByRole("button", { name: "Sign in Keplr" }).click();
    await expect(sheet.getByText(/^Done, in block/)).toBeVisible();
    await sheet.getByRole("button", { name: "Close" }).click();
    revoke(addressOf(secret));
    await payIn(page, "2");
    await expect(sheet).toContainText(
        "Your grid grants this account nothing for network fees. Ask your operator for an allowance.",
    );
    await expect(sheet.getByRole("button", { name: "Sign in Keplr" })).toHaveCount(0);
});
