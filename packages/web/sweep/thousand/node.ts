// A node of a grid of 1,000 homes, over HTTP as a phone asks it: pages of homes, blocks with their reports, the settlement's answers, each
// as large as a chain's. It serves the built app and grid.json too, as a village's computer does.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { fromHex, fromUtf8, toBase64, utf8 } from "../../src/chain/bytes.ts";
import type { Json } from "../../src/chain/json.ts";
import { Fields, Writer } from "../../src/chain/protobuf.ts";
import { carrying } from "../../tests/data/carrying.ts";
import { type Books, callsOf, eventOf, type Settled } from "./books.ts";
import { Answers, contract, KEY, newestOf, parts } from "./contracts.ts";

const CODE = "a1".repeat(32);
/** Letters of a signature in hex. */
const SIGNATURE = 128;
const TYPES: Readonly<Record<string, string>> = {
    html: "text/html; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    css: "text/css; charset=utf-8",
    svg: "image/svg+xml",
    wasm: "application/wasm",
};
const folders = {
    app: new URL("../../dist/", import.meta.url).pathname,
    engine: new URL("../../../engine/pkg/", import.meta.url).pathname,
};

export class Thousand {
    url = "";
    /** How long an answer takes to come, ms: the way to a node and back. */
    delay = 0;
    /** Questions that were asked, and bytes of their answers. */
    asked = { questions: 0, bytes: 0 };
    private readonly windows: readonly Settled[];
    private readonly now: number;
    private readonly settlement = contract(2);
    private readonly answers: Answers;
    private readonly calls: ReturnType<typeof callsOf>;
    private server: Server | null = null;

    constructor(books: Books) {
        this.windows = books.windows;
        this.answers = new Answers(books, this.settlement);
        this.now = this.newest.reportedAt + 1_800;
        this.calls = callsOf(
            books,
            this.settlement,
            (window) => [this.settled(window)],
            (height) => this.transactions(height),
        );
    }

    get newest(): Settled {
        return newestOf(this.windows);
    }

    get firstInterval(): number {
        return Number(this.newest.line.decoded.first_interval);
    }

    async start(): Promise<void> {
        const server = createServer((request, response) => {
            const parts: Buffer[] = [];
            request.on("data", (part: Buffer) => parts.push(part));
            request.on("end", async () => {
                const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
                const body = path === "/rpc" ? this.answer(Buffer.concat(parts)) : this.file(path);
                if (path === "/rpc") {
                    this.asked.questions += 1;
                    this.asked.bytes += body?.length ?? 0;
                    await new Promise((done) => setTimeout(done, this.delay));
                }
                if (body === null) response.statusCode = 404;
                const type = path === "/" ? "html" : (path.split(".").at(-1) ?? "");
                response.setHeader("content-type", TYPES[type] ?? "application/json");
                response.end(body);
            });
        });
        await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
        this.server = server;
        this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    }

    stop(): void {
        this.server?.closeAllConnections();
        this.server?.close();
    }

    private file(path: string): string | Uint8Array | null {
        if (path === "/grid.json") return JSON.stringify(this.grid());
        try {
            if (path.startsWith("/engine/")) return readFileSync(join(folders.engine, path.slice("/engine/".length)));
            return readFileSync(join(folders.app, path === "/" ? "index.html" : path));
        } catch {
            return null;
        }
    }

    private grid(): Json {
        const { signed } = this.newest.line;
        const key = (hex: string) => ({ name: null, public_key: toBase64(fromHex(hex)) });
        return {
            version: 1,
            name: "Thousand",
            chain: {
                id: signed.chain_id,
                prefix: "wasm",
                nodes: [{ name: "North", rpc: "/rpc", rest: null }],
                fee: { denom: "stake", symbol: "STAKE", decimals: 6, gas_price: "0.025" },
            },
            contracts: { registry: signed.registry, settlement: this.settlement, escrow: null },
            code: { "meter-registry": CODE, "energy-settlement": CODE, "pledge-escrow": null },
            committee: [{ epoch: 1, quorum: signed.quorum, members: parts(signed.keys, KEY).map(key) }],
            asset: { denom: "ueur", symbol: "EUR", currency: "EUR", decimals: 6 },
            time_zone: "UTC",
            languages: ["en", "de"],
            fee_granter: null,
            archives: [],
        };
    }

