//! Random lives of an open call, in coins and in tokens, against a model that knows the promises and nothing of the code. It
//! says of every message whether it is taken and what it pays; the books are checked after each.

mod lives;
mod promises;

use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Condition, PledgersCondition};
use gridpact_units::Amount;
use proptest::prelude::*;

use self::lives::{any_action, any_deal, prelude, Action};
use self::promises::Model;
use crate::harness::{Escrow, Outcome, DAY, START};

const NAMES: [&str; 5] = ["A", "B", "C", "D", "E"];
const TARGET: u128 = 200;
const DEADLINE: u64 = START + 10 * DAY;
const ACCEPT_WITHIN: u64 = 5 * DAY;

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

fn send(escrow: &mut Escrow, action: &Action) -> Option<Outcome> {
    Some(match *action {
        Action::Pledge {
            who,
            amount,
            condition: number,
        } => {
            let asked = condition(escrow, number, who);
            escrow.pledge(NAMES[who], 1, amount, asked)
        }
        Action::Refund(who) => escrow.refund(NAMES[who], 1),
        Action::Accept => escrow.accept(1),
        Action::Submit(milestone) => escrow.submit(1, milestone),
        Action::Draw => escrow.draw(1),
        Action::Terminate => escrow.send("anybody", ExecuteMsg::Terminate { project: 1 }, &[]),
        Action::Revenue(amount) => escrow.pay_revenue(1, amount),
        Action::Claim(who) => escrow.claim_revenue(NAMES[who], 1),
        Action::Wait(_) | Action::Edge(_) => return None,
    })
}

fn carry_out(escrow: &mut Escrow, model: &mut Model, action: &Action) {
    let now = escrow.now().0;
    match *action {
        Action::Wait(seconds) => escrow.go_to(now + seconds),
        Action::Edge(side) => {
            let edge = model.next_edge(now).map_or(now, |edge| edge + side - 1);
            escrow.go_to(edge);
        }
        _ => {}
    }
    let before = escrow.purses.values().sum::<u128>();
    let outcome = send(escrow, action);
    let expected = model.carry_out(now, action);
    if let Some(outcome) = outcome {
        assert_eq!(
            outcome.is_ok(),
            expected.is_some(),
            "{action:?} at {now}: {outcome:?}"
        );
        let paid = escrow.purses.values().sum::<u128>() - before;
        assert_eq!(paid, expected.unwrap_or(0), "{action:?} at {now}");
    }
}

fn check(escrow: &Escrow, model: &Model) {
    let (now, project) = (escrow.now().0, escrow.project(1));
    escrow.check_books();
    assert_eq!(project.phase, model.phase(now));
    assert_eq!(project.funded_at.map(|at| at.0), model.funded_at);
    assert_eq!(project.funded.map_or(0, |funded| funded.0), model.funded());
    assert_eq!(project.drawable.0, model.drawable(now));
    let set = model.set();
    assert_eq!(
        (project.consistent.0, project.consistent_pledges as usize),
        (model.total(), set.len())
    );
    let paid = model.paid();
    assert_eq!(
        paid.iter().sum::<u128>(),
        model.funded(),
        "what was paid is what was taken"
    );
    for (who, name) in NAMES
        .iter()
        .enumerate()
        .filter(|(who, _)| model.pledges[*who].is_some())
    {
        let pledge = escrow.pledge_of(1, name);
        assert_eq!(pledge.consistent, set.contains(&who), "{name}");
        let told = [pledge.amount, pledge.paid, pledge.refundable, pledge.revenue].map(|amount| amount.0);
        let expected = [
            model.amount(who),
            paid[who],
            model.refundable(now, who),
            model.claimable(who),
        ];
        assert_eq!(told, expected, "{name}");
    }
    let worth: u128 = project
        .milestones
        .iter()
        .map(|milestone| milestone.amount.0)
        .sum();
    assert_eq!(worth, model.funded(), "milestones pay what was taken in");
}

/// After everything has ended and everybody has taken what is theirs, less than a unit of revenue a pledge is left.
fn everybody_leaves(escrow: &mut Escrow, model: &mut Model) {
    for _ in 0..3 {
        carry_out(escrow, model, &Action::Wait(1_000 * DAY));
        for action in [Action::Terminate, Action::Draw] {
            carry_out(escrow, model, &action);
        }
        for who in 0..5 {
            carry_out(escrow, model, &Action::Refund(who));
            carry_out(escrow, model, &Action::Claim(who));
        }
    }
    let left = escrow.holding();
    assert!(left < 5, "{left} left");
    assert!(model.revenue > 0 || left == 0, "{left} left without revenue");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn random_lives_go_as_the_model_says(
        deal in any_deal(),
        start in prelude(),
        actions in prop::collection::vec(any_action(), 1..50),
    ) {
        let mut escrow = if deal.tokens { Escrow::of_tokens() } else { Escrow::new() };
        let terms = deal.terms(&escrow);
        escrow.open(&terms);
        let mut model = Model::new(&escrow, deal);
        for action in start.iter().chain(&actions) {
            carry_out(&mut escrow, &mut model, action);
            check(&escrow, &model);
        }
        everybody_leaves(&mut escrow, &mut model);
    }
}
