// "Why this amount?": one window for one home, with its check.

import type { Settled } from "../engine/engine.ts";
import type { GridPins } from "../trust/pins.ts";
import type { HeldResult, Policy } from "../types/energy-settlement.ts";
import { utilityPrices } from "./prices.ts";
import { qualityOf } from "./quality.ts";
import { readersOf, readersOfHome } from "./readers.ts";
import type { SettledHere, Settling } from "./settling.ts";
import type { Bill, BillCheck, BillInterval, BillProof, BillUnknown, MeterReaders, Window } from "./source.ts";

/** mWh times base units per MWh, in base units, has so many more decimals. */
const NANO = 1_000_000_000n;

export interface BillPorts {
    readonly pins: GridPins;
    readonly settling: Pick<Settling, "settle" | "evidence">;
    policy(): Promise<Policy>;
    /** What the settlement holds of the home for the window; null: it is final, and no longer held by home. */
    held(slot: number, firstInterval: number): Promise<HeldResult | null>;
}

export async function billOf(ports: BillPorts, slot: number, window: Window): Promise<Bill | BillUnknown> {
    const unknown = (check: BillCheck): BillUnknown => ({ slot, window, intervals: null, check });
    const done = await ports.settling.settle(window);
    if (done.forged !== null) return unknown({ result: "forged", ...done.forged });
    if (done.settled === null || done.report === null) return unknown({ result: "incomplete", missing: done.missing });
    const seat = done.slots.indexOf(slot);
    if (seat < 0) return unknown({ result: "incomplete", missing: [] });
    const policy = await ports.policy();
    const readBy = readByThen(ports.pins, slot, window, policy.interval_length);
    const check = await checkOf(ports, slot, seat, window, done, { ...done.settled, readBy });
    const result = done.settled.results[seat];
    if (result === undefined) throw new Error(`expected a result of seat ${seat}`);
    const intervals = intervalsOf(policy, done, done.settled, seat);
    const { debit, credit, fee } = result;
    const spent = sum(intervals, ({ bought, price }) => bought * price);
    const earned = sum(intervals, ({ sold, price }) => sold * price);
    return {
        slot,
        window,
        intervals,
        debit,
        credit,
        fees: feesOf(policy, earned, result.sold, fee),
        roundedUpNano: debit * NANO - spent,
        roundedDownNano: earned - (credit + fee) * NANO,
        check,
    };
}

async function checkOf(
    { pins, settling, held }: BillPorts,
    slot: number,
    seat: number,
    { firstInterval, report: reported, sums }: Window,
    { report, balancesFrom, took }: SettledHere,
    settled: Settled & { readonly readBy: MeterReaders | null },
): Promise<BillCheck> {
    if (reported === null || sums === null) throw new Error("expected a reported window with its sums");
    const since = performance.now();
    const signers = (await settling.evidence()).signers(report, reported);
    if ("forged" in signers) return { result: "forged", ...signers.forged };
    if ("missing" in signers) return { result: "incomplete", missing: [signers.missing] };
    const committee = pins.committee.find(({ epoch }) => epoch === reported.epoch);
    const here = settled.results[seat];
    if (here === undefined) throw new Error(`expected a result of seat ${seat}`);
    const proof = (comparedWith: BillProof["comparedWith"]): BillProof => ({
        signedBy: (signers.got ?? []).map((member) => ({ member, name: committee?.members[member]?.name ?? null })),
        quorum: committee?.quorum ?? 0,
        members: committee?.members.length ?? 0,
        readBy: settled.readBy,
        took: took + performance.now() - since,
        reportFrom: report.from,
        balancesFrom,
        height: reported.height,
        transaction: report.transaction,
        comparedWith,
    });
    const theirs = await held(slot, firstInterval);
    const hashSame = sums.resultsHash === null ? null : sums.resultsHash === settled.resultsHash;
    const heldSame =
        theirs === null ? null : BigInt(theirs.debit) === here.debit && BigInt(theirs.credit) === here.credit;
    if (hashSame === null && heldSame === null) {
        const { height } = reported;
        return { result: "incomplete", missing: [{ what: "sums", firstInterval, height, why: "forgotten" }] };
    }
    const compared = proof(hashSame === null ? "held_result" : "results_hash");
    if (hashSame !== false && heldSame !== false) return { result: "same", proof: compared };
    const chain = {
        debit: theirs === null ? null : BigInt(theirs.debit),
        credit: theirs === null ? null : BigInt(theirs.credit),
        resultsHash: sums.resultsHash,
    };
    const mine = { debit: here.debit, credit: here.credit };
    const facts = {
        chain_id: pins.chain.id,
        contracts: pins.contracts,
        slot,
        seat,
        window: reported,
        first_interval: firstInterval,
        sums,
    };
    const file = JSON.stringify(
        { ...facts, here: { ...mine, results_hash: settled.resultsHash }, chain, proof: compared },
        asText,
        2,
    );
    return { result: "differs", proof: compared, here: mine, chain, file };
}

