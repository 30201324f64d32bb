//! A life: each action to the contract and to the model, which must agree whether it is allowed and what it does.

use gridpact_types::registry::events;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::meters::{Admission, MeterProposal};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_types::settlement::messages::ExecuteMsg as ToSettlement;
use gridpact_units::{IntervalIndex, Power, Seat, Seconds, Slot};

use super::data::{tiers, Action, By, From, Pick, Setting, METERS, OWNERS};
use super::model::{Fate, Meter, Model, Proposal};
use crate::harness::*;

pub struct Run {
    pub grid: Grid,
    pub model: Model,
    /// The last report that was accepted.
    pub last: Option<Vec<u8>>,
    /// Serial numbers of crowds, which nobody else has.
    crowded: u64,
}

pub fn owner(who: u8) -> String {
    format!("home {who}")
}

impl Run {
    pub fn new(setting: Setting) -> Self {
        let grid = Grid::with(|msg| {
            msg.report_limit = Seconds(setting.limit);
            msg.rosters_begin = RostersBegin {
                every: Seconds(setting.every * QUARTER),
                offset: Seconds(setting.offset * QUARTER),
            };
        });
        Self {
            grid,
            model: Model::new(setting),
            last: None,
            crowded: 1_000,
        }
    }

    pub fn now(&self) -> u64 {
        self.grid.now()
    }

    pub fn act(&mut self, action: &Action) {
        let before = self.grid.stored();
        let changed = match action {
            Action::Wait(seconds) => {
                self.grid.passes(*seconds);
                false
            }
            Action::Propose { who, serial, meter } => self.propose(*who, *serial, *meter),
            Action::Drop { position, by } => self.drop(*position, *by),
            Action::Admit {
                picks,
                from,
                operator,
            } => self.admit(picks, *from, *operator),
            Action::Crowd(count) => {
                for _ in 0..*count {
                    self.crowd();
                }
                true
            }
            Action::Report(plan) => self.report(*plan),
            Action::Again => self.again(),
            Action::CloseGap => self.close_gap(),
        };
        if !changed {
            assert_eq!(
                self.grid.stored(),
                before,
                "what is refused, or harmless, changes nothing"
            );
        }
        self.check();
    }

    pub fn propose(&mut self, who: u8, serial: u64, meter: usize) -> bool {
        let (kind, import, export) = METERS[meter];
        let msg = ExecuteMsg::ProposeMeter {
            meter: MeterProposal {
                kind,
                import_limit: Power(import),
                export_limit: Power(export),
                ..crate::harness::meter(serial)
            },
        };
        let now = self.now();
        let allowed = self.model.may_propose(who, serial, now);
        let outcome = self.grid.send(&owner(who), msg);
        assert_eq!(outcome.is_ok(), allowed, "{outcome:?}");
        if let Ok(response) = outcome {
            self.model.proposed += 1;
            let told = |key| attribute(&response, events::METER_PROPOSED, key);
            assert_eq!(told("proposal"), self.model.proposed.to_string());
            assert_eq!(told("expires_at"), (now + 30 * DAY).to_string());
            let proposal = Proposal {
                who,
                serial,
                meter,
                made: now,
            };
            self.model.proposals.insert(self.model.proposed, proposal);
        }
        allowed
    }

    fn drop(&mut self, position: usize, by: By) -> bool {
        let Some((&number, found)) = self.model.proposals.iter().nth(position) else {
            let msg = ExecuteMsg::DropProposal {
                proposal: self.model.proposed + 1,
            };
            self.grid.send("operator", msg).unwrap_err();
            return false;
        };
        let (sender, entitled) = match by {
            By::Proposer => (owner(found.who), true),
            By::Operator => ("operator".to_owned(), true),
            By::Stranger => ("stranger".to_owned(), false),
        };
        let allowed = entitled || !self.model.is_open(number, self.now());
        let outcome = self
            .grid
            .send(&sender, ExecuteMsg::DropProposal { proposal: number });
        assert_eq!(outcome.is_ok(), allowed, "{outcome:?}");
        if allowed {
            self.model.proposals.remove(&number);
        }
        allowed
    }

    /// A meter of its own for the beginning behind the newest roster's, or for the next that is to come.
    fn crowd(&mut self) {
        self.crowded += 1;
        let meter = usize::try_from(self.crowded).unwrap() % METERS.len();
        self.propose(OWNERS, self.crowded, meter);
        let now = self.now();
        let newest = self.model.rosters.last().map_or(0, |(newest, _)| *newest);
        let behind = (0..).find(|number| self.model.beginning(now, *number) > newest);
        let pick = Pick {
            back: 1,
            household: None,
            weight: 1,
        };
        self.admit(&[pick], From::Beginning(behind.unwrap()), true);
    }

