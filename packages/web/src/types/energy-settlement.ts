// Written by `npm run types` from schema/energy-settlement.json. Do not edit.

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
 * Where money of the community goes, set at the start.
 */
export type Destination = ({
account: {
/**
 * Its address.
 */
address: string
}
} | {
project: {
/**
 * The pledge-escrow contract.
 */
escrow: string
/**
 * The second destination: an account that is paid instead once the escrow says that the project has failed or was ended early. An account can do neither, so that no third one is needed and none leads back.
 */
otherwise: string
/**
 * The project.
 */
project: number
/**
 * SHA-256 of its terms, 32 bytes. Every payment carries it and the escrow compares it: a number alone could be another's project.
 */
terms_hash: HexBinary
}
})
/**
 * This is a wrapper around Vec<u8> to add hex de/serialization with serde. It also adds some helper methods to help encode inline.
 * 
 * This is similar to `cosmwasm_std::Binary` but uses hex. See also <https://github.com/CosmWasm/cosmwasm/blob/main/docs/MESSAGE_TYPES.md>.
 */
export type HexBinary = string
/**
 * How one side of an interval's trade is divided among its participants. Whatever the rule, lower tiers come first, nobody gets more than it needs (or gave), and shares sum to the traded total to the mWh.
 */
export type AllocationRule = ("even" | "pro_rata" | {
static: {
/**
 * True: what a slot does not need is offered to the others again. False: a slot gets its fixed part of all that is offered, at most; what it leaves stays with the seller's utility.
 */
reoffer: boolean
}
} | "priority")
/**
 * How much a fee takes.
 */
export type FeeKind = ({
basis_points: number
} | {
per_mwh: Price
})
/**
 * A price in base units per MWh, as a decimal string
 */
export type Price = string
/**
 * Whether a household that takes and gives within one interval may be matched with itself.
 */
export type OwnInjection = ("excluded" | "counts")
/**
 * How an interval's one price follows from the utility's prices (retail R, feed-in F) and the metered totals.
 */
export type PriceRule = ({
fixed: {
/**
 * Base units per MWh, at most 10^24.
 */
price: Price
}
} | {
mid_market: {
/**
 * 0 is F, 5,000 is the middle, 10,000 is R.
 */
weight: number
}
} | {
supply_demand_ratio: {
/**
 * What a seller gets above feed-in when there is plenty (c), base units per MWh, at most R - F in every band.
 */
compensation: Price
}
})
/**
 * What can be asked of the settlement.
 */
export type ExecuteMsg = ({
open_accounts: {
/**
 * The accounts, by seat.
 */
accounts: AccountOpening[]
/**
 * Its first interval.
 */
from: number
/**
 * The registry's interval length; refused where it is not the policy's.
 */
interval_length: number
/**
 * The roster's version; the same version may be added to until it begins.
 */
roster_version: number
}
} | {
settle: {
/**
 * What the report says of the window, in the header's mode. Decoded here alone.
 */
body: ReportBody
/**
 * What every seat's connection can carry in an interval, as `connections` of `gridpact-report` writes it. No reading of an accepted report is above.
 */
connections: Binary
/**
 * When the window becomes final.
 */
final_at: number
/**
 * The header of the report in the format of `gridpact-report`: what it covers. Checked by the registry.
 */
header: Binary
}
} | {
deposit: {
/**
 * The slot.
 */
slot: number
}
} | {
receive: Cw20ReceiveMsg
} | {
withdraw: {
/**
 * How much; by default all that is free once windows whose time is over are final. Where there are more of those than one message makes final, it is what is free then, and the event says so.
 */
amount?: (Amount | null)
/**
 * The slot.
 */
slot: number
}
} | {
finalise: {
/**
 * How many windows at most: 1 to 128, 128 by default.
 */
limit?: (number | null)
}
} | {
sweep: {
/**
 * Which part.
 */
account: CommunityAccount
}
})
/**
 * The body of a report, by its kind.
 */
export type ReportBody = {
readings: Binary
}
/**
 * Binary is a wrapper around Vec<u8> to add base64 de/serialization with serde. It also adds some helper methods to help encode inline.
 * 
 * This is only needed as serde-json-{core,wasm} has a horrible encoding for Vec<u8>. See also <https://github.com/CosmWasm/cosmwasm/blob/main/docs/MESSAGE_TYPES.md>.
 */
export type Binary = string
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
 * Money in base units, as a decimal string
 */
export type Amount = string
/**
 * One part of the community account.
 */
export type CommunityAccount = ({
rounding: {

}
} | {
fee: {
/**
 * Its number.
 */
id: number
}
})
/**
 * What can be read. Lists are paged: `limit` is 1 to 100 (of held windows and held results 1 to 30), 30 by default, and the page says whether more follows. A page of either may end before its limit, where windows are large.
 */
