// What a thread tells the page, and how an error crosses over: only its data does, not what it is.

import { NodeError, type NodeTrouble, Refusal } from "../../chain/errors.ts";
import type { Recomputed, Recomputing } from "../source.ts";

export type Told = { readonly how: Recomputing } | { readonly done: Recomputed } | { readonly fault: Fault };

export type Fault =
    | { readonly kind: "node"; readonly node: string; readonly trouble: NodeTrouble }
    | { readonly kind: "refusal"; readonly codespace: string; readonly code: number; readonly log: string }
    | { readonly kind: "other"; readonly message: string };

export function faultOf(error: unknown): Fault {
    if (error instanceof NodeError) return { kind: "node", node: error.node, trouble: error.trouble };
    if (error instanceof Refusal)
        return { kind: "refusal", codespace: error.codespace, code: error.code, log: error.log };
    return { kind: "other", message: error instanceof Error ? error.message : String(error) };
}

/** The error that it was. */
export function errorOf(fault: Fault): Error {
    switch (fault.kind) {
        case "node":
            return new NodeError(fault.node, fault.trouble);
        case "refusal":
            return new Refusal(fault.codespace, fault.code, fault.log);
        case "other":
            return new Error(fault.message);
    }
}
