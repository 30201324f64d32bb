// Written by `npm run types` from schema/pledge-escrow.json. Do not edit.

/**
 * A native coin of the chain or a cw20 token.
 */
export type Asset = ({
native: {
/**
 * Denomination of the base unit, for instance `uusdc`.
 */
denom: string
}
} | {
cw20: {
/**
 * Address of the token contract.
 */
address: string
}
})
/**
 * What can be asked of the escrow.
 */
export type ExecuteMsg = ({
open: {
/**
 * The terms, fixed from here on: written as bytes once, hashed and kept.
 */
terms: Terms
}
} | {
pledge: {
/**
 * What the pledge asks of the others.
 */
condition?: Condition
/**
 * The project.
 */
project: number
/**
 * Hash of the terms the pledger agrees to.
 */
terms_hash: HexBinary
}
} | {
restate: {
/**
 * What the pledge asks of the others from now on.
 */
condition: Condition
/**
 * The project.
 */
project: number
}
} | {
receive: Cw20ReceiveMsg
} | {
accept: {
/**
 * The project.
 */
project: number
/**
 * Hash of the terms the contractor agrees to.
 */
terms_hash: HexBinary
}
} | {
submit_milestone: {
/**
 * SHA-256 of the evidence, 32 bytes.
 */
evidence_hash: HexBinary
/**
 * Where the evidence is kept: empty, or a URI of https or ipfs in ASCII, at most 512 bytes as JSON stores it.
 */
evidence_uri: string
/**
 * Position in the terms, from 0; milestones are submitted in their order.
 */
milestone: number
/**
 * The project.
 */
project: number
}
} | {
draw: {
/**
 * The project.
 */
project: number
}
} | {
terminate: {
/**
 * The project.
 */
project: number
}
} | {
claim_refund: {
/**
 * The project.
 */
project: number
}
} | {
pay_revenue: {
/**
 * The project.
 */
project: number
/**
 * Hash of the terms of the project that the payer means.
 */
terms_hash: HexBinary
}
} | {
claim_revenue: {
/**
 * The project.
 */
project: number
}
})
/**
 * Who may pledge to a project.
 */
export type Admission = ({
named: {
/**
 * The parties, each address once.
 */
parties: NamedParty[]
}
} | {
open: {
/**
 * The least a pledge may be: at least a 512th of the target, rounded up, so that a full list is a funded project.
 */
minimum: Amount
}
})
/**
 * Money in base units, as a decimal string
 */
export type Amount = string
/**
 * This is a wrapper around Vec<u8> to add hex de/serialization with serde. It also adds some helper methods to help encode inline.
 * 
 * This is similar to `cosmwasm_std::Binary` but uses hex. See also <https://github.com/CosmWasm/cosmwasm/blob/main/docs/MESSAGE_TYPES.md>.
 */
export type HexBinary = string
/**
 * A thin wrapper around u128 that is using strings for JSON encoding/decoding, such that the full u128 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 * 
 * # Examples
 * 
 * Use `from` to create instances of this and `u128` to get the value out:
 * 
 * ``` # use cosmwasm_std::Uint128; let a = Uint128::from(123u128); assert_eq!(a.u128(), 123);
 * 
 * let b = Uint128::from(42u64); assert_eq!(b.u128(), 42);
 * 
 * let c = Uint128::from(70u32); assert_eq!(c.u128(), 70); ```
 */
export type Uint128 = string
/**
 * Binary is a wrapper around Vec<u8> to add base64 de/serialization with serde. It also adds some helper methods to help encode inline.
 * 
 * This is only needed as serde-json-{core,wasm} has a horrible encoding for Vec<u8>. See also <https://github.com/CosmWasm/cosmwasm/blob/main/docs/MESSAGE_TYPES.md>.
 */
export type Binary = string
/**
 * What can be read. Lists are paged: `limit` is 1 to 100, 30 by default, and the page says whether more follows.
 */
