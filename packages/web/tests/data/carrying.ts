// A transaction that carries a report, as a block holds it.
import { fromHex, toBase64 } from "../../src/chain/bytes.ts";
import { directDoc, signedDirect } from "../../src/chain/transactions.ts";

/** For the registry of a chain; report and signatures are hex. */
export function carrying(
    domain: { readonly chain_id: string; readonly registry: string },
    report: string,
    signatures: readonly { readonly member: number; readonly signature: string }[],
): Uint8Array {
    const message = {
        report: {
            report: toBase64(fromHex(report)),
            signatures: signatures.map(({ member, signature }) => ({
                member,
                signature: toBase64(fromHex(signature)),
            })),
        },
    };
    const doc = directDoc({
        chainId: domain.chain_id,
        accountNumber: 1,
        sequence: 1,
        publicKey: new Uint8Array(33),
        messages: [{ sender: "wasm1carrier", contract: domain.registry, message, funds: [] }],
        fee: { amount: [], gas: 1, granter: null },
        memo: "",
        timeoutHeight: 0,
    });
    return signedDirect(doc.bodyBytes, doc.authInfoBytes, new Uint8Array(64));
}
