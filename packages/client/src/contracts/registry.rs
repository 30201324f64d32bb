//! meter-registry, on a chain.

use cosmwasm_std::Binary;
use gridpact_types::registry::answers::{
    CommitteeResponse, ConfigResponse, MeterResponse, MetersResponse, NextReportResponse, ProposalResponse,
    ProposalsResponse, RosterResponse, RosterSeat, WindowResponse, WindowsResponse,
};
use gridpact_types::registry::bounds::{MAX_PAGE, MAX_ROSTER_PAGE};
use gridpact_types::registry::committee::Signature;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::meters::{Admission, MeterProposal, ProposalId};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, Seat, Slot};

use super::all_pages;
use crate::{Chain, Error, Message};

/// What the registry answers to whoever makes the next report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportBasis {
    /// What never changes.
    pub config: ConfigResponse,
    /// What the report must cover.
    pub next: NextReportResponse,
    /// The roster that it follows, whole; empty before the first meter is admitted.
    pub seats: Vec<RosterSeat>,
}

/// A grid's registry.
#[derive(Clone, Debug)]
pub struct Registry {
    chain: Chain,
    address: String,
}

impl Registry {
    /// The registry at an address.
    pub fn new(chain: &Chain, address: &str) -> Self {
        Self {
            chain: chain.clone(),
            address: address.to_owned(),
        }
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What never changes, and how many meters there are.
    pub async fn config(&self) -> Result<ConfigResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Config {}).await
    }

    /// Who runs the grid, and who was asked to take over.
    pub async fn ownership(&self) -> Result<cw_ownable::Ownership<String>, Error> {
        self.chain.query(&self.address, &QueryMsg::Ownership {}).await
    }

    /// What the next report must cover, and the block after which it does. Of a certain block: ask a registry of
    /// [`Chain::as_of`] that block.
    pub async fn next_report(&self) -> Result<NextReportResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::NextReport {}).await
    }

    /// Everything that making the next report needs to know.
    ///
    /// A roster never changes under its version, so the answers fit together whenever they come.
    pub async fn report_basis(&self) -> Result<ReportBasis, Error> {
        let next = self.next_report().await?;
        let seats = match next.first_interval {
            Some(_) => self.whole_roster(next.roster_version).await?,
            None => Vec::new(),
        };
        let config = self.config().await?;
        Ok(ReportBasis { config, next, seats })
    }

    /// The committee of an epoch; today's without one.
    pub async fn committee(&self, epoch: Option<u32>) -> Result<CommitteeResponse, Error> {
        self.chain
            .query(&self.address, &QueryMsg::Committee { epoch })
            .await
    }

    /// The meter of a slot.
    pub async fn meter(&self, slot: Slot) -> Result<MeterResponse, Error> {
        self.chain.query(&self.address, &QueryMsg::Meter { slot }).await
    }

    /// A page of meters; of one owner, or everybody's.
    pub async fn meters(
        &self,
        owner: Option<&str>,
        start_after: Option<Slot>,
        limit: Option<u32>,
    ) -> Result<MetersResponse, Error> {
        self.chain
            .query(
                &self.address,
                &QueryMsg::Meters {
                    owner: owner.map(str::to_owned),
                    start_after,
                    limit,
                },
            )
            .await
    }

    /// Every meter; of one owner, or everybody's.
    pub async fn all_meters(&self, owner: Option<&str>) -> Result<Vec<MeterResponse>, Error> {
        all_pages!(self, meters(owner), MAX_PAGE, meters, |last| last.slot)
    }

    /// A page of proposals that were neither admitted nor dropped, the newest first; of one owner, or everybody's.
    pub async fn proposals(
        &self,
        owner: Option<&str>,
        start_after: Option<ProposalId>,
        limit: Option<u32>,
    ) -> Result<ProposalsResponse, Error> {
        self.chain
            .query(
                &self.address,
                &QueryMsg::Proposals {
                    owner: owner.map(str::to_owned),
                    start_after,
                    limit,
                },
            )
            .await
    }

    /// Every proposal that was neither admitted nor dropped, the newest first; of one owner, or everybody's.
    pub async fn all_proposals(&self, owner: Option<&str>) -> Result<Vec<ProposalResponse>, Error> {
        all_pages!(self, proposals(owner), MAX_PAGE, proposals, |last| last.proposal)
    }

    /// A page of a roster.
    pub async fn roster(
        &self,
        version: u32,
        start_after: Option<Seat>,
        limit: Option<u32>,
    ) -> Result<RosterResponse, Error> {
        let question = QueryMsg::Roster {
            version,
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// A whole roster, in the order that a report lists its readings.
    pub async fn whole_roster(&self, version: u32) -> Result<Vec<RosterSeat>, Error> {
        all_pages!(self, roster(version), MAX_ROSTER_PAGE, seats, |last| last.seat)
    }

    /// The window that begins with an interval.
    pub async fn window(&self, first_interval: IntervalIndex) -> Result<WindowResponse, Error> {
        self.chain
            .query(&self.address, &QueryMsg::Window { first_interval })
            .await
    }

    /// A page of windows.
    pub async fn windows(
        &self,
        start_after: Option<IntervalIndex>,
        limit: Option<u32>,
    ) -> Result<WindowsResponse, Error> {
        let question = QueryMsg::Windows {
            newest_first: false,
            start_after,
            limit,
        };
        self.chain.query(&self.address, &question).await
    }

    /// So many windows, the newest first; at most a page.
    pub async fn newest_windows(&self, limit: u32) -> Result<WindowsResponse, Error> {
        let question = QueryMsg::Windows {
            newest_first: true,
            start_after: None,
            limit: Some(limit),
        };
        self.chain.query(&self.address, &question).await
    }

    /// Every window that the registry still keeps.
    pub async fn all_windows(&self) -> Result<Vec<WindowResponse>, Error> {
        all_pages!(self, windows(), MAX_PAGE, windows, |last| last.first_interval)
    }

    /// The owner proposes a meter.
    pub fn propose_meter(&self, meter: MeterProposal) -> Result<Message, Error> {
        self.message(&ExecuteMsg::ProposeMeter { meter })
    }

    /// The owner or the operator, or anybody once it expired, drops a proposal.
    pub fn drop_proposal(&self, proposal: ProposalId) -> Result<Message, Error> {
        self.message(&ExecuteMsg::DropProposal { proposal })
    }

    /// The operator admits meters, at most [`MAX_ADMISSIONS`](gridpact_types::registry::bounds::MAX_ADMISSIONS) a message.
    pub fn admit_meters(
        &self,
        admissions: Vec<Admission>,
        from: Option<IntervalIndex>,
    ) -> Result<Message, Error> {
        self.message(&ExecuteMsg::AdmitMeters { admissions, from })
    }

    /// Anybody carries a report that enough members signed.
    pub fn report(&self, report: Vec<u8>, signatures: Vec<Signature>) -> Result<Message, Error> {
        self.message(&ExecuteMsg::Report {
            report: Binary::from(report),
            signatures,
        })
    }

    /// The operator offers the grid to somebody, who takes it over with [`Registry::take_over`]; until then nothing changes.
    ///
    /// # Errors
    /// None: the message is plain data.
    pub fn hand_over(&self, heir: &str) -> Result<Message, Error> {
        self.message(&ExecuteMsg::UpdateOwnership(
            cw_ownable::Action::TransferOwnership {
                new_owner: heir.to_owned(),
                expiry: None,
            },
        ))
    }

    /// Who was offered the grid becomes its operator.
    ///
    /// # Errors
    /// None: the message is plain data.
    pub fn take_over(&self) -> Result<Message, Error> {
        self.message(&ExecuteMsg::UpdateOwnership(cw_ownable::Action::AcceptOwnership))
    }

    /// Anybody closes intervals that are too old to be reported; where there are none, nothing happens.
    pub fn close_gap(&self) -> Result<Message, Error> {
        self.message(&ExecuteMsg::CloseGap {})
    }

    fn message(&self, message: &ExecuteMsg) -> Result<Message, Error> {
        Message::execute(&self.address, message, vec![])
    }
}
