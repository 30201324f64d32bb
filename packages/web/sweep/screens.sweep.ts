// Every screen, and every state that it can be in.

import { expect, test } from "@playwright/test";
import { STEPS } from "../fixtures/sending.ts";
import { asLink } from "../src/screens/neighbours/model.ts";
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
    {
        name: "grid-recomputed",
        state: "plain",
        place: "/grid",
        ready: "Recompute the books here",
        first: async (page) => {
            await page.getByRole("radio", { name: "the beginning of the grid" }).check();
            await page.getByRole("button", { name: "Recompute", exact: true }).click();
            await expect(page.getByText("This device comes to the same: all 24 accounts")).toBeVisible();
        },
    },
    {
        name: "grid-recompute-differs",
        state: "recompute_differs",
        place: "/grid",
        ready: "Recompute the books here",
        first: async (page) => {
            await page.getByRole("button", { name: "Recompute", exact: true }).click();
            await expect(page.getByRole("table", { name: "What differs" })).toBeVisible();
        },
    },
    {
        name: "grid-recompute-missing",
        state: "recompute_missing",
        place: "/grid",
        language: "de",
        ready: "Die Bücher hier nachrechnen",
        first: async (page) => {
            await page.getByRole("button", { name: "Nachrechnen", exact: true }).click();
            await expect(page.getByText(/Genau das fehlt/)).toBeVisible();
        },
    },
    {
        name: "grid-recompute-stopped",
        state: "recompute_running",
        place: "/grid",
        ready: "Recompute the books here",
        first: async (page) => {
            await page.getByRole("button", { name: "Recompute", exact: true }).click();
            await expect(page.getByText("Recomputing: 412 of 2,976 periods.")).toBeVisible();
            await page.getByRole("button", { name: "Stop" }).click();
            await expect(page.getByText("You stopped it. Nothing was compared.")).toBeVisible();
        },
    },
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
    { name: "projects", state: "plain", place: "/projects", connected: true, ready: "You pledged €10,000.00." },
    { name: "projects-nobody", state: "plain", place: "/projects", ready: "The line between three houses" },
    { name: "projects-none", state: "no_projects", place: "/projects", ready: "No project yet. Start one." },
    { name: "projects-unreachable", state: "unreachable", place: "/projects", ready: "North does not answer." },
    { name: "project-open", state: "plain", place: "/projects/1", connected: true, ready: "Ask less of the others" },
    { name: "project-no-decider", state: "plain", place: "/projects/2", connected: true, ready: /^Nobody can object:/ },
    { name: "project-nobody", state: "plain", place: "/projects/2", ready: "See what a pledge would do" },
    {
        name: "project-stranger",
        state: "stranger",
        place: "/projects/1",
        connected: true,
        ready: /Your account is none of them/,
    },
    { name: "project-funded", state: "builder", place: "/projects/3", connected: true, ready: "Accept the work" },
    { name: "project-disputed", state: "plain", place: "/projects/4", connected: true, ready: "Agree to the offer" },
    { name: "project-builder", state: "builder", place: "/projects/4", connected: true, ready: "Hand in milestone 2" },
    { name: "project-decider", state: "mediator", place: "/projects/4", connected: true, ready: "Decide milestone 1" },
    { name: "project-built", state: "plain", place: "/projects/5", connected: true, ready: "Claim a defect" },
    { name: "project-failed", state: "plain", place: "/projects/6", connected: true, ready: "Take back €10,000.00" },
    {
        name: "project-unreadable",
        state: "other_terms",
        place: "/projects/1",
        ready: /terms of this project cannot be shown/,
    },
    {
        name: "project-differs",
        state: "project_differs",
        place: "/projects/1",
        connected: true,
        ready: /^Two nodes tell different things about this project: North and South\./,
    },
    {
        name: "pledge-differs",
        state: "project_differs",
        place: "/projects/1/weaken",
        connected: true,
        ready: /^Two nodes tell different things about this project/,
    },
    { name: "project-gone", state: "plain", place: "/projects/99", ready: "There is no project 99 here." },
    {
        name: "project-description",
        state: "plain",
        place: "/projects/1",
        ready: "Fetch and check",
        first: async (page) => {
            await page.getByRole("button", { name: /^Fetch and check/ }).click();
            await expect(page.getByText("✓ This is the text that was agreed.")).toBeVisible();
        },
    },
    {
        name: "project-decide",
        state: "mediator",
        place: "/projects/4",
        connected: true,
        ready: "Decide milestone 1",
        first: async (page) => {
            await page.getByRole("button", { name: "Decide milestone 1" }).click();
            await page.getByLabel(/keep \(per cent\)/).fill("60");
            await page.getByRole("button", { name: "Next" }).click();
            await expect(page.getByText("Write something, or choose a file.")).toBeVisible();
        },
    },
    {
        name: "project-offer",
        state: "builder",
        place: "/projects/4",
        connected: true,
        ready: "Make an offer",
        first: async (page) => {
            await page.getByRole("button", { name: "Make an offer" }).click();
            await page.getByLabel("What you offer").selectOption({ label: "A later date for milestone 2" });
            await page.getByRole("button", { name: "Next" }).click();
            await expect(page.getByText("Choose a day.")).toBeVisible();
        },
    },
    {
        name: "pledge",
        state: "neighbour",
        place: "/projects/1/pledge",
        connected: true,
        ready: /With your pledge the project starts/,
    },
    {
        name: "pledge-never",
        state: "neighbour",
        place: "/projects/1/pledge",
        connected: true,
        ready: "only if …",
        first: async (page) => {
            await page.getByText("only if …").click();
            await page.getByRole("textbox", { name: /^together at least/ }).fill("40000");
            await expect(page.getByText(/so this can never hold/)).toBeVisible();
        },
    },
    {
        name: "pledge-open",
        state: "plain",
        place: "/projects/2/pledge",
        connected: true,
        ready: "only if …",
        first: async (page) => {
            await page.getByRole("textbox", { name: /^How much/ }).fill("3000");
            await page.getByText("only if …").click();
            await page.getByText("if at least so many pledge").click();
            await expect(page.getByText(/^Counts only if at least 2 pledge/)).toBeVisible();
            await expect(page.getByText(/Then .* count;|Then your pledge waits/)).toBeVisible();
        },
    },
    {
        name: "pledge-weaken",
        state: "plain",
        place: "/projects/1/weaken",
        connected: true,
        ready: /this is what you ask already/,
    },
    { name: "pledge-nobody", state: "plain", place: "/projects/2/pledge", ready: "Connect Keplr" },
    { name: "new", state: "plain", place: "/projects/new", connected: true, ready: "Short name" },
    {
        name: "new-who",
        state: "plain",
        place: "/projects/new",
        connected: true,
        ready: "Short name",
        first: async (page) => {
            await page.getByRole("button", { name: "Next" }).click();
            await page.getByRole("button", { name: "Next" }).click();
            await page.getByText("nobody decides").click();
            await expect(page.getByText(/^Nobody can object:/)).toBeVisible();
        },
    },
    {
        name: "new-wrong",
        state: "plain",
        place: "/projects/new",
        connected: true,
        ready: "Short name",
        first: async (page) => {
            for (let pages = 0; pages < 5; pages += 1) await page.getByRole("button", { name: "Next" }).click();
            await expect(page.getByText(/^Give it a name of one line/)).toBeVisible();
        },
    },
    { name: "street", state: "plain", place: "/street", ready: /homes? takes? more than/ },
    {
        name: "street-noon",
        state: "plain",
        place: "/street",
        ready: "Earlier",
        first: async (page) => {
            for (let steps = 0; steps < 44; steps += 1) await page.getByRole("button", { name: "Earlier" }).click();
            await expect(page.getByText(/, 12:45–13:00/)).toBeVisible();
        },
    },
    { name: "street-empty", state: "empty", place: "/street", ready: "No report has come yet." },
    { name: "neighbours", state: "plain", place: "/neighbours", ready: "Berger Bau" },
    {
        name: "neighbours-brought",
        state: "plain",
        place: `/neighbours/${asLink({ wasm1qurswpc8qurswpc8qurswpc8qurswpc8e0k0f2: "Somebody <b>new</b>" })}`,
        ready: "Somebody <b>new</b>",
    },
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

for (const language of ["de", "fr", "en-XA"] as const) {
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
            "/projects",
            "/projects/4",
            "/projects/2/pledge",
            "/projects/new",
            "/meter",
            "/operator",
        ]) {
            await open(page, {
                name: place,
                state: "plain",
                place,
                language,
                connected: true,
                ready: language === "de" ? /Netz/ : language === "fr" ? /Réseau/ : /\[/,
            });
            // Charts are drawn anew once the width is known.
            await expect
                .poll(() => page.evaluate(() => document.documentElement.scrollWidth), place)
                .toBeLessThanOrEqual(320);
            await page.screenshot({
                path: `test-results/pictures/${language}${place.replaceAll("/", "-")}.png`,
                fullPage: true,
            });
        }
    });
}
