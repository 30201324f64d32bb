// As much of protobuf as the messages of src/chain need.

import { fromUtf8, joined, utf8 } from "./bytes.ts";

/** Writes fields in the order in which they are given. Empty ones are left out, as every Cosmos chain expects. */
export class Writer {
    private readonly parts: Uint8Array[] = [];

    number(field: number, value: bigint | number): this {
        const whole = BigInt(value);
        if (whole < 0n || whole >= 1n << 64n) throw new Error(`expected 0 to 2^64 - 1, got ${whole}`);
        if (whole !== 0n) this.parts.push(varint(BigInt(field) << 3n), varint(whole));
        return this;
    }

    bytes(field: number, value: Uint8Array): this {
        return value.length === 0 ? this : this.always(field, value);
    }

    text(field: number, value: string): this {
        return this.bytes(field, utf8(value));
    }

    /** A message inside, written even where it is empty: it is there. */
    message(field: number, value: Writer): this {
        return this.always(field, value.done());
    }

    done(): Uint8Array<ArrayBuffer> {
        return joined(this.parts);
    }

    private always(field: number, value: Uint8Array): this {
        this.parts.push(varint((BigInt(field) << 3n) | 2n), varint(BigInt(value.length)), value);
        return this;
    }
}

function varint(value: bigint): Uint8Array {
    const bytes: number[] = [];
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    return Uint8Array.from(bytes);
}

/** The fields of a message by their numbers, each as often as it came. Bytes of strangers: whatever does not parse is refused. */
export class Fields {
    private readonly fields = new Map<number, (bigint | Uint8Array<ArrayBuffer>)[]>();

    constructor(bytes: Uint8Array) {
        let at = 0;
        const next = (): bigint => {
            let value = 0n;
            for (let shift = 0n; shift < 70n; shift += 7n) {
                const byte = bytes[at];
                if (byte === undefined) throw new Error("protobuf: expected more bytes");
                at += 1;
                value |= BigInt(byte & 127) << shift;
                if (byte < 128) return value;
            }
            throw new Error("protobuf: expected a number of at most ten bytes");
        };
        while (at < bytes.length) {
            const tag = next();
            const field = Number(tag >> 3n);
            const kind = Number(tag & 7n);
            if (kind === 0) this.put(field, next());
            else if (kind === 1 || kind === 5 || kind === 2) {
                const length = kind === 2 ? Number(next()) : kind === 1 ? 8 : 4;
                if (length > bytes.length - at)
                    throw new Error(`protobuf: expected ${length} bytes, got ${bytes.length - at}`);
                this.put(field, bytes.slice(at, at + length));
                at += length;
            } else throw new Error(`protobuf: expected a known kind of field, got ${kind}`);
        }
    }

    number(field: number): bigint {
        const value = this.fields.get(field)?.at(-1) ?? 0n;
        if (typeof value !== "bigint") throw new Error(`protobuf: expected a number in field ${field}`);
        return value;
    }

    bytes(field: number): Uint8Array<ArrayBuffer> {
        return this.every(field).at(-1) ?? new Uint8Array();
    }

    text(field: number): string {
        return fromUtf8(this.bytes(field));
    }

    /** A message inside; null where there is none. */
    message(field: number): Fields | null {
        const value = this.every(field).at(-1);
        return value === undefined ? null : new Fields(value);
    }

    every(field: number): Uint8Array<ArrayBuffer>[] {
        return (this.fields.get(field) ?? []).map((value) => {
            if (typeof value === "bigint") throw new Error(`protobuf: expected bytes in field ${field}`);
            return value;
        });
    }

    private put(field: number, value: bigint | Uint8Array<ArrayBuffer>): void {
        const values = this.fields.get(field);
        if (values === undefined) this.fields.set(field, [value]);
        else values.push(value);
    }
}
