//! The bytes that are hashed and kept of terms.

use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{HexBinary, Storage};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::escrow::terms::{ProjectId, Terms};
use sha2::{Digest, Sha256};

use crate::harness::{value, Escrow, DAY, START};

/// The bytes that are kept: under this key of the contract's store, as they are.
fn kept(escrow: &Escrow, project: ProjectId) -> Vec<u8> {
    let key = namespace_with_key(&[b"terms"], &project.to_be_bytes());
    escrow.deps.storage.get(&key).unwrap()
}

/// Terms of every shape, with texts that JSON must escape, hash to what was worked out beforehand.
#[test]
fn the_bytes_of_terms_are_written_once_hashed_kept_and_answered() {
    let mut escrow = Escrow::new();
    let call = Terms {
        title: "Zäune \"und\" Kabel\\".to_owned(),
        ..escrow.open_call(100, 120)
    };
    for terms in [escrow.founding(), call] {
        let bytes = terms.to_bytes().unwrap();
        let hash = HexBinary::from(Sha256::digest(&bytes).to_vec());
        let response = escrow
            .send("anybody", ExecuteMsg::Open { terms: terms.clone() }, &[])
            .unwrap();
        let project = value(&response.events[0], "project").parse().unwrap();
        assert_eq!(value(&response.events[0], "terms_hash"), hash.to_hex());
        assert_eq!(kept(&escrow, project), bytes);
        let answer = escrow.project(project);
        assert_eq!(
            (answer.terms.as_slice(), &answer.terms_hash),
            (bytes.as_slice(), &hash)
        );
        assert_eq!(
            Terms::from_bytes(&answer.terms).unwrap(),
            terms,
            "parties in their order included"
        );
    }
}

/// A later contract might write the same terms otherwise; these stay as they were agreed to.
#[test]
fn terms_are_never_written_again() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    let opened = kept(&escrow, project);
    let spaced = String::from_utf8(opened)
        .unwrap()
        .replacen(':', ": ", 1)
        .into_bytes();
    let key = namespace_with_key(&[b"terms"], &project.to_be_bytes());
    escrow.deps.storage.set(&key, &spaced);
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow.go_to(START + 8 * DAY);
    escrow.draw(project).unwrap();
    assert_eq!(kept(&escrow, project), spaced);
    assert_eq!(escrow.project(project).terms.as_slice(), spaced);
}
