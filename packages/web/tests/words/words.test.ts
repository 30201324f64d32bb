import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import earlyDe from "../../src/words/de.json" with { type: "json" };
import early from "../../src/words/en.json" with { type: "json" };
import earlyFr from "../../src/words/fr.json" with { type: "json" };
import moreDe from "../../src/words/more/de.json" with { type: "json" };
import late from "../../src/words/more/en.json" with { type: "json" };
import moreFr from "../../src/words/more/fr.json" with { type: "json" };
import { argumentsOf, type Key, languageOf, localeOf, makeWords } from "../../src/words/words.ts";

const en = { ...early, ...late };
const languages: Readonly<Record<string, Readonly<Record<Key, string>>>> = {
    en,
    de: { ...earlyDe, ...moreDe },
    fr: { ...earlyFr, ...moreFr },
};
const keys = Object.keys(en) as Key[];

/** Words that a household never has to know. */
const FORBIDDEN =
    /\b(gas|tx|txs|transaction|slot|mWh|bps|basis points?|base units?|epoch|nonce|approve|execute|wallet|oracle|roster)\b/i;

function sources(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) return entry.name === "words" || entry.name === "types" ? [] : sources(path);
        return /\.tsx?$/.test(entry.name) ? [readFileSync(path, "utf8")] : [];
    });
}

describe.each(Object.entries(languages))("in %s", (language, messages) => {
    it("every key of English is there and no other", () => {
        expect(Object.keys(messages).sort()).toEqual([...keys].sort());
    });

    it.each(keys)("%s is a message that needs what the English one needs", (key) => {
        expect(argumentsOf(messages[key])).toEqual(argumentsOf(en[key]));
    });

    it("nothing is empty, and nobody is shouted at", () => {
        for (const key of keys) {
            expect(messages[key].trim(), key).not.toBe("");
            expect(messages[key], key).not.toContain("!");
        }
    });

    it("no word of engineers is said", () => {
        for (const key of keys) expect(messages[key].replace(/\{[^{}]*\}/g, ""), key).not.toMatch(FORBIDDEN);
    });

    it("counts are said as people say them", () => {
        const { t } = makeWords(language as "en" | "de" | "fr", language, messages);
        const [one, many] = [t("grid.days", { count: 1 }), t("grid.days", { count: 3 })];
        const said: Readonly<Record<string, readonly string[]>> = {
            en: ["1 day", "3 days"],
            de: ["1 Tag", "3 Tage"],
            fr: ["1 jour", "3 jours"],
        };
        expect([one, many]).toEqual(said[language]);
    });
});

it("no sentence is kept that nobody says", () => {
    const text = [
        ...sources(new URL("../../src", import.meta.url).pathname),
        ...["troubles.ts", "say.ts"].map((name) =>
            readFileSync(new URL(`../../src/words/${name}`, import.meta.url), "utf8"),
        ),
    ].join("\n");
    // `t(`home.${x}`)`: a key that is put together counts by what it begins with.
    const begun = [...text.matchAll(/`([a-z]+\.[a-z_]*)\$\{/g)].map(([, start]) => start ?? "");
    const unsaid = keys.filter((key) => !text.includes(`"${key}"`) && !begun.some((start) => key.startsWith(start)));
    expect(unsaid).toEqual([]);
});

/** The app's files that a page loads before anybody goes anywhere. */
function loadedAtOnce(): Set<string> {
    const found = [new URL("../../src/main.tsx", import.meta.url).pathname];
    for (const file of found) {
        const text = readFileSync(file, "utf8");
        for (const [, place = ""] of text.matchAll(/^(?:import|export) (?!type)[^;]*?from "(\.[^"]+\.tsx?)"/gms)) {
            const path = join(dirname(file), place);
            if (existsSync(path) && !found.includes(path)) found.push(path);
        }
    }
    return new Set(found);
}

it("what a page loads at once says nothing whose words come later", () => {
    const files = loadedAtOnce();
    expect(files.size).toBeGreaterThan(50);
    const said = [...files].flatMap((file) => {
        const text = readFileSync(file, "utf8");
        return Object.keys(late).filter((key) => text.includes(`"${key}"`));
    });
    expect(said).toEqual([]);
    expect(Object.keys(early).filter((key) => Object.hasOwn(late, key))).toEqual([]);
});

describe("the pseudo-language", () => {
    const { t } = makeWords("en-XA", "en", en);

    it("is two fifths longer, and keeps what is filled in", () => {
        const english = makeWords("en", "en", en);
        let [plain, stretched] = [0, 0];
        for (const key of keys) {
            if (argumentsOf(en[key]).length > 0) continue;
            plain += english.t(key).length;
            stretched += t(key).length - 2;
        }
        expect(stretched / plain).toBeGreaterThan(1.3);
        expect(stretched / plain).toBeLessThan(1.5);
        expect(t("home.covered_all", { taken: "0.24 kWh" })).toContain("0.24 kWh");
        expect(t("app.home")).toMatch(/^\[.*\]$/);
    });

    it("keeps plurals", () => {
        expect(t("grid.days", { count: 1 })).not.toBe(t("grid.days", { count: 2 }));
    });
});

it("texts of strangers stay text: a tag in a value is letters", () => {
    const { t } = makeWords("en", "en", en);
    expect(t("first.find_bad", { typed: "<img src=x>" })).toContain("<img src=x>");
});

describe("the language", () => {
    it("is the device's first that the app has, else the grid's, else English", () => {
        expect(languageOf(["it-IT", "de-AT", "en"], ["en"])).toBe("de");
        expect(languageOf(["fr-BE", "de"], ["en"])).toBe("fr");
        expect(languageOf(["it"], ["fr"])).toBe("fr");
        expect(languageOf(["it"], ["es", "en-XA"])).toBe("en");
    });

    it("is written as the device's own variant", () => {
        expect(localeOf("de", ["en-US", "de-AT"])).toBe("de-AT");
        expect(localeOf("en", ["de-AT"])).toBe("en-GB");
    });
});
