// Every screen, and every state that it can be in.

import { expect, test } from "@playwright/test";
import { STEPS } from "../fixtures/sending.ts";
import { look, open, type Shot } from "./look.ts";
import { grid } from "./shots/grid.ts";
import { home } from "./shots/home.ts";
import { meters } from "./shots/meters.ts";
import { BILL, money } from "./shots/money.ts";
import { projects } from "./shots/projects.ts";

/** The sheet before everything that is signed, in each of its steps. */
const SHEET = Object.keys(STEPS).map(
    (state): Shot => ({ name: state.replaceAll("_", "-"), state, place: "/money", connected: true, ready: "Close" }),
);
const SHOTS = [...home, ...money, ...grid, ...projects, ...meters, ...SHEET];

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
