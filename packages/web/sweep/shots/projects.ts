// Projects: listed, by phase and by who looks, pledged for, written.

import { expect } from "@playwright/test";
import type { Shot } from "../look.ts";

export const projects: readonly Shot[] = [
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
];
