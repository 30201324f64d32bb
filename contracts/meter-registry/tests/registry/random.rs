//! Random lives of a grid against a model that knows intervals one by one and nothing of the contract's code.

use std::collections::BTreeMap;

use gridpact_types::registry::answers::{ConfigResponse, MetersResponse, ProposalsResponse, WindowState};
use gridpact_types::registry::events;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, Reading, Seconds};
use proptest::prelude::*;

use crate::harness::*;

const REPORT_LIMIT: u64 = 2 * HOUR;
const MOST_INTERVALS: u64 = 192;

#[derive(Clone, Debug)]
enum Action {
    /// Seconds go by.
    Wait(u64),
    /// Somebody of four proposes.
    Propose(u8),
    /// The proposer (or a stranger) drops the n-th open proposal.
    Drop(usize, bool),
    /// So many open proposals are admitted, so many intervals from the one that runs on.
    Admit(usize, u64),
    /// A report that starts so many intervals from the end of the last window, with a flaw or none.
    Report { shift: i8, intervals: u16, flaw: Flaw },
    /// The last report again.
    Again,
    /// Anybody closes a gap.
    CloseGap,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Flaw {
    None,
    Epoch,
    Roster,
    Seats,
    Signers,
    Forged,
    Limit,
    Revision,
}

fn action() -> impl Strategy<Value = Action> {
    let flaw = prop_oneof![
        12 => Just(Flaw::None),
        1 => Just(Flaw::Epoch),
        1 => Just(Flaw::Roster),
        1 => Just(Flaw::Seats),
        1 => Just(Flaw::Signers),
        1 => Just(Flaw::Forged),
        1 => Just(Flaw::Limit),
        1 => Just(Flaw::Revision),
    ];
    let shift = prop_oneof![10 => Just(0_i8), 1 => -3..3_i8];
    prop_oneof![
        4 => (0..2 * QUARTER).prop_map(Action::Wait),
        1 => (0..REPORT_LIMIT * 3).prop_map(Action::Wait),
        2 => (1..5_u64).prop_map(|quarters| Action::Wait(quarters * QUARTER)),
        3 => (0..4_u8).prop_map(Action::Propose),
        1 => (0..6_usize, any::<bool>()).prop_map(|(n, own)| Action::Drop(n, own)),
        2 => (0..3_usize, 0..6_u64).prop_map(|(count, ahead)| Action::Admit(count, ahead)),
        8 => (shift, 1..6_u16, flaw).prop_map(|(shift, intervals, flaw)| Action::Report { shift, intervals, flaw }),
        1 => Just(Action::Again),
        2 => Just(Action::CloseGap),
    ]
}

/// What an interval came to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    /// Reported: window and roster.
    Reported(u64, u32),
    /// Closed as a gap: window.
    Gap(u64),
}

/// The grid as plain facts.
#[derive(Default)]
struct Model {
    /// Fate of every closed interval.
    fates: BTreeMap<u64, Fate>,
    /// First interval and seats of each roster, from version 1.
    rosters: Vec<(u64, u16)>,
    /// Open proposals and whose they are.
    proposals: BTreeMap<u64, u8>,
    proposed: u64,
    last: Option<Vec<u8>>,
}

impl Model {
    fn next(&self) -> Option<u64> {
        let first = self.rosters.first()?.0;
        Some(
            self.fates
                .last_key_value()
                .map_or(first, |(interval, _)| interval + 1),
        )
    }

    fn roster_of(&self, interval: u64) -> u32 {
        self.rosters.iter().filter(|(from, _)| *from <= interval).count() as u32
    }

    fn too_old(interval: u64, now: u64) -> bool {
        now > (interval + 1) * QUARTER + REPORT_LIMIT
    }

    fn acceptable(&self, first: u64, intervals: u16, roster: u32, now: u64) -> bool {
        self.next() == Some(first)
            && (first..first + u64::from(intervals)).all(|interval| {
                (interval + 1) * QUARTER <= now
                    && !Self::too_old(interval, now)
                    && self.roster_of(interval) == roster
            })
    }
}

struct Run {
    grid: Grid,
    model: Model,
}

impl Run {
    fn new() -> Self {
        let grid = Grid::with(|msg| msg.report_limit = Seconds(REPORT_LIMIT));
        Self {
            grid,
            model: Model::default(),
        }
    }

    fn act(&mut self, action: &Action) {
        let before = self.grid.stored();
        let done = match action {
            Action::Wait(seconds) => {
                self.grid.passes(*seconds);
                true
            }
            Action::Propose(who) => self.propose(*who),
            Action::Drop(position, own) => self.drop(*position, *own),
            Action::Admit(count, ahead) => self.admit(*count, *ahead),
            Action::Report {
                shift,
                intervals,
                flaw,
            } => self.report(*shift, *intervals, *flaw),
            Action::Again => self.again(),
            Action::CloseGap => self.close_gap(),
        };
        if !done {
            assert_eq!(self.grid.stored(), before, "a refusal changes nothing");
        }
        self.check();
    }

