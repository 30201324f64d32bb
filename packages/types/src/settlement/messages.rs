//! What can be asked of the settlement.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Binary;
use cw20::Cw20ReceiveMsg;
use gridpact_market::Policy;
use gridpact_units::{Amount, IntervalIndex, IntervalLength, Slot, UnixSeconds};

use super::accounts::{AccountOpening, CommunityAccount, Destination, FeeAccount};
use crate::asset::Asset;

/// One grid. There is no owner: nobody can take deposits or stop withdrawals.
#[cw_serde]
pub struct InstantiateMsg {
    /// The grid's meter-registry; its address is known before it exists (instantiate2). Only it may settle.
    pub registry: String,
    /// The one asset of the grid.
    pub asset: Asset,
    /// Rules, prices, tariff, fees and the withdrawals' notice.
    pub policy: Policy,
    /// Where each fee of the policy goes: one account for each, by its number.
    pub fees: Vec<FeeAccount>,
    /// Where goes what rounding leaves.
    pub rounding: Destination,
}

/// What can be asked of the settlement.
#[cw_serde]
pub enum ExecuteMsg {
    /// The registry: opens accounts for meters that take part from a new roster on.
    OpenAccounts {
        /// The roster's version; the same version may be added to until it begins.
        roster_version: u32,
        /// Its first interval.
        from: IntervalIndex,
        /// The registry's interval length; refused where it is not the policy's.
        interval_length: IntervalLength,
        /// The accounts, by seat.
        accounts: Vec<AccountOpening>,
    },
    /// The registry: settles the window of an accepted report. Every window whose time is over is made final first, so that its
    /// credits pay; refused where there are more than `finalise` makes final in one message.
    Settle {
        /// The header of the report in the format of `gridpact-report`: what it covers. Checked by the registry.
        header: Binary,
        /// What the report says of the window, in the header's mode. Decoded here alone.
        body: ReportBody,
        /// What every seat's connection can carry in an interval, as `connections` of `gridpact-report` writes it. No reading of an
        /// accepted report is above.
        connections: Binary,
        /// When the window becomes final.
        final_at: UnixSeconds,
    },
    /// Anybody, with the grid's native coin attached: pays into a slot's free balance. With a cw20 token: send it with
    /// [`ReceiveMsg::Deposit`].
    Deposit {
        /// The slot.
        slot: Slot,
    },
    /// The grid's cw20 token: tokens arrived with a [`ReceiveMsg`].
    Receive(Cw20ReceiveMsg),
    /// The slot's owner: takes money out of the free balance. Where that does not suffice, windows whose time is over are made
    /// final first, as by `finalise`.
    Withdraw {
        /// The slot.
        slot: Slot,
        /// How much; by default all that is free once windows whose time is over are final. Where there are more of those than one
        /// message makes final, it is what is free then, and the event says so.
        #[serde(default)]
        amount: Option<Amount>,
    },
    /// Anybody: makes windows final whose time is over, the earliest end first, up to 128 and up to 131,072 results (windows x
    /// seats). Reports and withdrawals do so by themselves; this message is for those that would have more to do than that.
    Finalise {
        /// How many windows at most: 1 to 128, 128 by default.
        #[serde(default)]
        limit: Option<u32>,
    },
    /// Anybody: pays a part of the community account to its destination.
    Sweep {
        /// Which part.
        account: CommunityAccount,
    },
}

/// The body of a report, by its kind.
#[cw_serde]
pub enum ReportBody {
    /// Readings that stand openly, in the format of `gridpact-report`.
    Readings(Binary),
}

/// What a cw20 token's `send` may carry.
#[cw_serde]
pub enum ReceiveMsg {
    /// As [`ExecuteMsg::Deposit`].
    Deposit {
        /// The slot.
        slot: Slot,
    },
}
