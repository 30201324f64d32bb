// What two nodes say of one project and of somebody's money in it.

import { NodeError } from "../../chain/errors.ts";
import type { NodeStatus, Rpc } from "../../chain/rpc.ts";
import type { Contracts } from "../contracts.ts";
import { said } from "../health.ts";
import type { NodeDifference } from "../source.ts";

/** The facts by which somebody signs: phase and sums, what is paid to whom, one's own pledge and votes. */
function questions(contracts: Contracts, project: number, address: string | null, height: number) {
    const asked: ((rpc: Rpc) => Promise<unknown>)[] = [
        (rpc) => contracts.escrowAt(rpc, "project", { project }, height),
        (rpc) => contracts.escrowAt(rpc, "payees", { project }, height),
    ];
    if (address !== null)
        asked.push(
            (rpc) => contracts.escrowAt(rpc, "pledge", { project, pledger: address }, height),
            (rpc) => contracts.escrowAt(rpc, "votes", { project, pledger: address }, height),
        );
    return asked.map((ask) => async (rpc: Rpc) => JSON.stringify(await ask(rpc)));
}

/** The first difference between the node that is asked and another one of this chain, at a height that both have; null: they agree. */
export async function projectDifference(
    contracts: Contracts,
    project: number,
    address: string | null,
): Promise<NodeDifference | null> {
    const { nodes, pins } = contracts;
    const { used: first, others } = nodes;
    if (others.length === 0) return null;
    const [own, ...states] = await Promise.all([first, ...others].map(statusOf));
    if (own?.chainId !== pins.chain.id) return null;
    for (const [at, second] of others.entries()) {
        const other = states[at];
        if (other?.chainId !== pins.chain.id) continue;
        // The last block's state is there when the next one is.
        const height = Math.min(own.height, other.height) - 1;
        if (height < 1) continue;
        for (const question of questions(contracts, project, address, height)) {
            const [one, another] = await Promise.all([said(question(first)), said(question(second))]);
            if (one !== null && another !== null && one !== another)
                return { what: "project", height, nodes: [first.name, second.name] };
        }
    }
    return null;
}

/** Null where it does not answer: that is no difference. */
async function statusOf(rpc: Rpc): Promise<NodeStatus | null> {
    try {
        return await rpc.status();
    } catch (error) {
        if (error instanceof NodeError) return null;
        throw error;
    }
}
