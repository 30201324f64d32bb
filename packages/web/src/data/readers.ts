// Whose word a meter's reading is.

import type { GridPins } from "../trust/pins.ts";
import type { ReadAlike } from "../trust/readers.ts";
import type { MeterReaders, Readers } from "./source.ts";

/** Who reads what while a committee is in office; null where grid.json does not say. */
export function readersOf(pins: GridPins, epoch: number): Readers | null {
    const { readers } = pins;
    const then = pins.committee.find((one) => one.epoch === readers?.epoch)?.members;
    const now = pins.committee.find((one) => one.epoch === epoch)?.members;
    if (now === undefined) return null;
    if (now.length === 1) {
        const only = { member: 0, name: now[0]?.name ?? null };
        return { version: null, from: 0, meters: [{ slots: null, word: "alone", readers: [only], need: 1 }] };
    }
    if (readers === null || then === undefined) return null;
    /** Where a member of then sits now; a witness who has left counts nothing. */
    const seated = (position: number): number => now.findIndex((one) => one.public_key === then[position]?.public_key);
    const meters = readers.meters.map((alike): MeterReaders => {
        const members = alike.read_by.map(seated).filter((member) => member >= 0);
        const named = members.map((member) => ({ member, name: now[member]?.name ?? null }));
        const home = alike.home === null ? -1 : seated(alike.home);
        return { slots: alike.slots, word: wordOf(alike, members, home), readers: named, need: alike.need };
    });
    return { version: readers.version, from: readers.from, meters };
}

function wordOf({ need }: ReadAlike, members: readonly number[], home: number): MeterReaders["word"] {
    if (members.length < need) return "nobody";
    if (members.length === 1) return members[0] === home ? "own" : "alone";
    return need === 1 ? "first" : "agree";
}

/** Who reads the meter of one home; null where that is not said. */
export function readersOfHome(readers: Readers | null, slot: number): MeterReaders | null {
    const holds = ({ slots }: MeterReaders): boolean =>
        slots === null || slots.some(([from, to]) => slot >= from && slot <= to);
    return readers?.meters.find(holds) ?? null;
}
