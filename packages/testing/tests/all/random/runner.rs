//! Lives a life on the chain and in the model, and compares.

use cosmwasm_std::Addr;
use gridpact_market::{FeeId, FeeKind, Policy};
use gridpact_testing::fixtures::Sequence;
use gridpact_testing::{Escrow, Grid, GridBuilder, MoneyKind, Outcome, World, CHAIN_ID};
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::registry::meters::Admission;
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_units::{Amount, BasisPoints, Seconds, Slot};

use super::data::{Action, COMMUNITY, CONTRACTOR, PEOPLE, PURSE, STRANGER};
use super::founding::{Founding, Home};
use super::grid_model::{CHALLENGE, FEE, LIMIT};
use super::model::Model;
use super::setup::{condition, terms};

struct Life {
    world: World,
    escrow: Escrow,
    project: ProjectId,
    grid: Grid,
    people: Vec<Addr>,
    last_report: Vec<u8>,
    late: Home,
}

/// Lives it; says which kinds of action succeeded and which were refused.
pub fn run(money: MoneyKind, founding: &Founding, actions: &[Action]) -> Vec<(&'static str, bool)> {
    let mut life = Life::new(money, founding);
    let deadline = life.escrow.terms(&life.world, life.project).deadline;
    let mut model = Model::new(life.world.now().0, deadline.0);
    let mut seen = Vec::new();
    for (position, action) in actions.iter().enumerate() {
        // Nothing can be repeated before the first report.
        if matches!(action, Action::ReportAgain) && !model.grid.reported {
            continue;
        }
        let expected = model.allows(action);
        let outcome = life.act(action, &model);
        let said = outcome.as_ref().err();
        assert_eq!(
            outcome.is_ok(),
            expected,
            "{position}: {action:?}: {said:?} in {model:?}"
        );
        if expected {
            let traded = life.traded();
            model.apply(action, &traded);
            life.learn_parts(&mut model);
        }
        life.compare(&model, &format!("{position}: {action:?}"));
        seen.push((action.kind(), expected));
    }
    life.everybody_leaves(model);
    seen
}

impl Life {
    fn new(money: MoneyKind, founding: &Founding) -> Self {
        let mut world = World::new(money);
        let people: Vec<Addr> = PEOPLE.iter().map(|name| world.addr(name)).collect();
        for person in &people {
            world.fund(person, Amount(PURSE));
        }
        let escrow = Escrow::create(&mut world);
        let terms = terms(&world);
        let (project, terms_hash) = escrow.open(&mut world, &people[STRANGER], &terms).unwrap();
        let fee = FeeKind::BasisPoints(BasisPoints(u16::try_from(FEE).unwrap()));
        let policy = Policy {
            fees: vec![fee.of(1)],
            ..founding.policy()
        };
        let destination = Destination::Project {
            escrow: escrow.addr.to_string(),
            project,
            terms_hash,
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
        Self {
            world,
            escrow,
            project,
            grid,
            people,
            last_report: Vec::new(),
            late: late[0].clone(),
        }
    }

    fn act(&mut self, action: &Action, model: &Model) -> Outcome {
        let (world, escrow, project) = (&mut self.world, &self.escrow, self.project);
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
            Action::Pledge { who, amount, asks } => {
                let condition = condition(people, who, asks);
                escrow.pledge(world, &people[who], project, Amount(amount), condition)
            }
            Action::Accept { who } => escrow.accept(world, &people[who], project),
            Action::Submit { who } => {
                let next = u32::try_from(model.project.submitted.len()).unwrap();
                escrow.submit_milestone(world, &people[who], project, next)
            }
            Action::Draw { who } => escrow.draw(world, &people[who], project),
            Action::Terminate => escrow.terminate(world, &people[STRANGER], project),
            Action::ClaimRefund { who } => escrow.claim_refund(world, &people[who], project),
            Action::PayRevenue { amount } => {
                escrow.pay_revenue(world, &people[STRANGER], project, Amount(amount))
            }
            Action::ClaimRevenue { who } => escrow.claim_revenue(world, &people[who], project),
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

    /// Pro rata leaves single units open. The checks saw that what each gets back after an early end is within one of its exact
    /// part, and that nothing is lost; the model goes on with them.
    fn learn_parts(&self, model: &mut Model) {
        let ended = model.project.terminated.is_some();
        let failed = model.project.phase(model.now) == Phase::Failed;
        for (who, pledge) in &mut model.project.pledges {
            let answer = self
                .escrow
                .pledge_of(&self.world, self.project, &self.people[*who])
                .unwrap();
            let paid = if failed { 0 } else { pledge.paid };
            assert_eq!(answer.paid.0, paid, "paid by {who}");
            if ended && pledge.returned == 0 && pledge.place.is_none() {
                pledge.returned = answer.refundable.0 + pledge.refunded - (pledge.amount - pledge.paid);
            }
        }
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
        let seen = self.escrow.project(world, self.project).unwrap();
        assert_eq!(seen.phase, model.project.phase(model.now), "after {after}");
        assert_eq!(
            seen.drawable.0,
            model.project.drawable(model.now),
            "after {after}"
        );
        let next = self.grid.registry.next_report(world);
        assert_eq!(next.gap, model.grid.has_gap(model.now), "after {after}");
        if !next.gap {
            assert_eq!(next.first_interval.unwrap().0, model.grid.next, "after {after}");
        }
    }

    /// When everybody has taken what is theirs, nothing is left but gifts and single units of revenue.
    fn everybody_leaves(mut self, mut model: Model) {
        let mut all: Vec<Action> = (0..PEOPLE.len()).map(|who| Action::Unblock { who }).collect();
        all.push(Action::Pass { seconds: 8 * 86_400 });
        all.push(Action::Terminate);
        all.push(Action::Pass { seconds: 8 * 86_400 });
        all.extend([16; 4].map(|limit| Action::Finalise { limit }));
        all.extend([
            Action::SweepFee,
            Action::SweepRounding,
            Action::Draw { who: CONTRACTOR },
        ]);
        for who in 0..PEOPLE.len() {
            all.extend([Action::ClaimRefund { who }, Action::ClaimRevenue { who }]);
        }
        for slot in 0..4 {
            all.push(Action::Withdraw {
                slot,
                who: slot as usize,
                amount: None,
            });
        }
        for action in all {
            let expected = model.allows(&action);
            let outcome = self.act(&action, &model);
            assert_eq!(outcome.is_ok(), expected, "leaving: {action:?}: {outcome:?}");
            if expected {
                model.apply(&action, &[]);
                self.learn_parts(&mut model);
            }
        }
        let unswept = self.grid.settlement.books(&self.world).community.0;
        let holding = self.world.balance(&self.grid.settlement.addr).0;
        assert_eq!(holding, unswept + model.gifts_to_grid, "left in the grid");
        let left = self.world.balance(&self.escrow.addr).0 - model.gifts_to_escrow;
        assert!(left < PEOPLE.len() as u128, "left in the escrow: {left}");
    }
}
