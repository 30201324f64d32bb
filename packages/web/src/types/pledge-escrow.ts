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
object: {
/**
 * Position in the terms, from 0.
 */
milestone: number
/**
 * The project.
 */
project: number
/**
 * Why.
 */
reason: Reason
}
} | {
withdraw_objection: {
/**
 * Position in the terms, from 0.
 */
milestone: number
/**
 * The project.
 */
project: number
}
} | {
decide: {
/**
 * The dispute.
 */
dispute: Dispute
/**
 * What the contractor and the payees keep of what is in dispute, every payee alike; at most the whole.
 */
kept: number
/**
 * The project.
 */
project: number
/**
 * Why. Kept, and answered with the milestone or the claim.
 */
reason: Reason
}
} | {
offer: {
/**
 * The project.
 */
project: number
/**
 * What is offered.
 */
proposal: Proposal
}
} | {
withdraw_offer: {
/**
 * The project.
 */
project: number
}
} | {
consent: {
/**
 * Number of the offer.
 */
offer: number
/**
 * The project.
 */
project: number
}
} | {
consent_to_end: {
/**
 * The project.
 */
project: number
}
} | {
claim_defects: {
/**
 * How much; at most what is left of the retention.
 */
amount: Amount
/**
 * The project.
 */
project: number
/**
 * Why.
 */
reason: Reason
}
} | {
support_claim: {
/**
 * Number of the claim.
 */
claim: number
/**
 * The project.
 */
project: number
}
} | {
withdraw_support: {
/**
 * The project.
 */
project: number
}
} | {
draw: {
/**
 * Number of the payee; 0 is the contractor.
 */
payee?: number
/**
 * The project.
 */
project: number
}
} | {
move_payee: {
/**
 * Number of the payee; 0 is the contractor, who stays the contractor in all else.
 */
payee?: number
/**
 * The project.
 */
project: number
/**
 * The other address; the present one takes a move back.
 */
to: string
}
} | {
confirm_move: {
/**
 * Number of the payee.
 */
payee?: number
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
 * What is in dispute.
 */
export type Dispute = ({
milestone: {
/**
 * Position in the terms, from 0.
 */
milestone: number
}
} | {
claim: {
/**
 * Its number.
 */
claim: number
}
})
/**
 * What the contractor offers to the holders.
 */
export type Proposal = ({
split: {
/**
 * The dispute.
 */
dispute: Dispute
/**
 * What the contractor and the payees keep of it; at most the whole.
 */
kept: number
}
} | {
due: {
/**
 * When it is due from then on; the last milestone at most 3,653 days from the consent.
 */
due: number
/**
 * Position in the terms, from 0.
 */
milestone: number
}
} | {
end: {

}
})
/**
 * What can be read. Lists are paged: `limit` is 1 to 100 where the query does not say less, 30 by default, and the page says whether more follows.
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
objections: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * Position in the terms, from 0.
 */
milestone: number
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
claims: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * The project.
 */
project: number
/**
 * The last number of the page before.
 */
start_after?: (number | null)
}
} | {
votes: {
/**
 * The pledger.
 */
pledger: string
/**
 * The project.
 */
project: number
}
} | {
payees: {
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
 * Who ended a dispute.
 */
export type DecidedBy = ("decider" | "silence" | "consent")
/**
 * Where a defects claim stands.
 */
export type ClaimStatus = ("gathering" | "open" | "decided" | "lapsed")
/**
 * Why money is held back.
 */
export type HeldWhy = ("review" | "dispute" | "retention" | "claim" | "bond")
/**
 * Where a project stands. It follows from the books and the time; no message is needed to move it on.
 */
export type Phase = ("open" | "funded" | "active" | "defects" | "closed" | "failed" | "terminated")
/**
 * Where a milestone stands.
 */
export type MilestoneStatus = ("pending" | "submitted" | "disputed" | "payable" | "paid" | "returned")

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
 * What the contractor posts with the acceptance, in the project's asset; at most 10^33. It returns whole at completion or an end together, and goes to the holders by what they paid where the project is ended after a due date, or after a verdict that left nothing of a milestone. Zero: none.
 */
bond: Amount
/**
 * The most the project takes, and the most that one may pledge; at least the target, at most 10^33. Who is in the set before the message that reaches the target pays in full; the room up to the cap is then filled in the order of pledging, with what that message adds last. What does not fit returns.
 */
cap: Amount
/**
 * Whose holders can take up an offer of the contractor, or end the project after a due date: this share of what was paid. Above half, at most the whole.
 */
consent: number
/**
 * Who builds, is paid, and may not pledge; not the escrow itself, nor the decider.
 */
contractor: string
/**
 * Pledges are taken while now < deadline, at most 3,653 days from opening. Not funded by then: everybody takes their money back.
 */
deadline: number
/**
 * Who decides disputes. Without a decider nobody can object, nor claim defects.
 */
decider?: (DeciderTerms | null)
/**
 * How long the retention is kept after the last milestone was settled, or after an early end; at most 1,827 days. Zero: nobody can claim defects.
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
 * How long after a milestone's due date anybody may end the project, where it is still not submitted. Also how long the project waits for its completion after a milestone of which a verdict left nothing. Above zero, at most 1,827 days.
 */
grace: number
/**
 * 1 to 32 milestones in their order; their shares sum to 10,000 basis points.
 */
milestones: MilestoneTerms[]
/**
 * Who is paid beside the contractor, at most 8 addresses, none twice; numbered from 1, since payee 0 is the contractor. Like the contractor they may not pledge.
 */
payees: string[]
/**
 * Part of every milestone's payment kept until the defects period is over.
 */
retention: number
/**
 * How long pledgers may look at a submitted milestone before it becomes payable; at most 1,827 days. Zero: nobody can object.
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
 * Who decides disputes, and within what.
 */
export interface DeciderTerms {
/**
 * A person, a multisig, a DAO; not the contractor, and may not pledge. May be a payee.
 */
address: string
/**
 * Whose holders can dispute a milestone, or claim defects: this share of what was paid. Above zero.
 */
objection: number
/**
 * What the contractor and the payees keep of what is in dispute where the decider says nothing in time; the rest goes to the holders. Half each is 5,000.
 */
silence: number
/**
 * How long the decider has from the second in which a dispute begins; above zero, at most 1,827 days.
 */
time_limit: number
}
/**
 * One stage of the work.
 */
export interface MilestoneTerms {
/**
 * Not submitted while now < due: holders of the consent share may end the project; while now < due + grace: anybody may. After the deadline and the time to accept, not before the milestone ahead of it, at most 3,653 days from opening. It moves by consent, and by the length of disputes about milestones before it.
 */
due: number
/**
 * What of it goes to payees, each at most once; the contractor has the rest. Parts come to the whole at most.
 */
payees: PayeePart[]
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
 * What of a milestone goes to a payee.
 */
export interface PayeePart {
/**
 * Part of the milestone. Above zero.
 */
part: number
/**
 * Number of the payee, from 1.
 */
payee: number
}
/**
 * What a pledge asks of the others. All parts given must hold; an empty condition always holds. Conditions only ask for more, so there is one greatest set of pledges that meet each other's conditions. One of which it is known that it can never hold is refused. They go by what is pledged: where the cap leaves no room for all of it, a party that was asked for pays less, or nothing.
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
 * Why somebody says so.
 */
export interface Reason {
/**
 * SHA-256 of the reason as a document, 32 bytes.
 */
hash: HexBinary
/**
 * Where it is kept: empty, or a URI of https or ipfs in ASCII, at most 512 bytes as JSON stores it.
 */
uri: string
}
/**
 * The answer of each query.
 */
export interface Answers {
books: AssetBooksResponse
claims: ClaimsResponse
config: ConfigResponse
displaced: DisplacedResponse
if_pledged: IfPledgedResponse
objections: ObjectionsResponse
payees: PayeesResponse
pledge: PledgeResponse
pledges: PledgesResponse
pledges_of: PledgesOfResponse
project: ProjectResponse
project_books: BooksResponse
projects: ProjectsResponse
standing: StandingResponse
votes: VotesResponse
}
/**
 * Where every unit of an asset is, over all that ever came, which may be more than an amount can be. `pledged + bonds + revenue = paid + refunded + held`, after every message; what is held is claimable or locked, project by project.
 */
export interface AssetBooksResponse {
/**
 * Came in as contractors' bonds.
 */
bonds: Uint256
/**
 * Is here.
 */
held: Uint256
/**
 * Went to contractors and payees or, as revenue, to pledgers.
 */
paid: Uint256
/**
 * Came in as pledges.
 */
pledged: Uint256
/**
 * Went back to pledgers, forfeited bonds included.
 */
refunded: Uint256
/**
 * Came in as revenue.
 */
revenue: Uint256
}
/**
 * A page of defects claims.
 */
export interface ClaimsResponse {
/**
 * The claims, by number.
 */
claims: ClaimResponse[]
/**
 * Whether more follow.
 */
more: boolean
}
/**
 * A defects claim.
 */
export interface ClaimResponse {
/**
 * The sum that it asks for.
 */
amount: Amount
/**
 * When it was made.
 */
at: number
/**
 * What the holders got of the retention.
 */
awarded: Amount
/**
 * Its number.
 */
claim: number
/**
 * Until when the decider can decide.
 */
decide_until?: (number | null)
/**
 * How it was decided.
 */
decided?: (Decision | null)
/**
 * Who made it.
 */
holder: string
/**
 * Why.
 */
reason: Reason
/**
 * Where it stands now.
 */
status: ClaimStatus
/**
 * What was paid by those who support it.
 */
supported: Amount
/**
 * Why the decider decided so; nothing where silence or consent did.
 */
verdict?: (Reason | null)
}
/**
 * How a dispute ended.
 */
export interface Decision {
/**
 * When.
 */
at: number
/**
 * Who.
 */
by: DecidedBy
/**
 * What the contractor and the payees keep of what was in dispute; the rest goes to the holders.
 */
kept: number
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
 * A page of objections to a milestone.
 */
export interface ObjectionsResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The objections, by address.
 */
objections: ObjectionResponse[]
}
/**
 * An objection to a milestone.
 */
export interface ObjectionResponse {
/**
 * What the holder paid.
 */
amount: Amount
/**
 * Since when.
 */
at: number
/**
 * Who objects.
 */
holder: string
/**
 * Why.
 */
reason: Reason
}
/**
 * Everybody who is paid.
 */
export interface PayeesResponse {
/**
 * By number.
 */
payees: PayeeResponse[]
}
/**
 * One who is paid.
 */
export interface PayeeResponse {
/**
 * Who is paid.
 */
address: string
/**
 * What can be drawn now.
 */
drawable: Amount
/**
 * Drawn so far.
 */
drawn: Amount
/**
 * What is held back.
 */
held: Held[]
/**
 * Who was named to be paid instead, and has not confirmed.
 */
moving_to?: (string | null)
/**
 * Number; 0 is the contractor.
 */
payee: number
}
/**
 * Money of a payee that is held back.
 */
export interface Held {
/**
 * How much, at most.
 */
amount: Amount
/**
 * Of which milestone, where it is of one.
 */
milestone?: (number | null)
/**
 * Until when, as far as that is known now: an objection in review, or a claim in the defects period, may make it later.
 */
until?: (number | null)
/**
 * Why.
 */
why: HeldWhy
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
 * The bond that the contractor posted.
 */
bond: Amount
/**
 * What must have been paid by those who consent, to an offer or to an end. Nothing before the project is funded.
 */
consent_needed: Amount
/**
 * Pledged by the greatest self-consistent set.
 */
consistent: Amount
/**
 * Number of pledges in that set.
 */
consistent_pledges: number
/**
 * When the defects period ends; the retention becomes drawable then, unless a claim is open.
 */
defects_end?: (number | null)
/**
 * What the contractor and the payees can draw now, all together.
 */
drawable: Amount
/**
 * What was paid by those who want the project to end now.
 */
end_consented: Amount
/**
 * How the project ended early.
 */
ended?: (Ended | null)
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
 * Since or until when holders of the consent share can end the project: the due date of the next milestone.
 */
next_due?: (number | null)
/**
 * What was paid by those who can dispute a milestone or a defect, at least; none where there is no decider.
 */
objection_needed?: (Amount | null)
/**
 * The contractor's standing offer.
 */
offer?: (OfferResponse | null)
/**
 * The claims that are before the decider.
 */
open_claims: number[]
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
 * What is left of the retention that claims can ask for.
 */
retention_left: Amount
/**
 * What went back to the holders so far, by verdicts, defects claims and an early end, taken or not.
 */
returned: Amount
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
 * An early end.
 */
export interface Ended {
/**
 * When.
 */
at: number
/**
 * The part of the bond that went to the holders: all of it, or nothing after an end together.
 */
forfeited: Amount
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
 * Until when the decider can decide.
 */
decide_until?: (number | null)
/**
 * How the dispute ended.
 */
decided?: (Decision | null)
/**
 * Since when it is disputed.
 */
disputed_at?: (number | null)
/**
 * When it is due now, as agreements and disputes moved it; it can be submitted until somebody ends the project.
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
 * What it pays as it was decided, retention included; all of it where it was not disputed.
 */
kept: Amount
/**
 * What was paid by those who object.
 */
objected: Amount
/**
 * When its review ends; it becomes payable then, unless it is disputed.
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
/**
 * Why the decider decided so; nothing where silence or consent did.
 */
verdict?: (Reason | null)
}
/**
 * A standing offer.
 */
export interface OfferResponse {
/**
 * What was paid by those who consent so far.
 */
consented: Amount
/**
 * Its number.
 */
number: number
/**
 * What is offered.
 */
proposal: Proposal
}
/**
 * Where every unit of a project is. `pledged + bond + revenue = paid + refunded + claimable + locked`, after every message.
 */
export interface BooksResponse {
/**
 * Came in as the contractor's bond.
 */
bond: Amount
/**
 * Somebody can take it now.
 */
claimable: Amount
/**
 * Kept for what is still open.
 */
locked: Amount
/**
 * Went to the contractor and payees or, as revenue, to pledgers.
 */
paid: Amount
/**
 * Came in as pledges.
 */
pledged: Amount
/**
 * Went back to pledgers, forfeited bonds included.
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
/**
 * What a holder has said so far.
 */
export interface VotesResponse {
/**
 * Whether it consents to the standing offer.
 */
consents: boolean
/**
 * The milestones that it objects to, or objected to.
 */
objects_to: number[]
/**
 * What the holder paid: the weight of what it says.
 */
paid: Amount
/**
 * The defects claim that it supports, while that is not decided.
 */
supports?: (number | null)
/**
 * Whether it wants the project to end now.
 */
wants_end: boolean
}