export type QueryMsg = ({
config: {

}
} | {
account: {
/**
 * The slot.
 */
slot: number
}
} | {
accounts: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * Whose; by default everybody's.
 */
owner?: (string | null)
/**
 * The last slot of the page before.
 */
start_after?: (number | null)
}
} | {
held_results: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * The slot.
 */
slot: number
/**
 * First interval of the last window of the page before.
 */
start_after?: (number | null)
}
} | {
pending: {
/**
 * The slot.
 */
slot: number
/**
 * First interval of the last window that was added up before.
 */
start_after?: (number | null)
}
} | {
held_windows: {
/**
 * How many.
 */
limit?: (number | null)
/**
 * First interval of the last window of the page before.
 */
start_after?: (number | null)
}
} | {
ended: {

}
} | {
community: {

}
} | {
books: {

}
})
/**
 * A way in which a policy hurts members in some interval.
 */
export type Concern = ("fees_above_margin" | "fixed_above_retail" | "free_energy")

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
 * One grid. There is no owner: nobody can take deposits or stop withdrawals.
 */
export interface InstantiateMsg {
/**
 * The one asset of the grid.
 */
asset: Asset
/**
 * Where each fee of the policy goes: one account for each, by its number.
 */
fees: FeeAccount[]
/**
 * Rules, prices, tariff, fees and the withdrawals' notice.
 */
policy: Policy
/**
 * The grid's meter-registry; its address is known before it exists (instantiate2). Only it may settle.
 */
registry: string
/**
 * Where goes what rounding leaves.
 */
rounding: Destination
}
/**
 * Name and destination of a fee. They stay when a later policy drops the fee: what it gathered can still be swept.
 */
export interface FeeAccount {
/**
 * Where it goes.
 */
destination: Destination
/**
 * The fee's number in the policy.
 */
id: number
/**
 * Short name, 1 to 64 bytes: one that no other fee has, and neither `rounding` nor a number.
 */
label: string
}
/**
 * What a grid agreed on: who gets what, at what price, less which fees.
 */
export interface Policy {
/**
 * How what is offered is divided among the needs.
 */
buyers: AllocationRule
/**
 * Up to 4 fees, in the order in which they are taken.
 */
fees?: Fee[]
/**
 * Seconds of an interval: at least 60, and it divides an hour.
 */
interval_length: number
/**
 * Whether a household may be matched with what itself injects.
 */
own_injection?: (OwnInjection & string)
/**
 * How the price of an interval is found.
 */
price: PriceRule
/**
 * How remainders are given out; 1, the default, is the largest remainder, ties by a hash. There is no other yet.
 */
rounding?: number
/**
 * How what was bought is divided among the sales.
 */
sellers: AllocationRule
/**
 * The utility's prices; empty where there is no utility, and then only a fixed price is possible.
 */
tariff?: Tariff
/**
 * Seconds for which money asked back still pays for intervals before the request. 0, the default, is none, and there is no other yet.
 */
withdrawal_notice?: number
}
/**
 * A part of sellers' earnings that goes elsewhere, a network fee for instance. Fees are taken in the order of the policy, each at most what the ones before it left: a seller never pays more than it earned.
 */
export interface Fee {
/**
 * Which fee it is; another than that of every other fee the grid ever had.
 */
id: number
/**
 * How much it takes.
 */
kind: FeeKind
}
/**
 * The utility's prices. Prices and local time change at moments of their own: daylight saving repeats no table.
 */
export interface Tariff {
/**
 * Up to 32 tables in the order of their first intervals. Empty where there is no utility.
 */
tables: TariffTable[]
/**
 * Up to 64 changes of local time in the order of their first intervals; none where the bands go by UTC.
 */
utc_offsets?: UtcOffset[]
}
/**
 * The utility's prices over the day, from one interval until the next table begins.
 */
export interface TariffTable {
/**
 * 1 to 24 bands, in the order of their minutes.
 */
bands: TariffBand[]
/**
 * The first interval this table holds for. The first table of a tariff also holds before it, so that there is no interval without a price.
 */
valid_from: number
}
/**
 * The utility's prices from one minute of the local day until the next band begins.
 */
export interface TariffBand {
/**
 * What the utility pays for energy fed in, base units per MWh (F), at most `retail`.
 */
feed_in: Price
/**
 * Minute of the local day at which the band begins, 0 to 1,439. The first band of a table begins at 0.
 */
from_minute: number
/**
 * What a home pays its utility in this band, base units per MWh (R).
 */
retail: Price
}
/**
 * Local time from one interval until the next change.
 */
export interface UtcOffset {
/**
 * Local time minus UTC in minutes, -720 to 840.
 */
minutes: number
/**
 * The first interval it holds for. The first of a tariff also holds before it.
 */
valid_from: number
}
/**
 * An account to open, as the registry sends it.
 */
export interface AccountOpening {
/**
 * Tier as a buyer: lower trades first; 255: it buys nothing here.
 */
buy_tier: number
/**
 * Household; its slots share one weight.
 */
household: number
/**
 * Who may withdraw.
 */
owner: string
/**
 * Part of the meter that takes part.
 */
part: number
/**
 * Place in the rule `priority`.
 */
priority: number
/**
 * Position in reports.
 */
seat: number
/**
 * Tier as a seller: lower trades first; 255: it sells nothing here.
 */
sell_tier: number
/**
 * Place in the books.
 */
slot: number
/**
 * Weight.
 */
weight: number
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
account: AccountResponse
accounts: AccountsResponse
books: BooksResponse
community: CommunityResponse
config: ConfigResponse
ended: EndedResponse
held_results: HeldResultsResponse
held_windows: HeldWindowsResponse
pending: PendingResponse
}
/**
 * One account.
 */
