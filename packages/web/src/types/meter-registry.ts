// Written by `npm run types` from schema/meter-registry.json. Do not edit.

/**
 * This is a wrapper around Vec<u8> to add hex de/serialization with serde. It also adds some helper methods to help encode inline.
 * 
 * This is similar to `cosmwasm_std::Binary` but uses hex. See also <https://github.com/CosmWasm/cosmwasm/blob/main/docs/MESSAGE_TYPES.md>.
 */
export type HexBinary = string
/**
 * What can be asked of the registry.
 */
export type ExecuteMsg = ({
propose_meter: {
/**
 * What the owner says of it.
 */
meter: MeterProposal
}
} | {
drop_proposal: {
/**
 * The proposal.
 */
proposal: number
}
} | {
admit_meters: {
/**
 * What is decided of each.
 */
admissions: Admission[]
/**
 * First interval of the new roster, at most 90 days ahead and not before a roster that is scheduled; one that is scheduled for just then is added to. By default the next in which rosters may begin.
 */
from?: (number | null)
}
} | {
report: {
/**
 * The report in the format of `gridpact-report`, header and body, with a revision of at most 255.
 */
report: Binary
/**
 * At least a quorum of signatures of distinct members, all valid.
 */
signatures: Signature[]
}
} | {
close_gap: {

}
} | {
update_ownership: Action
})
/**
 * What a connection point is.
 */
export type MeterKind = ("consumer" | "prosumer" | "producer" | "storage")
/**
 * How far a meter's readings can be traced.
 */
export type Provenance = ("self_declared" | "sealed" | "signed")
/**
 * Binary is a wrapper around Vec<u8> to add base64 de/serialization with serde. It also adds some helper methods to help encode inline.
 * 
 * This is only needed as serde-json-{core,wasm} has a horrible encoding for Vec<u8>. See also <https://github.com/CosmWasm/cosmwasm/blob/main/docs/MESSAGE_TYPES.md>.
 */
export type Binary = string
/**
 * Actions that can be taken to alter the contract's ownership
 */
export type Action = ({
transfer_ownership: {
expiry?: (Expiration | null)
new_owner: string
}
} | "accept_ownership" | "renounce_ownership")
/**
 * Expiration represents a point in time when some event happens. It can compare with a BlockInfo and will return is_expired() == true once the condition is hit (and for every block in the future)
 */
export type Expiration = ({
at_height: number
} | {
at_time: Timestamp
} | {
never: {

}
})
/**
 * A point in time in nanosecond precision.
 * 
 * This type can represent times from 1970-01-01T00:00:00Z to 2554-07-21T23:34:33Z.
 * 
 * ## Examples
 * 
 * ``` # use cosmwasm_std::Timestamp; let ts = Timestamp::from_nanos(1_000_000_202); assert_eq!(ts.nanos(), 1_000_000_202); assert_eq!(ts.seconds(), 1); assert_eq!(ts.subsec_nanos(), 202);
 * 
 * let ts = ts.plus_seconds(2); assert_eq!(ts.nanos(), 3_000_000_202); assert_eq!(ts.seconds(), 3); assert_eq!(ts.subsec_nanos(), 202); ```
 */
export type Timestamp = Uint64
/**
 * A thin wrapper around u64 that is using strings for JSON encoding/decoding, such that the full u64 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 * 
 * # Examples
 * 
 * Use `from` to create instances of this and `u64` to get the value out:
 * 
 * ``` # use cosmwasm_std::Uint64; let a = Uint64::from(42u64); assert_eq!(a.u64(), 42);
 * 
 * let b = Uint64::from(70u32); assert_eq!(b.u64(), 70); ```
 */
export type Uint64 = string
/**
 * What can be read. Lists are paged: `limit` is 1 to 100, 30 by default, and the page says whether more follows.
 */
