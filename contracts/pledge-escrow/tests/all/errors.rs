//! What every refusal says: what was expected and what came.

use gridpact_storage::MigrationError;
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::answers;
use gridpact_types::escrow::terms_bytes::TermsError;
use gridpact_units::{Amount, Seconds, UnixSeconds};
use pledge_escrow::bad_terms::BadTerms as WrongTerms;
use pledge_escrow::error::ContractError;

/// Name of the variant; exhaustive, so that a new one does not compile without a line in the table.
fn name(error: &ContractError) -> &'static str {
    macro_rules! names {
        ($($variant:ident)*) => {
            match error { $(ContractError::$variant { .. } => stringify!($variant),)* }
        };
    }
    names! {
        Std Payment Terms BadTerms Count Length Character Uri Hash EscrowItself Zero AssetTwice UnknownProject TermsHash Phase
        ContractorPledges NotParty NamedAmount BelowMinimum AboveCap TooMuch OtherCondition StrongerCondition Impossible
        ListFull NotContractor MilestoneOrder Overdue NotOverdue Nothing PageLimit UnknownPledge Arithmetic Migration
    }
}

/// The same of what is wrong with terms.
fn name_of_terms(error: &WrongTerms) -> &'static str {
    macro_rules! names {
        ($($variant:ident)*) => {
            match error { $(WrongTerms::$variant { .. } => stringify!($variant),)* }
        };
    }
    names! {
        UnknownAsset CapBelowTarget Cap Minimum MinimumAboveCap Party PartyAboveCap PartiesBelowTarget Time Period Shares Retention
    }
}

/// How many names there are above.
const VARIANTS: usize = 34;
const OF_TERMS: usize = 12;

#[test]
fn every_text_names_what_was_expected_and_what_came() {
    use ContractError::*;
    let at = UnixSeconds;
    let (a, b) = (|| "aa".to_owned(), || "bb".to_owned());
    let table = [
        (Std(cosmwasm_std::StdError::generic_err("x")), "Generic error: x"),
        (Payment(PaymentError::Zero), "payment: expected more than 0"),
        (
            Terms(TermsError::UnknownVersion { expected: 1, got: 2 }),
            "terms: expected version 1, got 2",
        ),
        (
            BadTerms(WrongTerms::Shares { got: 9_999 }),
            "milestones: expected shares of 10000 basis points together, got 9999",
        ),
        (
            Count { what: "assets", min: 1, max: 16, got: 17 },
            "assets: expected 1 to 16, got 17",
        ),
        (
            Length { what: "title", min: 1, max: 128, got: 0 },
            "title: expected 1 to 128 bytes, got 0",
        ),
        (
            Hash { what: "evidence_hash", expected: 32, got: 31 },
            "evidence_hash: expected 32 bytes, got 31",
        ),
        (
            Character { what: "title", got: '\u{202e}' },
            "title: expected no control characters nor marks of direction, got U+202E",
        ),
        (
            Uri { what: "evidence_uri", got: "file:///".to_owned() },
            "evidence_uri: expected nothing, or https:// or ipfs:// and plain ASCII, got file:///",
        ),
        (
            EscrowItself { what: "contractor" },
            "contractor: expected an account other than the escrow itself",
        ),
        (Zero { what: "target" }, "target: expected more than 0"),
        (
            AssetTwice { got: Asset::native("u") },
            "assets: expected each once, got native:u twice",
        ),
        (
            UnknownProject { project: 3, count: 2 },
            "no project 3; there are 2",
        ),
        (
            TermsHash { expected: a(), got: b() },
            "terms_hash: expected aa, got bb",
        ),
        (
            Phase { expected: "open", got: answers::Phase::Failed },
            "project: expected it open, it is Failed",
        ),
        (ContractorPledges, "pledger: the contractor may not pledge"),
        (
            NotParty { got: b() },
            "pledger: expected one of the named parties, got bb",
        ),
        (
            NamedAmount { expected: Amount(5), first: true, got: 4 },
            "pledge: expected 5 once, got 4",
        ),
        (
            NamedAmount { expected: Amount(5), first: false, got: 5 },
            "pledge: expected 5 once, got 5 on top of an earlier pledge",
        ),
        (
            BelowMinimum { min: Amount(5), got: 4 },
            "pledge: expected at least 5, got 4",
        ),
        (
            AboveCap { cap: Amount(5), got: Amount(6) },
            "pledge: expected at most the cap 5 in all, got 6",
        ),
        (TooMuch, "payment: expected less than 2^128 in the project in all, ever"),
        (
            OtherCondition,
            "condition: expected the one of the earlier pledge, got another",
        ),
        (
            StrongerCondition,
            "condition: expected each part absent, or no more than it was, got one that asks for more",
        ),
        (
            Impossible { what: "a total".to_owned(), most: 5, got: 6 },
            "condition: expected what can be, a total of at most 5, got 6",
        ),
        (
            ListFull { max: 512, smallest: Some(Amount(5)), got: 5 },
            "pledges: expected fewer than 512, or one that joins the set, or more than the smallest outside it, which is 5, got 5",
        ),
        (
            ListFull { max: 512, smallest: None, got: 5 },
            "pledges: expected fewer than 512, or one that joins the set, or more than the smallest outside it, which is none, got 5",
        ),
        (
            NotContractor { expected: a(), got: b() },
            "sender: expected the contractor aa, got bb",
        ),
        (
            MilestoneOrder { expected: 1, got: 2 },
            "milestone: expected 1, the next one, got 2",
        ),
        (
            Overdue { until: at(5), now: at(6) },
            "milestone: expected before 5, its due date and grace, now it is 6",
        ),
        (
            NotOverdue { until: at(5), now: at(4) },
            "termination: expected a milestone not submitted by its due date and grace, the next can be until 5, now it is 4",
        ),
        (
            Nothing { what: "refund" },
            "refund: expected more than 0 to pay out, got 0",
        ),
        (
            PageLimit(gridpact_storage::PageLimit { max: 100, got: 0 }),
            "limit: expected 1 to 100, got 0",
        ),
        (
            UnknownPledge { project: 3, pledger: a() },
            "no pledge of aa in project 3",
        ),
        (Arithmetic { what: "books" }, "arithmetic: books out of range"),
        (
            Migration(MigrationError::Name { expected: "x", got: b() }),
            "migrate: contract: expected x, got bb",
        ),
        (
            Migration(MigrationError::Version { expected: a(), got: b() }),
            "migrate: version: expected one of aa, got bb",
        ),
    ];
    for (error, text) in &table {
        assert_eq!(error.to_string(), *text);
    }
    let mut names: Vec<_> = table.iter().map(|(error, _)| name(error)).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), VARIANTS);
}

