import { defineConfig } from "@playwright/test";

// One after the other: they share a chain and its clock.
export default defineConfig({
    testDir: ".",
    testIgnore: "neighbourhood/**",
    outputDir: "../test-results/stories",
    workers: 1,
    fullyParallel: false,
    forbidOnly: true,
    retries: 0,
    timeout: 60_000,
    expect: { timeout: 12_000 },
    globalSetup: "./ground.ts",
    reporter: [["list"]],
    use: {
        viewport: { width: 360, height: 780 },
        locale: "en-GB",
        timezoneId: "Europe/Vienna",
        colorScheme: "light",
        serviceWorkers: "block",
        actionTimeout: 12_000,
        trace: "retain-on-failure",
        launchOptions: {
            executablePath: process.env["GRIDPACT_CHROMIUM"] ?? "/usr/bin/chromium",
            args: [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        },
    },
});
