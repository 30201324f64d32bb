//! A whole grid: registry and settlement on one side, a replay of the same events on the other.

mod actions;
mod report;

use gridpact_market::{FeeId, FeeKind, Policy};
use gridpact_replay::{Committee, Effect, Event, GridTerms, Meter, Replay};
use gridpact_report::Resolution;
use gridpact_testing::fixtures::{fixed_price_policy, prosumer};
use gridpact_testing::{Checks, Grid, GridBuilder, MoneyKind, World, CHAIN_ID};
use gridpact_types::registry::meters::{Admission, MeterProposal};
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_units::{Amount, BasisPoints, Ppm, Price, Seat, Seconds, Slot};
use proptest::prelude::*;

use super::{account, compare, config, Answers};
use actions::{action, Action};

const CHALLENGE: Seconds = Seconds(3 * 3_600);
const LIMIT: Seconds = Seconds(6 * 3_600);
/// 1 Wh at 0.02: amounts of a few hundred base units.
const PRICE: Price = Price(200_000);
const MOST_HOMES: u32 = 6;

fn live(money: MoneyKind, actions: &[Action]) {
    let mut life = Life::new(money);
    life.compare("the start");
    for (position, action) in actions.iter().enumerate() {
        life.act(action);
        life.compare(&format!("{position}: {action:?}"));
    }
}

proptest! {
    #![proptest_config(config())]
    #[test]
    fn a_replayed_grid_has_the_contracts_books_native(actions in prop::collection::vec(action(), 1..50)) {
        live(MoneyKind::Native, &actions);
    }

    #[test]
    fn a_replayed_grid_has_the_contracts_books_cw20(actions in prop::collection::vec(action(), 1..50)) {
        live(MoneyKind::Cw20, &actions);
    }
}

struct Life {
    world: World,
    grid: Grid,
    replay: Replay,
    households: u32,
    last_report: Option<Event>,
}

impl Life {
    /// Three homes at the start, with a little money.
    fn new(money: MoneyKind) -> Self {
        let mut world = World::new(money);
        // The harness's own model is not what is tested here.
        world.set_checks(Checks::OnRequest);
        let policy = Policy {
            fees: vec![FeeKind::BasisPoints(BasisPoints(300)).of(1)],
            ..fixed_price_policy(PRICE)
        };
        let destination = Destination::Account {
            address: world.addr("line").into_string(),
        };
        let label = "network".to_owned();
        let grid = GridBuilder::default()
            .with_homes(vec![])
            .with_policy(
                policy.clone(),
                vec![FeeAccount {
                    id: FeeId(1),
                    label,
                    destination,
                }],
            )
            .with_resolution(1_000)
            .with_periods(CHALLENGE, LIMIT)
            .build(&mut world);
        let committee = grid.committee.describe(|_| world.addr("oracle"));
        let terms = GridTerms {
            chain_id: CHAIN_ID.to_owned(),
            registry: grid.registry.addr.to_string(),
            policy,
            resolution: Resolution::WATT_HOUR,
            challenge_period: CHALLENGE,
            report_limit: LIMIT,
            committee: Committee {
                epoch: 1,
                keys: committee
                    .members
                    .iter()
                    .map(|member| member.public_key.to_vec())
                    .collect(),
                quorum: committee.quorum.into(),
            },
        };
        let mut life = Self {
            world,
            grid,
            replay: Replay::new(terms).unwrap(),
            households: 0,
            last_report: None,
        };
        for _ in 0..3 {
            life.act(&Action::Join(None, 1, 0));
        }
        life.act(&Action::Pass(900));
        for slot in 0..3 {
            life.act(&Action::Deposit(slot, 1_000));
        }
        life
    }

