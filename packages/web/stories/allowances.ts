// Fee allowances of the operator, granted with CosmJS.
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { GasPrice, SigningStargateClient } from "@cosmjs/stargate";
import { AllowedMsgAllowance, BasicAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/feegrant";
import { MsgGrantAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/tx";
import { EXECUTE_CONTRACT } from "../src/chain/messages.ts";
import { mnemonicOf, network } from "./commands.ts";

/** The operator pays so many base units of an account's fees, and the account is made by that. */
export async function grant(grantee: string, amount: number): Promise<void> {
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonicOf("operator"), { prefix: "wasm" });
    const [operator] = await wallet.getAccounts();
    if (operator === undefined) throw new Error("expected an account of the operator");
    const client = await SigningStargateClient.connectWithSigner(network("rpc"), wallet, {
        gasPrice: GasPrice.fromString("0.025stake"),
    });
    const spendLimit = [{ denom: "stake", amount: String(amount) }];
    const basic = {
        typeUrl: "/cosmos.feegrant.v1beta1.BasicAllowance",
        value: BasicAllowance.encode(BasicAllowance.fromPartial({ spendLimit })).finish(),
    };
    const allowed = AllowedMsgAllowance.fromPartial({ allowance: basic, allowedMessages: [EXECUTE_CONTRACT] });
    const allowance = {
        typeUrl: "/cosmos.feegrant.v1beta1.AllowedMsgAllowance",
        value: AllowedMsgAllowance.encode(allowed).finish(),
    };
    const message = {
        typeUrl: "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
        value: MsgGrantAllowance.fromPartial({ granter: operator.address, grantee, allowance }),
    };
    const result = await client.signAndBroadcast(operator.address, [message], 1.5);
    client.disconnect();
    if (result.code !== 0) throw new Error(`expected the grant to be taken, got ${result.rawLog}`);
}

/** Sends coins of the grid's money to an account. */
export async function send(to: string, amount: number): Promise<void> {
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonicOf("contractor"), { prefix: "wasm" });
    const [from] = await wallet.getAccounts();
    if (from === undefined) throw new Error("expected an account of the contractor");
    const client = await SigningStargateClient.connectWithSigner(network("rpc"), wallet, {
        gasPrice: GasPrice.fromString("0.025stake"),
    });
    const result = await client.sendTokens(from.address, to, [{ denom: "ueur", amount: String(amount) }], 1.5);
    client.disconnect();
    if (result.code !== 0) throw new Error(`expected the coins to be sent, got ${result.rawLog}`);
}
