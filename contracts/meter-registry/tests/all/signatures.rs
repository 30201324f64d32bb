//! Who signed: a quorum of distinct members, over one report, for one contract on one chain.

use cosmwasm_std::Binary;
use gridpact_report::quorum::QuorumError;
use gridpact_units::Reading;
use meter_registry::error::ContractError;

use crate::harness::*;

#[test]
fn a_quorum_signs_and_one_fewer_does_not() {
    for (members, quorum) in [(1_u8, 1_u8), (2, 2), (3, 3), (4, 3), (7, 5), (32, 22)] {
        let mut grid = Grid::with(|msg| msg.committee = committee(members, quorum));
        grid.join(1, None).unwrap();
        grid.until_ended(FIRST);
        let draft = grid.unsigned(1);
        let signers: Vec<u8> = (members - quorum..members).collect();
        let refused = grid.report_by(&draft, &signers[1..]).unwrap_err();
        let (expected, got) = (quorum.into(), usize::from(quorum) - 1);
        assert_eq!(refused, QuorumError::TooFew { expected, got }.into());
        grid.report_by(&draft, &signers).unwrap();
    }
}

#[test]
fn no_member_counts_twice_and_every_signature_is_valid() {
    let (mut grid, draft) = ready();
    let bytes = draft.bytes();
    let digest = grid.digest(&bytes);
    let good = grid.signatures(&digest, &[0, 1, 2]);
    let mut cases = vec![
        (
            grid.signatures(&digest, &[0, 1, 1]),
            QuorumError::NotAscending { previous: 1, got: 1 },
        ),
        (
            grid.signatures(&digest, &[0, 2, 1]),
            QuorumError::NotAscending { previous: 2, got: 1 },
        ),
        (
            grid.signatures(&digest, &[0, 0, 1, 2]),
            QuorumError::NotAscending { previous: 0, got: 0 },
        ),
        (
            grid.signatures(&digest, &[0, 1, 4]),
            QuorumError::UnknownMember { members: 4, got: 4 },
        ),
    ];
    // s and n - s of one member are one signer.
    let mut twice = good.clone();
    twice[2] = twice[1].clone();
    twice[2].signature = Binary::from(negated(&twice[2].signature));
    cases.push((twice, QuorumError::NotAscending { previous: 1, got: 1 }));
    // And cannot pass for another's.
    let mut borrowed = good.clone();
    borrowed[2].signature = Binary::from(negated(&good[1].signature));
    cases.push((borrowed, QuorumError::Invalid { member: 2 }));
    // One that is wrong beyond a quorum spoils it all; so do numbers that are no signature.
    let mut beyond = grid.signatures(&digest, &[0, 1, 2, 3]);
    beyond[3].signature = good[0].signature.clone();
    cases.push((beyond, QuorumError::Invalid { member: 3 }));
    for number in [0_u8, 0xff] {
        let mut nothing = good.clone();
        nothing[0].signature = Binary::from([number; 64]);
        cases.push((nothing, QuorumError::Invalid { member: 0 }));
    }
    for (signatures, refused) in cases {
        assert_eq!(grid.carry(bytes.clone(), signatures).unwrap_err(), refused.into());
    }
    for length in [0, 63, 65] {
        let mut odd = good.clone();
        odd[1].signature = Binary::from(vec![1; length]);
        let refused = ContractError::SignatureLength {
            member: 1,
            got: length,
        };
        assert_eq!(grid.carry(bytes.clone(), odd).unwrap_err(), refused);
    }
    // Either half of s verifies, as on the chain.
    let mut high = good;
    high[0].signature = Binary::from(negated(&high[0].signature));
    grid.carry(bytes, high).unwrap();
}

#[test]
fn a_signature_counts_for_one_contract_on_one_chain_and_one_report() {
    let (mut grid, draft) = ready();
    let bytes = draft.bytes();
    let invalid = ContractError::from(QuorumError::Invalid { member: 0 });

    let here = grid.env.clone();
    grid.env.block.chain_id = "gridpact-2".to_owned();
    let of_another_chain = grid.signatures(&grid.digest(&bytes), &[0, 1, 2]);
    grid.env = here.clone();
    grid.env.contract.address = address("another registry");
    let of_another_contract = grid.signatures(&grid.digest(&bytes), &[0, 1, 2]);
    grid.env = here;
    for signatures in [of_another_chain, of_another_contract] {
        assert_eq!(grid.carry(bytes.clone(), signatures).unwrap_err(), invalid);
    }

    let mut other = draft.clone();
    other.readings[0] = Reading::MISSING;
    let signatures = grid.signatures(&grid.digest(&other.bytes()), &[0, 1, 2]);
    assert_eq!(grid.carry(bytes, signatures).unwrap_err(), invalid);
    grid.report(&draft).unwrap();
}

#[test]
fn signatures_are_checked_before_a_reading_is_decoded() {
    let (mut grid, draft) = ready();
    let mut bytes = draft.bytes();
    bytes.extend([0; 100]);
    let refused = grid.carry(bytes, vec![]).unwrap_err();
    assert_eq!(refused, QuorumError::TooFew { expected: 3, got: 0 }.into());
}

/// (r, n - s), n the order of secp256k1.
fn negated(signature: &[u8]) -> [u8; 64] {
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xba,
        0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
    ];
    let mut negated: [u8; 64] = signature.try_into().unwrap();
    let mut borrow = 0_i16;
    for index in (0..32).rev() {
        let digit = i16::from(ORDER[index]) - i16::from(signature[32 + index]) - borrow;
        borrow = i16::from(digit < 0);
        negated[32 + index] = u8::try_from(digit.rem_euclid(256)).unwrap();
    }
    negated
}