export type QueryMsg = ({
config: {

}
} | {
next_report: {

}
} | {
committee: {
/**
 * The epoch.
 */
epoch?: (number | null)
}
} | {
meter: {
/**
 * Its slot.
 */
slot: number
}
} | {
meters: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * Whose, as owners were at admission; by default everybody's.
 */
owner?: (string | null)
/**
 * The last slot of the page before.
 */
start_after?: (number | null)
}
} | {
proposals: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * Whose; by default everybody's.
 */
owner?: (string | null)
/**
 * The last number of the page before.
 */
start_after?: (number | null)
}
} | {
roster: {
/**
 * How many, 1 to 256, 256 by default.
 */
limit?: (number | null)
/**
 * The last seat of the page before.
 */
start_after?: (number | null)
/**
 * The version.
 */
version: number
}
} | {
window: {
/**
 * First interval.
 */
first_interval: number
}
} | {
windows: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * The newest first; by default the oldest.
 */
newest_first?: boolean
/**
 * First interval of the last window of the page before.
 */
start_after?: (number | null)
}
} | {
ownership: {

}
})
/**
 * What became of a window; `kind` says which, and the rest of the fields are the kind's.
 */
export type WindowState = ({
kind: "gap"
} | {
/**
 * SHA-256 of its body, the readings, 32 bytes: what archives call them by.
 */
body_hash: HexBinary
/**
 * Its digest, 32 bytes: what the members signed, for the chain under the name it has now.
 */
digest: HexBinary
/**
 * The committee's epoch.
 */
epoch: number
/**
 * When it becomes final.
 */
final_at: number
/**
 * The block in which it was accepted, where its transaction stands.
 */
height: number
kind: "reported"
/**
 * How it holds its readings: 0, openly.
 */
mode: number
/**
 * When it was accepted.
 */
reported_at: number
/**
 * Its revision.
 */
revision: number
/**
 * The roster it was written for.
 */
roster_version: number
/**
 * How it is signed: 0, with secp256k1 by each signer.
 */
scheme: number
/**
 * Number of seats.
 */
seats: number
/**
 * The members whose signatures the carrier brought, a bit each, the first member the lowest. Others may have signed too.
 */
signers: number
})

/**
 * Messages and answers.
 */
export interface Contract {
instantiate: InstantiateMsg
execute: ExecuteMsg
query: QueryMsg
answers: Answers
}
/**
 * One grid.
 */
export interface InstantiateMsg {
/**
 * How long a settled window stays provisional. Challenge period / interval length is at most 2,000.
 */
challenge_period: number
/**
 * The first committee, epoch 1.
 */
committee: Committee
/**
 * Length of an interval in seconds; the same as in the settlement's policy. Never changes.
 */
interval_length: number
/**
 * Admits meters; any address: one person, a multisig, a DAO. Handed over in two steps.
 */
operator: string
/**
 * Intervals that ended longer ago are no longer reported; anybody may close them as a gap. At least an hour, at most 60 days.
 */
report_limit: number
/**
 * mWh of one count in a report: 1,000 (1 Wh) or 250 (0.25 Wh) for usual meters; 1 to 1,000,000.
 */
resolution: number
/**
 * When rosters may begin.
 */
rosters_begin: RostersBegin
/**
 * The grid's energy-settlement contract; its address is known before it exists (instantiate2).
 */
settlement: string
}
/**
 * A committee of oracles.
 */
export interface Committee {
/**
 * 1 to 32 distinct members; a signature names its member by the position in this list.
 */
members: Member[]
/**
 * How many members must sign: more than two thirds of them, at most all.
 */
quorum: number
}
/**
 * One oracle.
 */
export interface Member {
/**
 * Who answers for the key.
 */
address: string
/**
 * Compressed secp256k1 public key, 33 bytes.
 */
public_key: HexBinary
}
/**
 * When rosters may begin: at every multiple of `every` since 1970-01-01T00:00Z, moved by `offset`. No report spans a change of roster, so windows are as long as rosters last: a day, say, and beginning where a day does.
 */
export interface RostersBegin {
/**
 * Time between two beginnings, in whole intervals: one to 30 days. 86,400 s is a day.
 */
every: number
/**
 * How long after a multiple of `every` they are, in whole intervals, less than `every`. 82,800 s is an hour before midnight UTC: midnight an hour east.
 */
offset: number
}
/**
 * What the owner says of a meter.
 */
