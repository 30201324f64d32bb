// Serves what was built, as packages/web/server does: the bundle, grid.json of the story, an archive's files.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { root } from "./commands.ts";
import { folder } from "./ground.ts";

const TYPES: Readonly<Record<string, string>> = {
    html: "text/html; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    css: "text/css; charset=utf-8",
    svg: "image/svg+xml",
    wasm: "application/wasm",
    json: "application/json",
    webmanifest: "application/manifest+json",
};

export class Site {
    /** What `grid.json` says; a story may change it. */
    grid: Record<string, unknown> = {};
    /** Files of the archive that a story has changed, by path below `/archive`; null: not there. */
    readonly archive = new Map<string, Uint8Array | null>();
    /** Paths that were asked for. */
    readonly asked: string[] = [];
    url = "";
    private server: Server | null = null;

    async start(): Promise<void> {
        const server = createServer(({ url = "/" }, response) => {
            const path = normalize(new URL(url, "http://localhost").pathname);
            this.asked.push(path);
            const body = this.body(path === "/" ? "/index.html" : path);
            if (body === null) response.statusCode = 404;
            response.setHeader("content-type", TYPES[path.split(".").at(-1) ?? ""] ?? TYPES["html"] ?? "");
            response.setHeader("content-security-policy", "frame-ancestors 'none'");
            response.end(body);
        });
        await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
        this.server = server;
        this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    }

    stop(): void {
        this.server?.closeAllConnections();
        this.server?.close();
    }

    private body(path: string): Uint8Array | string | null {
        if (path === "/grid.json") return JSON.stringify(this.grid);
        const changed = this.archive.get(path.slice("/archive/".length));
        if (path.startsWith("/archive/") && changed !== undefined) return changed;
        const file = path.startsWith("/archive/") ? join(folder, path) : join(root, "packages/web/dist", path);
        try {
            return readFileSync(file);
        } catch {
            return null;
        }
    }
}
