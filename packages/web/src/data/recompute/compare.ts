// Replayed books beside what a node says of them.

import type { ReplayedBooks } from "../../engine/replayed.ts";
import { magnitude } from "../../format/whole.ts";
import type { BookDifference, BookSum, Recomputed } from "../source.ts";
import type { ToldBooks } from "./ports.ts";

/** Every account and every sum that a replay from there knows. */
export function compare(books: ReplayedBooks, { free, sums }: ToldBooks, whole: boolean): readonly BookDifference[] {
    const accounts = [...free].flatMap(([slot, told]) => {
        const here = books.free(slot);
        return here === told ? [] : [{ what: "account" as const, slot, here, told }];
    });
    const apart = ({ here, told }: (typeof accounts)[number]): bigint => magnitude((here ?? 0n) - told);
    accounts.sort((left, right) => (apart(left) < apart(right) ? 1 : -1));
    const replayed = books.sums();
    const all = [...free.keys()].reduce((sum, slot) => sum + (books.free(slot) ?? 0n), 0n);
    const here: readonly (readonly [BookSum, bigint])[] = [
        ["free", all],
        ["held", replayed.held],
        ...(whole
            ? ([
                  ["deposited", replayed.deposited],
                  ["withdrawn", replayed.withdrawn],
                  ["swept", replayed.swept],
                  ["community", replayed.community],
              ] as const)
            : []),
    ];
    const differing = here.filter(([sum, amount]) => amount !== sums[sum]);
    return [
        ...accounts,
        ...differing.map(([sum, amount]) => ({ what: "sum" as const, sum, here: amount, told: sums[sum] })),
    ];
}

/** All of it as a file to hand on. */
export function fileOf(done: Omit<Recomputed, "file">): string {
    return JSON.stringify(done, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value), 2);
}
