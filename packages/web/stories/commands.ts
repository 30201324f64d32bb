// The programs that a grid's people use, run as they run them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Bip39, EnglishMnemonic, Secp256k1, Slip10, Slip10Curve, stringToPath } from "@cosmjs/crypto";

export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What scripts/devnet or scripts/neighbourhood tells. */
export function setting(name: string): string {
    const value = process.env[name];
    if (value === undefined) throw new Error(`expected ${name}: run scripts/web stories, which starts what is needed`);
    return value;
}

export const networks = setting("GRIDPACT_NETWORKS");
export const keys = setting("GRIDPACT_KEYS");

/** Runs gridpact; what it printed. */
export function gridpact(...args: string[]): string {
    return run("gridpact", args);
}

export function devnet(...args: string[]): string {
    return run(join(root, "scripts/devnet"), args);
}

/** The neighbourhood's clock goes ahead, as its inhabitants see it: every meter tells what passed, and all of it is reported. */
export function ahead(time: string): void {
    run(join(root, "scripts/neighbourhood"), ["ahead", time], 230_000);
}

function run(program: string, args: string[], patience = 120_000): string {
    try {
        return execFileSync(program, args, {
            cwd: root,
            encoding: "utf8",
            timeout: patience,
            env: { ...process.env, GRIDPACT_NETWORK: "devnet" },
            stdio: ["ignore", "pipe", "pipe"],
        });
    } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string };
        throw new Error(`${program} ${args.join(" ")}\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
    }
}

/** A line of the network file. */
export function network(key: string): string {
    const found = new RegExp(`^${key} = "(.*)"$`, "m").exec(readFileSync(join(networks, "devnet.toml"), "utf8"));
    if (found?.[1] === undefined) throw new Error(`expected ${key} in the network file`);
    return found[1];
}

export function mnemonicOf(role: string): string {
    return readFileSync(join(keys, `${role}.mnemonic`), "utf8").trim();
}

/** The key of a role, as every Cosmos wallet derives it. */
export async function secretOf(role: string): Promise<Uint8Array> {
    const seed = await Bip39.mnemonicToSeed(new EnglishMnemonic(mnemonicOf(role)));
    const { privkey } = Slip10.derivePath(Slip10Curve.Secp256k1, seed, stringToPath("m/44'/118'/0'/0/0"));
    await Secp256k1.makeKeypair(privkey);
    return privkey;
}
