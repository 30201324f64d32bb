// What the app says, in the reader's language. Keys are checked by the compiler; the languages' agreement by a test.

import { IntlMessageFormat } from "intl-messageformat";
import en from "./en.json";
import type more from "./more/en.json";
import { LITERAL, type MessageFormatElement, pseudo } from "./pseudo.ts";

/** What every screen can say. */
export type EarlyKey = keyof typeof en;
/** What only the screens inside `More` can say: it is loaded with the first of them. */
export type LateKey = keyof typeof more;
/** Something that the app can say. */
export type Key = EarlyKey | LateKey;
/** Text as it stands in a sentence, and numbers that decide a plural. */
export type Values = Readonly<Record<string, string | number>>;
export type Language = "en" | "de" | "fr" | "en-XA";

/** Languages by their own names. The pseudo-language is for tests alone and is not listed. */
export const LANGUAGES: Readonly<Record<Exclude<Language, "en-XA">, string>> = {
    en: "English",
    de: "Deutsch",
    fr: "Français",
};

/** Sentences in one language. A sentence that is not loaded ends with an error. */
export interface Words {
    readonly language: Language;
    /** By which numbers and dates are written: the reader's own variant of the language where the device tells one. */
    readonly locale: string;
    readonly t: (key: Key, values?: Values) => string;
}

/** Sentences of a language from its messages. */
export function makeWords(language: Language, locale: string, messages: Readonly<Partial<Record<Key, string>>>): Words {
    const formats = new Map<Key, IntlMessageFormat>();
    const format = (key: Key): IntlMessageFormat => {
        let found = formats.get(key);
        if (found === undefined) {
            // No tags: "<" is text, and nothing a sentence holds can become an element.
            const message = messages[key];
            if (message === undefined) throw new Error(`expected the sentence '${key}' to be loaded`);
            const plain = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
            found = language === "en-XA" ? new IntlMessageFormat(pseudo(plain.getAst()), "en") : plain;
            formats.set(key, found);
        }
        return found;
    };
    return { language, locale, t: (key, values) => String(format(key).format(values)) };
}

/** The messages of a language; other than English they are a file of their own. */
export async function loadWords(language: Language, preferred: readonly string[]): Promise<Words> {
    return makeWords(language, localeOf(language, preferred), await early(language));
}

async function early(language: Language): Promise<Readonly<Record<EarlyKey, string>>> {
    if (language === "de") return (await import("./de.json")).default;
    return language === "fr" ? (await import("./fr.json")).default : en;
}

/** A language by its name in the device's store or anybody's list; the pseudo-language is one, too. */
export function isLanguage(text: string | null | undefined): text is Language {
    return text === "en-XA" || (text != null && Object.hasOwn(LANGUAGES, text));
}

/** "de-AT" where the device prefers that and the language is German. English without a variant is written as in Europe. */
export function localeOf(language: Language, preferred: readonly string[]): string {
    const plain = language === "en-XA" ? "en" : language;
    const own = preferred.find((locale) => locale.startsWith(`${plain}-`));
    return own ?? (plain === "en" ? "en-GB" : plain);
}

/** The first language of the device that the app and the grid both have; else the grid's first that the app has; else English. */
export function languageOf(preferred: readonly string[], grid: readonly string[]): Language {
    const known = (language: string | undefined): language is keyof typeof LANGUAGES =>
        language !== undefined && Object.hasOwn(LANGUAGES, language);
    const plain = preferred.map((locale) => locale.split("-")[0]);
    return plain.find(known) ?? grid.find(known) ?? "en";
}

/** What a message needs to be said: the names of its values. */
export function argumentsOf(message: string): string[] {
    const names = new Set<string>();
    const visit = (elements: readonly MessageFormatElement[]): void => {
        for (const element of elements) {
            if ("value" in element && element.type !== LITERAL) names.add(`${element.value}:${element.type}`);
            if ("options" in element) for (const option of Object.values(element.options)) visit(option.value);
        }
    };
    visit(new IntlMessageFormat(message, "en", undefined, { ignoreTag: true }).getAst());
    return [...names].sort();
}
