//! Terms that are taken and terms that are not.

use cosmwasm_std::HexBinary;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::bounds::{MAX_CAP, MAX_MILESTONES, MAX_NAMED, MAX_PERIOD};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{Admission, NamedParty, PayeePart, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::harness::{Escrow, DAY, START};

fn opening(change: impl FnOnce(&Escrow, &mut Terms)) -> String {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    change(&escrow, &mut terms);
    let refused = escrow.send("anybody", ExecuteMsg::Open { terms }, &[]);
    refused.expect_err("they are refused").to_string()
}

#[test]
fn terms_that_could_not_be_carried_out() {
    let (a, contractor) = (Escrow::new().addr("A"), Escrow::new().addr("contractor"));
    let late = START + 3_653 * DAY;
    let table: Vec<(String, String)> = vec![
        (
            opening(|_, t| t.version = 2),
            "terms: expected version 1, got 2".into(),
        ),
        (
            opening(|_, t| t.version = 0),
            "terms: expected version 1, got 0".into(),
        ),
        (
            opening(|_, t| t.title = String::new()),
            "title: expected 1 to 128 bytes, got 0".into(),
        ),
        (
            opening(|_, t| t.description_uri = format!("ipfs://{}", "x".repeat(506))),
            "description_uri: expected 0 to 512 bytes, got 513".into(),
        ),
        (
            opening(|_, t| t.description_hash = HexBinary::from([1; 31])),
            "description_hash: expected 32 bytes, got 31".into(),
        ),
        (
            opening(|_, t| t.asset = Asset::native("uother")),
            "asset: expected one of the deployment's list, got native:uother".into(),
        ),
        (
            opening(|_, t| t.target = Amount::ZERO),
            "target: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.cap = Amount(29_999)),
            "cap: expected at least the target 30000, got 29999".into(),
        ),
        (
            opening(|_, t| t.deadline = UnixSeconds(START)),
            format!("deadline: expected {} to {late}, got {START}", START + 1),
        ),
        (
            opening(|_, t| t.milestones[1].due = UnixSeconds(late + 1)),
            format!("due: expected {} to {late}, got {}", START + 26 * DAY, late + 1),
        ),
        (
            opening(|_, t| t.milestones[0].due = UnixSeconds(START + 15 * DAY)),
            format!(
                "due: expected {} to {late}, got {}",
                START + 15 * DAY + 1,
                START + 15 * DAY
            ),
        ),
        (
            opening(|_, t| t.milestones[0].share = BasisPoints(3_999)),
            "milestones: expected shares of 10000 basis points together, got 9999".into(),
        ),
        (
            opening(|_, t| t.milestones[0].share = BasisPoints(0)),
            "a milestone's share: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.milestones.clear()),
            "milestones: expected 1 to 32, got 0".into(),
        ),
        (
            opening(|_, t| t.retention = BasisPoints(10_001)),
            "retention: expected 0 to 10000 basis points, got 10001".into(),
        ),
        (
            opening(|_, t| t.defects_period = Seconds(157_852_801)),
            "defects_period: expected at most 157852800 s, got 157852801 s".into(),
        ),
        (
            opening(|_, t| t.accept_within = Seconds(0)),
            "accept_within: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.grace = Seconds(0)),
            "grace: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.cap = Amount(MAX_CAP.0 + 1)),
            format!("cap: expected at most {MAX_CAP}, got {}", MAX_CAP.0 + 1),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties[1].amount = Amount(30_001);
                }
            }),
            "parties: expected at most the cap 30000 of each, got 30001".into(),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties[1].amount = Amount::ZERO;
                }
            }),
            "a party's amount: expected more than 0".into(),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties[1].address.clone_from(&t.contractor);
                }
            }),
            format!("parties: expected each once and nobody who is paid or decides, got {contractor}"),
        ),
        (
            opening(|_, t| t.milestones[1].title.clear()),
            "milestone title: expected 1 to 128 bytes, got 0".into(),
        ),
        (
            opening(|_, t| {
                t.admission = Admission::Open {
                    minimum: Amount::ZERO,
                }
            }),
            "minimum: expected at least 59, so that 512 pledges reach the target, got 0".into(),
        ),
        (
            opening(|_, t| {
                t.admission = Admission::Open {
                    minimum: Amount(30_001),
                }
            }),
            "minimum: expected at most the cap 30000, got 30001".into(),
        ),
        (
            opening(|_, t| t.admission = Admission::Named { parties: vec![] }),
            "parties: expected 1 to 128, got 0".into(),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties[1] = parties[0].clone();
                }
            }),
            format!("parties: expected each once and nobody who is paid or decides, got {a}"),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties.pop();
                }
            }),
            "parties: expected amounts of at least the target 30000 together, got 20000".into(),
        ),
    ];
    for (got, expected) in table {
        assert_eq!(got, expected);
    }
}

