//! The largest project there can be: 512 holders, 32 milestones, 8 payees in each, every text as long as it may be. What every
//! message about it uses in the store, and how large its records are.

use std::collections::BTreeMap;

use cosmwasm_schema::schema_for;
use cosmwasm_std::testing::message_info;
use cosmwasm_std::{coins, Coin, Order, Storage};
use gridpact_types::escrow::bounds::{MAX_PAYEES, MAX_PLEDGES};
use gridpact_types::escrow::disputes::{Dispute, Proposal, Reason};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Condition, ProjectId};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};
use pledge_escrow::contract::execute;

use crate::harness::messages::{name, names};
use crate::harness::metered::Metered;
use crate::harness::terms::{long_uri, MANY_DIGITS};
use crate::harness::{as_sent, Escrow, DAY, DENOM, START};
use gridpact_escrow_model::sending::reason;

/// What a message may use, computing included; a node's block takes many times that.
const MOST: usize = 3_000_000;
/// The last milestone.
const LAST: u32 = 31;
/// How many must agree, of 512 with a consent share of 60 %.
const ENOUGH: u32 = 308;

/// An escrow of which every message is measured.
struct Largest {
    escrow: Escrow,
    /// The most that a message of each name used.
    costs: BTreeMap<String, usize>,
}

impl Largest {
    /// What a message uses in the store; it is carried out.
    fn measured(&mut self, by: &str, msg: ExecuteMsg, funds: &[Coin]) {
        let mut metered = Metered::of(&self.escrow);
        let info = message_info(&self.escrow.addr(by), funds);
        let env = self.escrow.env.clone();
        execute(metered.deps_mut(&self.escrow), env, info, as_sent(&msg))
            .unwrap_or_else(|error| panic!("{msg:?}: {error}"));
        let (gas, name) = (metered.take_gas(), name(&msg));
        println!("{name}: {gas} gas in the store");
        let most = self.costs.entry(name).or_default();
        *most = gas.max(*most);
        self.send(by, msg, funds);
    }

    fn measure(&mut self, by: &str, msg: ExecuteMsg) {
        self.measured(by, msg, &[]);
    }

    fn send(&mut self, by: &str, msg: ExecuteMsg, funds: &[Coin]) {
        self.escrow.send_unchecked(by, msg, funds).unwrap();
    }

    /// Opened, pledged for by all, restated by one that asks for sixteen others, and accepted.
    fn accepted(&mut self, project: ProjectId) {
        let terms = self.escrow.largest_call();
        self.measure("anybody", ExecuteMsg::Open { terms });
        let terms_hash = self.escrow.hash_of(project);
        let pledge = |condition| ExecuteMsg::Pledge {
            project,
            terms_hash: terms_hash.clone(),
            condition,
        };
        let funds = coins(MANY_DIGITS, DENOM);
        let parties: Vec<String> = (496..512).map(|number| format!("p{number}")).collect();
        let parties: Vec<&str> = parties.iter().map(String::as_str).collect();
        let asks = self.escrow.if_pledged(&parties, MANY_DIGITS);
        self.measured("p0", pledge(asks.clone()), &funds);
        let restate = ExecuteMsg::Restate {
            project,
            condition: asks,
        };
        self.measure("p0", restate);
        for number in 1..MAX_PLEDGES - 1 {
            self.send(&format!("p{number}"), pledge(Condition::default()), &funds);
        }
        self.measured("p511", pledge(Condition::default()), &funds);
        self.measured("contractor", ExecuteMsg::Accept { project, terms_hash }, &funds);
    }

    /// An offer, taken back, made again, and taken up.
    fn agreed(&mut self, project: ProjectId) {
        let proposal = Proposal::Due {
            milestone: 0,
            due: UnixSeconds(START + 60 * DAY),
        };
        let offer = ExecuteMsg::Offer { project, proposal };
        self.measure("contractor", offer.clone());
        self.measure("contractor", ExecuteMsg::WithdrawOffer { project });
        self.send("contractor", offer, &[]);
        let consent = ExecuteMsg::Consent { project, offer: 2 };
        self.measure("p0", consent.clone());
        for number in 1..ENOUGH - 1 {
            self.send(&format!("p{number}"), consent.clone(), &[]);
        }
        self.measure("p307", consent);
    }

    fn submit(&mut self, project: ProjectId, milestone: u32) {
        let msg = ExecuteMsg::SubmitMilestone {
            project,
            milestone,
            evidence_hash: long_reason().hash,
            evidence_uri: long_uri(),
        };
        self.measure("contractor", msg);
    }

    /// Silence ends the disputes in one second: the next message notes them all, the first claim divides them all.
    fn holders_and_payees_take(&mut self, project: ProjectId) {
        for by in ["p0", "p1"] {
            self.measure(by, ExecuteMsg::ClaimRefund { project });
        }
        self.measure("contractor", ExecuteMsg::Draw { project, payee: 0 });
        let last = u32::try_from(MAX_PAYEES).unwrap();
        self.measure("payee 8", ExecuteMsg::Draw { project, payee: last });
    }

