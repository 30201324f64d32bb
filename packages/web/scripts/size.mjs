// Holds the first view to its budget: all that the page loads before anybody has done anything, as it goes over the wire. And the engine,
// which comes with the first check: its WebAssembly and what binds it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 170 * 1000;
const ENGINE_BUDGET = 100 * 1000;
const dist = new URL("../dist/", import.meta.url).pathname;
const page = readFileSync(join(dist, "index.html"), "utf8");
const files = ["index.html"];
for (const [, file] of page.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css|svg|webmanifest))"/g)) files.push(file);
// What those files import at once comes along. `import(…)` does not: it is loaded when it is needed.
for (let at = 0; at < files.length; at += 1) {
    if (!files[at].endsWith(".js")) continue;
    const text = readFileSync(join(dist, files[at]), "utf8");
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
        const file = join("assets", name);
        if (!files.includes(file)) files.push(file);
    }
}
let sum = 0;
for (const file of files) sum += sizeOf(file);
console.log(`${(sum / 1000).toFixed(1).padStart(7)} kB  the first view, compressed; at most ${BUDGET / 1000} kB`);
if (sum > BUDGET) {
    console.error(
        `the first view takes ${sum} bytes, at most ${BUDGET} are allowed: load what is not needed at once by import()`,
    );
    process.exit(1);
}

const engine = readdirSync(join(dist, "assets")).filter((name) => /^gridpact_engine.*\.(js|wasm)$/.test(name));
if (!engine.some((name) => name.endsWith(".wasm")) || engine.length > 3) {
    console.error(`expected the engine's WebAssembly and what binds it in assets, got: ${engine.join(", ")}`);
    process.exit(1);
}
const loaded = engine.reduce((all, name) => all + sizeOf(join("assets", name)), 0);
console.log(`${(loaded / 1000).toFixed(1).padStart(7)} kB  the engine, compressed; at most ${ENGINE_BUDGET / 1000} kB`);
if (loaded > ENGINE_BUDGET) {
    console.error(`the engine takes ${loaded} bytes, at most ${ENGINE_BUDGET} are allowed: see scripts/engine`);
    process.exit(1);
}

function sizeOf(file) {
    const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
    console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`);
    return size;
}
