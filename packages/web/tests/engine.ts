// The engine as it is built for browsers, in Node.js.
import { readFileSync } from "node:fs";
import { type Engine, engineOf } from "../src/engine/engine.ts";

export async function engine(): Promise<Engine> {
    const glue = await import("../../engine/pkg/gridpact_engine.js");
    glue.initSync({ module: readFileSync(new URL("../../engine/pkg/gridpact_engine_bg.wasm", import.meta.url)) });
    return engineOf(glue);
}
