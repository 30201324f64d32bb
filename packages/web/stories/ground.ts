// The ground of the stories: a grid of four homes on a devnet, two days settled, one of them final; grid.json of it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { devnet, gridpact, network, root } from "./commands.ts";

const DAY = 86_400;

/** Who lives where; the seat is the place in this list. */
export const HOMES = [
    { role: "house-a", kind: "prosumer", export: "10 kW", deposit: 0 },
    { role: "house-b", kind: "consumer", export: null, deposit: 50 },
    // Too little for what it needs: balances play a part in its bills.
    { role: "house-c", kind: "consumer", export: null, deposit: 1 },
    { role: "payer", kind: "consumer", export: null, deposit: 20 },
] as const;

export interface Ground {
    /** First intervals of the reported windows, the oldest first. */
    readonly windows: readonly number[];
}

/** Where what was made is noted for the stories. */
export const folder = join(process.env["GRIDPACT_DEVNET"] ?? "", "ground");

/** What `gridpact grid web-config` wrote: for the neighbourhood, whose app is served already, or for the ground. */
export const gridFile =
    process.env["GRIDPACT_APP"] === undefined
        ? join(folder, "grid.json")
        : join(process.env["GRIDPACT_NEIGHBOURHOOD"] ?? "", "app/grid.json");

/** What `gridpact verify --books --archive` wrote. */
export const archive = join(folder, "archive");

export function ground(): Ground {
    return JSON.parse(readFileSync(join(folder, "ground.json"), "utf8")) as Ground;
}

export default async function make(): Promise<void> {
    // A devnet that was started by hand has it already.
    if (existsSync(join(folder, "ground.json"))) return;
    mkdirSync(folder, { recursive: true });
    withoutIndex();
    gridpact("deploy", join(root, "grids/example.toml"), "--from", "deployer", "--yes");
    for (const { role, kind, export: most } of HOMES) {
        const limits = ["--import-limit", "11 kW", ...(most === null ? [] : ["--export-limit", most])];
        gridpact(
            "meter",
            "propose",
            "--serial",
            role,
            "--salt",
            `salt of ${role}`,
            "--kind",
            kind,
            ...limits,
            "--from",
            role,
            "--yes",
        );
    }
    gridpact("meter", "admit", "--all", "--from", "operator", "--yes");
    for (const [slot, { role, deposit }] of HOMES.entries())
        if (deposit > 0) gridpact("account", "deposit", String(slot), `${deposit} EUR`, "--from", role, "--yes");
    // In this grid meters begin to take part at midnight.
    devnet("advance", String(DAY));
    const windows: number[] = [];
    for (const day of [1, 2]) {
        devnet("advance", String(DAY));
        windows.push(report(day));
    }
    webConfig();
    gridpact("verify", "--books", "--archive", archive);
    writeFileSync(join(folder, "ground.json"), JSON.stringify({ windows } satisfies Ground));
}

/** grid.json as the grid's operator writes it. */
function webConfig(): void {
    const { committee, registry } = JSON.parse(gridpact("grid", "show", "--json")) as {
        registry: { address: string };
        committee: { committee: { members: { address: string; public_key: string }[] } };
    };
    const members = committee.committee.members.map(({ address, public_key }, at) => ({
        name: ["North", "East", "South", "West"][at] ?? "",
        address,
        public_key,
    }));
    const shared = join(folder, "committee.toml");
    writeFileSync(shared, sharedFile(registry.address, members));
    const named = members.flatMap(({ name, address }) => ["--member", `${name}=${address}`]);
    const node = ["--node", `North=${network("rpc")},${network("rest")}`];
    const rest = ["--time-zone", "Europe/Vienna", "--currency", "EUR", "--granter", "operator", "--mirror", "/archive"];
    gridpact("grid", "web-config", "--output", gridFile, ...node, ...named, ...rest, "--shared-file", shared);
}

