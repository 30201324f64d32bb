// What is kept on this device. A browser may refuse to keep anything: then it is forgotten with the page, and all else works.

/** Reads a kept text; null where there is none. */
export function kept(key: string): string | null {
    try {
        return window.localStorage.getItem(`gridpact.${key}`);
    } catch {
        return null;
    }
}

/** Keeps a text; null forgets it. */
export function keep(key: string, text: string | null): void {
    try {
        if (text === null) window.localStorage.removeItem(`gridpact.${key}`);
        else window.localStorage.setItem(`gridpact.${key}`, text);
    } catch {
        // Full or forbidden: nothing depends on it.
    }
}
