import { fileURLToPath } from "node:url";
import { build, type Rollup } from "vite";
import { expect, test } from "vitest";
import { MARK } from "./wallet/testKeplr.ts";

test("nothing of tests is in what is built: no test wallet, no key, no second client of the chain", {
    timeout: 60_000,
}, async () => {
    const root = fileURLToPath(new URL("..", import.meta.url));
    const built = (await build({ root, logLevel: "error", build: { write: false } })) as Rollup.RollupOutput;
    const modules = built.output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
    expect(modules.some((id) => id.includes("/src/main.tsx"))).toBe(true);
    expect(modules.filter((id) => /\/tests\/|\/stories\/|@cosmjs|cosmjs-types|@noble|fast-check/.test(id))).toEqual([]);
    for (const file of built.output) {
        const text = file.type === "chunk" ? file.code : typeof file.source === "string" ? file.source : "";
        expect(text).not.toContain(MARK);
    }
});
