// Bytes as text and back. Whatever is not exactly that encoding is refused.

export function fromHex(text: string): Uint8Array<ArrayBuffer> {
    if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text))
        throw new Error(`expected hex digits in pairs, got '${clip(text)}'`);
    const bytes = new Uint8Array(text.length / 2);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
    return bytes;
}

export function toHex(bytes: Uint8Array): string {
    let text = "";
    for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
    return text;
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
    if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
        throw new Error(`expected base64, got '${clip(text)}'`);
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
    return bytes;
}

export function toBase64(bytes: Uint8Array): string {
    let letters = "";
    // In pieces: a call takes some ten thousand arguments at most.
    for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(letters);
}

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Text of bytes that must be UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

export function same(left: Uint8Array, right: Uint8Array): boolean {
    return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

const clip = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);
