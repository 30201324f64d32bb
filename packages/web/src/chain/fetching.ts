// Everything that comes over the network comes through here: with a limit of bytes and an end in time.

import { NodeError } from "./errors.ts";

export interface Limits {
    /** Bytes after decompression, at most. */
    readonly bytes: number;
    /** Seconds until the last byte, at most. */
    readonly seconds: number;
}

/** Fetches bytes; `who` names the other side in errors. */
export async function fetchBytes(
    who: string,
    url: string,
    limits: Limits,
    body: string | null = null,
    signal: AbortSignal | null = null,
): Promise<Uint8Array<ArrayBuffer>> {
    const late = AbortSignal.timeout(limits.seconds * 1000);
    try {
        const answer = await fetch(url, {
            method: body === null ? "GET" : "POST",
            body,
            headers: body === null ? {} : { "content-type": "application/json" },
            signal: signal === null ? late : AbortSignal.any([late, signal]),
            credentials: "omit",
            referrerPolicy: "no-referrer",
            redirect: "error",
            cache: "no-store",
        });
        // A node of CometBFT answers errors with a JSON body and status 500: the body says more than the status.
        if (!answer.ok && !(body !== null && answer.status === 500))
            throw new NodeError(who, { kind: "http", status: answer.status });
        return await limited(who, answer, limits.bytes);
    } catch (error) {
        if (error instanceof NodeError) throw error;
        if (signal?.aborted === true) throw error;
        if (late.aborted) throw new NodeError(who, { kind: "timeout", seconds: limits.seconds });
        throw new NodeError(who, { kind: "unreachable" });
    }
}

async function limited(who: string, answer: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
    const tooLarge = () => new NodeError(who, { kind: "too_large", limit });
    if (answer.body === null) return new Uint8Array();
    const reader = answer.body.getReader();
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        length += value.length;
        if (length > limit) {
            await reader.cancel();
            throw tooLarge();
        }
        parts.push(value);
    }
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}
