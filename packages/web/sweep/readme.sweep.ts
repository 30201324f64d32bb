// The pictures of the repository's first page: GRIDPACT_PICTURES=1 scripts/web sweep pictures

import { test } from "@playwright/test";
import { open } from "./look.ts";

const FOLDER = new URL("../../../docs/pictures/", import.meta.url).pathname;

const PICTURES = [
    { name: "web-home", place: "/", ready: /% of what the homes took/, colorScheme: "light", to: null },
    {
        name: "web-bill",
        place: "/bill/1979968",
        ready: /comes to the same amount/,
        colorScheme: "dark",
        to: "One quarter hour, step by step",
    },
    { name: "web-grid", place: "/grid", ready: "The contracts", colorScheme: "light", to: null },
] as const;

for (const { name, place, ready, colorScheme, to } of PICTURES) {
    test(`pictures: ${name}`, async ({ page }) => {
        test.skip(process.env["GRIDPACT_PICTURES"] !== "1", "pictures are made when they are asked for");
        await page.setViewportSize({ width: 360, height: 760 });
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await open(page, { name, state: "plain", home: 8, place, ready });
        if (to !== null)
            await page
                .getByRole("heading", { name: to })
                .evaluate((heading) => heading.scrollIntoView({ block: "start" }));
        await page.waitForFunction(() => document.querySelectorAll(".busy").length === 0);
        await page.screenshot({ path: `${FOLDER}${name}.png` });
    });
}
