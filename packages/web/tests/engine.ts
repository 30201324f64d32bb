// The engine as it is built for browsers, in Node.js.
import { readFileSync } from "node:fs";
import { type Engine, engineOf } from "../src/engine/engine.ts";

const built = (name: string) => readFileSync(new URL(`../../engine/pkg/gridpact_engine${name}`, import.meta.url));

export async function engine(): Promise<Engine> {
    // As data: its folder says nothing of modules, which a browser need not be told.
    const source = `data:text/javascript;base64,${built(".js").toString("base64")}`;
    const glue = (await import(/* @vite-ignore */ source)) as typeof import("../../engine/pkg/gridpact_engine.js");
    glue.initSync({ module: built("_bg.wasm") });
    return engineOf(glue);
}
