//! What stays of a window's messages, and for how long.

use gridpact_committee::mailbox::{Mailbox, Put};
use gridpact_committee::message::content::{About, Content, Observation};
use gridpact_committee::message::envelope::Message;
use gridpact_committee::moment::Moment;
use gridpact_report::Domain;
use gridpact_units::IntervalIndex;

const DOMAIN: Domain<'static> = Domain {
    chain_id: "chain-1",
    registry: "wasm1registry",
};

fn observation(member: u8, slot: u16, report: u8) -> Message {
    let about = About {
        file: [3; 32],
        epoch: 1,
        first: IntervalIndex(2_000_000),
        slot,
    };
    Message::Signed {
        member,
        content: Content::Observation(Observation {
            about,
            accepted: vec![],
            report: vec![report],
        }),
        signature: [0; 64],
    }
}

/// Observations of slots 0 to 9 by two members each.
fn ten() -> Mailbox {
    let mut mailbox = Mailbox::default();
    for slot in 0..10 {
        for member in 0..2 {
            let put = mailbox.put(&DOMAIN, observation(member, slot, 0), Moment(0));
            assert_eq!(put, Put::New);
        }
    }
    mailbox
}

fn slots(mailbox: &Mailbox) -> Vec<u16> {
    (0..10)
        .filter(|slot| mailbox.observations(*slot).count() == 2)
        .collect()
}

#[test]
fn what_is_two_slots_behind_the_running_one_is_forgotten() {
    let mut mailbox = ten();
    mailbox.forget(8, &[], |_| false);
    assert_eq!(slots(&mailbox), [6, 7, 8, 9]);
    assert_eq!(mailbox.all().count(), 8);
}

/// A chain may take long; who said what in the slot of a certificate is the evidence for it.
#[test]
fn what_a_certificate_came_of_stays() {
    let mut mailbox = ten();
    mailbox.forget(8, &[1, 4], |_| false);
    assert_eq!(slots(&mailbox), [1, 4, 6, 7, 8, 9]);
}

#[test]
fn a_second_message_of_a_member_and_slot_is_evidence_and_the_first_is_used() {
    let mut mailbox = ten();
    let known = mailbox.put(&DOMAIN, observation(1, 3, 0), Moment(5));
    assert_eq!(known, Put::Known);
    let put = mailbox.put(&DOMAIN, observation(1, 3, 7), Moment(5));
    assert_eq!(put, Put::Contradicts(Box::new(observation(1, 3, 0))));
    assert_eq!(mailbox.all().count(), 20);
}
