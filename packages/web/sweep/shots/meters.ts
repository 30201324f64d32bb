// Meters, and what an operator does.

import { expect } from "@playwright/test";
import type { Shot } from "../look.ts";

export const meters: readonly Shot[] = [
    { name: "meter", state: "plain", place: "/meter", connected: true, ready: "Proposal 26" },
    { name: "meter-nobody", state: "plain", place: "/meter", ready: "Connect Keplr" },
    {
        name: "meter-salt",
        state: "plain",
        place: "/meter",
        connected: true,
        ready: "Proposal 26",
        first: async (page) => {
            await page.getByLabel("What stands behind it").selectOption("prosumer");
            await page.getByLabel("Main fuse").selectOption("own");
            await page.getByLabel("The most it takes (W)").fill("20000");
            await page.getByRole("textbox", { name: "Serial number" }).fill("1EMH0012345678");
            await page.getByRole("button", { name: "Next" }).click();
            await expect(page.getByText("Note these words now")).toBeVisible();
        },
    },
    { name: "operator", state: "operator", place: "/operator", connected: true, ready: "Proposal 27" },
    { name: "operator-others", state: "plain", place: "/operator", ready: "Proposal 27" },
    {
        name: "operator-admit",
        state: "operator",
        place: "/operator",
        connected: true,
        ready: "Proposal 27",
        first: async (page) => {
            await page.getByRole("button", { name: "Let it in: Proposal 27" }).click();
            await page.getByLabel("Weight of the household").fill("2");
            await page.getByLabel("Sells").selectOption("never");
            await expect(page.getByText("It sells nothing to neighbours.")).toBeVisible();
        },
    },
    {
        name: "operator-fees",
        state: "fees_granted",
        place: "/operator",
        ready: "See whose are paid",
        first: async (page) => {
            await page.getByRole("button", { name: "See whose are paid" }).click();
            await expect(page.getByText(/0\.41\sSTAKE left until/).first()).toBeVisible();
        },
    },
    {
        name: "operator-fees-paid",
        state: "operator_fees",
        place: "/operator",
        connected: true,
        ready: "See whose are paid",
        first: async (page) => {
            await page.getByRole("button", { name: "See whose are paid" }).click();
            await expect(page.getByRole("button", { name: /^Renew: / }).first()).toBeVisible();
        },
    },
    {
        name: "operator-fees-terms",
        state: "operator_fees",
        place: "/operator",
        connected: true,
        ready: "See whose are paid",
        first: async (page) => {
            await page.getByRole("button", { name: "See whose are paid" }).click();
            await page.getByRole("button", { name: /^Pay for the / }).click();
            await page.getByRole("textbox", { name: /^The most in a period/ }).fill("0.5");
            await expect(page.getByText(/^Up to 0\.50\sSTAKE in every 30 days until /)).toBeVisible();
        },
    },
];
