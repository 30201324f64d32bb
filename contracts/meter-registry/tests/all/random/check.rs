//! The README's invariants, after every action.

use gridpact_types::registry::answers::{
    ConfigResponse, MeterResponse, MetersResponse, NextReportResponse, ProposalsResponse, RosterResponse,
    WindowState,
};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, Slot, UnixSeconds};

use super::data::{tiers, METERS};
use super::model::Fate;
use super::run::{owner, Run};
use crate::harness::*;

impl Run {
    pub fn check(&self) {
        self.windows_tile_time();
        self.the_next_report_is_told();
        self.meters_are_those_that_were_admitted();
        self.proposals_are_those_that_wait();
    }

    fn windows_tile_time(&self) {
        let mut at = self.model.rosters.first().map(|(from, _)| *from);
        let mut count = 0;
        for window in &self.grid.windows() {
            let first = window.first_interval.0;
            assert_eq!(Some(first), at, "windows touch, and start with the grid");
            assert!(window.intervals >= 1);
            let end = first + window.intervals;
            let fate = match &window.state {
                WindowState::Other => panic!("a window of no kind"),
                WindowState::Gap {} => Fate::Gap(first),
                WindowState::Reported(report) => {
                    let known = &self.model.reports[&first];
                    assert_eq!((report.epoch, report.final_at.0), (1, known.at + 16 * DAY));
                    assert_eq!(
                        (report.roster_version as usize, report.revision),
                        (known.roster, known.revision)
                    );
                    assert_eq!((report.signers, report.reported_at.0), (known.signers, known.at));
                    assert_eq!(report.digest.as_slice(), self.grid.digest(&known.bytes));
                    // One roster all through, and nothing of it in the future when it was reported.
                    assert_eq!(self.model.roster_of(first), known.roster);
                    assert_eq!(self.model.roster_of(end - 1), known.roster);
                    assert!(end * QUARTER <= known.at);
                    Fate::Reported(first)
                }
            };
            for interval in first..end {
                assert_eq!(self.model.fates.get(&interval), Some(&fate));
            }
            count += window.intervals as usize;
            at = Some(end);
        }
        assert_eq!(count, self.model.fates.len());
    }

    fn the_next_report_is_told(&self) {
        let (next, now) = (self.grid.next(), self.now());
        let Some(open) = self.model.next() else {
            let told = (next.first_interval, next.max_intervals, next.expires_at);
            assert_eq!(told, (None, 0, None));
            assert_eq!((next.roster_ends, next.previous_reported_at), (None, None));
            return;
        };
        let young = |interval: &u64| !self.model.too_old(*interval, now);
        let first = (open..).find(young).unwrap();
        let roster = self.model.roster_of(first);
        let ready = (first..)
            .take_while(|i| (i + 1) * QUARTER <= now && self.model.roster_of(*i) == roster)
            .take(192)
            .count();
        assert_eq!(next.gap, first != open);
        assert_eq!(next.first_interval, Some(IntervalIndex(first)));
        assert_eq!(usize::from(next.max_intervals), ready);
        assert_eq!(next.roster_version as usize, roster);
        assert_eq!(usize::from(next.seats), self.model.rosters[roster - 1].1);
        assert!(young(&next.oldest_interval.0) && !young(&(next.oldest_interval.0 - 1)));
        if next.gap {
            assert!(next.max_intervals >= 1, "something can be reported at once");
        }
        let expires = next.expires_at.unwrap().0;
        assert!(expires >= now);
        assert!(!self.model.too_old(first, expires) && self.model.too_old(first, expires + 1));
        self.what_bounds_the_next_report_is_told(&next, first);
    }

    fn what_bounds_the_next_report_is_told(&self, next: &NextReportResponse, first: u64) {
        let model = &self.model;
        let later = model.rosters.get(model.roster_of(first));
        assert_eq!(next.roster_ends, later.map(|(from, _)| IntervalIndex(*from)));
        assert_eq!(next.last_closing, model.closed.map(UnixSeconds));
        let grace = model.closed.map(|closed| UnixSeconds(closed + model.grace()));
        assert_eq!(next.grace_until, grace);
        let before = match model.fates.get(&(first - 1)) {
            Some(Fate::Reported(window)) => Some(&model.reports[window]),
            Some(Fate::Gap(_)) | None => None,
        };
        let accepted = before.map(|report| UnixSeconds(report.at));
        assert_eq!(next.previous_reported_at, accepted);
        assert_eq!(next.previous_revision, before.map(|report| report.revision));
        assert_eq!(next.height, self.grid.env.block.height);
    }

    fn meters_are_those_that_were_admitted(&self) {
        let config: ConfigResponse = self.grid.ask(QueryMsg::Config {}).unwrap();
        let meters = &self.model.meters;
        assert_eq!(config.slots as usize, meters.len());
        assert_eq!(config.newest_roster as usize, self.model.rosters.len());
        let last = meters.len().saturating_sub(20);
        let query = QueryMsg::Meters {
            owner: None,
            start_after: last.checked_sub(1).map(|slot| Slot(slot as u32)),
            limit: Some(20),
        };
        let answer: MetersResponse = self.grid.ask(query).unwrap();
        assert_eq!(answer.meters.len(), meters.len() - last);
        for (slot, (answered, meter)) in (last..).zip(answer.meters.iter().zip(&meters[last..])) {
            let (kind, import, export) = METERS[meter.meter];
            let (buy_tier, sell_tier) = tiers(meter.meter);
            let expected = MeterResponse {
                slot: Slot(slot as u32),
                seat: gridpact_units::Seat(slot as u16),
                owner: address(&owner(meter.who)).to_string(),
                meter: gridpact_types::registry::meters::MeterProposal {
                    kind,
                    import_limit: gridpact_units::Power(import),
                    export_limit: gridpact_units::Power(export),
                    ..crate::harness::meter(meter.serial)
                },
                household: meter.household,
                weight: meter.weight,
                priority: 0,
                buy_tier,
                sell_tier,
                from: IntervalIndex(meter.from),
            };
            assert_eq!(*answered, expected);
        }
        if let Some((from, seats)) = self.model.rosters.last() {
            let query = QueryMsg::Roster {
                version: self.model.rosters.len() as u32,
                start_after: None,
                limit: Some(1),
            };
            let roster: RosterResponse = self.grid.ask(query).unwrap();
            assert_eq!((roster.from.0, usize::from(roster.size)), (*from, *seats));
        }
    }

    fn proposals_are_those_that_wait(&self) {
        let query = QueryMsg::Proposals {
            owner: None,
            start_after: None,
            limit: Some(100),
        };
        let answer: ProposalsResponse = self.grid.ask(query).unwrap();
        let told = answer.proposals.iter().map(|told| {
            let moment = told.expires_at.0;
            (told.proposal, told.owner.clone(), moment)
        });
        let waiting = self.model.proposals.iter().rev().map(|(number, proposal)| {
            let owner = address(&owner(proposal.who)).to_string();
            (*number, owner, proposal.made + 30 * DAY)
        });
        assert!(told.eq(waiting), "{answer:?}");
    }
}
