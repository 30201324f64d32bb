//! A handle on a meter-registry: one method a message and a query.

use cosmwasm_std::Addr;
use cw_ownable::Action;
use gridpact_types::registry::answers::{
    CommitteeResponse, ConfigResponse, MeterResponse, NextReportResponse, ProposalsResponse, RosterResponse,
    WindowResponse, WindowsResponse,
};
use gridpact_types::registry::committee::Signature;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::meters::{Admission, MeterProposal, ProposalId};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, Slot};

use crate::app::Outcome;
use crate::world::World;

/// A registry contract.
#[derive(Clone, Debug)]
pub struct Registry {
    /// Its address.
    pub addr: Addr,
}

impl Registry {
    /// An owner proposes a meter.
    pub fn propose_meter(
        &self,
        world: &mut World,
        owner: &Addr,
        meter: MeterProposal,
    ) -> Result<ProposalId, String> {
        let response = world.execute(owner, &self.addr, &ExecuteMsg::ProposeMeter { meter }, &[])?;
        let event = response
            .events
            .iter()
            .find(|event| event.ty == "wasm-meter_proposed")
            .expect("the event is documented");
        let number = event
            .attributes
            .iter()
            .find(|a| a.key == "proposal")
            .expect("the key is documented");
        Ok(number.value.parse().expect("a number"))
    }

    /// A proposal is dropped.
    pub fn drop_proposal(&self, world: &mut World, sender: &Addr, proposal: ProposalId) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::DropProposal { proposal }, &[])
    }

    /// The operator admits meters.
    pub fn admit_meters(
        &self,
        world: &mut World,
        sender: &Addr,
        admissions: Vec<Admission>,
        from: Option<IntervalIndex>,
    ) -> Outcome {
        world.execute(
            sender,
            &self.addr,
            &ExecuteMsg::AdmitMeters { admissions, from },
            &[],
        )
    }

    /// Somebody carries a report.
    pub fn report(
        &self,
        world: &mut World,
        carrier: &Addr,
        report: &[u8],
        signatures: Vec<Signature>,
    ) -> Outcome {
        let msg = ExecuteMsg::Report {
            report: report.into(),
            signatures,
        };
        world.execute_with_report(carrier, &self.addr, &msg, &[], Some(report))
    }

    /// Somebody closes what is too old to be reported.
    pub fn close_gap(&self, world: &mut World, sender: &Addr) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::CloseGap {}, &[])
    }

    /// The operator hands over, or the next one takes over.
    pub fn update_ownership(&self, world: &mut World, sender: &Addr, action: Action) -> Outcome {
        world.execute(sender, &self.addr, &ExecuteMsg::UpdateOwnership(action), &[])
    }

    /// The grid.
    pub fn config(&self, world: &World) -> ConfigResponse {
        world
            .query(&self.addr, &QueryMsg::Config {})
            .expect("the registry answers")
    }

    /// The committee in force.
    pub fn committee(&self, world: &World) -> CommitteeResponse {
        world
            .query(&self.addr, &QueryMsg::Committee { epoch: None })
            .expect("the registry answers")
    }

    /// One roster, its first page.
    pub fn roster(&self, world: &World, version: u32) -> Result<RosterResponse, String> {
        let query = QueryMsg::Roster {
            version,
            start_after: None,
            limit: None,
        };
        world.query(&self.addr, &query)
    }

    /// One window.
    pub fn window(&self, world: &World, first_interval: IntervalIndex) -> Result<WindowResponse, String> {
        world.query(&self.addr, &QueryMsg::Window { first_interval })
    }

    /// What the next report must cover.
    pub fn next_report(&self, world: &World) -> NextReportResponse {
        world
            .query(&self.addr, &QueryMsg::NextReport {})
            .expect("the registry answers")
    }

    /// One meter.
    pub fn meter(&self, world: &World, slot: Slot) -> Result<MeterResponse, String> {
        world.query(&self.addr, &QueryMsg::Meter { slot })
    }

    /// Open proposals, first page.
    pub fn proposals(&self, world: &World) -> ProposalsResponse {
        let query = QueryMsg::Proposals {
            owner: None,
            start_after: None,
            limit: Some(100),
        };
        world.query(&self.addr, &query).expect("the registry answers")
    }

    /// All windows, page by page.
    pub fn windows(&self, world: &World) -> Vec<WindowResponse> {
        let mut all: Vec<WindowResponse> = Vec::new();
        loop {
            let start_after = all.last().map(|window| window.first_interval);
            let query = QueryMsg::Windows {
                newest_first: false,
                start_after,
                limit: Some(100),
            };
            let page: WindowsResponse = world.query(&self.addr, &query).expect("the registry answers");
            all.extend(page.windows);
            if !page.more {
                return all;
            }
        }
    }
}
