//! What can be read from the registry.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cw_ownable::cw_ownable_query;
use gridpact_units::{IntervalIndex, Seat, Slot};

use super::answers::{
    CommitteeResponse, ConfigResponse, MeterResponse, MetersResponse, NextReportResponse, ProposalsResponse,
    RosterResponse, WindowResponse, WindowsResponse,
};

use super::meters::ProposalId;

/// What can be read. Lists are paged: `limit` is 1 to 100, 30 by default, and the page says whether more follows.
#[cw_ownable_query]
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The grid.
    #[returns(ConfigResponse)]
    Config {},
    /// What exactly the next report must cover.
    #[returns(NextReportResponse)]
    NextReport {},
    /// The committee of an epoch; by default of the epoch the next report belongs to.
    #[returns(CommitteeResponse)]
    Committee {
        /// The epoch.
        epoch: Option<u32>,
    },
    /// One meter.
    #[returns(MeterResponse)]
    Meter {
        /// Its slot.
        slot: Slot,
    },
    /// The meters, by slot.
    #[returns(MetersResponse)]
    Meters {
        /// Whose, as owners were at admission; by default everybody's.
        owner: Option<String>,
        /// The last slot of the page before.
        start_after: Option<Slot>,
        /// How many.
        limit: Option<u32>,
    },
    /// Proposals, the newest first; also those that expired and nobody dropped.
    #[returns(ProposalsResponse)]
    Proposals {
        /// Whose; by default everybody's.
        owner: Option<String>,
        /// The last number of the page before.
        start_after: Option<ProposalId>,
        /// How many.
        limit: Option<u32>,
    },
    /// One roster, its seats from a position on, vacant ones included: what an oracle needs to write and check a report.
    #[returns(RosterResponse)]
    Roster {
        /// The version.
        version: u32,
        /// The last seat of the page before.
        start_after: Option<Seat>,
        /// How many, 1 to 256, 256 by default.
        limit: Option<u32>,
    },
    /// One window that was reported or closed as a gap, by its first interval.
    #[returns(WindowResponse)]
    Window {
        /// First interval.
        first_interval: IntervalIndex,
    },
    /// The windows, by first interval.
    #[returns(WindowsResponse)]
    Windows {
        /// The newest first; by default the oldest.
        #[serde(default)]
        newest_first: bool,
        /// First interval of the last window of the page before.
        start_after: Option<IntervalIndex>,
        /// How many.
        limit: Option<u32>,
    },
}
