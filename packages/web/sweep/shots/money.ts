// Money and bills.

import { expect } from "@playwright/test";
import type { Shot } from "../look.ts";

export const BILL = "/bill/1979932";

export const money: readonly Shot[] = [
    { name: "money", state: "plain", place: "/money", connected: true, ready: "Take out" },
    {
        name: "money-stranger",
        state: "stranger",
        place: "/money",
        connected: true,
        ready: /Only the owner can take money out/,
    },
    { name: "money-not-connected", state: "plain", place: "/money", ready: "Connect Keplr to pay in or take out." },
    { name: "money-empty", state: "empty", place: "/money", connected: true, ready: /it still sells/ },
    { name: "money-no-payments", state: "no_payments", place: "/money", ready: /this node keeps no list/ },
    {
        name: "money-pay-in",
        state: "fees_granted",
        place: "/money",
        connected: true,
        ready: "Take out",
        first: async (page) => {
            await page.getByRole("button", { name: "Pay in" }).click();
            await page.getByRole("button", { name: "Next" }).click();
            await expect(page.getByText("Type an amount.")).toBeVisible();
        },
    },
    { name: "statement", state: "plain", place: "/money/2026-06", ready: /better than the utility/ },
    { name: "statement-empty", state: "plain", place: "/money/2026-01", ready: "There is nothing in this month." },
    { name: "bill", state: "plain", place: BILL, ready: /comes to the same amount/ },
    { name: "bill-differs", state: "bill_differs", place: BILL, ready: /another amount than the chain/ },
    { name: "bill-forged", state: "bill_forged", place: BILL, ready: /Something here is forged/ },
    { name: "bill-missing", state: "bill_missing", place: BILL, ready: /Exactly this is missing/ },
    { name: "bill-gap", state: "plain", place: "/bill/1979140", ready: /Nobody reported this period in time/ },
    { name: "bill-none", state: "plain", place: "/bill/1990000", ready: "No report covers this time yet." },
    { name: "bill-island", state: "island", place: BILL, ready: /of it\./ },
];
