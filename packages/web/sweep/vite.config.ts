import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The app over fixtures, apart from the product: nothing of this is in what is served to people. */
export default defineConfig({
    root: import.meta.dirname,
    base: "./",
    plugins: [react()],
    build: {
        outDir: "dist",
        emptyOutDir: true,
        target: "es2022",
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
    },
});
