//! What every refusal says: what was expected and what came.

use gridpact_storage::MigrationError;
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::answers;
use gridpact_types::escrow::disputes::Dispute;
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
        Barred NotParty NamedAmount BelowMinimum AboveCap TooMuch OtherCondition StrongerCondition Impossible
        ListFull NotContractor MilestoneOrder NotOverdue NotHolder NoDecider NotDecider NotInReview BeforeDecider NotDisputed Kept
        Already NotThere OtherOffer NotToCome Due Bond NotInDefects ClaimAmount NotGathering SupportsAnother ClaimsFull UnknownPayee
        NotPayee NotNextPayee Nothing PageLimit UnknownPledge Arithmetic Migration
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
        UnknownAsset CapBelowTarget Cap Minimum MinimumAboveCap Party PartyAboveCap PartiesBelowTarget Time Period Shares Share Bond Paid
        PayeeNumber Parts
    }
}

/// How many names there are above.
const VARIANTS: usize = 54;
const OF_TERMS: usize = 16;

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
        (
            Barred { got: b() },
            "pledger: expected nobody who is paid or decides, got bb",
        ),
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
            MilestoneOrder { expected: Some(1), got: 2 },
            "milestone: expected 1, the next one, got 2",
        ),
        (
            MilestoneOrder { expected: None, got: 2 },
            "milestone: expected none, since all are submitted, got 2",
        ),
        (
            NotOverdue { from: at(5), grace: true, now: at(4) },
            "end: expected the time from 5 on, the due date and grace of a milestone that is not submitted, now it is 4",
        ),
        (
            NotOverdue { from: at(5), grace: false, now: at(4) },
            "end: expected the time from 5 on, the due date of a milestone that is not submitted, now it is 4",
        ),
        (
            NotHolder { project: 3, got: b() },
            "sender: expected a holder, who paid when project 3 was funded, got bb",
        ),
        (NoDecider, "terms: expected a decider, this project has none"),
        (
            NotDecider { expected: a(), got: b() },
            "sender: expected the decider aa, got bb",
        ),
        (
            NotInReview { milestone: 1, until: None, now: at(4) },
            "milestone 1: expected it in review, it is not submitted or was decided",
        ),
        (
            NotInReview { milestone: 1, until: Some(at(4)), now: at(4) },
            "milestone 1: expected it in review before 4, now it is 4",
        ),
        (
            BeforeDecider { what: "objection" },
            "objection: expected one that can be taken back, it is before the decider",
        ),
        (
            NotDisputed { dispute: Dispute::Milestone { milestone: 1 } },
            "dispute: expected one that is open, got milestone 1",
        ),
        (
            NotDisputed { dispute: Dispute::Claim { claim: 2 } },
            "dispute: expected one that is open, got claim 2",
        ),
        (Kept { got: 10_001 }, "kept: expected at most 10000 basis points, got 10001"),
        (
            Already { what: "consent" },
            "consent: expected it once of a holder, it stands already",
        ),
        (
            NotThere { what: "support" },
            "support: expected one of the sender, there is none",
        ),
        (
            OtherOffer { expected: Some(2), got: 1 },
            "offer: expected the standing one, 2, got 1",
        ),
        (
            OtherOffer { expected: None, got: 1 },
            "offer: expected none, since none stands, got 1",
        ),
        (
            NotToCome { next: 1, last: 3, got: 0 },
            "milestone: expected one that is not submitted, 1 to 3, got 0",
        ),
        (
            NotToCome { next: 4, last: 3, got: 4 },
            "milestone: expected none, since all are submitted, got 4",
        ),
        (
            Due { min: at(5), max: at(9), got: at(4) },
            "due: expected 5 to 9, got 4",
        ),
        (
            Bond { expected: Amount(5), got: Amount(4) },
            "bond: expected 5, got 4",
        ),
        (
            NotInDefects { period: None, now: at(4) },
            "defects: expected the defects period, of which the beginning is not known yet, now it is 4",
        ),
        (
            NotInDefects { period: Some((at(5), at(9))), now: at(9) },
            "defects: expected the defects period, 5 to before 9, now it is 9",
        ),
        (
            ClaimAmount { most: 5, got: Amount(6) },
            "claim: expected 1 to 5, what is left of the retention, got 6",
        ),
        (
            NotGathering { claim: 3, exists: false },
            "claim 3: expected one that gathers support, there is none of this number",
        ),
        (
            NotGathering { claim: 3, exists: true },
            "claim 3: expected one that gathers support, it is before the decider, or decided",
        ),
        (
            SupportsAnother { claim: 3 },
            "claim: expected a holder who supports no other open claim, this one supports 3",
        ),
        (
            ClaimsFull { max: 4, what: "before the decider at once" },
            "claims: expected fewer than 4 before the decider at once",
        ),
        (UnknownPayee { most: 2, got: 3 }, "payee: expected 0 to 2, got 3"),
        (
            NotPayee { payee: 1, expected: a(), got: b() },
            "sender: expected payee 1, aa, got bb",
        ),
        (
            NotNextPayee { payee: 1, expected: Some(a()), got: b() },
            "sender: expected the address that payee 1 named, aa, got bb",
        ),
        (
            NotNextPayee { payee: 1, expected: None, got: b() },
            "sender: expected the address that payee 1 named, which named none, got bb",
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

/// The names of the enum's variants, each in one row.
#[test]
fn the_readme_lists_every_error() {
    let readme = include_str!("../../README.md");
    let (_, section) = readme.split_once("## Errors\n").unwrap();
    let (section, _) = section.split_once("\n## ").unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| "));
    let listed = rows.flat_map(|row| row.split('`').skip(1).step_by(2));
    let mut listed: Vec<&str> = listed.collect();
    listed.sort_unstable();
    let code = include_str!("../../src/error.rs");
    // A variant stands four blanks in, and begins with a capital.
    let variants = code.lines().filter_map(|line| line.strip_prefix("    "));
    let variants = variants.filter(|line| line.starts_with(|letter: char| letter.is_ascii_uppercase()));
    let end = |letter: char| !letter.is_ascii_alphanumeric();
    let mut variants: Vec<&str> = variants.map(|line| line.split(end).next().unwrap()).collect();
    variants.sort_unstable();
    assert_eq!(listed, variants);
    assert_eq!(listed.len(), VARIANTS);
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
            "parties: expected each once and nobody who is paid or decides, got aa",
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
            Share {
                what: "consent",
                min: 5_001,
                max: 10_000,
                got: 5_000,
            },
            "consent: expected 5001 to 10000 basis points, got 5000",
        ),
        (
            Bond {
                max: Amount(2),
                got: Amount(3),
            },
            "bond: expected at most 2, got 3",
        ),
        (
            Paid {
                what: "payees",
                got: "aa".to_owned(),
            },
            "payees: expected each once and not the contractor, got aa",
        ),
        (
            PayeeNumber { most: 2, got: 3 },
            "a milestone's payees: expected each once, of 1 to 2, got 3",
        ),
        (
            Parts { got: 10_001 },
            "a milestone's payees: expected parts of at most 10000 basis points together, got 10001",
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
