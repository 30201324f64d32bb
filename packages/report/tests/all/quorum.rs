//! Promise: a quorum is of distinct members with valid signatures.

use gridpact_report::quorum::{check_quorum, threshold_allowed, QuorumError, Signature};
use gridpact_report::sign::{verify, SigningKey};

#[test]
fn a_quorum_is_more_than_two_thirds() {
    let table = [
        (1, 1),
        (2, 2),
        (3, 3),
        (4, 3),
        (5, 4),
        (6, 5),
        (7, 5),
        (9, 7),
        (10, 7),
        (31, 21),
        (32, 22),
    ];
    for (members, least) in table {
        for quorum in 0..=40 {
            let expected = (least..=members).contains(&quorum);
            assert_eq!(
                threshold_allowed(members, quorum),
                expected,
                "{quorum} of {members}"
            );
        }
    }
    for (members, quorum) in [(0, 0), (0, 1), (33, 33), (33, 23), (usize::MAX, usize::MAX)] {
        assert!(!threshold_allowed(members, quorum), "{quorum} of {members}");
    }
}

const DIGEST: [u8; 32] = [7; 32];

fn key(member: u8) -> SigningKey {
    SigningKey::from_bytes(&[member + 1; 32]).unwrap()
}

fn keys(members: u8) -> Vec<[u8; 33]> {
    (0..members).map(|member| key(member).public_key()).collect()
}

fn signed(members: &[u8]) -> Vec<Signature> {
    members
        .iter()
        .map(|&member| Signature {
            member,
            signature: key(member).sign_digest(&DIGEST),
        })
        .collect()
}

fn check(members: u8, quorum: usize, signatures: &[Signature]) -> Result<u32, QuorumError> {
    check_quorum(&keys(members), quorum, &DIGEST, signatures, verify)
}

/// The order of secp256k1.
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba,
    0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// (r, s) to (r, -s): a second valid signature that anybody can make.
fn negated(signature: &Signature) -> Signature {
    let mut other = *signature;
    let mut borrow = 0;
    for i in (0..32).rev() {
        let difference = 256 + u16::from(ORDER[i]) - u16::from(signature.signature[32 + i]) - borrow;
        other.signature[32 + i] = u8::try_from(difference % 256).unwrap();
        borrow = u16::from(difference < 256);
    }
    other
}

#[test]
fn enough_distinct_members_are_a_quorum() {
    assert_eq!(check(4, 3, &signed(&[0, 1, 3])), Ok(0b1011));
    assert_eq!(check(4, 3, &signed(&[0, 1, 2, 3])), Ok(0b1111));
    assert_eq!(check(1, 1, &signed(&[0])), Ok(1));
    let all: Vec<u8> = (0..32).collect();
    assert_eq!(check(32, 32, &signed(&all)), Ok(u32::MAX));
}

#[test]
fn s_and_minus_s_both_verify_and_count_once() {
    let valid = signed(&[0, 1, 2]);
    let twin = negated(&valid[2]);
    assert_ne!(twin, valid[2]);
    assert_eq!(check(4, 3, &[valid[0], valid[1], twin]), Ok(0b111));
    let padded = [valid[0], valid[2], twin];
    assert_eq!(
        check(4, 3, &padded),
        Err(QuorumError::NotAscending { previous: 2, got: 2 })
    );
}

#[test]
fn refusals_say_what_was_expected() {
    let mut wrong = signed(&[0, 1, 2, 3]);
    wrong[3].signature = wrong[2].signature;
    let zero = Signature {
        member: 2,
        signature: [0; 64],
    };
    let cases = [
        (
            check(4, 2, &signed(&[0, 1])),
            "committee: expected 1 to 32 members and a quorum of more than two thirds, got 4 and 2",
        ),
        (
            check(0, 0, &[]),
            "committee: expected 1 to 32 members and a quorum of more than two thirds, got 0 and 0",
        ),
        (
            check(4, 3, &signed(&[0, 1])),
            "signatures: expected at least 3, got 2",
        ),
        (
            check(4, 3, &signed(&[0, 1, 1])),
            "signers: expected a member after 1, got 1",
        ),
        (
            check(4, 3, &signed(&[0, 2, 1])),
            "signers: expected a member after 2, got 1",
        ),
        (
            check(4, 3, &signed(&[0, 1, 4])),
            "signer: expected a member below 4, got 4",
        ),
        (
            check(4, 3, &signed(&[0, 1, 250])),
            "signer: expected a member below 4, got 250",
        ),
        (
            check(4, 3, &wrong),
            "signature of member 3: expected one of the digest under the member's key, got another",
        ),
        (
            check(4, 3, &[signed(&[0])[0], signed(&[1])[0], zero]),
            "signature of member 2: expected one of the digest under the member's key, got another",
        ),
    ];
    for (got, expected) in cases {
        assert_eq!(got.unwrap_err().to_string(), expected);
    }
}

#[test]
fn nothing_is_verified_before_the_cheap_checks() {
    for signatures in [signed(&[0, 1]), signed(&[0, 2, 1]), signed(&[0, 0, 1])] {
        let mut calls = 0;
        let result = check_quorum(&keys(4), 3, &DIGEST, &signatures, |_, _, _| {
            calls += 1;
            true
        });
        assert!(result.is_err());
        assert_eq!(calls, 0);
    }
}

#[test]
fn signing_is_deterministic_and_keys_are_checked() {
    assert_eq!(key(0).sign_digest(&DIGEST), key(0).sign_digest(&DIGEST));
    assert!(!verify(
        &[8; 32],
        &key(0).sign_digest(&DIGEST),
        &key(0).public_key()
    ));
    assert!(!verify(&DIGEST, &key(0).sign_digest(&DIGEST), &[2; 33]));
    for no_key in [[0; 32], ORDER, [0xff; 32]] {
        let error = SigningKey::from_bytes(&no_key).unwrap_err();
        let expected = "private key: expected a number from 1 to below the order of secp256k1, got another";
        assert_eq!(error.to_string(), expected);
    }
    assert!(
        !format!("{:?}", key(4)).contains("0505050505"),
        "the private key shows"
    );
}
