// A language that nobody speaks: English with accents, two fifths longer, in brackets. It shows what is not translated and what
// does not fit.

import type { IntlMessageFormat } from "intl-messageformat";

/** A piece of a parsed message. */
export type MessageFormatElement = ReturnType<IntlMessageFormat["getAst"]>[number];

/** Text as it stands, by the parser's own number. */
export const LITERAL = 0;

const ACCENTS: Readonly<Record<string, string>> = { a: "á", e: "é", i: "í", o: "ó", u: "ú", n: "ñ", c: "ç", y: "ý" };

/** The same message with every piece of text made longer. */
export function pseudo(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
    return [text("["), ...elements.map(longer), text("]")];
}

function longer(element: MessageFormatElement): MessageFormatElement {
    if (element.type === LITERAL) return { ...element, value: stretch(element.value) };
    if (!("options" in element)) return element;
    const options = Object.entries(element.options).map(([name, option]) => [
        name,
        { ...option, value: option.value.map(longer) },
    ]);
    return { ...element, options: Object.fromEntries(options) } as MessageFormatElement;
}

/** Two fifths longer: of five letters two come twice. */
function stretch(value: string): string {
    return [...value]
        .map((letter, place) => {
            const accented = ACCENTS[letter] ?? letter;
            return /\p{Letter}/u.test(letter) && place % 5 < 2 ? accented + accented : accented;
        })
        .join("");
}

function text(value: string): MessageFormatElement {
    return { type: LITERAL, value };
}
