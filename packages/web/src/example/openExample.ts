// The made-up street, loaded when somebody wants to see it.

import type { Session } from "../session.ts";
import { readOnly } from "../wallet/wallet.ts";
import { ExampleSource } from "./exampleSource.ts";
import type { Street } from "./street.ts";

export async function openExample(): Promise<Session> {
    const { default: street } = await import("../../fixtures/street.json");
    return { source: new ExampleSource(street as unknown as Street), wallet: readOnly, sender: null, askNode: null };
}
