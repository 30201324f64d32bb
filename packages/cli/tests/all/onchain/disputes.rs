//! `gridpact project` of disputes, offers, claims and payees: what is refused before a chain is asked, what the help teaches, what
//! people read.

use std::collections::BTreeMap;

use cosmwasm_std::HexBinary;
use gridpact_cli::onchain::project::show::disputes as show;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{
    ClaimResponse, ClaimStatus, Held, HeldWhy, IfPledgedResponse, ObjectionResponse, PayeeResponse,
    VotesResponse,
};
use gridpact_types::escrow::disputes::{DecidedBy, Decision, Dispute, Proposal, Reason};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use super::{network, run};
use crate::folder;

const HASH: &str = "0505050505050505050505050505050505050505050505050505050505050505";
const AT: UnixSeconds = UnixSeconds(1_800_000_000);

/// Words apart by single blanks, however wide the terminal is.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn help(command: &[&str]) -> String {
    let arguments = [&["project"], command, &["--help"]].concat();
    // A folder of the test's own: tests run beside each other.
    let test = std::thread::current();
    let name = test.name().unwrap_or("main").replace("::", "_");
    let (code, help, error) = run(&format!("help_{name}"), &arguments);
    assert_eq!(code, Some(0), "{command:?}: {error}");
    flat(&help)
}

