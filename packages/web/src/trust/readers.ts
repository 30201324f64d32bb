// Who reads which meter, as grid.json has it from the committee's shared file.

import type { Part } from "./part.ts";
import type { PinnedCommittee } from "./pins.ts";

export interface PinnedReaders {
    /** Number of the shared file. */
    readonly version: number;
    /** It counts for windows that begin at this time or later; unix seconds. */
    readonly from: number;
    /** The committee that positions are of. */
    readonly epoch: number;
    readonly meters: readonly ReadAlike[];
}

/** Meters that the same witnesses read in the same way. */
export interface ReadAlike {
    /** Homes, from and to, both included. */
    readonly slots: readonly (readonly [number, number])[];
    /** Positions in the committee, the most trusted first. */
    readonly read_by: readonly number[];
    /** How many of them must agree; more than there are: the meters have no readings. */
    readonly need: number;
    /** The witness that the meters' own household runs; null: none, or not said. */
    readonly home: number | null;
}

/** The seats of a report: a shared file names no more meters. */
const MOST_METERS = 1_024;
const MOST = 2 ** 32 - 1;

/** Reads `readers`. Ends with a `PinsError`. */
export function readReaders(part: Part, committees: readonly PinnedCommittee[]): PinnedReaders {
    const epoch = part.at("epoch").whole(0, MOST);
    const committee = committees.find((one) => one.epoch === epoch);
    if (committee === undefined) return part.at("epoch").fail("an epoch of the committee");
    const last = committee.members.length - 1;
    let ranges = 0;
    const meters = part
        .at("meters")
        .list(0, MOST_METERS)
        .map((meter): ReadAlike => {
            let next = 0;
            const slots = meter
                .at("slots")
                .list(1, MOST_METERS - ranges)
                .map((range): readonly [number, number] => {
                    const [from, to] = range.list(2, 2);
                    if (from === undefined || to === undefined) return range.fail("two numbers");
                    const first = from.whole(next, MOST);
                    const until = to.whole(first, MOST);
                    next = until + 1;
                    return [first, until];
                });
            ranges += slots.length;
            const readBy = meter
                .at("read_by")
                .list(0, committee.members.length)
                .map((member) => member.whole(0, last));
            if (new Set(readBy).size < readBy.length) meter.at("read_by").fail("each witness once");
            return {
                slots,
                read_by: readBy,
                need: meter.at("need").whole(1, committee.members.length),
                home: meter.at("home").maybe((home) => home.whole(0, last)),
            };
        });
    return {
        version: part.at("version").whole(1, MOST),
        from: part.at("from").whole(0, Number.MAX_SAFE_INTEGER),
        epoch,
        meters,
    };
}
