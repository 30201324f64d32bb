// What comes after a month.
import { expect, pass, sign, test, visit } from "./together.ts";

test("a project that failed: what was gathered for it goes to whom the rules name instead", async ({ page, as }) => {
    await as("house-a");
    await visit(page, "/operator");
    // Not enough was pledged for it, so it failed; then the fee goes to the account that the rules name instead.
    await pass(page, 31);
    await page.getByRole("button", { name: "Send: network" }).click();
    await sign(page, /this machine expects: €\d+\.\d\d went to/, /€\d+\.\d\d went to/);
    await expect(page.getByRole("button", { name: "Send: network" })).toHaveCount(0);
});
