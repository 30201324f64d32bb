//! Signatures put together.

use cosmwasm_std::{Binary, HexBinary};
use gridpact_attest::draft::{Draft, SignedDigest};
use gridpact_attest::error::Error;
use gridpact_attest::gathering::Gathering;
use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::sign::{verify, SigningKey};
use gridpact_types::registry::answers::CommitteeResponse;
use gridpact_types::registry::committee::{Committee, Member};

use crate::{assignment, made, row};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32]).unwrap()
}

fn committee() -> CommitteeResponse {
    let member = |seed: u8| Member {
        address: format!("oracle {seed}"),
        public_key: HexBinary::from(key(seed).public_key()),
    };
    CommitteeResponse {
        epoch: 1,
        committee: Committee {
            members: (1..=4).map(member).collect(),
            quorum: 3,
        },
    }
}

fn draft() -> Draft {
    let report = made(&[row(7, 0, 1_000_000, 0)]).unwrap().report;
    Draft::new(&assignment(), &report).unwrap()
}

/// No signature yet.
fn gathering() -> Gathering {
    Gathering::new(draft(), committee()).unwrap()
}

#[test]
fn a_quorum_of_distinct_members_makes_a_certificate_whatever_their_order() {
    let (draft, mut gathering) = (draft(), gathering());
    let mut needed = Vec::new();
    for (seed, member) in [(4, 3), (1, 0), (4, 3), (2, 1)] {
        assert_eq!(gathering.add(&draft.sign(&key(seed)).unwrap()), Ok(member));
        needed.push(gathering.still_needed());
    }
    assert_eq!(needed, [2, 1, 1, 0]);
    let certificate = gathering.certificate().unwrap();
    assert_eq!(certificate.members(), [0, 1, 3]);
    assert_eq!(certificate.draft, draft);

    // The chain's own check agrees.
    let keys: Vec<HexBinary> = committee()
        .committee
        .members
        .into_iter()
        .map(|member| member.public_key)
        .collect();
    let signatures: Vec<Signature> = certificate
        .signatures
        .iter()
        .map(|signature| Signature {
            member: signature.member,
            signature: signature.signature.as_slice().try_into().unwrap(),
        })
        .collect();
    let signers = check_quorum(&keys, 3, &draft.digest().unwrap(), &signatures, verify);
    assert_eq!(signers, Ok(0b1011));
}

#[test]
fn too_few_members_make_none() {
    let (draft, mut gathering) = (draft(), gathering());
    for seed in [1, 1, 2] {
        gathering.add(&draft.sign(&key(seed)).unwrap()).unwrap();
    }
    let error = gathering.certificate().unwrap_err();
    assert_eq!(error.to_string(), "expected signatures of 3 members, got 2");
}

#[test]
fn what_the_chain_would_refuse_is_refused_before_and_counts_for_nobody() {
    let draft = draft();
    let mut gathering = gathering();
    let mut refused = |signed: &SignedDigest| gathering.add(signed).unwrap_err();

    let stranger = refused(&draft.sign(&key(9)).unwrap()).to_string();
    assert!(
        stranger.starts_with("expected a member of epoch 1, got the key 0"),
        "{stranger}"
    );

    for elsewhere in [
        Draft {
            chain_id: "chain-2".to_owned(),
            ..draft.clone()
        },
        Draft {
            registry: "wasm1other".to_owned(),
            ..draft.clone()
        },
    ] {
        let told = refused(&elsewhere.sign(&key(1)).unwrap()).to_string();
        let expected = format!(
            "expected a signature over {}, got one over {}: another report, chain or registry",
            HexBinary::from(draft.digest().unwrap()).to_hex(),
            HexBinary::from(elsewhere.digest().unwrap()).to_hex()
        );
        assert_eq!(told, expected);
    }

    let mut forged = draft.sign(&key(3)).unwrap();
    forged.public_key = draft.sign(&key(2)).unwrap().public_key;
    assert_eq!(refused(&forged), Error::Forged);
    assert_eq!(Error::Forged.to_string(), "the signature is not of that key");

    let mut short = draft.sign(&key(1)).unwrap();
    short.signature = Binary::from(&short.signature.as_slice()[1..]);
    assert_eq!(refused(&short), Error::SignatureLength { got: 63 });
    assert_eq!(gathering.still_needed(), 3);
}

#[test]
fn another_epochs_committee_and_bytes_that_are_no_report_gather_nothing() {
    let mut other = committee();
    other.epoch = 2;
    let error = Gathering::new(draft(), other).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected the committee of epoch 1, got that of epoch 2"
    );
    let nonsense = Draft {
        report: Binary::from(b"nonsense"),
        ..draft()
    };
    assert!(matches!(
        Gathering::new(nonsense, committee()),
        Err(Error::Decode(_))
    ));
}

#[test]
fn drafts_and_signatures_travel_as_json() {
    let draft = draft();
    let text = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    let signed = draft.sign(&key(1)).unwrap();
    let text = serde_json::to_string(&signed).unwrap();
    assert!(
        text.contains(&HexBinary::from(draft.digest().unwrap()).to_hex()),
        "{text}"
    );
    assert_eq!(serde_json::from_str::<SignedDigest>(&text).unwrap(), signed);
}
