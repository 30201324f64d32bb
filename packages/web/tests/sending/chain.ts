// A chain of one node for tests: accounts with sequences and coins, allowances, blocks that come when the test says so. It reads what
// it is sent with CosmJS's types.

import { sha256 } from "@noble/hashes/sha2.js";
import { BaseAccount } from "cosmjs-types/cosmos/auth/v1beta1/auth";
import { QueryAccountRequest, QueryAccountResponse } from "cosmjs-types/cosmos/auth/v1beta1/query";
import { QueryBalanceRequest, QueryBalanceResponse } from "cosmjs-types/cosmos/bank/v1beta1/query";
import { BasicAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/feegrant";
import { QueryAllowanceRequest, QueryAllowanceResponse } from "cosmjs-types/cosmos/feegrant/v1beta1/query";
import { SimulateRequest, SimulateResponse } from "cosmjs-types/cosmos/tx/v1beta1/service";
import { AuthInfo, TxBody, TxRaw } from "cosmjs-types/cosmos/tx/v1beta1/tx";
import { MsgExecuteContract } from "cosmjs-types/cosmwasm/wasm/v1/tx";
import { fromUtf8, toBase64, toHex } from "../../src/chain/bytes.ts";
import { NodeError, type NodeTrouble, Refusal } from "../../src/chain/errors.ts";
import {
    type Block,
    type ChainEvent,
    type FoundTransaction,
    type NodeStatus,
    type Outcome,
    Rpc,
} from "../../src/chain/rpc.ts";

export interface TestAccountState {
    number: number;
    sequence: number;
    coins: bigint;
    /** Fees that the granter still pays. */
    allowance?: bigint;
}

interface Sent {
    readonly base64: string;
    readonly hash: string;
    readonly signer: string;
    readonly sequence: number;
    readonly timeoutHeight: number;
    readonly message: string;
}

/** What all nodes of the chain agree on. */
export class TestChain {
    readonly accounts = new Map<string, TestAccountState>();
    readonly blocks: { readonly sent: readonly Sent[]; readonly outcomes: readonly Outcome[] }[] = [];
    readonly mempool: Sent[] = [];
    /** Messages that were carried out. */
    readonly done: string[] = [];
    /** Refuses a message with these words; null: takes it. */
    contract: (message: string) => string | null = () => null;

    get height(): number {
        return this.blocks.length;
    }

    mine(blocks = 1): void {
        for (let count = 0; count < blocks; count += 1) {
            const sent = this.mempool.splice(0).filter((one) => this.stale(one) === null);
            this.blocks.push({ sent, outcomes: sent.map((one) => this.carryOut(one)) });
        }
    }

    read(bytes: Uint8Array): Sent {
        const raw = TxRaw.decode(bytes);
        const body = TxBody.decode(raw.bodyBytes);
        const call = MsgExecuteContract.decode(body.messages[0]?.value ?? new Uint8Array());
        const sequence = Number(AuthInfo.decode(raw.authInfoBytes).signerInfos[0]?.sequence ?? 0n);
        const hash = toHex(sha256(bytes)).toUpperCase();
        const { sender: signer } = call;
        return {
            base64: toBase64(bytes),
            hash,
            signer,
            sequence,
            timeoutHeight: Number(body.timeoutHeight),
            message: fromUtf8(call.msg),
        };
    }

    stale(sent: Sent): Refusal | null {
        const account = this.accounts.get(sent.signer);
        if (account?.sequence !== sent.sequence)
            return new Refusal("sdk", 32, `expected ${account?.sequence}, got ${sent.sequence}`);
        if (sent.timeoutHeight > 0 && this.height >= sent.timeoutHeight)
            return new Refusal("sdk", 30, "timeout height");
        return null;
    }

    private carryOut(sent: Sent): Outcome {
        const account = this.accounts.get(sent.signer);
        if (account === undefined) throw new Error("expected a known account");
        account.sequence += 1;
        const words = this.contract(sent.message);
        if (words !== null) return { code: 5, codespace: "wasm", log: words, events: [], gasUsed: 1 };
        this.done.push(sent.message);
        return { code: 0, codespace: "", log: "", events: eventsOf(sent.message), gasUsed: 1 };
    }
}

const eventsOf = (message: string): readonly ChainEvent[] => [{ type: "wasm-carried_out", attributes: { message } }];

/** One node of it. */
export class TestNode extends Rpc {
    index = true;
    /** Answers nothing. */
    trouble: NodeTrouble | null = null;
    /** Hides a transaction from everybody who asks. */
    hides: (hash: string) => boolean = () => false;
    /** Takes what is handed in, and forgets it. */
    drops = false;
    broadcasts = 0;

    constructor(
        readonly chain: TestChain,
        name = "North",
    ) {
        super(name, `https://${name}.example`);
    }

    override async status(): Promise<NodeStatus> {
        this.answer();
        const { height } = this.chain;
        return {
            chainId: "gridpact-test-1",
            height,
            time: 1_800_000_000 + 6 * height,
            catchingUp: false,
            oldestBlock: 1,
            index: this.index,
        };
    }

    override async block(height: number): Promise<Block> {
        this.answer();
        const sent = this.seen(height).map(({ base64 }) => base64);
        return { height, time: 1_800_000_000 + 6 * height, hash: `B${height}`, transactions: sent };
    }

    override async outcomes(height: number): Promise<readonly Outcome[]> {
        this.answer();
        return this.chain.blocks[height - 1]?.outcomes ?? [];
    }

    override async transaction(hash: string): Promise<FoundTransaction | null> {
        this.answer();
        if (!this.index) throw new NodeError(this.name, { kind: "no_index" });
        for (const [at, block] of this.chain.blocks.entries()) {
            const place = this.hides(hash) ? -1 : block.sent.findIndex((sent) => sent.hash === hash);
            const outcome = block.outcomes[place];
            if (outcome !== undefined) return { hash, height: at + 1, outcome };
        }
        return null;
    }

    override async broadcast(bytes: Uint8Array): Promise<void> {
        this.answer();
        this.broadcasts += 1;
        const sent = this.chain.read(bytes);
        const stale = this.chain.stale(sent);
        if (stale !== null) throw stale;
        if (this.chain.mempool.some((one) => one.hash === sent.hash))
            throw new Refusal("sdk", 19, "tx already in mempool");
        if (!this.drops) this.chain.mempool.push(sent);
    }

    override async query(path: string, data: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
        this.answer();
        return Uint8Array.from(this.answerTo(path, data));
    }

    private answerTo(path: string, data: Uint8Array): Uint8Array {
        if (path.endsWith("auth.v1beta1.Query/Account")) {
            const { address } = QueryAccountRequest.decode(data);
            const state = this.chain.accounts.get(address);
            if (state === undefined) throw new Refusal("sdk", 22, `account ${address} not found`);
            const value = BaseAccount.encode(
                BaseAccount.fromPartial({
                    address,
                    accountNumber: BigInt(state.number),
                    sequence: BigInt(state.sequence),
                }),
            ).finish();
            const account = { typeUrl: "/cosmos.auth.v1beta1.BaseAccount", value };
            return QueryAccountResponse.encode(QueryAccountResponse.fromPartial({ account })).finish();
        }
        if (path.endsWith("bank.v1beta1.Query/Balance")) {
            const { address, denom } = QueryBalanceRequest.decode(data);
            const amount = String(this.chain.accounts.get(address)?.coins ?? 0n);
            return QueryBalanceResponse.encode(
                QueryBalanceResponse.fromPartial({ balance: { denom, amount } }),
            ).finish();
        }
        if (path.endsWith("feegrant.v1beta1.Query/Allowance")) return this.allowance(data);
        if (path.endsWith("tx.v1beta1.Service/Simulate")) {
            const { message } = this.chain.read(SimulateRequest.decode(data).txBytes);
            const words = this.chain.contract(message);
            if (words !== null) throw new Refusal("wasm", 5, words);
            const gasInfo = { gasWanted: 0n, gasUsed: 100_000n };
            return SimulateResponse.encode(SimulateResponse.fromPartial({ gasInfo, result: { events: [] } })).finish();
        }
        throw new Refusal("sdk", 6, "unknown query path");
    }

    private allowance(data: Uint8Array): Uint8Array {
        const { granter, grantee } = QueryAllowanceRequest.decode(data);
        const left = this.chain.accounts.get(grantee)?.allowance;
        if (left === undefined) throw new Refusal("sdk", 38, "fee-grant not found: not found");
        const value = BasicAllowance.encode(
            BasicAllowance.fromPartial({ spendLimit: [{ denom: "stake", amount: String(left) }] }),
        ).finish();
        const allowance = {
            granter,
            grantee,
            allowance: { typeUrl: "/cosmos.feegrant.v1beta1.BasicAllowance", value },
        };
        return QueryAllowanceResponse.encode(QueryAllowanceResponse.fromPartial({ allowance })).finish();
    }

    private seen(height: number): readonly Sent[] {
        return (this.chain.blocks[height - 1]?.sent ?? []).filter((sent) => !this.hides(sent.hash));
    }

    private answer(): void {
        if (this.trouble !== null) throw new NodeError(this.name, this.trouble);
    }
}
