// The street as a picture: what each house does in one interval, and the same in words.

import type { StreetHome, StreetInterval } from "../../data/street.ts";
import type { Say } from "../../words/say.ts";
import { homeName, type Names } from "../settings/model.ts";

export type Doing = "gives" | "takes" | "idle" | "unread";

export interface House {
    readonly slot: number;
    readonly name: string;
    readonly doing: Doing;
    readonly sentence: string;
}

/** What the meter counts within one interval may go both ways: the larger decides what the picture shows, the sentence says both. */
function doingOf({ reading }: StreetHome): Doing {
    if (reading === null) return "unread";
    if (reading.given > reading.taken) return "gives";
    return reading.taken > 0n ? "takes" : "idle";
}

export function houses(say: Say, told: StreetInterval, names: Names): readonly House[] {
    return told.homes.map((home) => {
        const name = homeName(say, names, home.slot);
        const doing = doingOf(home);
        const { taken = 0n, given = 0n } = home.reading ?? {};
        const values = { name, taken: say.energy(taken), given: say.energy(given) };
        const both = taken > 0n && given > 0n;
        return { slot: home.slot, name, doing, sentence: say.t(both ? "street.both" : `street.${doing}`, values) };
    });
}

/** How many do what, and how much in all. */
export function streetSentences(say: Say, told: StreetInterval): readonly string[] {
    const count = (doing: Doing): number => told.homes.filter((home) => doingOf(home) === doing).length;
    const sum = (side: "taken" | "given"): bigint =>
        told.homes.reduce((all, { reading }) => all + (reading?.[side] ?? 0n), 0n);
    const sentences = [
        say.t("street.give", { count: count("gives"), energy: say.energy(sum("given")) }),
        say.t("street.take", { count: count("takes"), energy: say.energy(sum("taken")) }),
    ];
    if (count("idle") > 0) sentences.push(say.t("street.idle_count", { count: count("idle") }));
    if (count("unread") > 0) sentences.push(say.t("street.unread_count", { count: count("unread") }));
    return sentences;
}
