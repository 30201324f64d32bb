// A replay of the grid that grid.json names, wherever it runs: on the page's own thread or apart from it.

import { Nodes } from "../../chain/nodes.ts";
import { Rpc } from "../../chain/rpc.ts";
import { loadEngine } from "../../engine/engine.ts";
import type { GridPins } from "../../trust/pins.ts";
import { Contracts } from "../contracts.ts";
import { Homes } from "../homes.ts";
import { Settling } from "../settling.ts";
import type { Recomputed, RecomputeSpan, Recomputing } from "../source.ts";
import { Windows } from "../windows.ts";
import { chainPorts } from "./chain.ts";
import { recompute } from "./recompute.ts";

/** What is to be replayed; plain data, so that it can be handed to another thread. */
export interface Order {
    readonly pins: GridPins;
    /** Address of the node that is asked first. */
    readonly node: string;
    readonly span: RecomputeSpan;
}

/** How often it is told how far it has got, ms: nobody reads faster, and each time the page is drawn anew. */
const TOLD_EVERY = 100;

export async function recomputeGrid(
    { pins, node, span }: Order,
    listen: (how: Recomputing) => void,
    signal: AbortSignal,
): Promise<Recomputed> {
    const nodes = new Nodes(pins.chain.nodes.map(({ name, rpc }) => new Rpc(name, rpc)));
    nodes.use(node);
    const contracts = new Contracts(nodes, pins);
    const homes = new Homes(contracts);
    const { time } = await nodes.ask((rpc) => rpc.status());
    const windows = new Windows(contracts, () => Promise.resolve(time));
    const asked = contracts.settlement("config");
    const policy = async () => (await asked).policy;
    const settling = new Settling(contracts, homes, policy, loadEngine);
    const ports = await chainPorts({ contracts, homes, windows, settling, load: loadEngine, policy });
    return recompute(ports, span, seldom(listen), signal);
}

/** The first and the last of each part always, those between now and then. */
function seldom(listen: (how: Recomputing) => void): (how: Recomputing) => void {
    let last: Recomputing["part"] | null = null;
    let since = 0;
    return (how) => {
        const now = performance.now();
        if (how.part === last && how.done !== how.of && now - since < TOLD_EVERY) return;
        last = how.part;
        since = now;
        listen(how);
    };
}