export type QueryMsg = ({
config: {

}
} | {
project: {
/**
 * The project.
 */
project: number
}
} | {
standing: {
/**
 * The project.
 */
project: number
}
} | {
projects: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * The last number of the page before.
 */
start_after?: (number | null)
}
} | {
pledge: {
/**
 * The party.
 */
pledger: string
/**
 * The project.
 */
project: number
}
} | {
pledges: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * The project.
 */
project: number
/**
 * The last address of the page before.
 */
start_after?: (string | null)
}
} | {
pledges_of: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * The address.
 */
pledger: string
/**
 * The last number of the page before.
 */
start_after?: (number | null)
}
} | {
if_pledged: {
/**
 * How much.
 */
amount: Amount
/**
 * What the pledge would ask of the others.
 */
condition?: Condition
/**
 * Who would pledge; without it, an address that has not pledged yet.
 */
pledger?: (string | null)
/**
 * The project.
 */
project: number
}
} | {
displaced: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * The project.
 */
project: number
/**
 * The last address of the page before.
 */
start_after?: (string | null)
}
} | {
books: {
/**
 * The asset.
 */
asset: Asset
}
} | {
project_books: {
/**
 * The project.
 */
project: number
}
})
/**
 * An implementation of u256 that is using strings for JSON encoding/decoding, such that the full u256 range can be used for clients that convert JSON numbers to floats, like JavaScript and jq.
 * 
 * # Examples
 * 
 * Use `from` to create instances out of primitive uint types or `new` to provide big endian bytes:
 * 
 * ``` # use cosmwasm_std::Uint256; let a = Uint256::from(258u128); let b = Uint256::new([ 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 0u8, 1u8, 2u8, ]); assert_eq!(a, b); ```
 */
export type Uint256 = string
/**
 * Where a project stands. It follows from the books and the time; no message is needed to move it on.
 */
export type Phase = ("open" | "funded" | "active" | "defects" | "closed" | "failed" | "terminated")
/**
 * Where a milestone stands.
 */
export type MilestoneStatus = ("pending" | "submitted" | "payable" | "paid")

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
 * The deployment. There is no owner: nobody can change it or take what it holds.
 */
export interface InstantiateMsg {
/**
 * Assets a project may use, 1 to 16. A cw20 hook is believed only from a token on this list.
 */
assets: Asset[]
}
/**
 * What a project promises, fixed when it opens. A pledge and the contractor's acceptance name its hash.
 * 
 * Hash: SHA-256 over this object as compact JSON with the fields in this order. The contract writes these bytes once, when the project opens, and the query `project` returns them with their hash.
 */
export interface Terms {
/**
 * How long after funding the contractor may accept; not accepted by then: the project fails. Above zero, at most 1,827 days.
 */
accept_within: number
/**
 * Who may pledge.
 */
admission: Admission
/**
 * The one asset of the project; on the deployment's list.
 */
asset: Asset
/**
 * The most the project takes, and the most that one may pledge; at least the target, at most 10^33. Who is in the set before the message that reaches the target pays in full; the room up to the cap is then filled in the order of pledging, with what that message adds last. What does not fit returns.
 */
cap: Amount
/**
 * Who builds, is paid, and may not pledge; not the escrow itself.
 */
contractor: string
/**
 * Pledges are taken while now < deadline, at most 3,653 days from opening. Not funded by then: everybody takes their money back.
 */
deadline: number
/**
 * How long the retention is kept after the last milestone became payable, or after an early end; at most 1,827 days.
 */
defects_period: number
/**
 * SHA-256 of the full description, 32 bytes.
 */
description_hash: HexBinary
/**
 * Where the full description is kept: empty, or a URI of https or ipfs in ASCII, at most 512 bytes as JSON stores it.
 */
description_uri: string
/**
 * How long after its due date a milestone can still be submitted; then anybody may end the project. Above zero, at most 1,827 days.
 */
grace: number
/**
 * 1 to 32 milestones in their order; their shares sum to 10,000 basis points.
 */
milestones: MilestoneTerms[]
/**
 * Part of every milestone's payment kept until the defects period is over.
 */
retention: number
/**
 * How long pledgers may look at a submitted milestone before it becomes payable; at most 1,827 days.
 */
review_period: number
/**
 * The project is funded when the greatest self-consistent set of pledges reaches this amount. Above zero.
 */
target: Amount
/**
 * Short name, 1 to 128 bytes as JSON stores it; no control characters, nor marks that turn the direction of text.
 */
title: string
/**
 * 1. What the fields mean, and which there are, follows from it; another version is refused.
 */
version: number
}
/**
 * A party named in the terms.
 */