#[test]
fn the_bounds_of_terms_are_taken_and_one_beyond_is_not() {
    type Change = fn(&Escrow, &mut Terms);
    let table: [(&str, Change, Change); 17] = [
        (
            "title",
            |_, t| t.title = "x".repeat(128),
            |_, t| t.title = "x".repeat(129),
        ),
        (
            "milestone title",
            |_, t| t.milestones[1].title = "x".repeat(128),
            |_, t| t.milestones[1].title = "x".repeat(129),
        ),
        (
            "description_uri",
            |_, t| t.description_uri = format!("ipfs://{}", "x".repeat(505)),
            |_, t| t.description_uri = format!("ipfs://{}", "x".repeat(506)),
        ),
        (
            "first deadline",
            |_, t| t.deadline = UnixSeconds(START + 1),
            |_, t| t.deadline = UnixSeconds(START),
        ),
        (
            "last deadline",
            |_, t| put_off(t, UnixSeconds(START + 3_653 * DAY - 2)),
            |_, t| put_off(t, UnixSeconds(START + 3_653 * DAY - 1)),
        ),
        (
            "due in the order of the work",
            |_, t| t.milestones[1].due = t.milestones[0].due,
            |_, t| t.milestones[1].due = UnixSeconds(t.milestones[0].due.0 - 1),
        ),
        (
            "due after the time to accept",
            |_, t| t.milestones[0].due = UnixSeconds(t.deadline.0 + t.accept_within.0 + 1),
            |_, t| t.milestones[0].due = UnixSeconds(t.deadline.0 + t.accept_within.0),
        ),
        (
            "accept_within",
            |_, t| accept_within(t, MAX_PERIOD),
            |_, t| accept_within(t, Seconds(MAX_PERIOD.0 + 1)),
        ),
        (
            "grace",
            |_, t| t.grace = MAX_PERIOD,
            |_, t| t.grace = Seconds(MAX_PERIOD.0 + 1),
        ),
        (
            "review_period",
            |_, t| t.review_period = MAX_PERIOD,
            |_, t| t.review_period = Seconds(MAX_PERIOD.0 + 1),
        ),
        (
            "milestones",
            |_, t| split(t, MAX_MILESTONES),
            |_, t| split(t, MAX_MILESTONES + 1),
        ),
        (
            "parties",
            |e, t| name_parties(e, t, MAX_NAMED),
            |e, t| name_parties(e, t, MAX_NAMED + 1),
        ),
        (
            "cap",
            |_, t| t.cap = MAX_CAP,
            |_, t| t.cap = Amount(MAX_CAP.0 + 1),
        ),
        (
            "bond",
            |_, t| t.bond = MAX_CAP,
            |_, t| t.bond = Amount(MAX_CAP.0 + 1),
        ),
        (
            "minimum, of the cap",
            |_, t| {
                (t.cap, t.admission) = (
                    Amount(40_000),
                    Admission::Open {
                        minimum: Amount(40_000),
                    },
                )
            },
            |_, t| {
                (t.cap, t.admission) = (
                    Amount(40_000),
                    Admission::Open {
                        minimum: Amount(40_001),
                    },
                )
            },
        ),
        (
            "contractor, in the letters of an address",
            |e, t| t.contractor = e.addr("anyone").into_string(),
            |e, t| t.contractor = e.addr("anyone").into_string().to_uppercase(),
        ),
        (
            "party, in the letters of an address",
            |e, t| name_party(t, e.addr("anyone").into_string()),
            |e, t| name_party(t, e.addr("anyone").into_string().to_uppercase()),
        ),
    ];
    for (what, taken, refused) in table {
        for (change, is_taken) in [(taken, true), (refused, false)] {
            let mut escrow = Escrow::new();
            let mut terms = escrow.founding();
            change(&escrow, &mut terms);
            let outcome = escrow.send("anybody", ExecuteMsg::Open { terms }, &[]);
            assert_eq!(outcome.is_ok(), is_taken, "{what}: {outcome:?}");
        }
    }
}

/// A deadline as late as this, a second to accept, and the work due a second after that.
fn put_off(terms: &mut Terms, deadline: UnixSeconds) {
    terms.deadline = deadline;
    terms.accept_within = Seconds(1);
    for milestone in &mut terms.milestones {
        milestone.due = UnixSeconds(deadline.0 + 2);
    }
}

