// The grid as its contracts tell it: rules, books, witnesses.

import type { Destination } from "../types/energy-settlement.ts";
import type { Contracts } from "./contracts.ts";
import { readersOf } from "./readers.ts";
import type { Books, FeeDestination, Rules, Witnesses } from "./source.ts";
import type { Windows } from "./windows.ts";

/** Windows that say how witnesses sign: as many as quarter hours in a day. */
const WITNESSED = 96;

export async function rulesOf(contracts: Contracts): Promise<Rules> {
    const [registry, settlement, ownership] = await Promise.all([
        contracts.registry("config"),
        contracts.settlement("config"),
        contracts.registry("ownership"),
    ]);
    return {
        policy: settlement.policy,
        intervalLength: registry.interval_length,
        challengePeriod: registry.challenge_period,
        reportLimit: registry.report_limit,
        resolution: registry.resolution,
        homes: registry.slots,
        operator: ownership.owner ?? null,
        pendingOperator: ownership.pending_owner ?? null,
        fees: settlement.fees.map(({ id, label, destination }) => ({
            id,
            label,
            destination: destinationOf(destination),
        })),
        rounding: destinationOf(settlement.rounding),
        concerns: settlement.concerns ?? [],
    };
}

export async function booksOf(contracts: Contracts): Promise<Books> {
    const [books, community] = await Promise.all([contracts.settlement("books"), contracts.settlement("community")]);
    const [deposited, withdrawn, swept, free, held, ours] = [
        BigInt(books.deposited),
        BigInt(books.withdrawn),
        BigInt(books.swept),
        BigInt(books.free),
        BigInt(books.held),
        BigInt(books.community),
    ];
    return {
        deposited,
        withdrawn,
        swept,
        free,
        held,
        community: ours,
        fees: community.fees.map(({ id, amount }) => ({ id, amount: BigInt(amount) })),
        rounding: BigInt(community.rounding),
        addsUp: deposited === withdrawn + swept + free + held + ours,
    };
}

export async function witnessesOf(contracts: Contracts, windows: Windows): Promise<Witnesses> {
    const [{ committee, epoch }, next, { items }] = await Promise.all([
        contracts.registry("committee"),
        contracts.registry("next_report"),
        windows.page(null, WITNESSED),
    ]);
    const reported = items.filter(({ report }) => report?.epoch === epoch);
    const pinned = contracts.pins.committee.find((one) => one.epoch === epoch);
    const members = committee.members.map(({ public_key: publicKey }, member) => {
        const mine = pinned?.members.find((one) => hexOf(one.public_key) === publicKey.toLowerCase());
        const signed = reported.filter(({ report }) => report?.signers.includes(member));
        const lastSigned = signed[0]?.firstInterval ?? null;
        return {
            member,
            name: mine?.name ?? null,
            publicKey,
            pinned: mine !== undefined,
            signed: signed.length,
            lastSigned,
        };
    });
    const first = next.first_interval ?? null;
    return {
        epoch,
        quorum: committee.quorum,
        members,
        windows: reported.length,
        next: first === null ? null : { firstInterval: first, gap: next.gap, expiresAt: next.expires_at ?? null },
        readers: readersOf(contracts.pins, epoch),
    };
}

function destinationOf(destination: Destination): FeeDestination {
    if ("account" in destination) return { account: destination.account.address };
    const { escrow, project, otherwise } = destination.project;
    return { escrow, project, otherwise };
}

function hexOf(base64: string): string {
    return [...atob(base64)].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
