import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../index.html", import.meta.url), "utf8");

test("the page's policy allows files of its own, wasm, and nodes over https or on this machine", () => {
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]).toBe(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
            "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
            "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
    );
});

test("the page has no script or style of its own that the policy would refuse", () => {
    expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)| on[a-z]+=/);
});