    fn admit(&mut self, picks: &[Pick], from: From, operator: bool) -> bool {
        let now = self.now();
        let model = &self.model;
        let asked = model.asked(from, now);
        let from = asked.unwrap_or_else(|| model.beginning(now, 0));
        let number = |pick: &Pick| (model.proposed + 1).saturating_sub(pick.back);
        let numbers: Vec<u64> = picks.iter().map(number).collect();
        // Households are counted out in the order of the message, also for who is gone.
        let (mut households, mut named) = (model.households, vec![]);
        let mut known = true;
        for pick in picks {
            let household = pick
                .household
                .map_or(households, |back| households.wrapping_sub(back));
            known &= pick.household.is_none() || household < households;
            households += u32::from(pick.household.is_none());
            named.push(household);
        }
        let open: Vec<usize> = (0..picks.len())
            .filter(|position| model.is_open(numbers[*position], now))
            .collect();
        let given_out = |number: &u64| (1..=model.proposed).contains(number);
        let once = numbers.iter().collect::<std::collections::BTreeSet<_>>().len() == numbers.len();
        let allowed = operator
            && !picks.is_empty()
            && once
            && known
            && numbers.iter().all(given_out)
            && model.may_begin(from, now)
            && (open.is_empty() || model.may_add(from, now));
        let admission = |position: usize| Admission {
            household: picks[position].household.map(|_| named[position]),
            weight: picks[position].weight,
            ..Admission::of(numbers[position])
        };
        let msg = ExecuteMsg::AdmitMeters {
            admissions: (0..picks.len()).map(admission).collect(),
            from: asked.map(IntervalIndex),
        };
        let outcome = self.grid.send(if operator { "operator" } else { "home 0" }, msg);
        assert_eq!(outcome.is_ok(), allowed, "{outcome:?}");
        let Ok(response) = outcome else { return false };
        let gone = response
            .events
            .iter()
            .filter(|event| event.ty == events::PROPOSAL_GONE);
        assert_eq!(gone.count(), picks.len() - open.len());
        self.model.households = households;
        let admitted: Vec<Meter> = open
            .iter()
            .map(|position| {
                let proposal = self.model.proposals.remove(&numbers[*position]).unwrap();
                Meter {
                    who: proposal.who,
                    serial: proposal.serial,
                    meter: proposal.meter,
                    household: named[*position],
                    weight: picks[*position].weight,
                    from,
                }
            })
            .collect();
        if admitted.is_empty() {
            assert!(response.messages.is_empty());
        } else {
            let told = told_settlement(&response);
            assert_eq!(told, self.seat(from, admitted));
        }
        true
    }

    /// Seats meters in the model, and says what the settlement must be told.
    fn seat(&mut self, from: u64, admitted: Vec<Meter>) -> ToSettlement {
        let accounts = (self.model.meters.len()..)
            .zip(&admitted)
            .map(|(slot, meter)| AccountOpening {
                slot: Slot(slot as u32),
                seat: Seat(slot as u16),
                owner: address(&owner(meter.who)).to_string(),
                household: meter.household,
                weight: meter.weight,
                buy_tier: tiers(meter.meter).0,
                sell_tier: tiers(meter.meter).1,
                ..opening()
            });
        let accounts = accounts.collect();
        self.model.meters.extend(admitted);
        let seats = self.model.meters.len();
        match self.model.rosters.last_mut() {
            Some((newest, before)) if *newest == from => *before = seats,
            _ => self.model.rosters.push((from, seats)),
        }
        ToSettlement::OpenAccounts {
            roster_version: self.model.rosters.len() as u32,
            from: IntervalIndex(from),
            interval_length: gridpact_units::IntervalLength::QUARTER_HOUR,
            accounts,
        }
    }

    fn close_gap(&mut self) -> bool {
        let (now, next) = (self.now(), self.model.next());
        let all = next.into_iter().flat_map(|first| first..);
        let old: Vec<u64> = all
            .take_while(|interval| self.model.too_old(*interval, now))
            .collect();
        let response = self.grid.close_gap().unwrap();
        let Some(first) = old.first() else {
            let next = next.map_or_else(|| "none".to_owned(), |next| next.to_string());
            assert_eq!(attribute(&response, events::NO_GAP, "next_interval"), next);
            return false;
        };
        let told = |key| attribute(&response, events::GAP_CLOSED, key);
        assert_eq!(told("first_interval"), first.to_string());
        assert_eq!(told("intervals"), old.len().to_string());
        for interval in &old {
            self.model.fates.insert(*interval, Fate::Gap(*first));
        }
        self.model.closed = Some(now);
        true
    }
}

/// What every account of these lives has in common.
fn opening() -> AccountOpening {
    AccountOpening {
        slot: Slot(0),
        seat: Seat(0),
        owner: String::new(),
        household: 0,
        weight: 1,
        part: gridpact_units::Ppm::WHOLE,
        priority: 0,
        buy_tier: 0,
        sell_tier: 0,
    }
}
