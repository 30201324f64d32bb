//! A project's file and a pledge's conditions, as people write them.

use std::path::PathBuf;

use anyhow::Result;
use gridpact_cli::onchain::project::{Agreed, ConditionArgs, ProjectFile};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{Phase, ProjectResponse};
use gridpact_types::escrow::terms::{Admission, Condition, PartyCondition, PledgersCondition, Terms};
use gridpact_types::escrow::terms_bytes::terms_hash;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use super::network;
use crate::folder;

const NOW: UnixSeconds = UnixSeconds(1_800_000_000);

/// Accounts stand for themselves, but one is unknown.
fn address(account: &str) -> Result<String> {
    anyhow::ensure!(account != "nobody", "expected a key, got `nobody`");
    Ok(format!("address of {account}"))
}

fn example() -> (PathBuf, String) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../projects/example.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    (path, text)
}

/// A changed example in a folder of its own.
fn changed(name: &str, change: impl Fn(String) -> String) -> (PathBuf, PathBuf) {
    let folder = folder(name);
    let (path, text) = example();
    std::fs::copy(path.with_extension("md"), folder.join("example.md")).unwrap();
    let file = folder.join("project.toml");
    std::fs::write(&file, change(text)).unwrap();
    (folder, file)
}

/// The terms of a changed example, or everything that is wrong with it.
fn terms(name: &str, change: impl Fn(String) -> String) -> Result<Terms, String> {
    let (folder, file) = changed(name, change);
    let read = ProjectFile::read(&file, &network(&folder), address);
    read.map(|read| read.terms(NOW))
        .map_err(|error| error.to_string())
}

/// Terms are recognised as a file's whenever they were opened, and others are not.
#[test]
fn a_file_knows_its_own_terms_whenever_they_were_opened() {
    for (name, from, to) in [
        ("project_relative", "", ""),
        (
            "project_fixed_deadline",
            "deadline = \"+30d\"",
            "deadline = \"2027-03-01\"",
        ),
    ] {
        let (folder, file) = changed(name, |text| {
            if from.is_empty() {
                text
            } else {
                text.replace(from, to)
            }
        });
        let file = ProjectFile::read(&file, &network(&folder), address).unwrap();
        for opened in [NOW, UnixSeconds(NOW.0 + 7)] {
            let terms = file.terms(opened);
            assert!(file.says(&terms));
            let mut later = terms.clone();
            later.milestones[1].due.0 += 1;
            assert!(!file.says(&later), "another due date");
            let dearer = Terms {
                target: Amount(1),
                ..terms
            };
            assert!(!file.says(&dearer));
        }
    }
}

#[test]
fn the_example_says_what_its_comments_say() {
    let terms = terms("project_example", |text| text).unwrap();
    assert_eq!(terms.asset, Asset::native("ueur"));
    assert_eq!(
        (terms.target, terms.cap),
        (Amount(30_000_000_000), Amount(30_000_000_000))
    );
    assert_eq!(terms.deadline, UnixSeconds(NOW.0 + 30 * 86_400));
    assert_eq!(terms.contractor, "address of contractor");
    assert_eq!(terms.grace, Seconds::days(14));
    assert_eq!(terms.retention, BasisPoints(500));
    assert_eq!(terms.review_period, Seconds::days(2));
    let shares: Vec<u16> = terms
        .milestones
        .iter()
        .map(|milestone| milestone.share.0)
        .collect();
    assert_eq!(shares, [6_000, 4_000]);
    let Admission::Named { parties } = terms.admission else {
        panic!("the example names its parties");
    };
    assert_eq!(parties.len(), 3);
}

/// "+30d" counts from the opening: its hash is known then, not before.
#[test]
fn the_hash_of_a_file_is_told_where_it_does_not_hang_on_the_opening() {
    let agreed = |name: &str, change: &dyn Fn(String) -> String| {
        let (folder, file) = changed(name, change);
        Agreed::of_file(&file, &network(&folder), address).map_err(|error| error.to_string())
    };
    let refused = agreed("project_hash_later", &|text| text).unwrap_err();
    assert!(
        refused.contains("expected times as 2026-12-01T00:00Z, got one as +30d"),
        "{refused}"
    );
    let fixed = |text: String| {
        let dates = [
            ("+30d", "2030-01-01"),
            ("+60d", "2030-03-01"),
            ("+90d", "2030-04-01"),
        ];
        dates
            .iter()
            .fold(text, |text, (after, date)| text.replace(after, date))
    };
    let known = agreed("project_hash", &fixed).unwrap();
    let opened = terms("project_hash_opened", fixed).unwrap();
    assert_eq!(
        Agreed::to(opened).unwrap(),
        known,
        "the same whenever it is opened"
    );
}

/// A node could show harmless terms beside the hash of others.
#[test]
fn the_terms_of_a_project_are_hashed_here_before_anybody_agrees_to_them() {
    let terms = terms("project_agreed", |text| text).unwrap();
    let bytes = terms.to_bytes().unwrap();
    let answer = |terms: &[u8], hashed: &[u8]| ProjectResponse {
        project: 1,
        terms: terms.into(),
        terms_hash: terms_hash(hashed),
        phase: Phase::Open,
        pledged: Amount::ZERO,
        pledges: 0,
        consistent: Amount::ZERO,
        consistent_pledges: 0,
        funded: None,
        funded_at: None,
        accepted_at: None,
        milestones: vec![],
        drawable: Amount::ZERO,
        defects_end: None,
        bond: Amount::ZERO,
        returned: Amount::ZERO,
        ended: None,
        offer: None,
        consent_needed: Amount::ZERO,
        end_consented: Amount::ZERO,
        next_due: None,
        objection_needed: None,
        retention_left: Amount::ZERO,
        open_claims: vec![],
    };
    assert_eq!(
        Agreed::of(&answer(&bytes, &bytes)).unwrap(),
        Agreed::to(terms).unwrap()
    );
    let told = |answer| Agreed::of(&answer).unwrap_err().to_string();
    assert!(told(answer(&bytes, b"other")).contains("expected terms of the hash"));
    let later = String::from_utf8(bytes)
        .unwrap()
        .replace("\"version\":1", "\"version\":2");
    let later = later.as_bytes();
    assert_eq!(told(answer(later, later)), "terms: expected version 1, got 2");
}

