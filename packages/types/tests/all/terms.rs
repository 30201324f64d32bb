//! Terms as bytes: written out, hashed, and read by their version.

use cosmwasm_std::HexBinary;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::{
    Admission, DeciderTerms, MilestoneTerms, NamedParty, PayeePart, Terms, TERMS_VERSION,
};
use gridpact_types::escrow::terms_bytes::{terms_hash, TermsError};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

/// Every rule of the README of pledge-escrow in one text.
const WRITTEN: &str = concat!(
    r#"{"version":1,"title":"Zäune \"und\" Kabel\\","description_uri":"ipfs://line/","description_hash":"#,
    r#""abababababababababababababababababababababababababababababababab","asset":{"native":{"denom":"ueur"}},"#,
    r#""target":"20000","cap":"340282366920938463463374607431768211455","admission":{"named":{"parties":["#,
    r#"{"address":"wasm1b","amount":"10000"},{"address":"wasm1a","amount":"10000"}]}},"deadline":1800000000,"#,
    r#""contractor":"wasm1c","accept_within":604800,"milestones":[{"title":"Kabel","share":4000,"due":1810000000,"payees":[{"payee":1,"part":2500}]},"#,
    r#"{"title":"Schalter","share":6000,"due":1820000000,"payees":[]}],"grace":1209600,"retention":500,"review_period":172800,"defects_period":2592000,"#,
    r#""consent":6000,"decider":{"address":"wasm1d","time_limit":864000,"objection":3000,"silence":5000},"bond":"300","payees":["wasm1p"]}"#
);
/// As `sha256sum` says it.
const HASH: &str = "702c445ac06768aeff2a25ceedc07f01ab47c7c1bfab43743e31125c9e7d42ff";

fn terms() -> Terms {
    let party = |address: &str| NamedParty {
        address: address.to_owned(),
        amount: Amount(10_000),
    };
    let part = PayeePart {
        payee: 1,
        part: BasisPoints(2_500),
    };
    let milestone = |title: &str, share: u16, due: u64, payees: Vec<PayeePart>| MilestoneTerms {
        payees,
        title: title.to_owned(),
        share: BasisPoints(share),
        due: UnixSeconds(due),
    };
    Terms {
        version: TERMS_VERSION,
        title: "Zäune \"und\" Kabel\\".to_owned(),
        description_uri: "ipfs://line/".to_owned(),
        description_hash: HexBinary::from([0xab; 32]),
        asset: Asset::native("ueur"),
        target: Amount(20_000),
        cap: Amount(u128::MAX),
        admission: Admission::Named {
            parties: ["wasm1b", "wasm1a"].map(party).to_vec(),
        },
        deadline: UnixSeconds(1_800_000_000),
        contractor: "wasm1c".to_owned(),
        accept_within: Seconds::days(7),
        milestones: vec![
            milestone("Kabel", 4_000, 1_810_000_000, vec![part]),
            milestone("Schalter", 6_000, 1_820_000_000, vec![]),
        ],
        grace: Seconds::days(14),
        retention: BasisPoints(500),
        review_period: Seconds::days(2),
        defects_period: Seconds::days(30),
        consent: BasisPoints(6_000),
        decider: Some(DeciderTerms {
            address: "wasm1d".to_owned(),
            time_limit: Seconds::days(10),
            objection: BasisPoints(3_000),
            silence: BasisPoints(5_000),
        }),
        bond: Amount(300),
        payees: vec!["wasm1p".to_owned()],
    }
}

#[test]
fn terms_are_written_to_the_byte() {
    let bytes = terms().to_bytes().unwrap();
    assert_eq!(String::from_utf8(bytes.clone()).unwrap(), WRITTEN);
    assert_eq!(terms_hash(&bytes).to_hex(), HASH);
    assert_eq!(Terms::from_bytes(&bytes).unwrap(), terms());
}

#[test]
fn a_version_that_is_not_known_is_told_whatever_else_it_holds() {
    let read = |text: &str| Terms::from_bytes(text.as_bytes()).unwrap_err();
    let version = |got| TermsError::UnknownVersion { expected: 1, got };
    let later = WRITTEN.replace(r#""version":1"#, r#""version":2,"bonus":"5""#);
    assert_eq!(read(&later), version(2));
    assert_eq!(read(r#"{"body":[],"version":3}"#), version(3));
    assert_eq!(version(3).to_string(), "terms: expected version 1, got 3");
}

/// Whoever agrees to terms must have been shown all of them.
#[test]
fn terms_with_a_field_too_many_or_too_few_are_not_read() {
    let told = |text: &str| Terms::from_bytes(text.as_bytes()).unwrap_err().to_string();
    let more = WRITTEN.replace(r#""share":4000"#, r#""share":4000,"payee":"me""#);
    let more = told(&more);
    assert!(more.contains("got milestones.0.payee"), "{more}");
    let fewer = told(&WRITTEN.replace(r#""retention":500,"#, ""));
    assert!(fewer.contains("missing field `retention`"), "{fewer}");
    let none = told(&WRITTEN.replace(r#""version":1,"#, ""));
    assert!(none.contains("missing field `version`"), "{none}");
}
