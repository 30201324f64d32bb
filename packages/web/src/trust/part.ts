// A value of grid.json with its place, so that what is wrong with it is said where it stands.

import { plain } from "./plain.ts";

/** What is wrong with a grid.json, by its place: `chain.nodes[0].rpc: expected …, got …`. */
export class PinsError extends Error {
    override readonly name = "PinsError";
}

/** A value with its place, for errors. */
export class Part {
    constructor(
        readonly value: unknown,
        private readonly place: string,
    ) {}

    at(name: string): Part {
        const { value } = this;
        if (value === null || typeof value !== "object" || Array.isArray(value)) return this.fail("an object");
        return new Part(
            (value as Record<string, unknown>)[name] ?? null,
            this.place === "" ? name : `${this.place}.${name}`,
        );
    }

    list(least: number, most: number): Part[] {
        const { value } = this;
        if (!Array.isArray(value) || value.length < least || value.length > most)
            return this.fail(`a list of ${least} to ${most}`);
        return value.map((one, at) => new Part(one, `${this.place}[${at}]`));
    }

    maybe<T>(read: (part: Part) => T): T | null {
        return this.value === null ? null : read(this);
    }

    check(good: (text: string) => boolean, expected: string): string {
        return typeof this.value === "string" && good(this.value) ? this.value : this.fail(expected);
    }

    match(pattern: RegExp, expected: string): string {
        return this.check((text) => pattern.test(text), expected);
    }

    /** A name that is shown. */
    short(): string {
        return this.check(
            (text) => text.length >= 1 && text.length <= 60 && plain(text) === text,
            "1 to 60 letters of one line",
        );
    }

    denom(): string {
        return this.match(/^[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/, "a denomination");
    }

    whole(least: number, most: number): number {
        const { value } = this;
        return typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most
            ? value
            : this.fail(`a whole number from ${least} to ${most}`);
    }

    /** https, or this machine, or the page's own origin: what the page's policy lets through. Without a slash at the end. */
    url(page: string): string {
        const text = this.check((one) => one.length <= 300, "an address of at most 300 letters");
        let url: URL;
        try {
            url = new URL(text, page);
        } catch {
            return this.fail("an address");
        }
        const here =
            url.hostname === "localhost" || url.hostname === "127.0.0.1" || url.origin === new URL(page).origin;
        const reachable = url.protocol === "https:" || (url.protocol === "http:" && here);
        if (!reachable || url.username !== "" || url.password !== "" || url.hash !== "" || url.search !== "")
            return this.fail("an https address, one of this machine or a path of this page's own origin");
        return url.href.replace(/\/$/, "");
    }

    fail(expected: string): never {
        const got = JSON.stringify(this.value) ?? "nothing";
        throw new PinsError(
            `${this.place}: expected ${expected}, got ${got.length > 80 ? `${got.slice(0, 80)}…` : got}`,
        );
    }
}
