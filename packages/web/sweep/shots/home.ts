// Home and energy: the first visit, a home, its days, and what stands above every screen.

import { expect } from "@playwright/test";
import type { Shot } from "../look.ts";

export const home: readonly Shot[] = [
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
];