    fn propose(&mut self, who: u8) -> bool {
        let room = self
            .model
            .proposals
            .values()
            .filter(|owner| **owner == who)
            .count()
            < 8;
        self.model.proposed += 1;
        let meter = meter(self.model.proposed);
        let msg = gridpact_types::registry::messages::ExecuteMsg::ProposeMeter { meter };
        let outcome = self.grid.send(&format!("home {who}"), msg);
        assert_eq!(outcome.is_ok(), room);
        if let Ok(response) = outcome {
            let number = attribute(&response, events::METER_PROPOSED, "proposal")
                .parse()
                .unwrap();
            assert_eq!(self.model.proposals.insert(number, who), None);
        }
        room
    }

    fn drop(&mut self, position: usize, own: bool) -> bool {
        let Some((&proposal, &owner)) = self.model.proposals.iter().nth(position) else {
            return true;
        };
        let sender = if own {
            format!("home {owner}")
        } else {
            "stranger".to_owned()
        };
        let msg = gridpact_types::registry::messages::ExecuteMsg::DropProposal { proposal };
        assert_eq!(self.grid.send(&sender, msg).is_ok(), own);
        if own {
            self.model.proposals.remove(&proposal);
        }
        own
    }

    fn admit(&mut self, count: usize, ahead: u64) -> bool {
        let chosen: Vec<u64> = self.model.proposals.keys().copied().take(count).collect();
        let from = self.grid.now() / QUARTER + ahead;
        let begins = from * QUARTER;
        let newest = self.model.rosters.last().copied();
        let allowed =
            !chosen.is_empty() && begins > self.grid.now() && newest.is_none_or(|(newest, _)| from >= newest);
        let admissions = chosen.iter().map(|proposal| admission(*proposal)).collect();
        let outcome = self.grid.admit(admissions, Some(IntervalIndex(from)));
        assert_eq!(outcome.is_ok(), allowed, "{outcome:?}");
        if allowed {
            let more = chosen.len() as u16;
            for proposal in &chosen {
                self.model.proposals.remove(proposal);
            }
            match newest {
                Some((newest, _)) if newest == from => self.model.rosters.last_mut().unwrap().1 += more,
                Some((_, seats)) => self.model.rosters.push((from, seats + more)),
                None => self.model.rosters.push((from, more)),
            }
        }
        allowed
    }

    fn report(&mut self, shift: i8, intervals: u16, flaw: Flaw) -> bool {
        let Some(next) = self.model.next() else {
            return true;
        };
        let first = next.saturating_add_signed(shift.into());
        let version = self.model.roster_of(first);
        let Some((_, seats)) = self.model.rosters.get((version as usize).wrapping_sub(1)) else {
            return true;
        };
        let mut draft = Draft::new(1, version, *seats, IntervalIndex(first), intervals);
        let last = draft.readings.len() - 1;
        let mut signers = vec![0, 1, 3];
        match flaw {
            Flaw::None | Flaw::Forged => (),
            Flaw::Epoch => draft.header.epoch = 2,
            Flaw::Roster => draft.header.roster_version += 1,
            Flaw::Seats => draft = Draft::new(1, version, seats + 1, IntervalIndex(first), intervals),
            Flaw::Signers => signers.truncate(2),
            Flaw::Limit => draft.readings[last] = Reading::measured(Energy(MOST + 1_000), Energy::ZERO),
            Flaw::Revision => draft.header.revision = 256,
        }
        let bytes = draft.bytes();
        let mut signatures = self.grid.signatures(&self.grid.digest(&bytes), &signers);
        if flaw == Flaw::Forged {
            signatures[1].signature = signatures[0].signature.clone();
        }
        let outcome = self.grid.carry(bytes.clone(), signatures);
        let allowed = flaw == Flaw::None && self.model.acceptable(first, intervals, version, self.grid.now());
        // The very report again: shifts may meet a window that was reported so.
        if let Ok(response) = &outcome {
            if response.messages.is_empty() {
                assert_eq!(
                    attribute(response, events::REPORT_KNOWN, "first_interval"),
                    first.to_string()
                );
                assert!(matches!(self.model.fates[&first], Fate::Reported(window, _) if window == first));
                return false;
            }
        }
        assert_eq!(outcome.is_ok(), allowed, "{outcome:?}");
        if allowed {
            let window = first..first + u64::from(intervals);
            self.model
                .fates
                .extend(window.map(|interval| (interval, Fate::Reported(first, version))));
            self.model.last = Some(bytes);
        }
        allowed
    }