#[test]
fn every_text_on_terms_names_what_was_expected_and_what_came() {
    use WrongTerms::*;
    let at = UnixSeconds;
    let table = [
        (
            UnknownAsset {
                got: Asset::cw20("t"),
            },
            "asset: expected one of the deployment's list, got cw20:t",
        ),
        (
            CapBelowTarget {
                target: Amount(2),
                got: Amount(1),
            },
            "cap: expected at least the target 2, got 1",
        ),
        (
            Cap {
                max: Amount(2),
                got: Amount(3),
            },
            "cap: expected at most 2, got 3",
        ),
        (
            Minimum {
                pledges: 512,
                min: Amount(2),
                got: Amount(1),
            },
            "minimum: expected at least 2, so that 512 pledges reach the target, got 1",
        ),
        (
            MinimumAboveCap {
                cap: Amount(2),
                got: Amount(3),
            },
            "minimum: expected at most the cap 2, got 3",
        ),
        (
            Party { got: "aa".to_owned() },
            "parties: expected each once and not the contractor, got aa",
        ),
        (
            PartyAboveCap {
                cap: Amount(2),
                got: Amount(3),
            },
            "parties: expected at most the cap 2 of each, got 3",
        ),
        (
            PartiesBelowTarget {
                target: Amount(2),
                got: 1,
            },
            "parties: expected amounts of at least the target 2 together, got 1",
        ),
        (
            Time {
                what: "due",
                min: at(5),
                max: at(9),
                got: at(4),
            },
            "due: expected 5 to 9, got 4",
        ),
        (
            Period {
                what: "review_period",
                max: Seconds(5),
                got: Seconds(6),
            },
            "review_period: expected at most 5 s, got 6 s",
        ),
        (
            Shares { got: 9_999 },
            "milestones: expected shares of 10000 basis points together, got 9999",
        ),
        (
            Retention { got: 10_001 },
            "retention: expected at most 10000 basis points, got 10001",
        ),
    ];
    for (error, text) in &table {
        assert_eq!(error.to_string(), *text);
    }
    let mut names: Vec<_> = table.iter().map(|(error, _)| name_of_terms(error)).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), OF_TERMS);
}
