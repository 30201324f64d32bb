// Fee allowances of the operator, and coins for an account that has none.
import { DirectSecp256k1HdWallet } from "@cosmjs/proto-signing";
import { GasPrice, SigningStargateClient } from "@cosmjs/stargate";
import { AllowedMsgAllowance, BasicAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/feegrant";
import { MsgGrantAllowance } from "cosmjs-types/cosmos/feegrant/v1beta1/tx";
import { gridpact, mnemonicOf, network } from "./commands.ts";

/** The operator pays so many base units of an account's fees in thirty days, in place of what was granted before. The account is made by that. */
export function grant(grantee: string, amount: number): void {
    gridpact("grid", "grant-fees", grantee, "--limit", String(amount), "--from", "operator", "--yes");
}

/** And pays them no longer. */
export function revoke(grantee: string): void {
    gridpact("grid", "grant-fees", grantee, "--revoke", "--from", "operator", "--yes");
}

/** An allowance of another program, which pays for sending coins and not for calls of contracts. */
export async function grantForCoins(grantee: string): Promise<void> {
    const spendLimit = [{ denom: "stake", amount: "1000000" }];
    const allowance = {
        typeUrl: "/cosmos.feegrant.v1beta1.BasicAllowance",
        value: BasicAllowance.encode(BasicAllowance.fromPartial({ spendLimit })).finish(),
    };
    const allowedMessages = ["/cosmos.bank.v1beta1.MsgSend"];
    const value = AllowedMsgAllowance.encode(AllowedMsgAllowance.fromPartial({ allowance, allowedMessages })).finish();
    await by("operator", async (client, granter) => {
        const message = {
            typeUrl: "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
            value: MsgGrantAllowance.fromPartial({
                granter,
                grantee,
                allowance: { typeUrl: "/cosmos.feegrant.v1beta1.AllowedMsgAllowance", value },
            }),
        };
        return client.signAndBroadcast(granter, [message], 1.5);
    });
}

/** Sends coins of the grid's money to an account. */
export async function send(to: string, amount: number): Promise<void> {
    const coins = [{ denom: "ueur", amount: String(amount) }];
    await by("contractor", (client, from) => client.sendTokens(from, to, coins, 1.5));
}

async function by(
    role: string,
    work: (client: SigningStargateClient, address: string) => ReturnType<SigningStargateClient["sendTokens"]>,
): Promise<void> {
    const wallet = await DirectSecp256k1HdWallet.fromMnemonic(mnemonicOf(role), { prefix: "wasm" });
    const [account] = await wallet.getAccounts();
    if (account === undefined) throw new Error(`expected an account of ${role}`);
    const client = await SigningStargateClient.connectWithSigner(network("rpc"), wallet, {
        gasPrice: GasPrice.fromString("0.025stake"),
    });
    try {
        const { code, rawLog } = await work(client, account.address);
        if (code !== 0) throw new Error(`expected a transaction of ${role} to be carried out, got ${rawLog}`);
    } finally {
        client.disconnect();
    }
}