/// The work is due as late as it may be, so that there is time to accept.
fn accept_within(terms: &mut Terms, period: Seconds) {
    terms.accept_within = period;
    for milestone in &mut terms.milestones {
        milestone.due = UnixSeconds(START + 3_653 * DAY);
    }
}

fn name_party(terms: &mut Terms, address: String) {
    if let Admission::Named { parties } = &mut terms.admission {
        parties[2].address = address;
    }
}

/// As many parties, each of whom could fund it alone.
fn name_parties(escrow: &Escrow, terms: &mut Terms, count: usize) {
    let party = |number| NamedParty {
        address: escrow.addr(&format!("party {number}")).into_string(),
        amount: terms.target,
    };
    let parties = (0..count).map(party).collect();
    terms.admission = Admission::Named { parties };
}

/// As many milestones, with shares that are the whole together.
fn split(terms: &mut Terms, count: usize) {
    let milestone = terms.milestones[1].clone();
    let mut milestones = vec![milestone; count];
    for (position, milestone) in milestones.iter_mut().enumerate() {
        let rest = u16::try_from(10_000 - (count - 1)).unwrap();
        milestone.share = BasisPoints(if position == 0 { rest } else { 1 });
    }
    terms.milestones = milestones;
}

#[test]
fn who_decides_and_who_is_paid() {
    let names = Escrow::new();
    let (contractor, digger, a) = (names.addr("contractor"), names.addr("digger"), names.addr("A"));
    let part = |payee, part| PayeePart {
        payee,
        part: BasisPoints(part),
    };
    let with_digger = |terms: &mut Terms| terms.payees = vec![digger.to_string()];
    for (told, expected) in [
        (
            opening(|_, t| t.consent = BasisPoints(5_000)),
            "consent: expected 5001 to 10000 basis points, got 5000".to_owned(),
        ),
        (
            opening(|_, t| t.decider.as_mut().unwrap().address = contractor.to_string()),
            format!("decider: expected each once and not the contractor, got {contractor}"),
        ),
        (
            opening(|_, t| t.decider.as_mut().unwrap().objection = BasisPoints(0)),
            "objection: expected 1 to 10000 basis points, got 0".to_owned(),
        ),
        (
            opening(|_, t| t.decider.as_mut().unwrap().silence = BasisPoints(10_001)),
            "silence: expected 0 to 10000 basis points, got 10001".to_owned(),
        ),
        (
            opening(|_, t| t.decider.as_mut().unwrap().time_limit = Seconds(0)),
            "time_limit: expected more than 0".to_owned(),
        ),
        (
            opening(|_, t| t.decider.as_mut().unwrap().time_limit = Seconds(157_852_801)),
            "time_limit: expected at most 157852800 s, got 157852801 s".to_owned(),
        ),
        (
            opening(|_, t| t.decider.as_mut().unwrap().address = a.to_string()),
            format!("parties: expected each once and nobody who is paid or decides, got {a}"),
        ),
        (
            opening(|_, t| t.bond = Amount(MAX_CAP.0 + 1)),
            format!("bond: expected at most {MAX_CAP}, got {}", MAX_CAP.0 + 1),
        ),
        (
            opening(|_, t| t.payees = vec![digger.to_string(); 2]),
            format!("payees: expected each once and not the contractor, got {digger}"),
        ),
        (
            opening(|_, t| t.payees = vec![contractor.to_string()]),
            format!("payees: expected each once and not the contractor, got {contractor}"),
        ),
        (
            opening(|_, t| t.payees = vec![a.to_string()]),
            format!("parties: expected each once and nobody who is paid or decides, got {a}"),
        ),
        (
            opening(|e, t| {
                t.payees = (0..9)
                    .map(|number| e.addr(&format!("n{number}")).into_string())
                    .collect();
            }),
            "payees: expected 0 to 8, got 9".to_owned(),
        ),
        (
            opening(|_, t| t.milestones[0].payees = vec![part(1, 5)]),
            "a milestone's payees: expected each once, of 1 to 0, got 1".to_owned(),
        ),
        (
            opening(|_, t| {
                with_digger(t);
                t.milestones[0].payees = vec![part(1, 5), part(1, 5)];
            }),
            "a milestone's payees: expected each once, of 1 to 1, got 1".to_owned(),
        ),
        (
            opening(|_, t| {
                with_digger(t);
                t.milestones[0].payees = vec![part(1, 10_001)];
            }),
            "a milestone's payees: expected parts of at most 10000 basis points together, got 10001"
                .to_owned(),
        ),
        (
            opening(|_, t| {
                with_digger(t);
                t.milestones[0].payees = vec![part(1, 0)];
            }),
            "a payee's part: expected more than 0".to_owned(),
        ),
    ] {
        assert_eq!(told, expected);
    }
}
