//! Drafts that are not signed, certificates that the chain takes, and those that it refuses.

use std::sync::Arc;

use gridpact_committee::chain::{ChainState, Committee};
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::member::action::Action;
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content::{Content, Proposal, Vote};
use gridpact_committee::message::envelope::{message_digest, Message};
use gridpact_committee::moment::Moment;
use gridpact_committee::signing::Signing;
use gridpact_report::sign::SigningKey;
use gridpact_report::{decode, encode};
use gridpact_units::{Energy, IntervalIndex};

use super::four::{four, leader_of, Four, ANCHOR, FIRST, LEAD};
use super::support::{grid, seats, state, text, Cheap, NAMES};

/// A draft that the leader signed, of other readings than its observations say.
fn forged(draft: &Proposal, leader: usize) -> Message {
    let mut report = decode(&draft.draft).unwrap();
    report.readings[0].import = Energy(251_000);
    let content = Content::Proposal(Proposal {
        draft: encode(&report).unwrap(),
        ..draft.clone()
    });
    let member = u8::try_from(leader).unwrap();
    let signature = Cheap(member).sign(&message_digest(&grid(86_400).domain(), member, &content));
    Message::Signed {
        member,
        content,
        signature,
    }
}

#[test]
fn a_draft_that_is_not_the_merge_is_not_signed_and_told() {
    let mut four = four();
    let leader = leader_of(0, 0);
    four.tick(LEAD);
    let proposed = four.members[leader].on(Event::Tick, Moment(ANCHOR));
    let proposal = proposed.iter().find_map(|action| match action {
        Action::Send(message) => match message.as_ref() {
            Message::Signed {
                content: Content::Proposal(proposal),
                ..
            } => Some(proposal.clone()),
            _ => None,
        },
        _ => None,
    });
    let forged = forged(&proposal.expect("a proposal"), leader);
    let other = (leader + 1) % 4;
    let actions = four.members[other].on(Event::Message(forged.encode()), Moment(ANCHOR));
    let told = |actions: &[Action]| match actions {
        [Action::Tell(news)] => news.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        told(&actions),
        format!(
            "slot 0, draft of member {leader}: draft: expected what its observations say, got something else"
        )
    );
    assert_eq!(four.votes(other), 0);
    // The honest draft that comes after it contradicts it, and is not signed either: the slot is lost, with evidence.
    let honest = proposed.iter().find_map(|action| match action {
        Action::Send(message)
            if matches!(
                **message,
                Message::Signed {
                    content: Content::Proposal(_),
                    ..
                }
            ) =>
        {
            Some(message.encode())
        }
        _ => None,
    });
    let actions = four.members[other].on(Event::Message(honest.unwrap()), Moment(ANCHOR));
    assert!(matches!(&actions[..], [Action::Evidence(evidence)] if usize::from(evidence.member) == leader));
    assert_eq!(four.votes(other), 0);
}

/// The whole way with the real signatures: what comes out is what the registry's own check takes.
#[test]
fn the_certificate_of_real_keys_is_one_for_the_chain() {
    let keys: Vec<SigningKey> = (1..=4)
        .map(|scalar| SigningKey::from_bytes(&[scalar; 32]).unwrap())
        .collect();
    let committee = Committee {
        keys: keys.iter().map(SigningKey::public_key).collect(),
        quorum: 3,
    };
    let mut text = text(4, &[&[0, 1, 2], &[1, 2, 3]], "1h", "1m");
    for (member, key) in keys.iter().enumerate() {
        let cheap = hex::encode(Cheap(u8::try_from(member).unwrap()).public_key());
        text = text.replace(&cheap, &hex::encode(key.public_key()));
        assert!(text.contains(NAMES[member]));
    }
    let state = ChainState {
        committee: Arc::new(committee.clone()),
        seats: Arc::new(seats(2)),
        ..state(FIRST, 4, 2)
    };
    let mut four = Four::new(keys, &state, &SharedFile::parse(&text).unwrap());
    four.tick(LEAD);
    four.tick(ANCHOR);
    let certificate = four.carried.first().expect("a certificate");
    let domain = grid(86_400);
    let vote = certificate
        .check::<SigningKey>(&domain.domain(), &committee)
        .unwrap();
    assert_eq!(vote.header.first_interval, IntervalIndex(FIRST));
    assert!(certificate.signatures.len() >= 3);
    let other = gridpact_report::Domain {
        chain_id: "chain-2",
        ..domain.domain()
    };
    assert!(certificate.check::<SigningKey>(&other, &committee).is_err());
}

#[test]
fn what_the_chain_refused_twice_is_halved_by_those_whose_node_refused_it() {
    let mut four = four();
    four.tick(LEAD);
    four.tick(ANCHOR);
    let digest = Vote::of(&four.carried[0].report).unwrap();
    let digest = digest.digest(&grid(86_400).domain());
    for member in 0..3 {
        for height in [5, 6] {
            let height = Some(height);
            four.happen(member, Event::Refused { digest, height }, ANCHOR + 1_000);
        }
    }
    let state = ChainState {
        height: 6,
        ..state(FIRST, 4, 2)
    };
    for member in 0..4 {
        four.happen(member, Event::Chain(Box::new(state.clone())), ANCHOR + 2_000);
    }
    four.carried.clear();
    for seconds in 40..200 {
        four.tick(ANCHOR + seconds * 1_000);
    }
    let shorter = four
        .carried
        .iter()
        .map(|certificate| decode(&certificate.report).unwrap().header);
    let shorter = shorter.filter(|header| header.intervals == 2);
    assert!(shorter.count() > 0);
    // The one whose node said nothing still holds the first certificate.
    assert_eq!(four.votes(3), 1);
}
