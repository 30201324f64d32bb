// The app over a fixture that the address names: `?state=unreachable#/money`.

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { session } from "../fixtures/session.ts";
import { type Openers, Root } from "../src/Root.tsx";
import { PinsError } from "../src/trust/pins.ts";

const state = new URLSearchParams(window.location.search).get("state") ?? "plain";
const place = document.getElementById("app");
if (place === null) throw new Error("the page has no element with the id 'app'");

const openers: Openers = {
    grid: () => (state === "not_opened" ? Promise.reject(new PinsError("expected version 1, got 2.")) : session(state)),
    example: async () => (await import("../src/example/openExample.ts")).openExample(),
};

createRoot(place).render(
    <QueryClientProvider client={new QueryClient()}>
        <Root openers={openers} />
    </QueryClientProvider>,
);
