//! Random lives of an open call, in coins and in tokens, against a model that knows the promises and nothing of the code: a
//! list of pledges, sets found by dropping one at a time, parts handed out unit by unit. It says of every message whether it
//! is taken and what it pays; the books are checked after each.

use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Condition, MilestoneTerms, PledgersCondition, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};
use proptest::prelude::*;

use crate::escrow::{Escrow, Outcome, DAY, START};

const NAMES: [&str; 5] = ["A", "B", "C", "D", "E"];
const TARGET: u128 = 200;
const DEADLINE: u64 = START + 10 * DAY;
const ACCEPT_WITHIN: u64 = 5 * DAY;

/// What varies of the terms.
#[derive(Clone, Debug)]
struct Deal {
    tokens: bool,
    cap: u128,
    shares: Vec<u16>,
    retention: u16,
    review: u64,
    defects: u64,
}

impl Deal {
    fn due(milestone: usize) -> u64 {
        DEADLINE + 20 * DAY * (milestone as u64 + 1)
    }

    fn terms(&self, escrow: &Escrow) -> Terms {
        let milestone = |(position, share): (usize, &u16)| MilestoneTerms {
            title: "work".to_owned(),
            share: BasisPoints(*share),
            due: UnixSeconds(Self::due(position)),
        };
        Terms {
            milestones: self.shares.iter().enumerate().map(milestone).collect(),
            retention: BasisPoints(self.retention),
            review_period: Seconds(self.review),
            defects_period: Seconds(self.defects),
            ..escrow.open_call(TARGET, self.cap)
        }
    }
}

fn any_deal() -> impl Strategy<Value = Deal> {
    let shares = prop_oneof![
        Just(vec![10_000]),
        (1..10_000_u16).prop_map(|first| vec![first, 10_000 - first]),
        (1..5_000_u16, 1..5_000_u16).prop_map(|(a, b)| vec![a, b, 10_000 - a - b]),
    ];
    let retention = prop_oneof![Just(0), Just(10_000), 0..10_000_u16];
    (
        any::<bool>(),
        TARGET..TARGET + 60,
        shares,
        retention,
        prop_oneof![Just(0), Just(7 * DAY)],
        prop_oneof![Just(0), Just(90 * DAY)],
    )
        .prop_map(|(tokens, cap, shares, retention, review, defects)| Deal {
            tokens,
            cap,
            shares,
            retention,
            review,
            defects,
        })
}

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
    /// To a second before, at, or after the next moment at which something may change.
    Edge(u64),
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (0..5_usize, 5_u128..120, 0..4_usize).prop_map(|(who, amount, condition)| Action::Pledge { who, amount, condition }),
        3 => (0..5_usize).prop_map(Action::Refund),
        3 => Just(Action::Accept),
        4 => (0..3_u32).prop_map(Action::Submit),
        2 => Just(Action::Draw),
        1 => Just(Action::Terminate),
        2 => (1_u128..50).prop_map(Action::Revenue),
        2 => (0..5_usize).prop_map(Action::Claim),
        2 => prop_oneof![Just(0), Just(1), Just(DAY), Just(40 * DAY)].prop_map(Action::Wait),
        2 => (0..3_u64).prop_map(Action::Edge),
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

/// Down for everybody, then a unit each, in the order given, to those who were cut, until the total is used up.
fn hand_out(total: u128, shares: &[(usize, u128)]) -> [u128; 5] {
    let whole: u128 = shares.iter().map(|(_, share)| share).sum();
    let mut parts = [0; 5];
    if whole == 0 {
        return parts;
    }
    for (who, share) in shares {
        parts[*who] = total * share / whole;
    }
    for (who, share) in shares {
        if parts.iter().sum::<u128>() < total && !(total * share).is_multiple_of(whole) {
            parts[*who] += 1;
        }
    }
    parts
}

