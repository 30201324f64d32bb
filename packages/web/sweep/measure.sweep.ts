// How long Home and Bill take of a grid of 1,000 homes, from an empty cache, and how much memory: printed, never asserted.
// The day is made and settled by the native engine, so that it also shows that a grid that large is checked.

import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import type { Street } from "../src/example/street.ts";

interface Line {
    readonly policy: string;
    readonly seats: string;
    readonly balances: string;
    readonly report: string;
    readonly decoded: { readonly first_interval: string; readonly body_hash: string };
    readonly signed: {
        readonly chain_id: string;
        readonly registry: string;
        readonly digest: string;
        readonly keys: string;
        readonly quorum: number;
        readonly members: readonly number[];
        readonly signatures: string;
    };
    readonly settled: { readonly outcome: string; readonly balances_hash: string; readonly results_hash: string };
}

const KEY = 66;

function thousand(): Street {
    const root = new URL("../../../", import.meta.url).pathname;
    const made = execFileSync(
        "cargo",
        ["run", "--quiet", "--locked", "-p", "gridpact-engine", "--example", "windows", "--", "0"],
        { cwd: root, encoding: "utf8", maxBuffer: 10_000_000 },
    );
    const line = JSON.parse(made.trim().split("\n").at(-1) ?? "") as Line;
    const seats = JSON.parse(line.seats) as Street["seats"];
    const outcome = JSON.parse(line.settled.outcome) as {
        totals: Record<string, string>;
        community: { fees: { amount: string }[]; rounding: string };
    };
    const first = Number(line.decoded.first_interval);
    const now = (first + 96) * 900 + 3_600;
    const { totals, community } = outcome;
    const window = {
        first_interval: first,
        intervals: 96,
        report: line.report,
        balances: line.balances,
        signers: line.signed.members,
        signatures: line.signed.signatures,
        digest: line.signed.digest,
        body_hash: line.decoded.body_hash,
        height: 1_000,
        reported_at: now - 1_800,
        final_at: now + 86_400,
        supply: totals["supply"],
        demand: totals["demand"],
        payable: totals["payable"],
        traded: totals["traded"],
        debits: totals["debit"],
        credits: totals["credit"],
        fees: community.fees,
        rounding: community.rounding,
        balances_hash: line.settled.balances_hash,
        results_hash: line.settled.results_hash,
    };
    const { keys } = line.signed;
    return {
        chain_id: line.signed.chain_id,
        registry: line.signed.registry,
        now,
        policy: JSON.parse(line.policy),
        quorum: line.signed.quorum,
        keys: Array.from({ length: keys.length / KEY }, (_, at) => keys.slice(at * KEY, (at + 1) * KEY)),
        seats,
        meters: seats.map(({ slot }) => ({
            owner: `wasm1home${slot}`,
            kind: "prosumer",
            import_limit: 17_000,
            export_limit: 10_000,
        })),
        windows: [window],
        accounts: seats.map(() => ({ free: "30000000", coming: [] })),
        books: { deposited: "0", free: "0", held: "0", community: "0" },
    };
}

test("measure: 1,000 homes, Home and Bill from an empty cache", async ({ page }) => {
    test.setTimeout(240_000);
    const street = JSON.stringify(thousand());
    const { chain_id, windows } = JSON.parse(street) as Street;
    await page.route("**/large.json", (route) => route.fulfill({ contentType: "application/json", body: street }));
    await page.addInitScript((key) => window.localStorage.setItem(key, "7"), `gridpact.home.${chain_id}`);
    await page.setViewportSize({ width: 360, height: 760 });
    const client = await page.context().newCDPSession(page);
    const timed = async (place: string, ready: RegExp): Promise<number> => {
        await client.send("Network.clearBrowserCache");
        await page.goto("about:blank");
        const since = Date.now();
        await page.goto(`./?state=large#${place}`);
        await expect(page.getByText(ready).first()).toBeVisible({ timeout: 60_000 });
        return Date.now() - since;
    };
    const home = await timed("/", /you took\.|came from neighbours/);
    const bill = await timed(`/bill/${windows[0]?.first_interval}`, /comes to the same amount/);
    await client.send("Performance.enable");
    const { metrics } = await client.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
    console.log(
        `1,000 homes x 96: Home ${home} ms, Bill checked ${bill} ms, ${(heap / 1e6).toFixed(0)} MB of JavaScript's heap`,
    );
});