export interface NamedParty {
/**
 * Its address.
 */
address: string
/**
 * What it is expected to pledge, exactly.
 */
amount: Amount
}
/**
 * One stage of the work.
 */
export interface MilestoneTerms {
/**
 * Not submitted while now < due + grace: anybody may terminate the project. After the deadline and the time to accept, not before the milestone ahead of it, at most 3,653 days from opening.
 */
due: number
/**
 * Share of what the project took in.
 */
share: number
/**
 * Short name, as the project's.
 */
title: string
}
/**
 * What a pledge asks of the others. All parts given must hold; an empty condition always holds. Conditions only ask for more, so there is one greatest set of pledges that meet each other's conditions. One of which it is known that it can never hold is refused.
 */
export interface Condition {
/**
 * Each of these parties pledges at least this much; at most 16.
 */
parties?: PartyCondition[]
/**
 * At least so many pledgers, this one included.
 */
pledgers?: (PledgersCondition | null)
/**
 * At least this much is pledged in total, this pledge included.
 */
total?: (Amount | null)
}
/**
 * "B pledges at least 10,000."
 */
export interface PartyCondition {
/**
 * The party's address.
 */
address: string
/**
 * The least it must pledge; above zero.
 */
at_least: Amount
}
/**
 * "At least 20 pledgers with 500 or more each."
 */
export interface PledgersCondition {
/**
 * Only pledges of at least this much count.
 */
at_least: Amount
/**
 * How many addresses, at least 1.
 */
count: number
}
/**
 * Cw20ReceiveMsg should be de/serialized under `Receive()` variant in a ExecuteMsg
 */
export interface Cw20ReceiveMsg {
amount: Uint128
msg: Binary
sender: string
}
/**
 * The answer of each query.
 */
export interface Answers {
books: AssetBooksResponse
config: ConfigResponse
displaced: DisplacedResponse
if_pledged: IfPledgedResponse
pledge: PledgeResponse
pledges: PledgesResponse
pledges_of: PledgesOfResponse
project: ProjectResponse
project_books: BooksResponse
projects: ProjectsResponse
standing: StandingResponse
}
/**
 * Where every unit of an asset is, over all that ever came, which may be more than an amount can be. `pledged + revenue = paid + refunded + held`, after every message; what is held is claimable or locked, project by project.
 */
export interface AssetBooksResponse {
/**
 * Is here.
 */
held: Uint256
/**
 * Went to contractors or, as revenue, to pledgers.
 */
paid: Uint256
/**
 * Came in as pledges.
 */
pledged: Uint256
/**
 * Went back to pledgers.
 */
refunded: Uint256
/**
 * Came in as revenue.
 */
revenue: Uint256
}
/**
 * The deployment.
 */
export interface ConfigResponse {
/**
 * Assets a project may use.
 */
assets: Asset[]
/**
 * How many projects there are.
 */
projects: number
}
/**
 * A page of what is owed of displaced pledges.
 */
export interface DisplacedResponse {
/**
 * What is owed, by address.
 */
displaced: DisplacedPledge[]
/**
 * Whether more follow.
 */
more: boolean
}
/**
 * What is owed of displaced pledges.
 */
export interface DisplacedPledge {
/**
 * What can be taken back now.
 */
amount: Amount
/**
 * Who pledged.
 */
pledger: string
}
/**
 * What a pledge would do.
 */
export interface IfPledgedResponse {
/**
 * Whether it would be in the greatest self-consistent set at once.
 */
consistent: boolean
/**
 * How many pledges it would have.
 */
consistent_pledges: number
/**
 * What the set would come to.
 */
consistent_total: Amount
/**
 * Whose pledge would lose its place in a full list.
 */
displaced?: (string | null)
/**
 * What the project would take in, where this would fund it.
 */
funded?: (Amount | null)
/**
 * How many pledges of others would join the set with it.
 */
others_joining: number
/**
 * What the project would take of it; zero where it would not fund the project.
 */
paid: Amount
/**
 * Why it would be refused. Then all else is as it is without it.
 */
refused?: (string | null)
}
/**
 * One pledge.
 */
