// Sentences of the screens that come later: projects, meters, the operator. A first visit does without them.

import type { Say } from "./say.ts";
import { type Key, type Language, type LateKey, makeWords } from "./words.ts";

type Messages = Readonly<Record<LateKey, string>>;

const loaded = new Map<Language, Promise<Messages>>();

/** The same promise for a language each time; a failed one is asked for again. */
export function moreMessages(language: Language): Promise<Messages> {
    let found = loaded.get(language);
    if (found === undefined) {
        found = load(language);
        found.catch(() => loaded.delete(language));
        loaded.set(language, found);
    }
    return found;
}

async function load(language: Language): Promise<Messages> {
    if (language === "de") return (await import("./more/de.json")).default;
    if (language === "fr") return (await import("./more/fr.json")).default;
    return (await import("./more/en.json")).default;
}

/** Who says what `say` does, and these besides. */
export function withMore(say: Say, messages: Messages): Say {
    const more = makeWords(say.language, say.locale, messages);
    const t: Say["t"] = (key: Key, values) => {
        if (!Object.hasOwn(messages, key)) return say.t(key, values);
        const text = more.t(key, values);
        return messages[key as LateKey].startsWith("{who}") && key !== WITHIN ? begun(text) : text;
    };
    return { ...say, t };
}

/** It begins with somebody's name, and stands within a sentence all the same. */
const WITHIN: Key = "condition.party";

/** "your account" begins a sentence with a capital; an account as the chain writes it stays as it is. */
function begun(text: string): string {
    return /^\p{Ll}+[ ’,:]/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
