// Whose word a reading is: by the committee's own file, and as the committee is now.
import { expect, test } from "vitest";
import { readersOf, readersOfHome } from "../../src/data/readers.ts";
import type { GridPins } from "../../src/trust/pins.ts";
import { pins } from "../pins.ts";

const alike = (slot: number, readBy: number[], need: number, home: number | null = null) => ({
    slots: [[slot, slot] as const],
    read_by: readBy,
    need,
    home,
});
const grid = (...meters: ReturnType<typeof alike>[]): GridPins => ({
    ...pins,
    readers: { version: 1, from: 0, epoch: 1, meters },
});
const words = (of: GridPins, epoch = 1) => readersOf(of, epoch)?.meters.map(({ word }) => word);

test("one reader's word is called so, and the household's own apart", () => {
    const of = grid(
        alike(0, [0, 1, 2], 2),
        alike(1, [3], 1),
        alike(2, [3], 1, 3),
        alike(3, [3], 1, 1),
        alike(4, [0, 1], 1),
        alike(5, [0, 1], 2),
        alike(6, [], 1),
        alike(7, [2], 2),
    );
    expect(words(of)).toEqual(["agree", "alone", "own", "alone", "first", "agree", "nobody", "nobody"]);
});

test("a witness who has left the committee counts nothing, and others keep their names where they sit now", () => {
    const [first] = pins.committee;
    if (first === undefined) throw new Error("expected a committee");
    const members = [...first.members.slice(1)].reverse();
    const of = grid(alike(0, [0, 1], 1), alike(1, [0], 1), alike(2, [0, 1, 2], 2), alike(3, [3], 1, 3));
    const later = { ...of, committee: [first, { epoch: 2, quorum: 3, members }] };
    expect(words(later, 2)).toEqual(["alone", "nobody", "agree", "own"]);
    expect(readersOfHome(readersOf(later, 2), 0)?.readers).toEqual([{ member: 2, name: "East" }]);
    expect(readersOf(later, 3)).toBeNull();
});

test("a committee of one reads all alone, whatever grid.json says", () => {
    const [first] = pins.committee;
    const members = first?.members.slice(0, 1) ?? [];
    const of = { ...pins, committee: [{ epoch: 1, quorum: 1, members }], readers: null };
    expect(readersOfHome(readersOf(of, 1), 900)).toMatchObject({ word: "alone", readers: [{ name: "North" }] });
});

test("where nothing is said nothing is made up", () => {
    expect(readersOf({ ...pins, readers: null }, 1)).toBeNull();
    expect(readersOfHome(readersOf(grid(alike(4, [0], 1)), 1), 5)).toBeNull();
});
