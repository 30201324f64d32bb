// Terms as the file that `gridpact project open` takes: the same terms, to the byte of their hash.

import { decimalOf } from "../../format/decimal.ts";
import type { GridAsset } from "../../trust/pins.ts";
import type { Terms } from "../../types/pledge-escrow.ts";

/** TOML. `description` is the name of the file beside it. */
export function projectFile(terms: Terms, asset: GridAsset, description: string): string {
    const money = (amount: string): string =>
        quoted(
            "denom" in asset
                ? `${amount}${asset.denom}`
                : `${decimalOf(BigInt(amount), asset.decimals)} ${asset.symbol}`,
        );
    const readable = (amount: string): string => `# ${decimalOf(BigInt(amount), asset.decimals)} ${asset.symbol}`;
    const percent = (points: number): string => quoted(`${decimalOf(BigInt(points), 2)}%`);
    const seconds = (length: number): string => quoted(length % 86_400 === 0 ? `${length / 86_400}d` : `${length}s`);
    const moment = (time: number): string => quoted(new Date(time * 1000).toISOString().replace(".000Z", "Z"));
    const { admission, decider } = terms;
    const lines = [
        `title = ${quoted(terms.title)}`,
        `description_uri = ${quoted(terms.description_uri)}`,
        `description_file = ${quoted(description)}`,
        `target = ${money(terms.target)} ${readable(terms.target)}`,
        `cap = ${money(terms.cap)} ${readable(terms.cap)}`,
        ...("open" in admission
            ? [`minimum = ${money(admission.open.minimum)} ${readable(admission.open.minimum)}`]
            : []),
        `deadline = ${moment(terms.deadline)}`,
        `contractor = ${quoted(terms.contractor)}`,
        `accept_within = ${seconds(terms.accept_within)}`,
        `grace = ${seconds(terms.grace)}`,
        `retention = ${percent(terms.retention)}`,
        `review_period = ${seconds(terms.review_period)}`,
        `defects_period = ${seconds(terms.defects_period)}`,
        `consent = ${percent(terms.consent)}`,
        ...(terms.bond === "0" ? [] : [`bond = ${money(terms.bond)} ${readable(terms.bond)}`]),
    ];
    if ("named" in admission)
        for (const { address, amount } of admission.named.parties)
            lines.push(
                "",
                "[[parties]]",
                `account = ${quoted(address)}`,
                `amount = ${money(amount)} ${readable(amount)}`,
            );
    for (const address of terms.payees) lines.push("", "[[payees]]", `account = ${quoted(address)}`);
    if (decider != null)
        lines.push(
            "",
            "[decider]",
            `account = ${quoted(decider.address)}`,
            `time_limit = ${seconds(decider.time_limit)}`,
            `objection = ${percent(decider.objection)}`,
            `silence = ${percent(decider.silence)}`,
        );
    for (const { title, share, due, payees } of terms.milestones) {
        lines.push(
            "",
            "[[milestones]]",
            `title = ${quoted(title)}`,
            `share = ${percent(share)}`,
            `due = ${moment(due)}`,
        );
        if (payees.length > 0)
            lines.push(
                `payees = [${payees.map(({ payee, part }) => quoted(`${payee}: ${decimalOf(BigInt(part), 2)}%`)).join(", ")}]`,
            );
    }
    return `${lines.join("\n")}\n`;
}

/** A basic string of TOML: quotes and backslashes are escaped, and what JSON escapes besides, TOML reads the same way. */
const quoted = (text: string): string => JSON.stringify(text);
