import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
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

/** The service worker, told which files there are. The engine, and what recomputes the books, are kept on the device once they were used, not before. */
function serviceWorker(): Plugin {
    return {
        name: "service-worker",
        apply: "build",
        generateBundle(_, bundle) {
            const fixed = Object.keys(bundle).filter((name) => name.startsWith("assets/"));
            const fresh = ["", "index.html", "grid.json", "manifest.webmanifest", "icon.svg"];
            const early = [
                "./",
                "manifest.webmanifest",
                "icon.svg",
                ...fixed.filter((name) => !/gridpact_engine|\/books-/.test(name)),
            ];
            const source = readFileSync(new URL("./service-worker.js", import.meta.url), "utf8");
            const version = createHash("sha256").update(source).update(fixed.join()).digest("hex").slice(0, 16);
            this.emitFile({
                type: "asset",
                fileName: "service-worker.js",
                source: source
                    .replace("self.__FILES__", JSON.stringify({ early, fixed, fresh }))
                    .replace("self.__VERSION__", JSON.stringify(version)),
            });
        },
    };
}

export default defineConfig({
    // Relative addresses: the bundle works from any folder of any host.
    base: "./",
    plugins: [react(), policyOnlyWhenBuilt(), serviceWorker()],
    // The engine stands beside this folder.
    server: { fs: { allow: [".."] } },
    build: {
        target: "es2022",
        modulePreload: { polyfill: false },
        // Nothing is put into the page itself: the policy allows scripts and styles from files only.
        assetsInlineLimit: 0,
        sourcemap: false,
        rolldownOptions: {
            output: {
                // What the first view needs of pieces that others need too: small files of their own pack worse.
                codeSplitting: {
                    groups: [
                        {
                            name: "first",
                            test: /src\/(chain\/(errors|bytes|json|protobuf|queries|messages|fetching)|ui\/(device|ask)|format\/(days|decimal)|words\/troubles|engine\/engine)\.ts$/,
                        },
                    ],
                },
            },
        },
    },
    // A file of its own, whole: the page's files are not made to run apart from it.
    worker: {
        format: "es",
        rolldownOptions: { output: { entryFileNames: "assets/books-[hash].js", codeSplitting: false } },
    },
    test: {
        include: ["tests/**/*.test.{ts,tsx}", "src/**/*.test.{ts,tsx}"],
        environment: "node",
    },
});
