// Holds the first view to its budget: all that the page loads before anybody has done anything, as it goes over the wire.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 170 * 1000;
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
for (const file of files) {
    const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
    sum += size;
    console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`);
}
console.log(`${(sum / 1000).toFixed(1).padStart(7)} kB  the first view, compressed; at most ${BUDGET / 1000} kB`);
if (sum > BUDGET) {
    console.error(
        `the first view takes ${sum} bytes, at most ${BUDGET} are allowed: load what is not needed at once by import()`,
    );
    process.exit(1);
}
