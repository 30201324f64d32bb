// The grid, its street and its neighbours, settings, the start.

import { expect } from "@playwright/test";
import { asLink } from "../../src/screens/neighbours/model.ts";
import type { Shot } from "../look.ts";

export const grid: readonly Shot[] = [
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
    { name: "nowhere", state: "plain", place: "/nowhere", ready: "There is no such page." },
];
