import { test } from "@playwright/test";
import { STEPS } from "../fixtures/sending.ts";
import { open, type Shot } from "./look.ts";
import { grid } from "./shots/grid.ts";
import { home } from "./shots/home.ts";
import { meters } from "./shots/meters.ts";
import { money } from "./shots/money.ts";
import { projects } from "./shots/projects.ts";
const SHEET = Object.keys(STEPS).map((state): Shot => ({ name: state.replaceAll("_", "-"), state, place: "/money", connected: true, ready: "Close" }));
for (const shot of [...home, ...money, ...grid, ...projects, ...meters, ...SHEET])
    test(`picture ${shot.name}`, async ({ page }) => {
        await page.setViewportSize({ width: 320, height: 800 });
        await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
        await open(page, shot);
        await page.screenshot({ path: `/tmp/out/pix/${shot.name}-320-light.png`, fullPage: true });
        await page.setViewportSize({ width: 360, height: 800 });
        await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
        await page.waitForTimeout(300);
        await page.screenshot({ path: `/tmp/out/pix/${shot.name}-360-dark.png`, fullPage: true });
    });
