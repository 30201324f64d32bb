// The greatest set of pledges that meet each other's conditions, for the example: drop every one whose condition the others do not
// meet, until none drops.

import type { Condition } from "../types/pledge-escrow.ts";

interface Pledged {
    readonly pledger: string;
    readonly amount: string;
    readonly condition: Condition;
}

export function greatestSet<P extends Pledged>(pledges: readonly P[]): readonly P[] {
    let set = pledges;
    // Each round drops one at least.
    for (let round = 0; round <= pledges.length; round += 1) {
        const left = set.filter(({ condition }) => isMet(condition, set));
        if (left.length === set.length) return set;
        set = left;
    }
    return set;
}

function isMet({ parties = [], pledgers, total }: Condition, set: readonly Pledged[]): boolean {
    const atLeast = (least: string) => (one: Pledged) => BigInt(one.amount) >= BigInt(least);
    return (
        parties.every(({ address, at_least }) =>
            set.filter(({ pledger }) => pledger === address).some(atLeast(at_least)),
        ) &&
        (pledgers == null || set.filter(atLeast(pledgers.at_least)).length >= pledgers.count) &&
        (total == null || set.reduce((sum, { amount }) => sum + BigInt(amount), 0n) >= BigInt(total))
    );
}
