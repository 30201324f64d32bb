use gridpact_committee::bounds::MAX_MESSAGE;
use gridpact_committee::message::content::{About, Certificate, Content, Observation, Proposal, Vote};
use gridpact_committee::message::envelope::{message_digest, Message};
use gridpact_committee::signing::Signing;
use gridpact_report::quorum::Signature;
use gridpact_report::sign::SigningKey;
use gridpact_report::{encode, Domain, Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{Energy, IntervalIndex, Reading};
use proptest::prelude::*;

const DOMAIN: Domain<'static> = Domain {
    chain_id: "chain-1",
    registry: "wasm1registry",
};

fn report(revision: u16, energy: u64) -> Vec<u8> {
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 1,
        first_interval: IntervalIndex(2_000_000),
        intervals: 1,
        seats: 1,
        revision,
        resolution: Resolution::MILLIWATT_HOUR,
    };
    let readings = vec![Reading::measured(Energy(energy), Energy(0))];
    encode(&Report { header, readings }).unwrap()
}

fn about(slot: u16) -> About {
    About {
        file: [3; 32],
        epoch: 1,
        first: IntervalIndex(2_000_000),
        slot,
    }
}

fn hashes(count: u8) -> Vec<[u8; 32]> {
    (0..count).map(|byte| [byte; 32]).collect()
}

prop_compose! {
    fn content()(kind in 0..3, slot: u16, count in 0_u8..16, turn: u32, height: u64, energy in 0_u64..1000) -> Content {
        match kind {
            0 => Content::Observation(Observation { about: about(slot), accepted: hashes(count), report: report(slot, energy) }),
            1 => Content::Proposal(Proposal {
                about: about(slot), turn, height, halvings: count,
                observations: hashes(count), draft: report(slot, energy),
            }),
            _ => Content::Accepted(hashes(count)),
        }
    }
}

prop_compose! {
    fn message()(content in content(), kind in 0..3, member: u8, byte: u8, energy in 0_u64..1000) -> Message {
        let signature = [byte; 64];
        match kind {
            0 => Message::Signed { member, content, signature },
            1 => Message::Vote { member, vote: Vote::of(&report(3, energy)).unwrap(), signature },
            _ => Message::Certificate(Certificate {
                leader: member,
                report: report(5, energy),
                signatures: (0..byte % 32).map(|member| Signature { member, signature }).collect(),
            }),
        }
    }
}

proptest! {
    #[test]
    fn a_message_has_one_encoding(message in message()) {
        let bytes = message.encode();
        prop_assert_eq!(Message::decode(&bytes), Ok(message.clone()));
        prop_assert_eq!(Message::decode(&bytes).unwrap().id(&DOMAIN), message.id(&DOMAIN));
    }

    #[test]
    fn hostile_bytes_are_an_error_or_the_encoding_of_a_message(
        message in message(), at: prop::sample::Index, byte: u8, cut: prop::sample::Index, more in 0_usize..3,
    ) {
        let mut bytes = message.encode();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        bytes.extend(vec![0; more]);
        if let Ok(read) = Message::decode(&bytes) {
            prop_assert_eq!(read.encode(), bytes.clone());
        }
        bytes.truncate(cut.index(bytes.len()));
        if let Ok(read) = Message::decode(&bytes) {
            prop_assert_eq!(read.encode(), bytes);
        }
    }

    #[test]
    fn arbitrary_bytes_do_not_end_the_program(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(read) = Message::decode(&bytes) {
            prop_assert_eq!(read.encode(), bytes);
        }
    }

    /// Whatever a member signs as a message, its signature is none of the report that the message carries, nor of any.
    #[test]
    fn no_message_but_a_vote_verifies_as_a_vote(content in content(), scalar in 1_u8..255) {
        let key = SigningKey::from_bytes(&[scalar; 32]).unwrap();
        let digest = message_digest(&DOMAIN, 0, &content);
        let signature = key.sign(&digest);
        prop_assert!(SigningKey::verify(&digest, &signature, &key.public_key()));
        let inside = match &content {
            Content::Observation(observation) => Some(&observation.report),
            Content::Proposal(proposal) => Some(&proposal.draft),
            Content::Accepted(_) => None,
        };
        if let Some(inside) = inside {
            let vote = Vote::of(inside).unwrap();
            prop_assert!(!SigningKey::verify(&vote.digest(&DOMAIN), &signature, &key.public_key()));
            let message = Message::Vote { member: 0, vote, signature };
            let committee = gridpact_committee::chain::Committee { keys: vec![key.public_key()], quorum: 1 };
            prop_assert!(!message.is_signed_by::<SigningKey>(&DOMAIN, &committee));
        }
    }
}

#[test]
fn the_bytes_under_a_message_begin_with_another_length_than_those_under_a_report() {
    // Both digests begin with the length of their tag: 29 and 25, so no bytes are under both, whatever follows.
    assert_ne!(
        gridpact_committee::message::envelope::MESSAGE_TAG.len(),
        gridpact_report::DOMAIN_TAG.len()
    );
}

#[test]
fn a_signature_is_of_one_member_on_one_chain_for_one_registry() {
    let content = Content::Accepted(hashes(2));
    let digests = [
        message_digest(&DOMAIN, 0, &content),
        message_digest(&DOMAIN, 1, &content),
        message_digest(
            &Domain {
                chain_id: "chain-2",
                ..DOMAIN
            },
            0,
            &content,
        ),
        message_digest(
            &Domain {
                registry: "wasm1other",
                ..DOMAIN
            },
            0,
            &content,
        ),
        message_digest(&DOMAIN, 0, &Content::Accepted(hashes(3))),
    ];
    let distinct: std::collections::BTreeSet<_> = digests.into_iter().collect();
    assert_eq!(distinct.len(), 5);
}

#[test]
fn more_bytes_than_the_bound_are_refused_before_they_are_read() {
    let told = Message::decode(&vec![0; MAX_MESSAGE + 1])
        .unwrap_err()
        .to_string();
    assert_eq!(told, "message: expected at most 512000 bytes, got 512001");
}

#[test]
fn a_list_in_another_order_is_refused() {
    let content = Content::Accepted(vec![[2; 32], [1; 32]]);
    let message = Message::Signed {
        member: 0,
        content,
        signature: [0; 64],
    };
    let told = Message::decode(&message.encode()).unwrap_err().to_string();
    assert_eq!(
        told,
        "accepted files: expected ascending, each once, got another order"
    );
}
