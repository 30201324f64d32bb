import { defineConfig } from "@playwright/test";

/** Another one where a sweep of another checkout runs beside it. */
const PORT = Number(process.env["GRIDPACT_SWEEP_PORT"] ?? 4317);

export default defineConfig({
    testDir: ".",
    testMatch: "*.sweep.ts",
    outputDir: "../test-results",
    workers: 2,
    timeout: 90_000,
    // The engine is loaded and a month settled before some sentences can be said; a busy machine takes a while.
    expect: { timeout: 20_000 },
    reporter: [["list", { printSteps: false }]],
    use: {
        baseURL: `http://127.0.0.1:${PORT}/`,
        locale: "en-GB",
        timezoneId: "America/New_York",
        launchOptions: {
            executablePath: process.env["GRIDPACT_CHROMIUM"] ?? "/usr/bin/chromium",
            args: [
                "--headless",
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
    webServer: {
        command: `npx --no-install vite build --config sweep/vite.config.ts --logLevel warn && npx --no-install vite preview --config sweep/vite.config.ts --host 127.0.0.1 --port ${PORT} --strictPort`,
        cwd: "..",
        url: `http://127.0.0.1:${PORT}/`,
        reuseExistingServer: false,
        timeout: 120_000,
    },
});
