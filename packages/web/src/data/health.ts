// Whom this page listens to: nodes and archives as they answer now, and whether two nodes say the same.

import { NodeError, Refusal } from "../chain/errors.ts";
import { fetchBytes } from "../chain/fetching.ts";
import { checksum, contract } from "../chain/queries.ts";
import type { NodeStatus, Rpc } from "../chain/rpc.ts";
import { clockOff } from "../trust/clock.ts";
import type { Contracts } from "./contracts.ts";
import type { ArchiveHealth, CodeCheck, Health, NodeDifference, NodeHealth } from "./source.ts";

/** A node whose last block is older than another's by more than this is behind. */
const BEHIND = 60;
/** Names of contracts in grid.json. */
const CODES = [
    ["meter-registry", "registry"],
    ["energy-settlement", "settlement"],
    ["pledge-escrow", "escrow"],
] as const;

interface Seen {
    readonly rpc: Rpc;
    readonly status: NodeStatus | null;
    readonly took: number;
}

export async function healthOf(contracts: Contracts, deviceSeconds: () => number): Promise<Health> {
    const { nodes, pins } = contracts;
    const [seen, archives] = await Promise.all([
        Promise.all(nodes.all.map(ask)),
        Promise.all(pins.archives.map(archiveHealth)),
    ]);
    const right = seen.filter(({ status }) => status?.chainId === pins.chain.id);
    const newest = Math.max(0, ...right.map(({ status }) => status?.time ?? 0));
    const states = seen.map((one) => nodeHealth(one, pins.chain.id, newest));
    // A node of another chain or one that is behind is not asked while a better one is there.
    const best =
        states.find(({ state }) => state === "well") ??
        states.find(({ state }) => state === "behind" || state === "catching_up");
    const current = states.find(({ rpc }) => rpc === nodes.used.url);
    if (best !== undefined && current?.state !== "well") nodes.use(best.rpc);
    return {
        nodes: states,
        archives,
        used: best === undefined ? null : nodes.used.name,
        differences: await differences(contracts, right),
        clockOff: newest === 0 ? null : clockOff(newest, deviceSeconds()),
    };
}

async function ask(rpc: Rpc): Promise<Seen> {
    const since = performance.now();
    const status = await rpc.status().catch((error: unknown) => {
        if (error instanceof NodeError) return null;
        throw error;
    });
    return { rpc, status, took: Math.round(performance.now() - since) };
}

function nodeHealth({ rpc, status, took }: Seen, chainId: string, newest: number): NodeHealth {
    const { name, url } = rpc;
    if (status === null) {
        const none = { chainId: null, height: null, blockTime: null, oldestBlock: null, index: null, took: null };
        return { name, rpc: url, state: "unreachable", ...none };
    }
    const state =
        status.chainId !== chainId
            ? "other_chain"
            : status.catchingUp
              ? "catching_up"
              : newest - status.time > BEHIND
                ? "behind"
                : "well";
    const { height, time: blockTime, oldestBlock, index } = status;
    return { name, rpc: url, state, chainId: status.chainId, height, blockTime, oldestBlock, index, took };
}

/** An archive answers for a name that no file has with "not found". */
export async function archiveHealth(url: string): Promise<ArchiveHealth> {
    try {
        await fetchBytes(url, `${url}/reports/`, { bytes: 1_000_000, seconds: 10 });
        return { url, state: "well" };
    } catch (error) {
        if (!(error instanceof NodeError)) throw error;
        return { url, state: error.trouble.kind === "http" && error.trouble.status < 500 ? "well" : "unreachable" };
    }
}

/** What the first node of the chain and each other one say of one height that both have. */
async function differences(contracts: Contracts, right: readonly Seen[]): Promise<readonly NodeDifference[]> {
    const [first, ...others] = right;
    if (first === undefined) return [];
    return (await Promise.all(others.map((other) => differencesOf(contracts, first, other)))).flat();
}

async function differencesOf(contracts: Contracts, first: Seen, second: Seen): Promise<readonly NodeDifference[]> {
    if (first.status === null || second.status === null) return [];
    // The last block's state is there when the next one is.
    const height = Math.min(first.status.height, second.status.height) - 1;
    if (height < 1) return [];
    const questions: Record<Exclude<NodeDifference["what"], "project">, (rpc: Rpc) => Promise<string>> = {
        block: async (rpc) => (await rpc.block(height)).hash,
        books: async (rpc) => JSON.stringify(await contracts.at(rpc, "books", height)),
        code: async (rpc) => JSON.stringify(await contract(rpc, contracts.pins.contracts.settlement)),
    };
    const found: NodeDifference[] = [];
    for (const what of ["block", "books", "code"] as const) {
        const [one, other] = await Promise.all([said(questions[what](first.rpc)), said(questions[what](second.rpc))]);
        if (one !== null && other !== null && one !== other)
            found.push({ what, height, nodes: [first.rpc.name, second.rpc.name] });
    }
    return found;
}

/** Null where a node cannot answer: that is no difference. A refusal is an answer. */
export async function said(answer: Promise<string>): Promise<string | null> {
    try {
        return await answer;
    } catch (error) {
        if (error instanceof NodeError) return null;
        if (error instanceof Refusal) return `refused: ${error.codespace} ${error.code}`;
        throw error;
    }
}

/** The code of each contract against the checksums of grid.json. */
export async function codesOf(contracts: Contracts): Promise<readonly CodeCheck[]> {
    const { nodes, pins } = contracts;
    const known = CODES.flatMap(([name, role]) => {
        const address = pins.contracts[role];
        const expected = pins.code[name];
        return address === null || expected === null ? [] : [{ name, address, expected }];
    });
    return Promise.all(
        known.map(async ({ name, address, expected }) => {
            const { state, found } = await nodes.ask(async (rpc) => {
                const state = await contract(rpc, address);
                return { state, found: await checksum(rpc, state.codeId) };
            });
            return {
                contract: name,
                address,
                expected,
                found,
                admin: state.admin,
                same: found === null ? null : found === expected,
            };
        }),
    );
}