/** What the committee's members agreed: three read the first two homes, East alone the third, and South lives in the fourth. */
function sharedFile(
    registry: string,
    members: readonly { readonly name: string; readonly public_key: string }[],
): string {
    const head = [
        `version = 1`,
        `chain_id = "${network("chain_id")}"`,
        `registry = "${registry}"`,
        `from = "2020-01-01T00:00:00Z"`,
    ];
    const times = [`window = "1d"`, `delay = "2h"`, `slot = "1m"`];
    const people = members.flatMap(({ name, public_key }, at) => [
        `[[members]]`,
        `name = "${name}"`,
        `key = "${public_key}"`,
        `tls = "${`0${at}`.repeat(32)}"`,
    ]);
    const meters = [`["North", "East", "South"]`, `["North", "East", "South"]`, `["East"]`, `["South"]`].flatMap(
        (readers, slot) => [`[[meters]]`, `slot = ${slot}`, `readers = ${readers}`],
    );
    return `${[...head, ...times, ...people, ...meters, `home = "South"`].join("\n")}\n`;
}

/** The second node keeps no index of transactions, as many do. */
function withoutIndex(): void {
    const file = join(process.env["GRIDPACT_DEVNET"] ?? "", "node1/config/config.toml");
    devnet("kill", "1");
    const before = readFileSync(file, "utf8");
    const after = before.replace('indexer = "kv"', 'indexer = "null"');
    if (after === before) fail(`expected an indexer in ${file}`);
    writeFileSync(file, after);
    devnet("start");
}

/** Where the second node answers. */
export function second(): string {
    const port =
        /^1 .* rpc (\d+),/m.exec(devnet("status"))?.[1] ?? fail("expected a second node in scripts/devnet status");
    return `http://127.0.0.1:${port}`;
}

function fail(words: string): never {
    throw new Error(words);
}

/** A day's readings, reported, signed by three of four and carried. Its first interval. */
function report(day: number): number {
    const file = (name: string) => join(folder, `${day}-${name}`);
    gridpact("report", "next", "--csv", file("empty.csv"));
    const [head, ...rows] = readFileSync(file("empty.csv"), "utf8").trim().split("\n");
    const filled = rows.map((row) => {
        const cells = row.split(",");
        const seat = Number(cells[1]);
        const quarter = (Date.parse(cells[0] ?? "") / 900_000) % 96;
        const [taken, given, quality] = reading(seat, quarter, day);
        return [cells[0], cells[1], taken, given, quality, ...cells.slice(5)].join(",");
    });
    writeFileSync(file("readings.csv"), `${[head, ...filled].join("\n")}\n`);
    gridpact("report", "make", "--csv", file("readings.csv"), "--out", file("draft.json"));
    const signed = ["oracle-1", "oracle-2", "oracle-3"].map((oracle) => {
        gridpact("report", "sign", file("draft.json"), "--from", oracle, "--out", file(`${oracle}.json`));
        return file(`${oracle}.json`);
    });
    gridpact("report", "combine", file("draft.json"), ...signed, "--out", file("signed.json"));
    gridpact("report", "carry", file("signed.json"), "--from", "carrier", "--yes");
    return Date.parse(rows[0]?.split(",")[0] ?? "") / 1000 / 900;
}

/** Sun from the 28th to the 68th quarter hour of a day of UTC on the first roof; everybody takes a little all day. kWh. */
function reading(seat: number, quarter: number, day: number): readonly [string, string, string] {
    const sun = quarter >= 28 && quarter < 68;
    if (seat === 0) return sun ? ["0", "0.6", "measured"] : ["0.08", "0", "measured"];
    if (seat === 2 && quarter === 40) return ["0", "0", "missing"];
    const taken = (0.1 + 0.05 * seat + (day === 2 ? 0.02 : 0)).toFixed(3);
    return [taken, "0", seat === 1 && quarter === 41 ? "substituted_final" : "measured"];
}

export async function blockTime(): Promise<number> {
    const answer = await fetch(`${network("rpc")}/status`);
    const { result } = (await answer.json()) as { result: { sync_info: { latest_block_time: string } } };
    return Math.floor(Date.parse(result.sync_info.latest_block_time) / 1000);
}
