// The made-up street, loaded when somebody wants to see it.

import type { Session } from "../session.ts";
import { keep, kept } from "../ui/device.ts";
import { readOnly } from "../wallet/wallet.ts";
import { ExampleSource } from "./exampleSource.ts";
import { EXAMPLE_NAMES } from "./names.ts";
import type { Street } from "./street.ts";

export async function openExample(): Promise<Session> {
    const { default: street } = await import("../../fixtures/street.json");
    const names = `neighbours.example.${street.chain_id}`;
    if (kept(names) === null) keep(names, JSON.stringify(EXAMPLE_NAMES));
    const source = new ExampleSource(street as unknown as Street);
    return { source, wallet: readOnly, sender: null, askNode: null, places: null };
}
