// SHA-256 wherever the page came from: the browser's own over https or from this machine, else the engine's.

import { type Engine, loadEngine } from "./engine.ts";

export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

export function hashing(load: () => Promise<Engine> = loadEngine): Sha256 {
    return async (bytes) => {
        if (globalThis.crypto.subtle !== undefined) return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        return (await load()).sha256(bytes);
    };
}