    /// Carries it out here and there; both allow it or neither does.
    fn act(&mut self, action: &Action) {
        let (allowed, event) = match action {
            Action::Pass(seconds) => return self.world.advance(Seconds(*seconds)),
            Action::Join(household, weight, ahead) => return self.join(*household, *weight, *ahead),
            Action::Report(readings, flaw) => self.report(readings, *flaw),
            Action::ReportAgain => match self.last_report.clone() {
                Some(event) => (self.carry(&event), event),
                None => return,
            },
            Action::CloseGap => {
                let registry = self.grid.registry.clone();
                // Harmless on the chain where there is none; an event only where there is one.
                let gap = registry.next_report(&self.world).gap;
                registry.close_gap(&mut self.world, &self.grid.carrier).unwrap();
                (gap, Event::GapClosed)
            }
            Action::Deposit(slot, amount) => {
                let (slot, amount) = (Slot(*slot), Amount(*amount));
                let payer = self.world.addr("payer");
                self.world.fund(&payer, amount);
                let settlement = &self.grid.settlement;
                let sent = settlement.deposit(&mut self.world, &payer, slot, amount);
                (sent.is_ok(), Event::Deposit { slot, amount })
            }
            Action::Withdraw(slot, amount) => {
                let (slot, amount) = (Slot(*slot), amount.map(Amount));
                let owner = self.world.addr(&format!("home {slot}"));
                let settlement = &self.grid.settlement;
                let sent = settlement.withdraw(&mut self.world, &owner, slot, amount);
                (sent.is_ok(), Event::Withdrawal { slot, amount })
            }
            Action::Finalise(limit) => {
                let settlement = &self.grid.settlement;
                let sent = settlement.finalise_some(&mut self.world, &self.grid.carrier, Some(*limit));
                let limit = *limit as usize;
                (sent.is_ok(), Event::Finalise { limit })
            }
            Action::Sweep(part) => {
                let (account, on_chain) = account(*part);
                let settlement = &self.grid.settlement;
                let sent = settlement.sweep(&mut self.world, &self.grid.carrier, on_chain);
                (sent.is_ok(), Event::Sweep { account })
            }
        };
        let replayed = self.replay.apply(self.world.now(), &event);
        assert_eq!(replayed.is_ok(), allowed, "{action:?}: {replayed:?}");
        if let Ok(Effect::Settled(_)) = replayed {
            self.last_report = Some(event);
        }
    }

    fn join(&mut self, household: Option<u32>, weight: u32, ahead: u64) {
        let number = u32::try_from(self.grid.homes.len()).unwrap();
        let household = household.filter(|household| *household < self.households);
        if number >= MOST_HOMES {
            return;
        }
        let name = format!("home {number}");
        let part = Ppm(1_000_000 - 100_000 * number);
        let proposal = MeterProposal {
            part,
            ..prosumer(&name)
        };
        let owner = self.world.addr(&name);
        let registry = self.grid.registry.clone();
        let proposal = registry.propose_meter(&mut self.world, &owner, proposal).unwrap();
        let admitted = Admission {
            household,
            weight,
            ..Admission::of(proposal)
        };
        let from = self.grid.current_interval(&self.world).plus(1 + ahead);
        let allowed = self.grid.admit(&mut self.world, vec![admitted], Some(from));
        let roster_version = registry.config(&self.world).newest_roster;
        let event = Event::MetersAdmitted {
            roster_version,
            from,
            meters: vec![Meter {
                slot: Slot(number),
                seat: Seat(u16::try_from(number).unwrap()),
                household: household.unwrap_or(self.households),
                weight,
                part,
                priority: 0,
                buy_tier: 0,
                sell_tier: 0,
            }],
        };
        let replayed = self.replay.apply(self.world.now(), &event);
        assert_eq!(replayed.is_ok(), allowed.is_ok(), "{replayed:?}, {allowed:?}");
        match allowed {
            Ok(_) if household.is_none() => self.households += 1,
            Ok(_) => {}
            // The serial hash stays free for the next one of this name.
            Err(_) => {
                registry.drop_proposal(&mut self.world, &owner, proposal).unwrap();
            }
        }
    }

    fn compare(&self, after: &str) {
        let (world, settlement) = (&self.world, &self.grid.settlement);
        let accounts = settlement.accounts(world);
        let told = Answers {
            results: accounts
                .iter()
                .map(|account| settlement.held_results(world, account.slot))
                .collect(),
            accounts,
            held: settlement.held_windows(world),
            community: settlement.community(world),
            books: settlement.books(world),
        };
        compare(self.replay.books(), &told, after);
        let next = self.grid.registry.next_report(world);
        if !next.gap {
            assert_eq!(self.replay.next_interval(), next.first_interval, "after {after}");
        }
        let digests = self.grid.registry.windows(world).into_iter();
        let digests =
            digests.filter_map(|window| Some((window.first_interval, window.state.report()?.digest.clone())));
        let own = self.replay.reports().iter();
        let own = own.map(|(first, digest)| (*first, digest.to_vec().into()));
        assert_eq!(
            own.collect::<Vec<_>>(),
            digests.collect::<Vec<_>>(),
            "after {after}"
        );
    }
}