export interface AccountResponse {
/**
 * Can be withdrawn now and pays for the next windows. Credits of windows whose time is over come on top: a withdrawal that needs them and the next report count them, see `held_results`.
 */
free: Amount
/**
 * Who may withdraw.
 */
owner: string
/**
 * Its position in reports; none once it takes part no more.
 */
seat?: (number | null)
/**
 * The slot.
 */
slot: number
}
/**
 * A page of accounts.
 */
export interface AccountsResponse {
/**
 * The accounts, by slot.
 */
accounts: AccountResponse[]
/**
 * Whether more follow.
 */
more: boolean
}
/**
 * Where every unit is. `deposited = withdrawn + swept + free + held + community`, after every message.
 */
export interface BooksResponse {
/**
 * Sum of the community account.
 */
community: Amount
/**
 * Paid in so far.
 */
deposited: Amount
/**
 * Sum of all free balances.
 */
free: Amount
/**
 * Sum of the debits of windows not yet final.
 */
held: Amount
/**
 * Paid from the community account so far.
 */
swept: Amount
/**
 * Taken out so far.
 */
withdrawn: Amount
}
/**
 * The community account; only final windows count.
 */
export interface CommunityResponse {
/**
 * The fees not swept yet, by number; also those that are not in the policy any more.
 */
fees: FeeAmount[]
/**
 * What rounding left, not swept yet.
 */
rounding: Amount
}
/**
 * What one fee came to.
 */
export interface FeeAmount {
/**
 * Base units.
 */
amount: Amount
/**
 * The fee.
 */
id: number
}
/**
 * The grid.
 */
export interface ConfigResponse {
/**
 * Number of accounts opened so far.
 */
accounts: number
/**
 * The grid's asset.
 */
asset: Asset
/**
 * Ways in which the policy hurts members, each once, worked out from it. The contract takes them; `gridpact deploy` wants each accepted by name.
 */
concerns?: Concern[]
/**
 * Where each fee goes, also one that is not in the policy any more.
 */
fees: FeeAccount[]
/**
 * Rules, prices, tariff, fees and the withdrawals' notice.
 */
policy: Policy
/**
 * The grid's registry.
 */
registry: string
/**
 * Where goes what rounding leaves.
 */
rounding: Destination
}
/**
 * Windows whose time is over and that no message has made final yet.
 */
export interface EndedResponse {
/**
 * How many messages `finalise` must come before a report is taken, of the windows that were counted: none where the report makes all final by itself. Where 2,048 were counted ask again after these.
 */
finalise_first: number
/**
 * How many, counted up to 2,048.
 */
windows: number
}
/**
 * A page of held results.
 */
export interface HeldResultsResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The results, oldest first.
 */
results: HeldResult[]
}
/**
 * One slot's result in one window that is not final.
 */
export interface HeldResult {
/**
 * Becomes free when the window is final.
 */
credit: Amount
/**
 * Taken from the free balance already.
 */
debit: Amount
/**
 * When it becomes final. Past: the next report moves the credit, and so does a withdrawal that needs it.
 */
final_at: number
/**
 * The window.
 */
first_interval: number
}
/**
 * A page of held windows.
 */
export interface HeldWindowsResponse {
/**
 * Whether more follow.
 */
more: boolean
/**
 * The windows, by first interval.
 */
windows: HeldWindow[]
}
/**
 * A window whose results are held.
 */
export interface HeldWindow {
/**
 * Sum of the credits.
 */
credits: Amount
/**
 * Sum of the debits = sum of credits + fees + rounding.
 */
debits: Amount
/**
 * The fees, by number.
 */
fees: FeeAmount[]
/**
 * When it becomes final.
 */
final_at: number
/**
 * First interval.
 */
first_interval: number
/**
 * Number of intervals.
 */
intervals: number
/**
 * Revision of the report.
 */
revision: number
/**
 * Roster of the report.
 */
roster_version: number
/**
 * What rounding left.
 */
rounding: Amount
}
/**
 * What one slot's account has in windows that are not final.
 */
export interface PendingResponse {
/**
 * Becomes free when the windows are final.
 */
credits: Amount
/**
 * Taken from the free balance already.
 */
debits: Amount
/**
 * The part of `credits` of windows whose time is over: a withdrawal gets it together with what is free.
 */
ended: Amount
/**
 * First interval of the last window that was added up; none where there was none.
 */
last?: (number | null)
/**
 * When the last of the credits becomes free; none where there is none.
 */
last_final_at?: (number | null)
/**
 * Whether windows after it were left out.
 */
more: boolean
/**
 * When the next credit becomes free; none where there is no other than what has ended.
 */
next_final_at?: (number | null)
/**
 * How many windows were added up in which the slot had a seat.
 */
windows: number
}