export interface PledgeResponse {
/**
 * How much.
 */
amount: Amount
/**
 * What it asks of the others.
 */
condition: Condition
/**
 * Whether it is in the greatest self-consistent set.
 */
consistent: boolean
/**
 * The part of it that is of displaced pledges.
 */
displaced: Amount
/**
 * What the project took of it; zero before it is funded and once it failed.
 */
paid: Amount
/**
 * Who pledged.
 */
pledger: string
/**
 * What can be taken back now, of this pledge and of displaced ones.
 */
refundable: Amount
/**
 * Revenue that can be taken now.
 */
revenue: Amount
}
/**
 * A page of pledges.
 */
export interface PledgesResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The pledges, by address.
 */
pledges: PledgeResponse[]
}
/**
 * A page of an address's pledges.
 */
export interface PledgesOfResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The pledges, by project.
 */
pledges: ProjectPledge[]
}
/**
 * An address's pledge in one project.
 */
export interface ProjectPledge {
/**
 * Where the project stands now.
 */
phase: Phase
/**
 * The pledge, and what it can claim.
 */
pledge: PledgeResponse
/**
 * The project.
 */
project: number
}
/**
 * One project.
 */
export interface ProjectResponse {
/**
 * When the contractor accepted.
 */
accepted_at?: (number | null)
/**
 * Pledged by the greatest self-consistent set.
 */
consistent: Amount
/**
 * Number of pledges in that set.
 */
consistent_pledges: number
/**
 * When the retention becomes drawable.
 */
defects_end?: (number | null)
/**
 * What the contractor can draw now.
 */
drawable: Amount
/**
 * What the project took in: the set's pledges, at most the cap. Nothing before it is funded, nor once it failed.
 */
funded?: (Amount | null)
/**
 * When the target was reached.
 */
funded_at?: (number | null)
/**
 * The milestones in their order.
 */
milestones: MilestoneResponse[]
/**
 * Where it stands now.
 */
phase: Phase
/**
 * Pledged by everybody so far.
 */
pledged: Amount
/**
 * Number of pledges.
 */
pledges: number
/**
 * Its number.
 */
project: number
/**
 * Its terms: the JSON bytes that were written and hashed when it opened. `Terms::from_bytes` reads them by their version.
 */
terms: Binary
/**
 * SHA-256 of these bytes, 32 bytes.
 */
terms_hash: HexBinary
}
/**
 * One milestone.
 */
export interface MilestoneResponse {
/**
 * What it pays in all, retention included; zero before the project is funded and once it failed.
 */
amount: Amount
/**
 * When it is due; it can be submitted until the grace of the terms is over too.
 */
due: number
/**
 * SHA-256 of the evidence.
 */
evidence_hash?: (HexBinary | null)
/**
 * Where the evidence is kept.
 */
evidence_uri?: (string | null)
/**
 * When it becomes payable.
 */
payable_at?: (number | null)
/**
 * The part of it that is retained.
 */
retained: Amount
/**
 * Where it stands now.
 */
status: MilestoneStatus
/**
 * When it was submitted.
 */
submitted_at?: (number | null)
/**
 * Short name.
 */
title: string
}
/**
 * Where every unit of a project is. `pledged + revenue = paid + refunded + claimable + locked`, after every message.
 */
export interface BooksResponse {
/**
 * Somebody can take it now.
 */
claimable: Amount
/**
 * Kept for what is still open.
 */
locked: Amount
/**
 * Went to the contractor or, as revenue, to pledgers.
 */
paid: Amount
/**
 * Came in as pledges.
 */
pledged: Amount
/**
 * Went back to pledgers.
 */
refunded: Amount
/**
 * Came in as revenue.
 */
revenue: Amount
}
/**
 * A page of projects.
 */
export interface ProjectsResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The projects, by number.
 */
projects: ProjectResponse[]
}
/**
 * What another contract needs to know of a project before it pays it.
 */
export interface StandingResponse {
/**
 * Its one asset.
 */
asset: Asset
/**
 * Where it stands now.
 */
phase: Phase
/**
 * SHA-256 of its terms, 32 bytes.
 */
terms_hash: HexBinary
}
