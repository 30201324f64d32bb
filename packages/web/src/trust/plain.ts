// Text of strangers as text: one line, without what hides letters, turns them around or moves the cursor.

/** Control characters, marks of direction, invisible ones, separators of lines, the replacement of broken bytes. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu;

export function plain(text: string): string {
    return text.replace(/\s/g, " ").replace(HIDDEN, "").replace(/ +/g, " ").trim();
}

/** The same, at most so long. */
export function clipped(text: string, most: number): string {
    const whole = plain(text);
    return whole.length <= most ? whole : `${whole.slice(0, most - 1)}…`;
}

/** An address that may be opened apart: https as it is, `ipfs://` by no gateway of ours. Null: it is shown as text only. */
export function openable(link: string): string | null {
    try {
        const { protocol, href } = new URL(link);
        return protocol === "https:" || protocol === "ipfs:" ? href : null;
    } catch {
        return null;
    }
}
