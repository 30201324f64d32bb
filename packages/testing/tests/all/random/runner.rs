//! Lives a life on the chain and in the model, and compares.

use core::fmt::Write;
use std::collections::BTreeMap;

use cosmwasm_std::{Addr, HexBinary};
use gridpact_chance::Chance;
use gridpact_escrow_model::deal::Deal;
use gridpact_escrow_model::messages::Message;
use gridpact_escrow_model::project::Project;
use gridpact_escrow_model::sending::{with_coins, Sent};
use gridpact_escrow_model::telling::{At, Told, ToldTerms};
use gridpact_escrow_model::{deal, messages};
use gridpact_market::{FeeId, FeeKind, Policy};
use gridpact_testing::fixtures::{founding_terms, Sequence};
use gridpact_testing::{Escrow, Grid, GridBuilder, MoneyKind, Outcome, World, CHAIN_ID, GENESIS};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::registry::meters::Admission;
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_units::{Amount, BasisPoints, Seconds, Slot};

use super::data::{person, Action, COMMUNITY, PEOPLE, PLEDGERS, PURSE, STRANGER};
use super::founding::{Founding, Home};
use super::grid_model::{CHALLENGE, FEE, LIMIT};
use super::model::Model;

struct Life {
    world: World,
    escrow: Escrow,
    project: ProjectId,
    terms_hash: HexBinary,
    grid: Grid,
    people: Vec<Addr>,
    last_report: Vec<u8>,
    late: Home,
}

