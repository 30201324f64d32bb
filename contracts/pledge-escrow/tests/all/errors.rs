//! What every refusal says: what was expected and what came.

use gridpact_storage::MigrationError;
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::answers;
use gridpact_types::escrow::terms_bytes::TermsError;
use gridpact_units::{Amount, Seconds, UnixSeconds};
use pledge_escrow::error::ContractError;

/// Name of the variant; exhaustive, so that a new one does not compile without a line in the table.
fn name(error: &ContractError) -> &'static str {
    macro_rules! names {
        ($($variant:ident)*) => {
            match error { $(ContractError::$variant { .. } => stringify!($variant),)* }
        };
    }
    names! {
        Std Payment Terms Count Length Hash Zero AssetTwice UnknownAsset CapBelowTarget Minimum Party PartiesBelowTarget Time
        Period Shares Retention UnknownProject TermsHash Phase ContractorPledges NotParty NamedAmount BelowMinimum TooMuch
        OtherCondition ListFull NotContractor MilestoneOrder Overdue NotOverdue Nothing PageLimit UnknownPledge Arithmetic
        Migration
    }
}

/// How many names there are above.
const VARIANTS: usize = 36;

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
        (Zero { what: "target" }, "target: expected more than 0"),
        (
            AssetTwice { got: Asset::native("u") },
            "assets: expected each once, got native:u twice",
        ),
        (
            UnknownAsset { got: Asset::cw20("t") },
            "asset: expected one of the deployment's list, got cw20:t",
        ),
        (
            CapBelowTarget { target: Amount(2), got: Amount(1) },
            "cap: expected at least the target 2, got 1",
        ),
        (
            Minimum { pledges: 512, min: Amount(2), got: Amount(1) },
            "minimum: expected at least 2, so that 512 pledges reach the target, got 1",
        ),
        (
            Party { got: a() },
            "parties: expected each once and not the contractor, got aa",
        ),
        (
            PartiesBelowTarget { target: Amount(2), got: 1 },
            "parties: expected amounts of at least the target 2 together, got 1",
        ),
        (
            Time { what: "due", after: at(5), max: at(9), got: at(4) },
            "due: expected a time after 5 and not after 9, got 4",
        ),
        (
            Period { what: "review_period", max: Seconds(5), got: Seconds(6) },
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
        (TooMuch, "payment: expected less than 2^128 of the asset in all, ever"),
        (
            OtherCondition,
            "condition: expected the one of the earlier pledge, got another",
        ),
        (
            ListFull { max: 512, smallest: Some(Amount(5)), got: 5 },
            "pledges: expected fewer than 512, or more than the smallest outside the set, which is 5, got 5",
        ),
        (
            ListFull { max: 512, smallest: None, got: 5 },
            "pledges: expected fewer than 512, or more than the smallest outside the set, which is none, got 5",
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
            Overdue { due: at(5), now: at(6) },
            "milestone: expected before 5, now it is 6",
        ),
        (
            NotOverdue { due: at(5), now: at(4) },
            "termination: expected a milestone not submitted by its due date, the next is due 5, now it is 4",
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
