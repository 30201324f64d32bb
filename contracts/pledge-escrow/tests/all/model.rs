//! Random lives of an open call against a model that knows the promises and nothing of the code: a list of pledges, sets
//! found by dropping one at a time, money counted in one purse.

use gridpact_types::escrow::{Condition, ExecuteMsg, Phase, PledgersCondition};
use gridpact_units::Amount;
use proptest::prelude::*;

use crate::escrow::{Escrow, DAY, START};

const NAMES: [&str; 5] = ["A", "B", "C", "D", "E"];
const TARGET: u128 = 200;
const CAP: u128 = 230;

#[derive(Clone, Debug)]
enum Action {
    Pledge {
        who: usize,
        amount: u128,
        condition: usize,
    },
    Refund(usize),
    Accept,
    Submit(u32),
    Draw,
    Terminate,
    Revenue(u128),
    Claim(usize),
    Wait(u64),
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (0..5_usize, 10_u128..120, 0..4_usize).prop_map(|(who, amount, condition)| Action::Pledge { who, amount, condition }),
        3 => (0..5_usize).prop_map(Action::Refund),
        2 => Just(Action::Accept),
        3 => (0..2_u32).prop_map(Action::Submit),
        2 => Just(Action::Draw),
        1 => Just(Action::Terminate),
        1 => (1_u128..50).prop_map(Action::Revenue),
        1 => (0..5_usize).prop_map(Action::Claim),
        3 => prop_oneof![Just(1), Just(DAY), Just(7 * DAY), Just(40 * DAY)].prop_map(Action::Wait),
    ]
}

/// Conditions by number: none; a total; two others of 30 or more; the next party in turn.
fn condition(escrow: &Escrow, number: usize, who: usize) -> Condition {
    match number {
        0 => Condition::default(),
        1 => Condition {
            total: Some(Amount(150)),
            ..Condition::default()
        },
        2 => Condition {
            pledgers: Some(PledgersCondition {
                count: 3,
                at_least: Amount(30),
            }),
            ..Condition::default()
        },
        _ => escrow.if_pledged(&[NAMES[(who + 1) % 5]], 40),
    }
}

#[derive(Default)]
struct Model {
    /// Amount and condition by party.
    pledges: [Option<(u128, usize)>; 5],
    funded_at: Option<u64>,
    came_in: u128,
    went_out: u128,
}

impl Model {
    fn set(&self) -> Vec<usize> {
        let mut set: Vec<usize> = (0..5).filter(|who| self.pledges[*who].is_some()).collect();
        loop {
            let amount = |who: usize| {
                if set.contains(&who) {
                    self.pledges[who].unwrap().0
                } else {
                    0
                }
            };
            let unmet = set.iter().position(|who| match self.pledges[*who].unwrap().1 {
                0 => false,
                1 => set.iter().map(|who| amount(*who)).sum::<u128>() < 150,
                2 => set.iter().filter(|who| amount(**who) >= 30).count() < 3,
                _ => amount((who + 1) % 5) < 40,
            });
            match unmet {
                Some(position) => drop(set.remove(position)),
                None => return set,
            }
        }
    }

    /// Whether the pledge is taken, and what follows.
    fn pledge(&mut self, now: u64, who: usize, amount: u128, condition: usize) -> bool {
        let open = self.funded_at.is_none() && now < START + 10 * DAY;
        let restated = self.pledges[who].is_none_or(|(_, earlier)| earlier == condition);
        if !open || !restated {
            return false;
        }
        let before = self.pledges[who].map_or(0, |(amount, _)| amount);
        self.pledges[who] = Some((before + amount, condition));
        self.came_in += amount;
        let total: u128 = self.set().iter().map(|who| self.pledges[*who].unwrap().0).sum();
        if total >= TARGET {
            self.funded_at = Some(now);
        }
        true
    }
}

fn carry_out(escrow: &mut Escrow, model: &mut Model, action: &Action) {
    let now = escrow.now().0;
    match *action {
        Action::Pledge {
            who,
            amount,
            condition: number,
        } => {
            let asked = condition(escrow, number, who);
            let taken = escrow.pledge(NAMES[who], 1, amount, asked).is_ok();
            assert_eq!(
                taken,
                model.pledge(now, who, amount, number),
                "{action:?} at {now}"
            );
        }
        Action::Refund(who) => drop(escrow.refund(NAMES[who], 1)),
        Action::Accept => {
            let allowed = escrow.project(1).phase == Phase::Funded;
            assert_eq!(escrow.accept(1).is_ok(), allowed);
        }
        Action::Submit(milestone) => drop(escrow.submit(1, milestone)),
        Action::Draw => drop(escrow.draw(1)),
        Action::Terminate => drop(escrow.send("anybody", ExecuteMsg::Terminate { project: 1 }, &[])),
        Action::Revenue(amount) => {
            if escrow.pay_revenue(1, amount).is_ok() {
                model.came_in += amount;
            }
        }
        Action::Claim(who) => drop(escrow.claim_revenue(NAMES[who], 1)),
        Action::Wait(seconds) => escrow.go_to(now + seconds),
    }
    model.went_out = escrow.purses.values().sum();
}

fn check(escrow: &Escrow, model: &Model) {
    let project = escrow.project(1);
    let books = escrow.books(1);
    assert_eq!(
        books.claimable.0 + books.locked.0,
        model.came_in - model.went_out,
        "everything is here or went out"
    );
    assert_eq!(project.funded_at.map(|at| at.0), model.funded_at);
    let set = model.set();
    let total: u128 = set.iter().map(|who| model.pledges[*who].unwrap().0).sum();
    assert_eq!(
        (project.consistent.0, project.consistent_pledges as usize),
        (total, set.len())
    );
    if let Some(funded) = project.funded {
        assert_eq!(funded.0, total.min(CAP));
        let paid: u128 = escrow.pledges(1).iter().map(|pledge| pledge.paid.0).sum();
        assert_eq!(paid, funded.0, "what the pledges paid is what the project took");
        assert!(escrow.paid_to("contractor") <= funded.0);
    }
}

/// After everything has ended and everybody has taken what is theirs, less than a unit of revenue a pledge is left.
fn everybody_leaves(escrow: &mut Escrow, model: &mut Model) {
    for _ in 0..3 {
        let now = escrow.now().0;
        escrow.go_to(now + 1_000 * DAY);
        for action in [Action::Terminate, Action::Draw] {
            carry_out(escrow, model, &action);
        }
        for who in 0..5 {
            carry_out(escrow, model, &Action::Refund(who));
            carry_out(escrow, model, &Action::Claim(who));
        }
    }
    assert!(
        model.came_in - model.went_out < 5,
        "{} of {} came out",
        model.went_out,
        model.came_in
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn random_lives_keep_every_promise(actions in prop::collection::vec(any_action(), 1..60)) {
        let mut escrow = Escrow::new();
        let mut model = Model::default();
        let terms = escrow.open_call(TARGET, CAP);
        escrow.open(&terms);
        for action in &actions {
            carry_out(&mut escrow, &mut model, action);
            check(&escrow, &model);
        }
        everybody_leaves(&mut escrow, &mut model);
    }
}
