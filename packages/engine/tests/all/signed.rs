use gridpact_engine::signed::{verify, Committee, Signatures};
use gridpact_report::sign::SigningKey;
use gridpact_report::{digest_of, Domain};

use crate::support::report;

const DOMAIN: Domain = Domain {
    chain_id: "gridpact-test-1",
    registry: "wasm1meterregistry",
};

fn member(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number + 1; 32]).unwrap()
}

fn keys() -> Vec<u8> {
    (0..4).flat_map(|number| member(number).public_key()).collect()
}

fn signatures(members: &[u8]) -> Vec<u8> {
    let digest = digest_of(&DOMAIN, &report()).unwrap();
    members
        .iter()
        .flat_map(|number| member(*number).sign_digest(&digest))
        .collect()
}

fn told(domain: &Domain, members: &[u8], signatures: &[u8], keys: &[u8]) -> Result<u32, String> {
    let given = Signatures { members, signatures };
    verify(domain, &report(), Committee { keys, quorum: 3 }, given).map_err(|error| error.to_string())
}

#[test]
fn a_quorum_is_told_by_its_members() {
    let signers = told(&DOMAIN, &[0, 2, 3], &signatures(&[0, 2, 3]), &keys());
    assert_eq!(signers, Ok(0b1101));
}

#[test]
fn what_is_no_quorum_is_refused_in_words() {
    let good = signatures(&[0, 2, 3]);
    let mut forged = good.clone();
    forged[64] ^= 1;
    let elsewhere = Domain {
        registry: "wasm1another",
        ..DOMAIN
    };
    let table = [
        (
            told(&DOMAIN, &[0, 2], &good[..128], &keys()),
            "signatures: expected at least 3, got 2",
        ),
        (
            told(&DOMAIN, &[0, 2, 3], &forged, &keys()),
            "signature of member 2: expected one of the digest under the member's key, got another",
        ),
        (
            told(&elsewhere, &[0, 2, 3], &good, &keys()),
            "signature of member 0: expected one of the digest under the member's key, got another",
        ),
        (
            told(&DOMAIN, &[2, 2, 3], &good, &keys()),
            "signers: expected a member after 2, got 2",
        ),
        (
            told(&DOMAIN, &[0, 2, 9], &good, &keys()),
            "signer: expected a member below 4, got 9",
        ),
        (
            told(&DOMAIN, &[0, 2, 3], &good[..191], &keys()),
            "signatures: expected a multiple of 64 bytes, got 191",
        ),
        (
            told(&DOMAIN, &[0, 2, 3], &good[..128], &keys()),
            "signatures: expected 3, one for each signer, got 2",
        ),
        (
            told(&DOMAIN, &[0, 2, 3], &good, &keys()[1..]),
            "public keys: expected a multiple of 33 bytes, got 131",
        ),
    ];
    for (got, expected) in table {
        assert_eq!(got, Err(expected.to_owned()));
    }
}