export interface MeterProposal {
/**
 * Most it gives to the wire, in W: 1 W to 100 MW; 0 for a consumer.
 */
export_limit: number
/**
 * Most it takes from the wire, in W: 1 W to 100 MW; 0 for a producer.
 */
import_limit: number
/**
 * What the connection point is.
 */
kind: MeterKind
/**
 * Part of the meter that takes part in this grid, 1 to 1,000,000 ppm.
 */
part?: number
/**
 * How far its readings can be traced.
 */
provenance: Provenance
/**
 * SHA-256 of the serial number and a salt, 32 bytes; at most one live meter a hash.
 */
serial_hash: HexBinary
}
/**
 * What the operator decides of a meter.
 */
export interface Admission {
/**
 * Tier as a buyer: lower trades first; 255: it buys nothing here, as no producer does whatever stands here.
 */
buy_tier?: number
/**
 * Household the meter belongs to, whoever owns its other meters; its slots share one weight, the largest of theirs. None: a new household of its own, under the next number, which it takes even where the proposal is gone: so others of the message that name a household get the one that was meant.
 */
household?: (number | null)
/**
 * Place in the rule `priority`: lower is served first.
 */
priority?: number
/**
 * The proposal.
 */
proposal: number
/**
 * Tier as a seller: lower trades first; 255: it sells nothing here, as no consumer does whatever stands here.
 */
sell_tier?: number
/**
 * Weight of the household in `even`, of the slot in `static`: 1 to 1,000,000.
 */
weight?: number
}
/**
 * A member's signature over the digest of a report.
 */
export interface Signature {
/**
 * Position of the member in the epoch's committee; strictly ascending in a list.
 */
member: number
/**
 * secp256k1 signature, r then s, 64 bytes.
 */
signature: Binary
}
/**
 * The answer of each query.
 */
export interface Answers {
committee: CommitteeResponse
config: ConfigResponse
meter: MeterResponse
meters: MetersResponse
next_report: NextReportResponse
ownership: OwnershipFor_String
proposals: ProposalsResponse
roster: RosterResponse
window: WindowResponse
windows: WindowsResponse
}
/**
 * The committee of an epoch.
 */
export interface CommitteeResponse {
/**
 * The committee.
 */
committee: Committee
/**
 * The epoch.
 */
epoch: number
}
/**
 * The grid.
 */
export interface ConfigResponse {
/**
 * How long a settled window stays provisional.
 */
challenge_period: number
/**
 * Number of households ever founded; the number of the next. Some may have no meter: a proposal that was gone used theirs up.
 */
households?: number
/**
 * Length of an interval in seconds.
 */
interval_length: number
/**
 * The newest roster's version; 0 before the first meter is admitted.
 */
newest_roster: number
/**
 * How long after its end an interval may be reported.
 */
report_limit: number
/**
 * mWh of one count in a report.
 */
resolution: number
/**
 * When rosters may begin.
 */
rosters_begin: RostersBegin
/**
 * The grid's settlement contract.
 */
settlement: string
/**
 * Number of slots ever given out.
 */
slots: number
}
/**
 * One meter.
 */
export interface MeterResponse {
/**
 * Its tier as a buyer.
 */
buy_tier: number
/**
 * The first interval it takes part in.
 */
from: number
/**
 * Its household.
 */
household: number
/**
 * What the owner said of it.
 */
meter: MeterProposal
/**
 * Its owner when it was admitted.
 */
owner: string
/**
 * Its place in the rule `priority`.
 */
priority: number
/**
 * Its position in reports.
 */
seat: number
/**
 * Its tier as a seller.
 */
sell_tier: number
/**
 * Its place in the books.
 */
slot: number
/**
 * Its weight.
 */
weight: number
}
/**
 * A page of meters.
 */
export interface MetersResponse {
/**
 * The meters, by slot.
 */
meters: MeterResponse[]
/**
 * Whether more follow.
 */
more: boolean
}
/**
 * What exactly the next report must cover.
 */
