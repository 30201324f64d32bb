// Every screen, and every state that it can be in.

import { expect, test } from "@playwright/test";
import { STEPS } from "../fixtures/sending.ts";
import { look, open, type Shot } from "./look.ts";

const BILL = "/bill/1979932";

const SHOTS: readonly Shot[] = [
    { name: "first", state: "plain", place: "/", home: null, ready: /shared .* yesterday/ },
    { name: "first-empty", state: "empty", place: "/", home: null, ready: "No home takes part yet." },
    {
        name: "first-unreachable",
        state: "unreachable",
        place: "/",
        home: null,
        ready: "No node of this grid can be reached.",
    },
    { name: "not-opened", state: "not_opened", place: "/", ready: /file beside this page is not right/ },
    { name: "home", state: "plain", place: "/", ready: /% of what the homes took/ },
    {
        name: "home-week",
        state: "plain",
        place: "/",
        ready: "Week",
        first: async (page) => void (await page.getByRole("radio", { name: "Week" }).check()),
    },
    {
        name: "home-month",
        state: "plain",
        place: "/",
        ready: "Month",
        first: async (page) => void (await page.getByRole("radio", { name: "Month" }).check()),
    },
    { name: "home-empty", state: "empty", place: "/", ready: /No report has come yet/ },
    { name: "home-island", state: "island", place: "/", ready: "not from neighbours" },
    { name: "home-not-known", state: "not_known", place: "/", ready: /cannot be told now/ },
    { name: "home-unreachable", state: "unreachable", place: "/", ready: "No node of this grid can be reached." },
    { name: "home-asking", state: "asking", place: "/", ready: "Asking North…" },
    { name: "home-gone", state: "no_home", place: "/", ready: "There is no home 12 in this grid." },
    {
        name: "alerts-differ",
        state: "differ",
        place: "/money",
        connected: true,
        ready: "Two nodes tell different things: North and South.",
    },
    { name: "alerts-behind", state: "behind", place: "/", ready: /is behind: its newest block/ },
    { name: "alerts-chain", state: "other_chain", place: "/settings", ready: "belongs to another chain (elsewhere-1)" },
    { name: "energy", state: "plain", place: "/energy/2026-06-20", ready: "92 of 96 readings are there." },
    {
        name: "energy-compared",
        state: "plain",
        place: "/energy/2026-06-19",
        ready: "Compare with the day before",
        first: async (page) => {
            await page.getByRole("checkbox").check();
            await expect(page.getByText(/than the day before\./)).toBeVisible();
        },
    },
    { name: "energy-gap", state: "plain", place: "/energy/2026-06-12", ready: "0 of 96 readings are there." },
    {
        name: "energy-table",
        state: "plain",
        place: "/energy/2026-06-21",
        ready: "As a table",
        first: async (page) => {
            await page.getByText("As a table", { exact: true }).click();
        },
    },
    {
        name: "energy-no-home",
        state: "plain",
        place: "/energy",
        home: null,
        ready: "Choose a home first, to see its energy.",
    },
    {
        name: "energy-not-known",
        state: "not_known",
        place: "/energy/2026-06-21",
        ready: /only an archive could have them/,
    },
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
    { name: "grid", state: "plain", place: "/grid", ready: "The contracts" },
    { name: "grid-empty", state: "empty", place: "/grid", ready: /One witness reads all meters alone/ },
    { name: "grid-code", state: "other_code", place: "/grid", ready: /Another code: expected/ },
    { name: "grid-books", state: "books_wrong", place: "/grid", ready: /They do not add up/ },
    { name: "grid-unreachable", state: "unreachable", place: "/grid", ready: "North does not answer." },
    { name: "settings", state: "behind", place: "/settings", ready: "It keeps no list of payments." },
    { name: "settings-unreachable", state: "unreachable", place: "/settings", ready: "does not answer" },
    {
        name: "start",
        state: "fees_granted",
        place: "/start",
        connected: true,
        ready: /Your grid pays network fees for you/,
    },
    { name: "start-absent", state: "wallet_absent", place: "/start", ready: "This browser has no Keplr." },
    { name: "start-own", state: "fees_own", place: "/start", connected: true, ready: /You pay network fees yourself/ },
    { name: "start-none", state: "plain", place: "/start", connected: true, ready: /nothing to pay network fees with/ },
    ...(["locked", "rejected", "failed"] as const).map(
        (what): Shot => ({
            name: `start-${what}`,
            state: `wallet_${what}`,
            place: "/start",
            connected: true,
            ready: /Keplr is locked|You said no|Keplr answered/,
        }),
    ),
    { name: "nowhere", state: "plain", place: "/nowhere", ready: "There is no such page." },
    ...Object.keys(STEPS).map(
        (state): Shot => ({
            name: state.replaceAll("_", "-"),
            state,
            place: "/money",
            connected: true,
            ready: "Close",
        }),
    ),
];

for (const shot of SHOTS) {
    test(`${shot.name}: no violation, no sideways scrolling, 44 px`, async ({ page }) => {
        const broken: string[] = [];
        page.on("pageerror", (error) => broken.push(String(error)));
        page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
        await open(page, shot);
        await look(page, shot.name);
        expect(broken).toEqual([]);
    });
}

for (const language of ["de", "en-XA"] as const) {
    test(`in ${language} nothing scrolls sideways on the smallest phone`, async ({ page }) => {
        await page.setViewportSize({ width: 320, height: 800 });
        for (const place of [
            "/",
            "/energy/2026-06-20",
            "/money",
            "/money/2026-06",
            BILL,
            "/grid",
            "/settings",
            "/start",
        ]) {
            await open(page, {
                name: place,
                state: "plain",
                place,
                language,
                connected: true,
                ready: language === "de" ? /Netz/ : /\[/,
            });
            expect(await page.evaluate(() => document.documentElement.scrollWidth), place).toBeLessThanOrEqual(320);
            await page.screenshot({
                path: `test-results/pictures/${language}${place.replaceAll("/", "-")}.png`,
                fullPage: true,
            });
        }
    });
}
