import { describe, expect, it } from "vitest";
import type { StreetHome } from "../../src/data/street.ts";
import { houses, streetSentences } from "../../src/screens/street/model.ts";
import { english } from "./projects/projects.ts";
import { kwh } from "./say.ts";

const say = english();
const home = (slot: number, taken: number, given: number): StreetHome => ({
    slot,
    reading: { taken: kwh(taken), given: kwh(given), quality: "measured" },
});
const told = {
    interval: 10,
    first: 0,
    count: 96,
    homes: [
        home(0, 0, 0.6),
        home(1, 0.2, 0),
        home(2, 0, 0),
        { slot: 3, reading: null },
        home(4, 0.1, 0.3),
        home(5, 0.3, 0.1),
    ],
};

describe("the street in one quarter hour", () => {
    it("tells of each house what it does; zero is not a missing reading, and both ways are told", () => {
        expect(houses(say, told, { 1: "Mill" }).map(({ doing, sentence }) => [doing, sentence])).toEqual([
            ["gives", "Home 0 gives 0.6 kWh."],
            ["takes", "Mill takes 0.2 kWh."],
            ["idle", "Home 2 neither takes nor gives."],
            ["unread", "Home 3: no reading."],
            ["gives", "Home 4 takes 0.1 kWh and gives 0.3 kWh."],
            ["takes", "Home 5 takes 0.3 kWh and gives 0.1 kWh."],
        ]);
    });

    it("adds up", () => {
        expect(streetSentences(say, told)).toEqual([
            "2 homes give more than they take; all homes together give 1 kWh.",
            "2 homes take more than they give; all homes together take 0.6 kWh.",
            "1 home neither takes nor gives.",
            "1 home has no reading.",
        ]);
        expect(streetSentences(say, { ...told, homes: [] })[0]).toContain("No home gives");
    });
});
