use gridpact_committee::certificates::Certificates;
use gridpact_committee::message::content::{Certificate, Vote};
use gridpact_committee::moment::Moment;
use gridpact_report::{encode, Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{IntervalIndex, Reading};

fn held(slot: u16) -> (Certificate, Vote, [u8; 32]) {
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 1,
        first_interval: IntervalIndex(2_000_000),
        intervals: 1,
        seats: 1,
        revision: slot,
        resolution: Resolution::WATT_HOUR,
    };
    let report = encode(&Report {
        header,
        readings: vec![Reading::MISSING],
    })
    .unwrap();
    let vote = Vote::of(&report).unwrap();
    let certificate = Certificate {
        leader: 1,
        report,
        signatures: vec![],
    };
    (certificate, vote, [slot as u8; 32])
}

fn holding(slot: u16) -> (Certificates, [u8; 32]) {
    let mut certificates = Certificates::default();
    let (certificate, vote, digest) = held(slot);
    assert!(certificates.hold(certificate, vote, digest, Moment(0)));
    (certificates, digest)
}

#[test]
fn two_refusals_at_different_heights_with_the_same_report_asked_for_after_each_are_for_good() {
    let (mut certificates, digest) = holding(3);
    certificates.refusal(&digest, 10);
    certificates.refusal(&digest, 10);
    assert!(certificates.unchanged_at(12).is_empty());
    // Only the chain's word after the refusal counts: at height 14 it may have been accepted from elsewhere at 14.
    certificates.refusal(&digest, 15);
    assert!(certificates.unchanged_at(14).is_empty());
    assert!(certificates.stands());
    let refused = certificates.unchanged_at(15);
    assert_eq!(
        refused
            .iter()
            .map(|vote| vote.header.revision)
            .collect::<Vec<_>>(),
        [3]
    );
    assert!(!certificates.stands());
    assert!(certificates.is_refused(&digest));
    // It does not come back.
    let (certificate, vote, digest) = held(3);
    assert!(!certificates.hold(certificate, vote, digest, Moment(0)));
}

#[test]
fn a_fee_or_a_sequence_refuses_nothing() {
    let (mut certificates, digest) = holding(3);
    for height in 1..20 {
        certificates.hindered(&digest);
        assert!(certificates.unchanged_at(height).is_empty());
    }
    assert!(certificates.stands());
}

#[test]
fn the_leader_carries_at_once_the_next_one_twenty_seconds_later_and_again_when_nothing_came() {
    let (mut certificates, digest) = holding(3);
    assert_eq!(certificates.to_carry(2, 4, Moment(19_999)).len(), 0);
    assert_eq!(certificates.to_carry(1, 4, Moment(0)).len(), 1);
    assert_eq!(certificates.to_carry(1, 4, Moment(59_999)).len(), 0);
    assert_eq!(certificates.to_carry(1, 4, Moment(60_000)).len(), 1);
    certificates.refusal(&digest, 9);
    assert_eq!(certificates.to_carry(1, 4, Moment(79_999)).len(), 0);
    assert_eq!(certificates.to_carry(1, 4, Moment(80_000)).len(), 1);
}
