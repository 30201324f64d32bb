// The free balances with which the ground's windows were settled, worked out from what was paid in; each has the hash that the chain
// tells.
import { fromBase64, toHex } from "../src/chain/bytes.ts";
import { callsOf } from "../src/chain/transactions.ts";
import { Contracts } from "../src/data/contracts.ts";
import { Homes } from "../src/data/homes.ts";
import { balancesBytes } from "../src/trust/balances.ts";
import { reportIn } from "../src/trust/evidence.ts";
import { engine } from "../tests/engine.ts";
import { pinsOf, sourceOf } from "./grid.ts";
import { HOMES } from "./ground.ts";

export async function balancesOf(windows: readonly number[]): Promise<readonly string[]> {
    const source = sourceOf(pinsOf());
    const settling = await engine();
    const { policy } = await source.rules();
    let free = HOMES.map(({ deposit }) => BigInt(deposit) * 1_000_000n);
    const found: string[] = [];
    for (const first of windows) {
        const window = await source.window(first);
        if (window?.report == null || window.sums === null) throw new Error(`expected a reported window at ${first}`);
        const { height, rosterVersion, seats } = window.report;
        const balances = balancesBytes(free);
        const hash = toHex(settling.sha256(balances));
        if (hash !== window.sums.balancesHash)
            throw new Error(`window ${first}: expected balances ${window.sums.balancesHash}, got ${hash}`);
        found.push(toHex(balances));
        const report = await reportAt(source, height);
        const roster = await new Homes(new Contracts(source.nodes, source.grid)).seats(rosterVersion, seats);
        const { results } = settling.settle(policy, roster, balances, report);
        // The next report comes after the challenge period, and makes this window final first.
        free = free.map((units, seat) => units - (results[seat]?.debit ?? 0n) + (results[seat]?.credit ?? 0n));
    }
    return found;
}

/** The report in a block, as it was carried. */
export async function reportAt(source: ReturnType<typeof sourceOf>, height: number): Promise<Uint8Array> {
    const { transactions } = await source.nodes.used.block(height);
    for (const { message } of transactions.flatMap((one) => callsOf(fromBase64(one)))) {
        const found = reportIn(message);
        if (found !== null) return found.bytes;
    }
    throw new Error(`expected a report in block ${height}`);
}