struct Model {
    deal: Deal,
    /// The parties in the order of their addresses.
    order: Vec<usize>,
    /// Amount and condition by party.
    pledges: [Option<(u128, usize)>; 5],
    funded_at: Option<u64>,
    accepted: bool,
    submitted: Vec<u64>,
    terminated_at: Option<u64>,
    refunded: [u128; 5],
    claimed: [u128; 5],
    drawn: u128,
    revenue: u128,
}

impl Model {
    fn new(escrow: &Escrow, deal: Deal) -> Self {
        let mut order: Vec<usize> = (0..5).collect();
        order.sort_by_key(|who| escrow.addr(NAMES[*who]));
        Self {
            deal,
            order,
            pledges: [None; 5],
            funded_at: None,
            accepted: false,
            submitted: vec![],
            terminated_at: None,
            refunded: [0; 5],
            claimed: [0; 5],
            drawn: 0,
            revenue: 0,
        }
    }

    fn amount(&self, who: usize) -> u128 {
        self.pledges[who].map_or(0, |(amount, _)| amount)
    }

    fn set(&self) -> Vec<usize> {
        let order = self.order.iter().copied();
        let mut set: Vec<usize> = order.filter(|who| self.pledges[*who].is_some()).collect();
        loop {
            let amount = |who: usize| if set.contains(&who) { self.amount(who) } else { 0 };
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

    fn total(&self) -> u128 {
        self.set().iter().map(|who| self.amount(*who)).sum()
    }

    fn funded(&self) -> u128 {
        self.funded_at.map_or(0, |_| self.total().min(self.deal.cap))
    }

    fn paid(&self) -> [u128; 5] {
        let shares: Vec<_> = self
            .set()
            .into_iter()
            .map(|who| (who, self.amount(who)))
            .collect();
        hand_out(self.funded(), &shares)
    }

    /// When all is reviewed.
    fn completed(&self) -> Option<u64> {
        let all = self.submitted.len() == self.deal.shares.len();
        all.then(|| self.submitted.last().unwrap() + self.deal.review)
    }

    fn phase(&self, now: u64) -> Phase {
        match (self.funded_at, self.completed()) {
            (None, _) if now < DEADLINE => Phase::Open,
            (None, _) => Phase::Failed,
            (Some(at), _) if !self.accepted && now < at + ACCEPT_WITHIN => Phase::Funded,
            _ if !self.accepted => Phase::Failed,
            _ if self.terminated_at.is_some() => Phase::Terminated,
            (_, Some(done)) if now >= done + self.deal.defects => Phase::Closed,
            (_, Some(done)) if now >= done => Phase::Defects,
            _ => Phase::Active,
        }
    }

    /// What the first milestones are worth, and what of it is retained.
    fn worth(&self, count: usize) -> (u128, u128) {
        let upto = |count: usize| {
            let shares: u128 = self
                .deal
                .shares
                .iter()
                .take(count)
                .map(|share| u128::from(*share))
                .sum();
            self.funded() * shares / 10_000
        };
        let each = (0..count).map(|milestone| upto(milestone + 1) - upto(milestone));
        let retained = each.map(|amount| amount * u128::from(self.deal.retention) / 10_000);
        (upto(count), retained.sum())
    }

    fn drawable(&self, now: u64) -> u128 {
        let reviewed = self
            .submitted
            .iter()
            .filter(|at| **at + self.deal.review <= now)
            .count();
        let from = match (self.terminated_at, self.completed(), self.submitted.last()) {
            (Some(at), _, last) => Some(at.max(last.map_or(0, |last| last + self.deal.review))),
            (None, completed, _) => completed,
        };
        let (worth, retained) = self.worth(reviewed);
        let released = from.is_some_and(|from| now >= from + self.deal.defects);
        let had = match self.terminated_at {
            // What was left of the pledgers' parts when they were rounded down.
            Some(_) if released => self.funded() - self.returned().iter().sum::<u128>(),
            _ if released => worth,
            _ => worth - retained,
        };
        had - self.drawn
    }

    /// What an early end gives back to each.
    fn returned(&self) -> [u128; 5] {
        let unearned = self.funded() - self.worth(self.submitted.len()).0;
        self.paid().map(|paid| unearned * paid / self.funded())
    }

    fn refundable(&self, now: u64, who: usize) -> u128 {
        let (pledged, paid) = (self.amount(who), self.paid());
        let back = match self.phase(now) {
            Phase::Open => 0,
            Phase::Failed => pledged,
            Phase::Terminated => pledged - paid[who] + self.returned()[who],
            _ => pledged - paid[who],
        };
        back - self.refunded[who]
    }

    fn claimable(&self, who: usize) -> u128 {
        let part = self.revenue * self.paid()[who];
        part.checked_div(self.funded()).unwrap_or(0) - self.claimed[who]
    }

    /// What a message pays, where it is taken; `None` where it is refused.
    fn carry_out(&mut self, now: u64, action: &Action) -> Option<u128> {
        let phase = self.phase(now);
        let next = self.submitted.len();
        let some = |amount: u128| (amount > 0).then_some(amount);
        let when = |allowed: bool| allowed.then_some(0);
        match *action {
            Action::Pledge {
                who,
                amount,
                condition,
            } => {
                let earlier = self.pledges[who];
                let restated = earlier.is_none_or(|(_, earlier)| earlier == condition);
                when(phase == Phase::Open && restated && (earlier.is_some() || amount >= 10))?;
                self.pledges[who] = Some((self.amount(who) + amount, condition));
                if self.total() >= TARGET {
                    self.funded_at = Some(now);
                }
                Some(0)
            }
            Action::Refund(who) => {
                let amount = some(self.refundable(now, who))?;
                self.refunded[who] += amount;
                Some(amount)
            }
            Action::Accept => {
                when(phase == Phase::Funded)?;
                self.accepted = true;
                Some(0)
            }
            Action::Submit(milestone) => {
                let open =
                    phase == Phase::Active && milestone as usize == next && next < self.deal.shares.len();
                when(open && now < Deal::due(next))?;
                self.submitted.push(now);
                Some(0)
            }
            Action::Draw => {
                let amount = some(self.drawable(now))?;
                self.drawn += amount;
                Some(amount)
            }
            Action::Terminate => {
                let overdue = next < self.deal.shares.len() && now >= Deal::due(next);
                when(phase == Phase::Active && overdue)?;
                self.terminated_at = Some(now);
                Some(0)
            }
            Action::Revenue(amount) => {
                when(matches!(phase, Phase::Defects | Phase::Closed))?;
                self.revenue += amount;
                Some(0)
            }
            Action::Claim(who) => {
                let amount = some(self.claimable(who))?;
                self.claimed[who] += amount;
                Some(amount)
            }
            Action::Wait(_) | Action::Edge(_) => Some(0),
        }
    }

    /// The next moment from now at which time alone may change something.
    fn next_edge(&self, now: u64) -> Option<u64> {
        let reviews = self.submitted.iter().map(|at| at + self.deal.review);
        let ends = reviews
            .clone()
            .chain(self.terminated_at)
            .map(|at| at + self.deal.defects);
        let dues = (0..self.deal.shares.len()).map(Deal::due);
        let accept = self.funded_at.map(|at| at + ACCEPT_WITHIN);
        let edges = reviews.chain(ends).chain(dues).chain(accept).chain([DEADLINE]);
        edges.filter(|edge| *edge > now).min()
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

/// Pledges that fund, acceptance and work in time, so that lives reach their later states.
fn prelude() -> impl Strategy<Value = Vec<Action>> {
    let pledge = |who, amount| Action::Pledge {
        who,
        amount,
        condition: 0,
    };
    let work = (0..4_u32).prop_map(|count| (0..count.min(3)).map(Action::Submit).collect::<Vec<_>>());
    let funded = (60_u128..120, 100_u128..120, 50_u128..120, work).prop_map(move |(a, b, c, work)| {
        let start = vec![pledge(0, a), pledge(1, b), pledge(2, c), Action::Accept];
        [start, work].concat()
    });
    prop_oneof![Just(vec![]), funded]
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
