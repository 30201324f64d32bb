import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vitest/config";

/** The page's policy holds in what is built. The development server injects scripts of its own, which it would refuse. */
function policyOnlyWhenBuilt(): Plugin {
    return {
        name: "policy-only-when-built",
        apply: "serve",
        transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ""),
    };
}

export default defineConfig({
    // Relative addresses: the bundle works from any folder of any host.
    base: "./",
    plugins: [react(), policyOnlyWhenBuilt()],
    build: {
        target: "es2022",
        modulePreload: { polyfill: false },
        // Nothing is put into the page itself: the policy allows scripts and styles from files only.
        assetsInlineLimit: 0,
        sourcemap: false,
    },
    test: {
        include: ["tests/**/*.test.{ts,tsx}", "src/**/*.test.{ts,tsx}"],
        environment: "node",
    },
});
