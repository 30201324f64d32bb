import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { openGrid } from "./data/openGrid.ts";
import { keepOffline } from "./offline.ts";
import { type Openers, Root } from "./Root.tsx";

const place = document.getElementById("app");
if (place === null) throw new Error("the page has no element with the id 'app'");

const openers: Openers = {
    grid: async () => {
        const grid = await openGrid(window);
        return { ...grid, askNode: (rpc) => grid.source.nodes.use(rpc) };
    },
    example: async () => (await import("./example/openExample.ts")).openExample(),
};

createRoot(place).render(
    <StrictMode>
        <QueryClientProvider client={new QueryClient()}>
            <Root openers={openers} />
        </QueryClientProvider>
    </StrictMode>,
);

void keepOffline(window);
