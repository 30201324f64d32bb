// A meter as it is proposed: what stands behind it, what the connection carries, and a number that only its owner can prove.

import { joined, utf8 } from "../../chain/bytes.ts";
import type { Home, Proposal } from "../../data/source.ts";
import type { MeterKind, MeterProposal } from "../../types/meter-registry.ts";
import type { Say } from "../../words/say.ts";
import { type Typed, typedCount } from "../project/forms.ts";
import { left } from "../project/progress.ts";

/** Volts between a phase and neutral. */
const VOLTS = 230;
/** 100 MW: the most that the registry takes, W. */
const MOST_WATTS = 100_000_000;

/** Main fuses as houses have them. */
export const PRESETS = [
    { key: "1x25", phases: 1, amperes: 25 },
    { key: "1x40", phases: 1, amperes: 40 },
    { key: "3x25", phases: 3, amperes: 25 },
    { key: "3x35", phases: 3, amperes: 35 },
    { key: "3x50", phases: 3, amperes: 50 },
    { key: "3x63", phases: 3, amperes: 63 },
] as const;

/** Watts through a main fuse. A home cannot take more, so no right reading is refused. */
export const watts = ({ phases, amperes }: { phases: number; amperes: number }): number => phases * amperes * VOLTS;

export const KINDS = ["consumer", "prosumer", "producer", "storage"] as const satisfies readonly MeterKind[];

export interface MeterDraft {
    readonly kind: MeterKind;
    /** A preset, or `own`. */
    readonly fuse: string;
    /** W, typed, where no preset fits. */
    readonly taken: string;
    /** W, typed. */
    readonly given: string;
    readonly serial: string;
    readonly provenance: "self_declared" | "sealed" | "signed";
}

export const EMPTY: MeterDraft = {
    kind: "consumer",
    fuse: "3x25",
    taken: "",
    given: "10000",
    serial: "",
    provenance: "sealed",
};

/** Longest serial number that is taken. */
const LONGEST_SERIAL = 64;

/** What a draft means, but for the hash. */
export function readMeter(say: Say, draft: MeterDraft): Typed<Omit<MeterProposal, "serial_hash">> {
    const preset = PRESETS.find(({ key }) => key === draft.fuse);
    const takes = draft.kind !== "producer";
    const gives = draft.kind !== "consumer";
    const taken = !takes ? { is: 0 } : preset === undefined ? typedWatts(say, draft.taken) : { is: watts(preset) };
    if ("wrong" in taken) return taken;
    const given = gives ? typedWatts(say, draft.given) : { is: 0 };
    if ("wrong" in given) return given;
    const serial = draft.serial.trim();
    if (serial === "" || serial.length > LONGEST_SERIAL) return { wrong: say.t("meter.serial_missing") };
    return { is: { kind: draft.kind, import_limit: taken.is, export_limit: given.is, provenance: draft.provenance } };
}

const typedWatts = (say: Say, text: string): Typed<number> => typedCount(say, text, 1, MOST_WATTS);

/** What is hashed: the serial's length in eight bytes, the serial, the salt. So no other two run together into the same bytes. */
export function serialBytes(serial: string, salt: string): Uint8Array<ArrayBuffer> {
    const bytes = utf8(serial.trim());
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length));
    return joined([length, bytes, utf8(salt)]);
}

/** Letters that nobody mistakes for one another when they are written down. */
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
/** Four groups of five: 99 bits, which nobody guesses. */
const GROUPS = 4;
const GROUP = 5;

/** A salt from random bytes, a letter from each; bytes that would make some letters likelier are passed over. */
export function saltOf(random: () => number): string {
    const fair = 256 - (256 % LETTERS.length);
    const letter = (): string => {
        // One in 33 is passed over: a hundred in a row are not random.
        for (let tries = 0; tries < 100; tries += 1) {
            const byte = random();
            if (byte < fair) return LETTERS.charAt(byte % LETTERS.length);
        }
        throw new Error("expected random bytes");
    };
    const group = (): string => Array.from({ length: GROUP }, letter).join("");
    return Array.from({ length: GROUPS }, group).join("-");
}

/** The most proposals that wait for one account. */
export const MOST_WAITING = 8;

/** A meter in a sentence or two. */
export function meterSentences(say: Say, meter: MeterProposal): readonly string[] {
    const sentences = [say.t(`meter.kind_${meter.kind}`)];
    if (meter.import_limit > 0) sentences.push(say.t("meter.takes", { power: say.power(meter.import_limit) }));
    if (meter.export_limit > 0) sentences.push(say.t("meter.gives", { power: say.power(meter.export_limit) }));
    sentences.push(say.t(`meter.provenance_${meter.provenance}`));
    const { part = 1_000_000 } = meter;
    if (part < 1_000_000) sentences.push(say.t("meter.part", { percent: say.percent(part / 10_000) }));
    return sentences;
}

export function waitingSentence(say: Say, { expiresAt }: Proposal, now: number): string {
    return expiresAt <= now
        ? say.t("meter.expired")
        : say.t("meter.waits", { when: say.deadline(expiresAt), left: left(say, expiresAt, now) });
}

/** The tier at which a meter does not trade at all. */
const NEVER = 255;

/** How a home stands among the others: from when, weight, tiers. */
export function homeSentences(say: Say, home: Home, now: number): readonly string[] {
    const from = home.from * say.intervalLength;
    const sentences = [say.t(from > now ? "meter.from_later" : "meter.from", { when: say.deadline(from) })];
    sentences.push(
        home.weight === 1 ? say.t("meter.weight_one") : say.t("meter.weight", { weight: say.number(home.weight) }),
    );
    const tier = (side: "buy" | "sell", of: number): string => {
        if (of === NEVER) return say.t(`meter.${side}_never`);
        return of === 0 ? say.t(`meter.${side}_first`) : say.t(`meter.${side}_after`, { tier: of });
    };
    if (home.meter.kind !== "producer") sentences.push(tier("buy", home.buyTier));
    if (home.meter.kind !== "consumer") sentences.push(tier("sell", home.sellTier));
    return sentences;
}
