import { expect, test } from "vitest";
import { clipped, openable, plain } from "../../src/trust/plain.ts";
import { refused } from "../../src/trust/refusals.ts";

const of = (log: string, codespace = "sdk", code = 1) => refused({ codespace, code, log });

test("a contract's own words are cut out of what the chain puts around them", () => {
    const log =
        "rpc error: code = Unknown desc = failed to execute message; message index: 0: refund: expected more than 0 to pay out, got 0: " +
        "execute wasm contract failed [CosmWasm/wasmd@v0.61.14/x/wasm/keeper/keeper.go:418] with gas used: '120000'";
    expect(of(log)).toEqual({ kind: "contract", words: "refund: expected more than 0 to pay out, got 0" });
    expect(of("slot 9: expected an account, got none: query wasm contract failed", "wasm", 9)).toEqual({
        kind: "contract",
        words: "slot 9: expected an account, got none",
    });
});

test("codes say it where a node passes them on", () => {
    expect(of("", "sdk", 5)).toEqual({ kind: "funds" });
    expect(of("", "sdk", 32)).toEqual({ kind: "sequence" });
    expect(of("", "feegrant", 2)).toEqual({ kind: "allowance", why: "used_up" });
    expect(of("", "feegrant", 7)).toEqual({ kind: "allowance", why: "other_messages" });
});

test("a simulation's words say it too", () => {
    expect(of("basic allowance: fee limit exceeded", "x")).toEqual({ kind: "allowance", why: "used_up" });
    expect(of("spendable balance 0stake is smaller than 4234stake: insufficient funds", "x")).toEqual({
        kind: "funds",
    });
});

test("no raw byte of a log reaches the page", () => {
    expect(of("granter \u0001\u0002\uFFFD\u202E\n\nx", "x")).toEqual({ kind: "other", words: "granter x" });
});

test("text of strangers is one line of visible letters", () => {
    expect(plain("a\u0000b\u200Bc\u2028d\n e")).toBe("abc d e");
    expect(clipped("x".repeat(400), 300)).toHaveLength(300);
});

test("only https and ipfs open", () => {
    expect(openable("https://a.example/x")).toBe("https://a.example/x");
    expect(openable("ipfs://bafy/x")).toBe("ipfs://bafy/x");
    for (const link of ["javascript:alert(1)", "data:text/html,x", "http://a.example", "//a.example", "x"])
        expect(openable(link)).toBe(null);
});
