// Tries the Caddyfile and nginx.conf with the real programs: the built app over https and over a village's plain http, with a node behind
// it. Addresses, ports and folders are put in their places; all else is as it is shipped.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { createServer as listen } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const here = new URL("./", import.meta.url).pathname;
const dist = new URL("../dist/", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "gridpact-servers-"));
const [https, http] = [await free(), await free()];

/** What stands behind the app's own address: tells what reached it. */
function behind(name) {
    const server = createServer((request, response) => {
        let bytes = 0;
        request.on("data", (part) => {
            bytes += part.length;
        });
        request.on("end", () =>
            response.end(JSON.stringify({ name, path: request.url, method: request.method, bytes })),
        );
    });
    return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

function free() {
    return new Promise((ready) => {
        const server = listen().listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => ready(port));
        });
    });
}

function ask(secure, path, { method = "GET", body = null } = {}) {
    const options = { host: "localhost", port: secure ? https : http, path, method, rejectUnauthorized: false };
    return new Promise((done, failed) => {
        const request = (secure ? overHttps : overHttp)(options, (answer) => {
            const parts = [];
            answer.on("data", (part) => parts.push(part));
            answer.on("end", () =>
                done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
            );
        });
        request.setHeader("accept-encoding", "gzip");
        request.setTimeout(10_000, () => request.destroy(new Error(`no answer for ${path}`)));
        request.on("error", failed);
        request.end(body);
    });
}

async function tried(program, node, rest) {
    const file = (name) => readdirSync(join(dist, "assets")).find((one) => one.endsWith(name));
    for (const secure of [true, false]) {
        const page = await ask(secure, "/");
        assert.equal(page.status, 200);
        assert.match(page.headers["content-type"], /^text\/html/);
        assert.equal(page.headers["content-security-policy"], "frame-ancestors 'none'");
        assert.equal(page.headers["x-content-type-options"], "nosniff");
        assert.equal(page.headers["referrer-policy"], "no-referrer");
        assert.match(page.headers["cache-control"], /no-cache/);
        const types = { ".wasm": "application/wasm", ".js": /javascript/, ".css": "text/css" };
        for (const [end, type] of Object.entries(types)) {
            const asset = await ask(secure, `/assets/${file(end)}`);
            assert.equal(asset.status, 200);
            assert.match(asset.headers["content-type"], new RegExp(type));
            assert.equal(asset.headers["cache-control"], "public, max-age=31536000, immutable");
            assert.equal(asset.headers["x-content-type-options"], "nosniff");
            if (end !== ".css") assert.equal(asset.headers["content-encoding"], "gzip", `${end} is sent compressed`);
        }
        assert.match((await ask(secure, "/manifest.webmanifest")).headers["content-type"], /manifest\+json|json/);
        assert.equal((await ask(secure, "/archive/reports/none.bin")).status, 404);
        assert.equal((await ask(secure, "/..%2f..%2fetc/passwd")).status >= 400, true);
    }
    const told = async (path, options) => JSON.parse((await ask(false, path, options)).body);
    const question = { method: "POST", body: "x".repeat(100_000) };
    assert.deepEqual(await told("/rpc", question), { name: node, path: "/", method: "POST", bytes: 100_000 });
    assert.deepEqual(await told("/rest/cosmos/base"), { name: rest, path: "/cosmos/base", method: "GET", bytes: 0 });
    const large = await ask(false, "/rpc", { method: "POST", body: "x".repeat(2_000_000) }).catch(() => ({
        status: 413,
    }));
    assert.ok([413, 502].includes(large.status), `expected a transaction of 2 MB to be refused, got ${large.status}`);
    console.log(`${program}: https and a village's plain http, with a node behind it`);
}

async function running(command, args, environment, work) {
    const server = spawn(command, args, {
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, ...environment },
    });
    let said = "";
    server.stderr.on("data", (part) => {
        said += part;
    });
    const ended = new Promise((done) => server.on("exit", done));
    try {
        for (let tries = 0; ; tries += 1) {
            const up = await Promise.all([ask(true, "/"), ask(false, "/")]).catch(() => null);
            if (up !== null) break;
            assert.ok(tries < 50 && server.exitCode === null, `${command} did not begin:\n${said}`);
            await new Promise((done) => setTimeout(done, 200));
        }
        await work();
    } finally {
        server.kill("SIGTERM");
        await ended;
    }
}

const node = await behind("node");
const rest = await behind("rest");
const placed = (name) =>
    readFileSync(join(here, name), "utf8")
        .replaceAll("/srv/gridpact", dist)
        .replaceAll("127.0.0.1:26657", `127.0.0.1:${node.address().port}`)
        .replaceAll("127.0.0.1:1317", `127.0.0.1:${rest.address().port}`);
try {
    const caddyfile = placed("Caddyfile")
        .replace("grid.example.org {", `https://localhost:${https} {\n\ttls internal`)
        .replace("http://:8080", `http://:${http}`);
    writeFileSync(
        join(folder, "Caddyfile"),
        `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n${caddyfile}`,
    );
    const caddy = process.env.CADDY ?? "caddy";
    await running(
        caddy,
        ["run", "--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"],
        { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
        () => tried("Caddy", "node", "rest"),
    );

    const certificate = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"];
    execFileSync("openssl", [...certificate, "-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")], {
        stdio: "ignore",
    });
    copyFileSync(process.env.NGINX_TYPES ?? "/etc/nginx/mime.types", join(folder, "mime.types"));
    const site = placed("nginx.conf")
        .replace("/etc/ssl/grid.example.org.pem", join(folder, "cert.pem"))
        .replace("/etc/ssl/grid.example.org.key", join(folder, "key.pem"))
        .replace("listen 443 ssl", `listen ${https} ssl`)
        .replace("listen 8080", `listen ${http}`);
    const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
        (one) => `${one}_temp_path ${folder}/${one};`,
    );
    writeFileSync(
        join(folder, "nginx.conf"),
        `${process.getuid?.() === 0 ? "user root;\n" : ""}pid ${folder}/pid;\nevents {}\nhttp {\naccess_log off;\n${places.join("\n")}\n${site}\n}\n`,
    );
    await running(
        process.env.NGINX ?? "nginx",
        ["-c", join(folder, "nginx.conf"), "-e", "stderr", "-g", "daemon off;"],
        {},
        () => tried("nginx", "node", "rest"),
    );
} finally {
    node.close();
    rest.close();
    rmSync(folder, { recursive: true, force: true });
}
