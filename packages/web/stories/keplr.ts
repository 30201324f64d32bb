// Puts the test wallet into a page as `window.keplr`. It signs in this process; the page has only a messenger, as a page has of the
// real one.
import type { Page } from "@playwright/test";
import { fromBase64, toBase64 } from "../src/chain/bytes.ts";
import type { AminoDoc, DirectDoc } from "../src/chain/transactions.ts";
import type { TestKeplr } from "../tests/wallet/testKeplr.ts";

/** Bytes and large numbers as text, for the way between page and process. */
const pack = (_: string, value: unknown): unknown =>
    value instanceof Uint8Array
        ? { $bytes: toBase64(value) }
        : typeof value === "bigint"
          ? { $big: String(value) }
          : value;
const unpack = (_: string, value: unknown): unknown => {
    if (value !== null && typeof value === "object" && "$bytes" in value) return fromBase64(String(value.$bytes));
    if (value !== null && typeof value === "object" && "$big" in value) return BigInt(String(value.$big));
    return value;
};

export async function inject(page: Page, keplr: TestKeplr): Promise<void> {
    await page.exposeFunction("askTestKeplr", async (method: string, text: string): Promise<string> => {
        const args = JSON.parse(text, unpack) as unknown[];
        try {
            return JSON.stringify({ answer: (await answer(keplr, method, args)) ?? null }, pack);
        } catch (error) {
            return JSON.stringify({ error: (error as Error).message });
        }
    });
    await page.addInitScript(() => {
        const ask = (window as unknown as { askTestKeplr: (method: string, text: string) => Promise<string> })
            .askTestKeplr;
        const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const pack = (_: string, value: unknown) =>
            value instanceof Uint8Array
                ? { $bytes: btoa(String.fromCharCode(...value)) }
                : typeof value === "bigint"
                  ? { $big: String(value) }
                  : value;
        const unpack = (_: string, value: unknown) => {
            if (value !== null && typeof value === "object" && "$bytes" in value) return bytes(String(value.$bytes));
            if (value !== null && typeof value === "object" && "$big" in value) return BigInt(String(value.$big));
            return value;
        };
        let options: unknown = {};
        const call = async (method: string, ...args: unknown[]) => {
            const { answer, error } = JSON.parse(await ask(method, JSON.stringify([options, ...args], pack)), unpack);
            if (error !== undefined) throw new Error(error);
            return answer;
        };
        Object.assign(window, {
            keplr: {
                get defaultOptions() {
                    return options;
                },
                set defaultOptions(value: unknown) {
                    options = value;
                },
                experimentalSuggestChain: (info: unknown) => call("experimentalSuggestChain", info),
                enable: (chain: string) => call("enable", chain),
                getKey: (chain: string) => call("getKey", chain),
                getOfflineSignerAuto: async (chain: string) => {
                    const signAmino = (address: string, doc: unknown) => call("signAmino", address, doc);
                    const signDirect = (address: string, doc: unknown) => call("signDirect", address, doc);
                    return (await call("isLedger", chain)) ? { signAmino } : { signAmino, signDirect };
                },
            },
        });
    });
}

async function answer(keplr: TestKeplr, method: string, [options, ...args]: unknown[]): Promise<unknown> {
    keplr.defaultOptions = options as TestKeplr["defaultOptions"];
    const [first, second] = args;
    switch (method) {
        case "experimentalSuggestChain":
            return keplr.experimentalSuggestChain(first);
        case "enable":
            return keplr.enable(String(first));
        case "getKey":
            return keplr.getKey(String(first));
        case "isLedger":
            return (await keplr.getOfflineSignerAuto(String(first))).signDirect === undefined;
        case "signDirect":
            return (await keplr.getOfflineSignerAuto("")).signDirect?.(String(first), second as DirectDoc);
        case "signAmino":
            return (await keplr.getOfflineSignerAuto("")).signAmino?.(String(first), second as AminoDoc);
        default:
            throw new Error(`expected a known method, got ${method}`);
    }
}

/** Its owner chooses another account there. */
export async function choose(page: Page, keplr: TestKeplr, account: number): Promise<void> {
    keplr.current = account;
    await page.evaluate(() => window.dispatchEvent(new Event("keplr_keystorechange")));
}
