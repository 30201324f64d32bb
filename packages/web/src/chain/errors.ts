// What can go wrong between this page and a chain, as facts. src/words says them to people.

/** A node could not be asked or gave no usable answer. */
export type NodeTrouble =
    /** No answer at all: offline, wrong address, refused by CORS; a browser does not tell which. */
    | { readonly kind: "unreachable" }
    | { readonly kind: "timeout"; readonly seconds: number }
    /** More bytes than such an answer can have; what came was thrown away. */
    | { readonly kind: "too_large"; readonly limit: number }
    /** Something answered that is no node, or not this question's answer. */
    | { readonly kind: "not_understood"; readonly detail: string }
    | { readonly kind: "http"; readonly status: number }
    /** The node keeps no index of transactions. */
    | { readonly kind: "no_index" }
    /** The node has forgotten that height, or its state there. */
    | { readonly kind: "forgotten"; readonly height: number }
    /** The node itself refused the question. */
    | { readonly kind: "rpc"; readonly detail: string };

export class NodeError extends Error {
    override readonly name = "NodeError";
    constructor(
        readonly node: string,
        readonly trouble: NodeTrouble,
    ) {
        super(`${node}: ${said(trouble)}`);
    }
}

/** The chain refused a query, a simulation or a transaction. */
export class Refusal extends Error {
    override readonly name = "Refusal";
    constructor(
        readonly codespace: string,
        readonly code: number,
        /** The raw log. It may hold raw bytes: never shown as it is, see src/trust/refusals.ts. */
        readonly log: string,
    ) {
        super(`${codespace} ${code}: ${log}`);
    }
}

function said(trouble: NodeTrouble): string {
    switch (trouble.kind) {
        case "unreachable":
            return "expected an answer, got none";
        case "timeout":
            return `expected an answer within ${trouble.seconds} s`;
        case "too_large":
            return `expected at most ${trouble.limit} bytes, got more`;
        case "not_understood":
            return trouble.detail;
        case "http":
            return `expected status 200, got ${trouble.status}`;
        case "no_index":
            return "expected an index of transactions, the node keeps none";
        case "forgotten":
            return `expected block ${trouble.height}, the node has forgotten it`;
        case "rpc":
            return trouble.detail;
    }
}