/** Who reads a home's meter, where what grid.json says of it counts for a window. */
function readByThen(
    pins: GridPins,
    slot: number,
    { firstInterval, report }: Window,
    length: number,
): MeterReaders | null {
    const readers = report === null ? null : readersOf(pins, report.epoch);
    return readers === null || firstInterval * length < readers.from ? null : readersOfHome(readers, slot);
}

const asText = (_: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

function intervalsOf(
    policy: Policy,
    { decoded, slots }: SettledHere,
    settled: Settled,
    seat: number,
): readonly BillInterval[] {
    const seats = slots.length;
    return settled.intervals.map((sums, at) => {
        const from = at * seats;
        const to = from + seats;
        const place = from + seat;
        const one = (list: BigUint64Array): bigint => list[place] ?? 0n;
        const quality = qualityOf(decoded.qualities[place] ?? 3);
        const { bought, asked } = settled;
        let mostBought = 0n;
        let buyers = 0;
        let buyersServed = 0;
        let sellers = 0;
        for (let seatAt = from; seatAt < to; seatAt += 1) {
            const got = bought[seatAt] ?? 0n;
            const wanted = asked[seatAt] ?? 0n;
            if (got > mostBought) mostBought = got;
            if (wanted > 0n) buyers += 1;
            if (wanted > 0n && got === wanted) buyersServed += 1;
            if ((settled.offered[seatAt] ?? 0n) > 0n) sellers += 1;
        }
        const utility = utilityPrices(policy, sums.interval);
        return {
            ...sums,
            retail: utility?.retail ?? null,
            feedIn: utility?.feedIn ?? null,
            reading:
                quality === "missing" ? null : { taken: one(decoded.imports), given: one(decoded.exports), quality },
            needed: one(settled.needed),
            asked: one(settled.asked),
            offered: one(settled.offered),
            bought: one(settled.bought),
            sold: one(settled.sold),
            mostBought,
            buyers,
            buyersServed,
            sellers,
        };
    });
}

/** What each fee took of a home's earnings, in the order of the policy; the last one also has what rounding the sum leaves. */
function feesOf(
    policy: Policy,
    earnedNano: bigint,
    sold: bigint,
    total: bigint,
): readonly { id: number; amount: bigint }[] {
    let left = total;
    const fees = policy.fees ?? [];
    return fees.map(({ id, kind }, at) => {
        const share =
            "basis_points" in kind ? (earnedNano * BigInt(kind.basis_points)) / 10_000n : sold * BigInt(kind.per_mwh);
        const whole = at === fees.length - 1 ? left : share / NANO;
        const amount = whole < left ? whole : left;
        left -= amount;
        return { id, amount };
    });
}

function sum(intervals: readonly BillInterval[], of: (interval: BillInterval) => bigint): bigint {
    return intervals.reduce((total, interval) => total + of(interval), 0n);
}
