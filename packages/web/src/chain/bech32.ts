// Addresses (BIP 173): only what is needed to see that one is whole.

const LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function polymod(values: readonly number[]): number {
    let sum = 1;
    for (const value of values) {
        const top = sum >>> 25;
        sum = ((sum & 0x1ffffff) << 5) ^ value;
        GENERATOR.forEach((part, bit) => {
            if ((top >>> bit) & 1) sum ^= part;
        });
    }
    return sum >>> 0;
}

/** Whether this is an address of a chain with that prefix: 20 bytes of a key, or 32 of a contract, with a right checksum. */
export function isAddress(text: string, prefix: string): boolean {
    if (!text.startsWith(`${prefix}1`) || text.length > 90) return false;
    const values = [...text.slice(prefix.length + 1)].map((letter) => LETTERS.indexOf(letter));
    if (values.includes(-1)) return false;
    const letters = [...prefix].map((letter) => letter.charCodeAt(0));
    const whole = [...letters.map((code) => code >>> 5), 0, ...letters.map((code) => code & 31), ...values];
    const bytes = ((values.length - 6) * 5) >>> 3;
    return polymod(whole) === 1 && (bytes === 20 || bytes === 32);
}
