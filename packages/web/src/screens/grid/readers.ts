// Who reads which meter, and whose word a reading is.

import type { MeterReaders, Readers } from "../../data/source.ts";
import type { Say } from "../../words/say.ts";
import { witnessName } from "../bill/check.ts";

/** More lines, and more stretches of homes in one, than anybody reads. */
const MOST = 20;
/** What a household should know comes first. */
const ORDER: readonly MeterReaders["word"][] = ["own", "alone", "first", "nobody", "agree"];

/** A line for all meters that are read alike; the doubtful ones first. */
export function readerLines(say: Say, readers: Readers) {
    const sorted = readers.meters.toSorted((one, other) => ORDER.indexOf(one.word) - ORDER.indexOf(other.word));
    const lines = sorted.slice(0, MOST).map((alike) => ({
        sentence: sentence(say, alike),
        doubtful: alike.word !== "agree",
    }));
    const left = sorted.length - lines.length;
    return { lines, more: left === 0 ? null : say.t("readers.more", { count: left }) };
}

function sentence(say: Say, alike: MeterReaders): string {
    const homes = homesOf(say, alike.slots ?? []);
    const [name = "", ...others] = alike.readers.map((witness) => witnessName(say, witness));
    if (alike.word === "agree")
        return say.t("readers.agree", { homes, names: say.list([name, ...others]), need: alike.need });
    return say.t(`readers.${alike.word}`, { homes, name, others: say.list(others) });
}

/** "Home 3", "Homes 0 to 16, 18 and 20". */
function homesOf(say: Say, slots: NonNullable<MeterReaders["slots"]>): string {
    const count = slots.reduce((all, [from, to]) => all + to - from + 1, 0);
    const named = slots.map(([from, to]) => (from === to ? `${from}` : say.t("readers.to", { from, to })));
    const shown = named.length > MOST ? [...named.slice(0, MOST), "…"] : named;
    return say.t("readers.homes", { count, list: say.list(shown) });
}
