// grid.json: what this page believes without asking a node. It comes from where the page comes from, and is checked all the same: a
// wrong letter in it should be told here, not by a contract that is not the grid's.

import { isAddress } from "../chain/bech32.ts";
import { fromBase64 } from "../chain/bytes.ts";
import { parseJson } from "../chain/json.ts";
import { Part, PinsError } from "./part.ts";
import { type PinnedReaders, readReaders } from "./readers.ts";

export { PinsError } from "./part.ts";

export interface GridPins {
    readonly version: 1;
    readonly name: string;
    readonly chain: {
        readonly id: string;
        /** Of addresses, in front of the `1`. */
        readonly prefix: string;
        /** In order of preference; 1 to 8. */
        readonly nodes: readonly PinnedNode[];
        readonly fee: FeeCoin;
    };
    readonly contracts: { readonly registry: string; readonly settlement: string; readonly escrow: string | null };
    /** SHA-256 of each contract's code, hex, by the contract's name. */
    readonly code: Readonly<
        Record<"meter-registry" | "energy-settlement", string> & Record<"pledge-escrow", string | null>
    >;
    readonly committee: readonly PinnedCommittee[];
    /** Who reads which meter, by what the committee's members agreed; null: not said, or there is one witness alone. */
    readonly readers: PinnedReaders | null;
    readonly asset: GridAsset;
    /** IANA name: days begin and end by it. */
    readonly time_zone: string;
    readonly languages: readonly string[];
    /** Who pays network fees of those it has granted an allowance to; null: everybody pays their own. */
    readonly fee_granter: string | null;
    readonly archives: readonly string[];
}

export interface PinnedNode {
    readonly name: string;
    readonly rpc: string;
    readonly rest: string | null;
}

/** The coin that pays network fees. */
export interface FeeCoin {
    readonly denom: string;
    readonly symbol: string;
    readonly decimals: number;
    /** Base units for a unit of gas, a decimal string. */
    readonly gas_price: string;
}

export interface PinnedCommittee {
    readonly epoch: number;
    readonly quorum: number;
    readonly members: readonly { readonly name: string | null; readonly public_key: string }[];
}

/** The grid's money. */
export type GridAsset = ({ readonly denom: string } | { readonly cw20: string }) & {
    readonly symbol: string;
    /** ISO 4217 code where the asset stands for a currency; null: it is a coin of its own. */
    readonly currency: string | null;
    readonly decimals: number;
};

/** A grid of 32 witnesses and many epochs takes 10 kB. */
export const MOST_BYTES = 200_000;

/** Reads grid.json. Addresses of nodes may be paths of the page's own origin (`/rpc`); they are made whole by `page`. */
export function readPins(json: string, page: string): GridPins {
    const root = new Part(
        guarded("grid.json", () => parseJson(json)),
        "",
    );
    const version = root.at("version").value;
    if (version !== 1) return root.at("version").fail("1");
    const chain = root.at("chain");
    const prefix = chain.at("prefix").match(/^[a-z]{1,20}$/, "a prefix of addresses");
    const address = (part: Part) => part.check((text) => isAddress(text, prefix), `an address of ${prefix}`);
    const contracts = root.at("contracts");
    const code = root.at("code");
    const hash = (part: Part) => part.match(/^[0-9a-f]{64}$/, "64 hex digits in small letters");
    const committee = committees(root.at("committee"));
    const fee = chain.at("fee");
    return {
        version,
        name: root.at("name").short(),
        chain: {
            id: chain.at("id").match(/^[A-Za-z0-9-]{1,50}$/, "a chain id"),
            prefix,
            nodes: chain
                .at("nodes")
                .list(1, 8)
                .map((node) => ({
                    name: node.at("name").short(),
                    rpc: node.at("rpc").url(page),
                    rest: node.at("rest").maybe((rest) => rest.url(page)),
                })),
            fee: {
                denom: fee.at("denom").denom(),
                symbol: fee.at("symbol").short(),
                decimals: fee.at("decimals").whole(0, 18),
                gas_price: fee.at("gas_price").match(/^\d{1,9}(\.\d{1,18})?$/, "a decimal number"),
            },
        },
        contracts: {
            registry: address(contracts.at("registry")),
            settlement: address(contracts.at("settlement")),
            escrow: contracts.at("escrow").maybe(address),
        },
        code: {
            "meter-registry": hash(code.at("meter-registry")),
            "energy-settlement": hash(code.at("energy-settlement")),
            // A grid without an escrow has no code of one to pin.
            "pledge-escrow": contracts.at("escrow").value === null ? null : hash(code.at("pledge-escrow")),
        },
        committee,
        readers: root.at("readers").maybe((readers) => readReaders(readers, committee)),
        asset: asset(root.at("asset"), address),
        time_zone: root.at("time_zone").check(isTimeZone, "an IANA time zone"),
        languages: root
            .at("languages")
            .list(1, 20)
            .map((one) => one.match(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "a language")),
        fee_granter: root.at("fee_granter").maybe(address),
        archives: root
            .at("archives")
            .list(0, 8)
            .map((one) => one.url(page)),
    };
}

/** An address of a node or an archive, as grid.json may have it. Ends with a `PinsError`. */
export function readPlace(text: string, page: string): string {
    return new Part(text, "address").url(page);
}

function committees(part: Part): readonly PinnedCommittee[] {
    let last = -1;
    return part.list(0, 1000).map((one) => {
        const epoch = one.at("epoch").whole(0, 2 ** 32 - 1);
        if (epoch <= last) one.at("epoch").fail(`more than ${last}, the epoch before`);
        last = epoch;
        const members = one
            .at("members")
            .list(1, 32)
            .map((member) => ({
                name: member.at("name").maybe((name) => name.short()),
                public_key: member.at("public_key").check(isKey, "a compressed secp256k1 key in base64"),
            }));
        const quorum = one.at("quorum").whole(1, members.length);
        // A third of the members may lie: with fewer signatures than this two reports of one window could both be signed.
        if (3 * quorum <= 2 * members.length) one.at("quorum").fail(`more than two thirds of ${members.length}`);
        return { epoch, quorum, members };
    });
}

function asset(part: Part, address: (part: Part) => string): GridAsset {
    const rest = {
        symbol: part.at("symbol").short(),
        currency: part.at("currency").maybe((one) => one.match(/^[A-Z]{3}$/, "an ISO 4217 code")),
        decimals: part.at("decimals").whole(0, 18),
    };
    const cw20 = part.at("cw20").maybe(address);
    return cw20 === null ? { denom: part.at("denom").denom(), ...rest } : { cw20, ...rest };
}

function isTimeZone(text: string): boolean {
    try {
        return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone.length > 0;
    } catch {
        return false;
    }
}

function isKey(text: string): boolean {
    try {
        const bytes = fromBase64(text);
        return bytes.length === 33 && (bytes[0] === 2 || bytes[0] === 3);
    } catch {
        return false;
    }
}

function guarded<T>(place: string, read: () => T): T {
    try {
        return read();
    } catch (error) {
        throw new PinsError(`${place}: expected JSON, got ${String(error)}`);
    }
}
