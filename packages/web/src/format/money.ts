/** Money in a grid's asset: base units as text to the cent, or with every digit. */

import { type Decimal, decimalOf } from "./decimal.ts";

/** The asset in which homes pay one another. */
export interface Asset {
    /** What people call it, such as EUR. */
    symbol: string;
    /** ISO 4217 code, where it stands for a currency. */
    currency: string | null;
    /** Base units are 10^-decimals of it. */
    decimals: number;
}

const formats = new Map<string, Intl.NumberFormat>();

function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = `${locale} ${JSON.stringify(options)}`;
    let found = formats.get(key);
    if (found === undefined) {
        found = new Intl.NumberFormat(locale, options);
        formats.set(key, found);
    }
    return found;
}

/** Decimal text in a language's digits and marks. */
export function decimal(locale: string, value: Decimal, options: Intl.NumberFormatOptions = {}): string {
    return format(locale, options).format(value);
}

/** Fraction digits that people use: of a currency its own (2 for EUR, 0 for JPY), else 2. */
export function usualDigits(asset: Asset): number {
    if (asset.currency === null) return Math.min(2, asset.decimals);
    return format("en", { style: "currency", currency: asset.currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function write(locale: string, asset: Asset, value: Decimal, options: Intl.NumberFormatOptions): string {
    if (asset.currency !== null) {
        return decimal(locale, value, { ...options, style: "currency", currency: asset.currency });
    }
    return `${decimal(locale, value, options)}\u00a0${asset.symbol}`;
}

/** To the cent; what is less than one keeps its first digit, so that no money is written as nothing. */
export function money(locale: string, asset: Asset, units: bigint): string {
    const digits = usualDigits(asset);
    const value = decimalOf(units, asset.decimals);
    const cents = 10n ** BigInt(Math.max(0, asset.decimals - digits));
    const tiny = units !== 0n && (units < 0n ? -units : units) < cents;
    const options = tiny
        ? { maximumSignificantDigits: 1 }
        : { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return write(locale, asset, value, options);
}

/** With every digit of the smallest unit. */
export function exactMoney(locale: string, asset: Asset, units: bigint): string {
    const options = { minimumFractionDigits: asset.decimals, maximumFractionDigits: asset.decimals };
    return write(locale, asset, decimalOf(units, asset.decimals), options);
}

/** With every digit that is not a zero at its end, and hundredths: exact, and as people write it. */
export function fullMoney(locale: string, asset: Asset, units: bigint): string {
    const options = { minimumFractionDigits: Math.min(2, asset.decimals), maximumFractionDigits: asset.decimals };
    return write(locale, asset, decimalOf(units, asset.decimals), options);
}

/** What a hundredth is called, of currencies whose prices of energy people know in hundredths. */
const HUNDREDTHS: Record<string, string> = { EUR: "ct", USD: "¢", CHF: "Rp.", GBP: "p", PLN: "gr" };

/** Base units per MWh as a price of one kWh: 168,000,000 of a euro token with six decimals are 16.8 ct. At most two decimals. */
export function price(locale: string, asset: Asset, perMwh: bigint): string {
    return priceWith(locale, asset, perMwh, 2);
}

/** The price with every digit. */
export function exactPrice(locale: string, asset: Asset, perMwh: bigint): string {
    return priceWith(locale, asset, perMwh, asset.decimals + 3);
}

function priceWith(locale: string, asset: Asset, perMwh: bigint, digits: number): string {
    const hundredth = asset.currency === null ? undefined : HUNDREDTHS[asset.currency];
    // A kWh is a thousandth of a MWh: three more decimals; in hundredths two fewer.
    if (hundredth !== undefined && asset.decimals + 3 >= 2) {
        const value = decimalOf(perMwh, asset.decimals + 1);
        return `${decimal(locale, value, { maximumFractionDigits: digits })}\u00a0${hundredth}/kWh`;
    }
    const options = { minimumFractionDigits: usualDigits(asset), maximumFractionDigits: Math.max(digits, 4) };
    return `${write(locale, asset, decimalOf(perMwh, asset.decimals + 3), options)}/kWh`;
}

/** Money for energy at a price, for a comparison with the utility: rounded down to a base unit. mWh x base units per MWh / 10^9. */
export function worth(mwh: bigint, perMwh: bigint): bigint {
    return (mwh * perMwh) / 1_000_000_000n;
}

/** The average price of energy that was bought or sold, base units per MWh; null where there was none. */
export function averagePrice(units: bigint, mwh: bigint): bigint | null {
    return mwh === 0n ? null : (units * 1_000_000_000n) / mwh;
}

/** A part of a whole in hundredths, rounded to the nearest; null of nothing. */
export function share(part: bigint, whole: bigint): number | null {
    if (whole === 0n) return null;
    return Number((part * 200n + whole) / (whole * 2n));
}