#[test]
fn everything_that_is_wrong_with_a_project_is_told_at_once_with_its_line() {
    let told = terms("project_wrong", |text| {
        text.replace("account = \"house-b\"", "account = \"nobody\"")
            .replace("retention = \"5%\"", "retention = \"101%\"")
            .replace("due = \"+90d\"", "due = \"in spring\"")
            .replace("cap = \"30000 EUR\"", "cap = \"30000 STONES\"")
            .replace("accept_within = \"14d\"", "accept_in = \"14d\"")
            .replace("example.md\"", "missing.md\"")
            .replace("share = \"60%\"", "share = 60\ncolour = \"green\"")
    })
    .unwrap_err();
    let expected = [
        "line 1: accept_within: expected a text in quotes, got nothing",
        "line 10: description_file: ",
        "line 16: cap: expected an asset of the network file",
        "line 23: accept_in: unknown field; known at the top: accept_within, bond, cap, consent, contractor",
        "line 29: retention: expected a share as 5% or 2.5%, up to 100%, got `101%`",
        "line 50: parties[1].account: expected a key, got `nobody`",
        "line 71: milestones[0].share: expected a text in quotes, got integer",
        "line 72: milestones[0].colour: unknown field; known milestones[0]: due, payees, share, title",
        "line 78: milestones[1].due: expected a time",
    ];
    for wrong in expected {
        assert!(told.contains(wrong), "expected `{wrong}` in: {told}");
    }
    assert!(told.contains("missing.md: No such file"), "{told}");
    assert_eq!(told.matches("\n  line ").count(), expected.len(), "{told}");
}

#[test]
fn a_project_is_for_named_parties_or_for_everybody_and_has_a_milestone() {
    let both = terms("project_both", |text| format!("minimum = \"5 EUR\"\n{text}")).unwrap_err();
    assert!(
        both.contains("parties: expected either [[parties]] or minimum"),
        "{both}"
    );
    let open = |text: String| {
        let (terms, tables) = text.split_once("[[parties]]").unwrap();
        let (_, milestones) = tables.split_once("[[milestones]]").unwrap();
        format!("{terms}minimum = \"500 EUR\"\n[[milestones]]{milestones}")
    };
    assert_eq!(
        terms("project_open", open).unwrap().admission,
        Admission::Open {
            minimum: Amount(500_000_000)
        }
    );
    let none = |text: String| text.split_once("[[milestones]]").unwrap().0.to_owned();
    let none = terms("project_no_milestone", none).unwrap_err();
    assert!(
        none.contains("milestones: expected at least one [[milestones]], got none"),
        "{none}"
    );
}

#[test]
fn money_of_a_project_is_read_even_where_the_target_is_wrong() {
    let told = terms("project_target", |text| {
        text.replace("target = \"30000 EUR\"", "target = \"30000\"")
            .replace("cap = \"30000 EUR\"", "cap = \"many EUR\"")
    })
    .unwrap_err();
    assert!(
        told.contains("line 15: target: expected money with its unit"),
        "{told}"
    );
    assert!(
        told.contains("line 16: cap: expected money with its unit"),
        "{told}"
    );
    assert_eq!(told.matches("\n  line ").count(), 2, "{told}");
}

#[test]
fn conditions_are_read_as_they_are_written() {
    let network = network(&folder("conditions"));
    let asset = Asset::native("ueur");
    let written = ConditionArgs {
        parties: vec![
            "house-b>=10000 EUR".to_owned(),
            "wasm1abc >= 2500000ueur".to_owned(),
        ],
        pledgers: Some("20>=500 EUR".to_owned()),
        total: Some("30000 EUR".to_owned()),
    };
    let expected = Condition {
        parties: vec![
            PartyCondition {
                address: "address of house-b".to_owned(),
                at_least: Amount(10_000_000_000),
            },
            PartyCondition {
                address: "address of wasm1abc".to_owned(),
                at_least: Amount(2_500_000),
            },
        ],
        pledgers: Some(PledgersCondition {
            count: 20,
            at_least: Amount(500_000_000),
        }),
        total: Some(Amount(30_000_000_000)),
    };
    assert_eq!(written.parse(&asset, &network, address).unwrap(), expected);

    let table = [
        ("house-b", "--if: expected ACCOUNT>=AMOUNT, got `house-b`"),
        ("nobody>=1 EUR", "expected a key, got `nobody`"),
        ("house-b>=1 ISLE", "expected money in EUR, got `1 ISLE`"),
        ("house-b>=1", "expected money with its unit"),
    ];
    for (text, expected) in table {
        let wrong = ConditionArgs {
            parties: vec![text.to_owned()],
            ..ConditionArgs::default()
        };
        let told = wrong.parse(&asset, &network, address).unwrap_err().to_string();
        assert!(
            told.contains(expected),
            "{text}: expected `{expected}` in: {told}"
        );
    }
}