/// How often which kind of action succeeded, and was refused.
pub type Counts = BTreeMap<(&'static str, bool), u32>;

/// Lives it, and says what came of it. A life that fails is told up to there.
pub fn run(money: MoneyKind, founding: &Founding, project: u64, actions: &[Action]) -> Counts {
    let (mut life, mut model) = Life::new(money, founding, project);
    let mut seen = Counts::new();
    let mut story = format!("Project: {}.\n", ToldTerms(&model.project.deal, GENESIS.0));
    for action in actions {
        let action = match action {
            // Nothing can be repeated before the first report.
            Action::ReportAgain if !model.grid.reported => continue,
            Action::Step { seed } => model.step(*seed),
            other => other.clone(),
        };
        writeln!(story, "{}", told(&action, model.now)).unwrap();
        let expected = model.allows(&action);
        let outcome = life.act(&action);
        let said = outcome.as_ref().err();
        assert_eq!(outcome.is_ok(), expected, "{said:?}\n{story}");
        if expected {
            model.apply(&action, &life.traded());
        }
        life.compare(&model, &story);
        *seen.entry((action.kind(), expected)).or_default() += 1;
    }
    life.everybody_leaves(model);
    seen
}

/// What happens, in a line.
fn told(action: &Action, now: u64) -> String {
    let at = At(now - GENESIS.0);
    match action {
        Action::Project(action) => {
            let terms = if action.other_terms {
                ", of other terms"
            } else {
                ""
            };
            format!("{at}: {} {}{terms}", action.by, Told(&action.message, GENESIS.0))
        }
        other => format!("{at}: {other:?}"),
    }
}

impl Life {
    fn new(money: MoneyKind, founding: &Founding, seed: u64) -> (Self, Model) {
        let mut world = World::new(money);
        let people: Vec<Addr> = PEOPLE.iter().map(|name| world.addr(name)).collect();
        for person in &people {
            world.fund(person, Amount(PURSE));
        }
        let escrow = Escrow::create(&mut world);
        let names: Vec<String> = PEOPLE[..PLEDGERS].iter().map(ToString::to_string).collect();
        let deal = Deal::any(&mut Chance::new(seed), world.now().0, &names, false);
        let terms = deal.terms(founding_terms(&world), |name| world.addr(name).into_string());
        let (project, terms_hash) = escrow.open(&mut world, &people[STRANGER], &terms).unwrap();
        let mut by_address: Vec<String> = PEOPLE.map(str::to_owned).to_vec();
        by_address.sort_by_key(|name| world.addr(name));
        let fee = FeeKind::BasisPoints(BasisPoints(u16::try_from(FEE).unwrap()));
        let policy = Policy {
            fees: vec![fee.of(1)],
            ..founding.policy()
        };
        let destination = Destination::Project {
            escrow: escrow.addr.to_string(),
            project,
            terms_hash: terms_hash.clone(),
            otherwise: people[COMMUNITY].to_string(),
        };
        let label = "network".to_owned();
        let (founders, late) = founding.homes.split_at(3);
        let meters = PEOPLE
            .iter()
            .zip(founders)
            .map(|(name, home)| ((*name).to_owned(), home.meter.clone()));
        let grid = GridBuilder::default()
            .with_homes(meters.collect())
            .with_terms(founders.iter().map(|home| home.terms.clone()).collect())
            .with_policy(
                policy,
                vec![FeeAccount {
                    id: FeeId(1),
                    label,
                    destination,
                }],
            )
            .with_periods(Seconds(CHALLENGE), Seconds(LIMIT))
            .build(&mut world);
        let model = Model::new(world.now().0, Project::new(deal, by_address));
        let life = Self {
            world,
            escrow,
            project,
            terms_hash,
            grid,
            people,
            last_report: Vec::new(),
            late: late[0].clone(),
        };
        (life, model)
    }

    fn act(&mut self, action: &Action) -> Outcome {
        let (world, escrow) = (&mut self.world, &self.escrow);
        let (people, settlement) = (&self.people, &self.grid.settlement);
        let nothing = || Ok(Default::default());
        match *action {
            Action::Pass { seconds } => {
                world.advance(Seconds(seconds));
                nothing()
            }
            Action::Block { who } => {
                world.block_payee(&people[who]);
                nothing()
            }
            Action::Unblock { who } => {
                world.unblock_payee(&people[who]);
                nothing()
            }
            Action::Step { .. } => unreachable!("a step is what it comes to"),
            Action::Project(ref action) => self.send(action),
            Action::Deposit { slot, amount } => {
                settlement.deposit(world, &people[slot as usize], Slot(slot), Amount(amount))
            }
            Action::Withdraw { slot, who, amount } => {
                settlement.withdraw(world, &people[who], Slot(slot), amount.map(Amount))
            }
            Action::Finalise { limit } => settlement.finalise_some(world, &people[STRANGER], Some(limit)),
            Action::SweepRounding => {
                settlement.sweep(world, &people[STRANGER], CommunityAccount::Rounding {})
            }
            Action::SweepFee => {
                settlement.sweep(world, &people[STRANGER], CommunityAccount::Fee { id: FeeId(1) })
            }
            Action::CloseGap => self.grid.registry.close_gap(world, &people[STRANGER]),
            Action::Gift { to_escrow, amount } => {
                let to = if to_escrow { &escrow.addr } else { &settlement.addr };
                world.transfer(&people[STRANGER], to, Amount(amount))
            }
            Action::Report {
                intervals,
                seed,
                signers,
            } => self.report(intervals, seed, signers),
            Action::ReportAgain => self.grid.carry(&mut self.world, &self.last_report),
            Action::Join => self.join(),
        }
    }

    /// What somebody sends the project.
    fn send(&mut self, action: &messages::Action) -> Outcome {
        let (world, by) = (&mut self.world, &self.people[person(&action.by)]);
        let sent = action.as_sent(self.project, &self.terms_hash, |name| {
            world.addr(name).into_string()
        });
        match sent {
            Sent::Plain(msg) => self.escrow.send(world, by, &msg),
            Sent::Paid { amount, msg } => {
                let native = with_coins(msg.clone());
                world.pay(by, &self.escrow.addr, Amount(amount), &native, &msg)
            }
        }
    }

    fn report(&mut self, intervals: u16, seed: u64, signers: u8) -> Outcome {
        let seats = usize::from(self.grid.registry.next_report(&self.world).seats);
        let mut random = Sequence::new(seed);
        let readings: Vec<_> = (0..intervals)
            .flat_map(|_| random.readings(seats, 7_000_000))
            .collect();
        let report = self.grid.write_report(&self.world, &readings);
        let (registry, members) = (self.grid.registry.clone(), (0..signers).collect::<Vec<u8>>());
        let signatures = self
            .grid
            .committee
            .sign(CHAIN_ID, &registry.addr, &report, &members);
        let outcome = registry.report(&mut self.world, &self.people[STRANGER], &report, signatures);
        if outcome.is_ok() {
            self.last_report = report;
        }
        outcome
    }

    /// D, who proposes and is admitted.
    fn join(&mut self) -> Outcome {
        let (world, owner) = (&mut self.world, &self.people[3]);
        let proposal = self
            .grid
            .registry
            .propose_meter(world, owner, self.late.meter.clone())?;
        let terms = self.late.terms.clone();
        self.grid
            .admit(world, vec![Admission { proposal, ..terms }], None)
    }

    /// What each seat bought and sold in the last window.
    fn traded(&self) -> Vec<(u128, u128)> {
        let windows = self.world.ledger(&self.grid.settlement.addr).windows();
        let results = windows
            .last()
            .map(|window| window.outcome.results.as_slice())
            .unwrap_or_default();
        results
            .iter()
            .map(|result| (result.bought.0, result.sold.0))
            .collect()
    }

    fn compare(&self, model: &Model, after: &str) {
        let (world, settlement) = (&self.world, &self.grid.settlement);
        for (person, purse) in self.people.iter().zip(&model.purses) {
            assert_eq!(world.balance(person).0, *purse, "purse of {person} after {after}");
        }
        for (slot, free) in (0..).map(Slot).zip(&model.grid.free) {
            assert_eq!(settlement.free(world, slot).0, *free, "slot {slot} after {after}");
        }
        let holding = world.balance(&settlement.addr).0;
        assert_eq!(
            holding,
            model.grid.holding() + model.gifts_to_grid,
            "after {after}"
        );
        let books = settlement.books(world);
        assert_eq!(
            (books.deposited.0, books.withdrawn.0, books.swept.0),
            (model.grid.deposited, model.grid.withdrawn, model.grid.swept),
            "after {after}"
        );
        let (project, now) = (&model.project, model.now);
        let seen = self.escrow.project(world, self.project).unwrap();
        assert_eq!(seen.phase, project.phase(now), "after {after}");
        assert_eq!(seen.returned.0, project.returned, "after {after}");
        let drawable = self.escrow.payees(world, self.project);
        let drawable: Vec<u128> = drawable.iter().map(|payee| payee.drawable.0).collect();
        if project.accepted_at.is_some() {
            assert_eq!(drawable, project.drawable(now), "after {after}");
        }
        for seen in self.escrow.pledges(world, self.project) {
            let who = self
                .people
                .iter()
                .position(|person| person.as_str() == seen.pledger);
            let name = PEOPLE[who.unwrap()];
            let paid = project.weight(now, name);
            let expected = (paid, project.of_pledge(now, name), project.claimable(now, name));
            assert_eq!(
                (seen.paid.0, seen.refundable.0, seen.revenue.0),
                expected,
                "{name} after {after}"
            );
        }
        let next = self.grid.registry.next_report(world);
        assert_eq!(next.gap, model.grid.has_gap(model.now), "after {after}");
        if !next.gap {
            assert_eq!(next.first_interval.unwrap().0, model.grid.next, "after {after}");
        }
    }

    fn leave(&mut self, model: &mut Model, action: &Action) {
        let expected = model.allows(action);
        let outcome = self.act(action);
        assert_eq!(outcome.is_ok(), expected, "leaving: {action:?}: {outcome:?}");
        if expected {
            model.apply(action, &[]);
        }
    }

    /// When everybody has taken what is theirs, nothing is left but gifts and single units of revenue.
    fn everybody_leaves(mut self, mut model: Model) {
        for who in 0..PEOPLE.len() {
            self.leave(&mut model, &Action::Unblock { who });
        }
        // In the first of them whatever is late is ended, and in the second what is retained is free.
        for _ in 0..2 {
            let seconds = 4_000 * deal::DAY;
            self.leave(&mut model, &Action::Pass { seconds });
            self.leave(&mut model, &of("stranger", Message::Terminate));
            for (payee, by) in (0..).zip(model.project.payees.clone()) {
                self.leave(&mut model, &of(&by.name, Message::Draw { payee }));
            }
            for limit in [16; 4] {
                self.leave(&mut model, &Action::Finalise { limit });
            }
            self.leave(&mut model, &Action::SweepFee);
            self.leave(&mut model, &Action::SweepRounding);
            for name in model.project.pledges.clone().keys() {
                self.leave(&mut model, &of(name, Message::Refund));
                self.leave(&mut model, &of(name, Message::Claim));
            }
        }
        for slot in 0..4 {
            let (who, amount) = (slot as usize, None);
            self.leave(&mut model, &Action::Withdraw { slot, who, amount });
        }
        let unswept = self.grid.settlement.books(&self.world).community.0;
        let holding = self.world.balance(&self.grid.settlement.addr).0;
        assert_eq!(holding, unswept + model.gifts_to_grid, "left in the grid");
        let left = self.world.balance(&self.escrow.addr).0 - model.gifts_to_escrow;
        assert!(left < PEOPLE.len() as u128, "left in the escrow: {left}");
    }
}

fn of(by: &str, message: Message) -> Action {
    Action::Project(messages::Action {
        by: by.to_owned(),
        message,
        other_terms: false,
    })
}
