import { defineConfig } from "@playwright/test";
import ground from "../playwright.config.ts";

// On a neighbourhood that runs: scripts/neighbourhood --headless -- scripts/web neighbours. In the order of their names: a meter is
// settled before the clock jumps far, and what needs a month comes last.
const { globalSetup: _ground, testIgnore: _apart, ...shared } = ground;

export default defineConfig({
    ...shared,
    outputDir: "../../test-results/neighbourhood",
    timeout: 240_000,
    expect: { timeout: 30_000 },
    use: { ...shared.use, actionTimeout: 30_000 },
});
