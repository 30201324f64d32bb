/** Energy, counted in mWh (thousandths of a Wh), as text in kWh. */

import { decimalOf } from "./decimal.ts";
import { decimal } from "./money.ts";

/** A kWh is 10^6 mWh. */
export const MWH_PER_KWH = 1_000_000n;

/** At most three significant digits: "0.18 kWh", "61 kWh". Nothing is "0 kWh"; no reading is no energy and is said in words. */
export function energy(locale: string, mwh: bigint): string {
    return `${kilowattHours(locale, mwh)}\u00a0kWh`;
}

/** The number of `energy` alone, where the unit stands elsewhere. */
export function kilowattHours(locale: string, mwh: bigint): string {
    return decimal(locale, decimalOf(mwh, 6), { maximumSignificantDigits: 3 });
}

/** With every digit that is not an idle 0. */
export function exactEnergy(locale: string, mwh: bigint): string {
    return `${decimal(locale, decimalOf(mwh, 6), { maximumFractionDigits: 6 })}\u00a0kWh`;
}

/** Power of a connection, in W, as kW. */
export function power(locale: string, watts: number): string {
    return `${decimal(locale, decimalOf(BigInt(watts), 3), { maximumSignificantDigits: 3 })}\u00a0kW`;
}