    /// An objection, taken back, and a dispute about each milestone that was submitted.
    fn disputed(&mut self, project: ProjectId, submitted: u32) {
        self.measure("p0", object(project, 0));
        let milestone = 0;
        self.measure("p0", ExecuteMsg::WithdrawObjection { project, milestone });
        for milestone in 0..submitted {
            self.send("p0", object(project, milestone), &[]);
            self.measure("p1", object(project, milestone));
        }
    }

    /// Four claims before the decider at once, beside one that was taken back.
    fn claimed(&mut self, project: ProjectId) {
        let claim = ExecuteMsg::ClaimDefects {
            project,
            amount: Amount(MANY_DIGITS / 10),
            reason: long_reason(),
        };
        self.measure("p0", claim.clone());
        self.measure("p0", ExecuteMsg::WithdrawSupport { project });
        for number in 0_u32..4 {
            self.measure(&format!("p{}", 2 * number), claim.clone());
            let claim = u64::from(number) + 2;
            let support = ExecuteMsg::SupportClaim { project, claim };
            self.measure(&format!("p{}", 2 * number + 1), support);
        }
        let decide = ExecuteMsg::Decide {
            project,
            dispute: Dispute::Claim { claim: 5 },
            kept: BasisPoints(0),
            reason: long_reason(),
        };
        self.measure("decider", decide);
    }

    /// No record is 64 KiB long.
    fn check_records(&self) {
        let records = self.escrow.deps.storage.range(None, None, Order::Ascending);
        let (length, key) = records.map(|(key, value)| (value.len(), key)).max().unwrap();
        let key = String::from_utf8_lossy(&key).into_owned();
        println!("the longest record: {length} bytes, {key:?}");
        assert!(length < 65_536, "{length} bytes of {key:?}");
    }
}

/// With the longest URI there may be.
fn long_reason() -> Reason {
    Reason {
        uri: long_uri(),
        ..reason()
    }
}

fn object(project: ProjectId, milestone: u32) -> ExecuteMsg {
    ExecuteMsg::Object {
        project,
        milestone,
        reason: long_reason(),
    }
}

/// All is built, in dispute, decided by silence but one, and claimed for.
fn built(largest: &mut Largest) {
    let project = 1;
    largest.accepted(project);
    largest.agreed(project);
    for milestone in 0..=LAST {
        largest.submit(project, milestone);
    }
    largest.disputed(project, LAST + 1);
    let decide = ExecuteMsg::Decide {
        project,
        dispute: Dispute::Milestone { milestone: LAST },
        kept: BasisPoints(3_333),
        reason: long_reason(),
    };
    largest.measure("decider", decide);

    largest.escrow.go_to(largest.escrow.now() + 10 * DAY);
    largest.holders_and_payees_take(project);
    let to = largest.escrow.addr("next").into_string();
    largest.measure(
        "payee 8",
        ExecuteMsg::MovePayee {
            project,
            payee: 8,
            to,
        },
    );
    largest.measure("next", ExecuteMsg::ConfirmMove { project, payee: 8 });
    largest.claimed(project);

    // Silence decides three claims, and the retention is free.
    largest.escrow.go_to(largest.escrow.now() + 200 * DAY);
    largest.measure("next", ExecuteMsg::Draw { project, payee: 8 });
    largest.measure("contractor", ExecuteMsg::Draw { project, payee: 0 });
    largest.measure("p5", ExecuteMsg::ClaimRefund { project });
    let terms_hash = largest.escrow.hash_of(project);
    let revenue = ExecuteMsg::PayRevenue { project, terms_hash };
    largest.measured("payer", revenue, &coins(MANY_DIGITS, DENOM));
    largest.measure("p0", ExecuteMsg::ClaimRevenue { project });
}

/// All but the last milestone is submitted and in dispute, and the project ends.
fn ended(largest: &mut Largest) {
    let project = 1;
    largest.accepted(project);
    for milestone in 0..LAST {
        largest.submit(project, milestone);
    }
    largest.disputed(project, LAST);
    // Past the due date of the last one, which the disputes moved, and the grace.
    largest.escrow.go_to(START + 100 * DAY);
    let vote = ExecuteMsg::ConsentToEnd { project };
    largest.measure("p0", vote.clone());
    largest.measure("p1", vote);
    largest.measure("anybody", ExecuteMsg::Terminate { project });
    for by in ["p0", "p511"] {
        largest.measure(by, ExecuteMsg::ClaimRefund { project });
    }
    largest.measure("contractor", ExecuteMsg::Draw { project, payee: 0 });
}

#[test]
fn every_message_about_the_largest_project_stays_far_below_a_block() {
    let mut largest = Largest {
        escrow: Escrow::new(),
        costs: BTreeMap::new(),
    };
    built(&mut largest);
    largest.check_records();
    largest.escrow = Escrow::new();
    ended(&mut largest);
    largest.check_records();
    largest.escrow = Escrow::new();
    let terms = largest.escrow.longest();
    largest.measure("anybody", ExecuteMsg::Open { terms });
    largest.check_records();

    let mut expected = names(&schema_for!(ExecuteMsg));
    // A hook goes on to what a pledge, an acceptance or revenue in coins does.
    expected.remove("receive");
    assert!(expected.iter().eq(largest.costs.keys()), "{:?}", largest.costs);
    for (name, gas) in &largest.costs {
        assert!(*gas < MOST, "{name}: {gas}");
    }
}