export interface NextReportResponse {
/**
 * The committee's epoch.
 */
epoch: number
/**
 * The last second in which a report that starts so is taken; later anybody may close its first interval as a gap. None before the first meter is admitted. Where a gap must be closed first, this is soon, as the start moves on with every interval: closing it fixes the start for a grace of at least 4 intervals.
 */
expires_at?: (number | null)
/**
 * Where it starts: where the last window ended; where a gap must be closed first, where that would end now, so that one transaction may carry both messages. None before the first meter is admitted.
 */
first_interval?: (number | null)
/**
 * Whether intervals before `oldest_interval` must first be closed as a gap.
 */
gap: boolean
/**
 * The last second of the grace after that closing, in which nothing grows too old; it may be long past. None: no gap was ever closed.
 */
grace_until?: (number | null)
/**
 * The block after which all of this holds.
 */
height: number
/**
 * When a gap was last closed. None: never.
 */
last_closing?: (number | null)
/**
 * How many whole past intervals it may cover now; 0: wait.
 */
max_intervals: number
/**
 * The oldest interval that may still be reported.
 */
oldest_interval: number
/**
 * When the window just before `first_interval` was accepted. None: it is a gap, to be closed first or closed already, or no window comes before.
 */
previous_reported_at?: (number | null)
/**
 * The revision of that window's report. None where it was not reported.
 */
previous_revision?: (number | null)
/**
 * Signatures needed.
 */
quorum: number
/**
 * mWh of one count.
 */
resolution: number
/**
 * Where that roster ends: the first interval of the next, into which no report of this one reaches. None: no later roster is scheduled, as yet.
 */
roster_ends?: (number | null)
/**
 * The roster it must be written for.
 */
roster_version: number
/**
 * Number of seats of that roster, vacant ones included.
 */
seats: number
}
/**
 * The contract's ownership info
 */
export interface OwnershipFor_String {
/**
 * The contract's current owner. `None` if the ownership has been renounced.
 */
owner?: (string | null)
/**
 * The deadline for the pending owner to accept the ownership. `None` if there isn't a pending ownership transfer, or if a transfer exists and it doesn't have a deadline.
 */
pending_expiry?: (Expiration | null)
/**
 * The account who has been proposed to take over the ownership. `None` if there isn't a pending ownership transfer.
 */
pending_owner?: (string | null)
}
/**
 * A page of proposals.
 */
export interface ProposalsResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The proposals, the newest first.
 */
proposals: ProposalResponse[]
}
/**
 * One proposal that was neither admitted nor dropped.
 */
export interface ProposalResponse {
/**
 * From this moment on it is no longer open: nobody admits it, and anybody may drop it.
 */
expires_at: number
/**
 * What the owner says of the meter.
 */
meter: MeterProposal
/**
 * Who proposed it and will own the account.
 */
owner: string
/**
 * Its number.
 */
proposal: number
}
/**
 * A page of a roster.
 */
export interface RosterResponse {
/**
 * First interval.
 */
from: number
/**
 * Whether more follow.
 */
more: boolean
/**
 * The seats, in order.
 */
seats: RosterSeat[]
/**
 * Number of seats in all, vacant ones included.
 */
size: number
/**
 * Its version.
 */
version: number
}
/**
 * One seat of a roster.
 */
export interface RosterSeat {
/**
 * Most it gives to the wire, in W; 0 for a vacant seat.
 */
export_limit: number
/**
 * Most it takes from the wire, in W; 0 for a vacant seat.
 */
import_limit: number
/**
 * Position in reports.
 */
seat: number
/**
 * The slot that sits there. None: the seat is vacant, and its reading in every report is a missing one.
 */
slot?: (number | null)
}
/**
 * One window.
 */
export interface WindowResponse {
/**
 * First interval.
 */
first_interval: number
/**
 * Number of intervals.
 */
intervals: number
/**
 * What became of it.
 */
state: WindowState
}
/**
 * A page of windows.
 */
export interface WindowsResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The windows, by first interval, in the order that was asked for.
 */
windows: WindowResponse[]
}
