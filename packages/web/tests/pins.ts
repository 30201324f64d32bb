// A grid.json for tests.
import { toBech32 } from "@cosmjs/encoding";
import type { GridPins } from "../src/trust/pins.ts";

const contract = (byte: number) => toBech32("wasm", new Uint8Array(32).fill(byte));

export const pins: GridPins = {
    version: 1,
    name: "Lindenweg",
    chain: {
        id: "gridpact-test-1",
        prefix: "wasm",
        nodes: [
            { name: "North", rpc: "https://north.example/rpc", rest: "https://north.example/rest" },
            { name: "South", rpc: "https://south.example/rpc", rest: null },
        ],
        fee: { denom: "stake", symbol: "STAKE", decimals: 6, gas_price: "0.025" },
    },
    contracts: { registry: contract(1), settlement: contract(2), escrow: contract(3) },
    code: { "meter-registry": "a1".repeat(32), "energy-settlement": "b2".repeat(32), "pledge-escrow": "c3".repeat(32) },
    committee: [
        {
            epoch: 1,
            quorum: 3,
            members: ["North", "East", "South", "West"].map((name, at) => ({
                name,
                public_key: Buffer.from([2 + (at % 2), ...new Uint8Array(32).fill(at + 1)]).toString("base64"),
            })),
        },
    ],
    readers: {
        version: 3,
        from: 1_796_083_200,
        epoch: 1,
        meters: [
            {
                slots: [
                    [0, 1],
                    [3, 3],
                ],
                read_by: [0, 1, 2],
                need: 2,
                home: null,
            },
            { slots: [[2, 2]], read_by: [3], need: 1, home: 3 },
        ],
    },
    asset: { denom: "ueur", symbol: "EUR", currency: "EUR", decimals: 6 },
    time_zone: "Europe/Vienna",
    languages: ["en", "de"],
    fee_granter: toBech32("wasm", new Uint8Array(20).fill(9)),
    archives: ["https://archive.example"],
};