/// The names of the contract's messages, from its schema, and the command of each.
#[test]
fn every_message_of_the_escrow_is_a_command() {
    let schema = include_str!("../../../../../schema/pledge-escrow.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let messages = schema["execute"]["oneOf"].as_array().unwrap();
    let names = messages
        .iter()
        .map(|message| message["required"][0].as_str().unwrap());
    let others = BTreeMap::from([
        ("submit_milestone", "submit"),
        ("claim_refund", "refund"),
        // A token's hook: the commands of pledging, accepting and paying revenue send it where the money is a token.
        ("receive", "pledge"),
    ]);
    let commands = help(&[]);
    for name in names {
        let command = others
            .get(name)
            .map_or_else(|| name.replace('_', "-"), |command| (*command).to_owned());
        assert!(
            commands.contains(&format!(" {command} ")),
            "{command} of {name}: {commands}"
        );
        let help = help(&[&command]);
        for option in ["--from", "--json", "--dry-run"] {
            assert!(help.contains(option), "{command}: {option} in {help}");
        }
    }
}

#[test]
fn wrong_arguments_of_a_dispute_are_told_before_a_chain_is_asked() {
    let table: [(&[&str], &str); 15] = [
        (&["object", "1", "0"], "--reason"),
        (
            &["object", "1", "0", "--reason-hash", "05"],
            "expected 64 hex digits, got `05`",
        ),
        (
            &["object", "1", "0", "--reason", "x", "--reason-hash", HASH],
            "cannot be used with",
        ),
        (
            &["object", "1", "first", "--reason-hash", HASH],
            "invalid value 'first'",
        ),
        (&["withdraw-objection", "1"], "<MILESTONE>"),
        (
            &["decide", "1", "--kept", "60%", "--reason-hash", HASH],
            "--milestone",
        ),
        (
            &[
                "decide",
                "1",
                "--milestone",
                "0",
                "--claim",
                "1",
                "--kept",
                "60%",
                "--reason-hash",
                HASH,
            ],
            "cannot be used with",
        ),
        (
            &[
                "decide",
                "1",
                "--claim",
                "1",
                "--kept",
                "101%",
                "--reason-hash",
                HASH,
            ],
            "expected a share as 5% or 2.5%, up to 100%, got `101%`",
        ),
        (
            &[
                "decide",
                "1",
                "--claim",
                "1",
                "--kept",
                "60",
                "--reason-hash",
                HASH,
            ],
            "got `60`",
        ),
        (&["offer", "1", "split", "--milestone", "0"], "--kept"),
        (
            &["offer", "1", "due", "0", "in spring"],
            "expected a time with its zone",
        ),
        (&["offer", "1", "due", "0", "+10"], "expected a length of time"),
        (&["consent", "1"], "<OFFER>"),
        (&["claim-defects", "1", "--reason-hash", HASH], "<AMOUNT>"),
        (&["move-payee", "1", "0"], "<TO>"),
    ];
    for (arguments, expected) in table {
        let arguments = [&["project"], arguments].concat();
        let (code, out, error) = run("project_arguments", &arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {error}");
        let error = flat(&error);
        assert!(
            error.contains(expected),
            "{arguments:?}: expected `{expected}` in: {error}"
        );
        assert!(out.is_empty(), "{arguments:?}: {out}");
    }
}

#[test]
fn the_help_says_who_may_what_follows_and_how_it_is_written() {
    for example in [
        "gridpact project object 1 0 --reason photos.pdf",
        "gridpact project decide 1 --milestone 0 --kept 60%",
        "gridpact project offer 1 due 1 2027-03-01",
        "gridpact project consent 1 1",
        "gridpact project claim-defects 1 \"100 EUR\"",
    ] {
        let all = help(&[]);
        assert!(all.contains(example), "expected `{example}` in: {all}");
    }
    let table: [(&[&str], &[&str]); 6] = [
        (
            &["object"],
            &[
                "as a holder",
                "who paid when the project was funded",
                "disputed for good",
            ],
        ),
        (
            &["decide"],
            &[
                "as the decider",
                "goes back to the holders at once",
                "the terms say what is kept",
            ],
        ),
        (
            &["offer"],
            &[
                "as the contractor",
                "takes the place of an earlier one",
                "split",
                "due",
                "end",
            ],
        ),
        (&["offer", "due"], &["later milestones move by the same", "+30d"]),
        (&["consent-to-end"], &["after a due date", "the bond"]),
        (
            &["claim-defects"],
            &["Within the defects period", "nobody draws the retention"],
        ),
    ];
    for (command, taught) in table {
        let help = help(command);
        for words in taught {
            assert!(help.contains(words), "{command:?}: expected `{words}` in: {help}");
        }
    }
}

fn reason() -> Reason {
    Reason {
        hash: HexBinary::from_hex(HASH).unwrap(),
        uri: "https://example.org/photos".to_owned(),
    }
}

fn decided(by: DecidedBy) -> Decision {
    let kept = BasisPoints(7_500);
    Decision { at: AT, kept, by }
}

#[test]
fn disputes_and_offers_are_told_in_words() {
    let proposals = [
        (Proposal::End {}, "to end the project together"),
        (
            Proposal::Due {
                milestone: 1,
                due: AT,
            },
            "milestone 1 is due 2027-01-15T08:00:00Z, later ones move by the same",
        ),
        (
            Proposal::Split {
                dispute: Dispute::Claim { claim: 2 },
                kept: BasisPoints(2_550),
            },
            "of defects claim 2 the contractor and the payees keep 25.5 %",
        ),
    ];
    for (proposal, expected) in proposals {
        assert_eq!(show::proposal(proposal), expected);
    }
    for (by, expected) in [
        (DecidedBy::Decider, "75 % kept, by the decider"),
        (DecidedBy::Silence, "75 % kept, by silence"),
        (DecidedBy::Consent, "75 % kept, by consent"),
    ] {
        assert_eq!(show::decision(&decided(by)), expected);
    }
}

#[test]
fn who_objects_claims_and_is_paid_is_told_with_money_time_and_reason() {
    let (network, asset) = (network(&folder("show_disputes")), Asset::native("ueur"));
    let objection = ObjectionResponse {
        holder: "wasm1a".to_owned(),
        amount: Amount(10_000_000),
        reason: reason(),
        at: AT,
    };
    let told = flat(&show::objections(&[objection], &asset, &network));
    let row = format!("wasm1a 10 EUR 2027-01-15T08:00:00Z https://example.org/photos {HASH}");
    assert!(told.contains(&row), "{told}");
    assert_eq!(show::objections(&[], &asset, &network), "nobody objects\n");

    let claim = ClaimResponse {
        claim: 2,
        status: ClaimStatus::Decided,
        holder: "wasm1a".to_owned(),
        amount: Amount(30_000_000),
        reason: reason(),
        at: AT,
        supported: Amount(20_000_000),
        decide_until: None,
        decided: Some(decided(DecidedBy::Decider)),
        verdict: Some(Reason {
            uri: String::new(),
            ..reason()
        }),
        awarded: Amount(7_500_000),
    };
    let told = flat(&show::claims(&[claim], &asset, &network));
    let row = format!(
        "2 decided 30 EUR 20 EUR - 75 % kept, by the decider 7.5 EUR https://example.org/photos SHA-256 {HASH}"
    );
    assert!(told.contains(&row), "{told}");
    assert_eq!(show::claims(&[], &asset, &network), "no defects are claimed\n");

    let payee = PayeeResponse {
        payee: 1,
        address: "wasm1p".to_owned(),
        moving_to: Some("wasm1h".to_owned()),
        drawn: Amount(1_000_000),
        drawable: Amount(2_000_000),
        held: vec![Held {
            milestone: Some(0),
            amount: Amount(500_000),
            why: HeldWhy::Dispute,
            until: Some(AT),
        }],
    };
    let told = flat(&show::payees(&[payee], &asset, &network));
    assert!(told.contains("1 wasm1p 1 EUR 2 EUR wasm1h"), "{told}");
    assert!(
        told.contains("1 0.5 EUR 0 dispute 2027-01-15T08:00:00Z"),
        "{told}"
    );

    let votes = VotesResponse {
        paid: Amount(10_000_000),
        objects_to: vec![0, 2],
        consents: true,
        wants_end: false,
        supports: Some(2),
    };
    let told = flat(&show::votes(&votes, &asset, &network));
    for fact in [
        "paid 10 EUR",
        "objects to milestones 0, 2",
        "agrees to the offer yes",
        "wants the end no",
        "supports claim 2",
    ] {
        assert!(told.contains(fact), "{fact}: {told}");
    }
}

#[test]
fn what_a_pledge_would_do_is_told_or_why_it_is_refused() {
    let (network, asset) = (network(&folder("show_if_pledged")), Asset::native("ueur"));
    let answer = IfPledgedResponse {
        refused: None,
        consistent: true,
        paid: Amount(9_000_000),
        others_joining: 2,
        displaced: None,
        consistent_total: Amount(31_000_000),
        consistent_pledges: 3,
        funded: Some(Amount(30_000_000)),
    };
    let told = flat(&show::if_pledged(&answer, &asset, &network));
    for fact in [
        "its condition would be met yes",
        "others who would join 2",
        "conditions met 31 EUR",
        "would lose its place -",
        "funded with 30 EUR",
        "taken of it 9 EUR",
    ] {
        assert!(told.contains(fact), "{fact}: {told}");
    }
    let refused = IfPledgedResponse {
        refused: Some("pledge: expected the condition that stands".to_owned()),
        ..answer
    };
    assert_eq!(
        show::if_pledged(&refused, &asset, &network),
        "it would be refused: pledge: expected the condition that stands\n"
    );
}