    fn again(&mut self) -> bool {
        let Some(bytes) = self.model.last.clone() else {
            return true;
        };
        let response = self.grid.carry(bytes, vec![]).unwrap();
        assert_eq!(response.events[0].ty, events::REPORT_KNOWN);
        assert!(response.messages.is_empty());
        false
    }

    fn close_gap(&mut self) -> bool {
        let first = self.model.next();
        let now = self.grid.now();
        let old: Vec<u64> = first
            .into_iter()
            .flat_map(|first| first..)
            .take_while(|i| Model::too_old(*i, now))
            .collect();
        let outcome = self.grid.close_gap();
        assert_eq!(outcome.is_ok(), !old.is_empty(), "{outcome:?}");
        for interval in &old {
            self.model.fates.insert(*interval, Fate::Gap(old[0]));
        }
        !old.is_empty()
    }

    /// The README's invariants, after every action.
    fn check(&self) {
        self.windows_tile_time();
        self.the_next_report_is_told();
        self.meters_and_proposals_are_counted();
    }

    fn windows_tile_time(&self) {
        let windows = self.grid.windows();
        let mut at = self.model.rosters.first().map(|(from, _)| *from);
        let mut count = 0;
        for window in &windows {
            assert_eq!(
                Some(window.first_interval.0),
                at,
                "windows touch, and start with the grid"
            );
            assert!(window.intervals >= 1);
            for interval in at.unwrap()..at.unwrap() + window.intervals {
                let fate = match &window.state {
                    WindowState::Other => panic!("a window of no kind"),
                    WindowState::Gap {} => Fate::Gap(window.first_interval.0),
                    WindowState::Reported(report) => {
                        assert_eq!(report.epoch, 1);
                        assert_eq!(report.roster_version, self.model.roster_of(interval));
                        assert!((interval + 1) * QUARTER <= report.reported_at.0);
                        assert!(report.reported_at.0 <= (interval + 1) * QUARTER + REPORT_LIMIT);
                        assert_eq!(report.final_at.0, report.reported_at.0 + 16 * DAY);
                        assert_eq!(report.signers, 0b1011);
                        Fate::Reported(window.first_interval.0, report.roster_version)
                    }
                };
                assert_eq!(self.model.fates.get(&interval), Some(&fate));
                count += 1;
            }
            at = at.map(|at| at + window.intervals);
        }
        assert_eq!(count, self.model.fates.len());
    }

    fn the_next_report_is_told(&self) {
        let next = self.grid.next();
        let now = self.grid.now();
        let Some(open) = self.model.next() else {
            assert_eq!((next.first_interval, next.max_intervals), (None, 0));
            return;
        };
        let first = (open..).find(|interval| !Model::too_old(*interval, now)).unwrap();
        let version = self.model.roster_of(first);
        let ready = (first..)
            .take_while(|i| (i + 1) * QUARTER <= now && self.model.roster_of(*i) == version)
            .take(MOST_INTERVALS as usize)
            .count();
        assert_eq!(next.gap, first != open);
        assert_eq!(next.first_interval, Some(IntervalIndex(first)));
        assert_eq!(usize::from(next.max_intervals), ready);
        assert_eq!(next.roster_version, version);
        assert_eq!(next.seats, self.model.rosters[version as usize - 1].1);
        assert!(
            !next.gap || next.max_intervals >= 1,
            "a gap leaves something to report at once"
        );
    }

    fn meters_and_proposals_are_counted(&self) {
        let config: ConfigResponse = self.grid.ask(QueryMsg::Config {}).unwrap();
        let seats = self.model.rosters.last().map_or(0, |(_, seats)| *seats);
        assert_eq!(config.slots, u32::from(seats));
        assert_eq!(config.newest_roster as usize, self.model.rosters.len());
        let query = QueryMsg::Meters {
            start_after: None,
            limit: Some(100),
        };
        let meters: MetersResponse = self.grid.ask(query).unwrap();
        for (number, meter) in (0..).zip(&meters.meters) {
            assert_eq!(
                (meter.slot.0, u32::from(meter.seat.0), meter.household),
                (number, number, number)
            );
        }
        let query = QueryMsg::Proposals {
            start_after: None,
            limit: Some(100),
        };
        let open: ProposalsResponse = self.grid.ask(query).unwrap();
        let open: Vec<u64> = open.proposals.iter().map(|open| open.proposal).collect();
        assert_eq!(open, self.model.proposals.keys().copied().collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_grid_lives_as_the_model_says(actions in proptest::collection::vec(action(), 1..60)) {
        let mut run = Run::new();
        run.act(&Action::Propose(0));
        run.act(&Action::Admit(1, 1));
        for action in &actions {
            run.act(action);
        }
    }
}