    private answer(body: Uint8Array): string {
        const { method, params } = JSON.parse(fromUtf8(body)) as { method: string; params: Record<string, string> };
        return JSON.stringify({ jsonrpc: "2.0", id: 1, result: this.result(method, params) });
    }

    private result(method: string, params: Record<string, string>): Json {
        const height = Number(params["height"]);
        const time = new Date(this.now * 1000).toISOString();
        switch (method) {
            case "status":
                return {
                    node_info: { network: this.newest.line.signed.chain_id, other: { tx_index: "on" } },
                    sync_info: {
                        latest_block_height: String(this.newest.height + 360),
                        latest_block_time: time,
                        earliest_block_height: "1",
                        catching_up: false,
                    },
                };
            case "block":
                return {
                    block_id: { hash: "AB".repeat(32) },
                    block: {
                        header: { height: params["height"] ?? "", time },
                        data: { txs: this.transactions(height) },
                    },
                };
            case "block_results":
                return {
                    txs_results: this.windows
                        .filter((window) => window.height === height)
                        .map((window) => outcomeOf([this.settled(window)])),
                };
            case "tx_search":
                return this.search(params);
            case "abci_query":
                return {
                    response: { code: 0, value: toBase64(this.query(params["path"] ?? "", params["data"] ?? "")) },
                };
            default:
                throw new Error(`expected a question that a reader asks, got ${method}`);
        }
    }

    private transactions(height: number): readonly string[] {
        return this.windows
            .filter((day) => day.height === height)
            .map(({ line: { signed, report } }) => {
                const members = signed.members.map((member, at) => ({
                    member,
                    signature: parts(signed.signatures, SIGNATURE)[at] ?? "",
                }));
                return toBase64(carrying(signed, report, members));
            });
    }

    /** As a node's index has it: the event's words, and each transaction as it was signed. */
    private search({ query = "", page, per_page: each }: Record<string, string>): Json {
        const asked = /^execute\._contract_address='(\w+)' AND tx\.height>=(\d+) AND tx\.height<=(\d+)$/.exec(query);
        if (asked?.[1] !== this.settlement) throw new Error(`expected what a reader looks for, got ${query}`);
        const within = this.calls.filter(({ height }) => height >= Number(asked[2]) && height <= Number(asked[3]));
        const from = (Number(page) - 1) * Number(each);
        return {
            total_count: String(within.length),
            txs: within.slice(from, from + Number(each)).map(({ height, tx, events }) => ({
                hash: "CD".repeat(32),
                height: String(height),
                tx,
                tx_result: outcomeOf(events),
            })),
        };
    }

    private settled({ line, outcome: { totals, community }, hashes }: Settled): Json {
        return eventOf("window_settled", {
            _contract_address: this.settlement,
            first_interval: line.decoded.first_interval,
            supply_mwh: totals.supply,
            demand_mwh: totals.demand,
            payable_mwh: totals.payable,
            traded_mwh: totals.traded,
            debits: totals.debit,
            credits: totals.credit,
            fees: community.fees.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
            rounding: community.rounding,
            lowest_price: "0",
            highest_price: "0",
            ...hashes,
        });
    }

    private query(path: string, data: string): Uint8Array {
        const asked = new Fields(fromHex(data));
        if (path.endsWith("/ContractInfo"))
            return new Writer().text(1, asked.text(1)).message(2, new Writer().number(1, 1)).done();
        if (path.endsWith("/CodeInfo")) return new Writer().bytes(3, fromHex(CODE)).done();
        if (!path.endsWith("/SmartContractState"))
            throw new Error(`expected a question that a reader asks, got ${path}`);
        const [name = "", parameters] =
            Object.entries(JSON.parse(fromUtf8(asked.bytes(2))) as Record<string, Record<string, number>>)[0] ?? [];
        const answer =
            asked.text(1) === this.settlement
                ? this.answers.money(name, parameters ?? {})
                : this.answers.registry(name, parameters ?? {});
        return new Writer().bytes(1, utf8(JSON.stringify(answer))).done();
    }
}

const outcomeOf = (events: readonly Json[]): Json => ({ code: 0, codespace: "", log: "", gas_used: "1", events });
