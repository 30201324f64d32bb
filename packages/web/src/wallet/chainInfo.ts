// What Keplr must know of a chain that it does not know.

import type { GridPins } from "../trust/pins.ts";

/** The path of Cosmos keys (SLIP-44 number 118), so that the words of a Cosmos account give the same account here. */
const COIN_TYPE = 118;

/** What is handed to `experimentalSuggestChain`; Keplr needs both kinds of endpoint. */
export function chainInfo(pins: GridPins): unknown {
    const { id, prefix, nodes, fee } = pins.chain;
    const node = nodes.find((one) => one.rest !== null) ?? nodes[0];
    const coin = { coinDenom: fee.symbol, coinMinimalDenom: fee.denom, coinDecimals: fee.decimals };
    const { asset } = pins;
    const money =
        "denom" in asset && asset.denom !== fee.denom
            ? [{ coinDenom: asset.symbol, coinMinimalDenom: asset.denom, coinDecimals: asset.decimals }]
            : [];
    const price = Number(fee.gas_price);
    return {
        chainId: id,
        chainName: pins.name,
        rpc: node?.rpc,
        rest: node?.rest ?? node?.rpc,
        bip44: { coinType: COIN_TYPE },
        bech32Config: {
            bech32PrefixAccAddr: prefix,
            bech32PrefixAccPub: `${prefix}pub`,
            bech32PrefixValAddr: `${prefix}valoper`,
            bech32PrefixValPub: `${prefix}valoperpub`,
            bech32PrefixConsAddr: `${prefix}valcons`,
            bech32PrefixConsPub: `${prefix}valconspub`,
        },
        currencies: [coin, ...money],
        feeCurrencies: [{ ...coin, gasPriceStep: { low: price, average: price, high: 2 * price } }],
        stakeCurrency: coin,
        features: ["cosmwasm"],
    };
}
