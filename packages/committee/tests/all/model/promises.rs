//! What must hold in every life, whoever is hostile and whatever crashes; looked at as things happen.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_committee::chain::Grid;
use gridpact_committee::member::action::Evidence;
use gridpact_committee::message::content::{Certificate, Vote};
use gridpact_report::{decode, Header};

use super::setting::Setting;
use super::truth::truth;

/// A vote that an honest member let out.
#[derive(Clone, Debug)]
struct Voted {
    header: Header,
    digest: [u8; 32],
    /// The chain's last closing then.
    closing: Option<u64>,
    at: u64,
}

/// What was promised, and what came of it.
#[derive(Debug, Default)]
pub struct Promises {
    votes: BTreeMap<u8, Vec<Voted>>,
    certificates: BTreeMap<[u8; 32], Header>,
    /// The first promise that was broken, and how.
    pub broken: Option<(&'static str, String)>,
    /// Members who had read everything of a window, by its first interval, long before its first slot.
    pub whole_ahead: BTreeSet<(u8, u64)>,
    /// Readings in certificates that are there, and all.
    pub complete: (u64, u64),
}

fn overlap(one: &Header, other: &Header) -> bool {
    one.first_interval < other.end() && other.first_interval < one.end()
}

impl Promises {
    pub fn broken(&mut self, promise: &'static str, how: String) {
        self.broken.get_or_insert((promise, how));
    }

    /// No honest member commits an offence: two digests of one epoch and revision over overlapping intervals.
    pub fn voted(&mut self, member: u8, vote: &Vote, grid: &Grid, closing: Option<u64>, now: u64) {
        let (header, digest) = (vote.header, vote.digest(&grid.domain()));
        let votes = self.votes.entry(member).or_default();
        if votes.iter().any(|known| known.digest == digest) {
            return;
        }
        let voted = Voted {
            header,
            digest,
            closing,
            at: now / 1_000,
        };
        let mut broken = None;
        for known in votes.iter().filter(|known| overlap(&known.header, &header)) {
            if known.header.revision == header.revision && known.header.epoch == header.epoch {
                broken = Some((
                    "offence",
                    format!("member {member}: {:?} and {header:?}", known.header),
                ));
            }
            // In the grace after one closing, and then again after the next.
            let grace = |vote: &Voted| {
                vote.closing
                    .is_some_and(|closing| vote.at <= closing + grid.limit.grace().0)
            };
            let another = known.closing < closing;
            if broken.is_none()
                && another
                && grace(known)
                && header.first_interval > known.header.first_interval
            {
                let oldest = known.closing.map(|closing| {
                    (closing.saturating_sub(grid.limit.limit.0))
                        .div_ceil(900)
                        .saturating_sub(1)
                });
                if oldest == Some(known.header.first_interval.0) {
                    broken = Some((
                        "grace",
                        format!("member {member}: {:?} and {header:?}", known.header),
                    ));
                }
            }
        }
        votes.push(voted);
        if let Some((promise, how)) = broken {
            self.broken(promise, how);
        }
    }

    /// Evidence is never of an honest member.
    pub fn accused(&mut self, member: u8, faulty: bool, evidence: &Evidence) {
        if !faulty {
            self.broken("evidence", format!("member {member}: {evidence:?}"));
        }
    }

    /// No two certificates of one revision overlap, and no value in one is false.
    pub fn certified(&mut self, certificate: &Certificate, grid: &Grid, setting: &Setting) {
        let vote = Vote::of(&certificate.report).unwrap();
        let digest = vote.digest(&grid.domain());
        if self.certificates.contains_key(&digest) {
            return;
        }
        let twin = self
            .certificates
            .values()
            .find(|known| known.revision == vote.header.revision && overlap(known, &vote.header));
        if let Some(twin) = twin {
            let how = format!("{twin:?} and {:?}", vote.header);
            self.broken("two certificates", how);
        }
        self.certificates.insert(digest, vote.header);
        self.values(certificate, setting);
    }

    /// Of a meter that one honest member alone reads nothing is missing in the first slot's report, if that member had read
    /// everything long before the slot: wherever it is by now.
    fn left_out(&mut self, header: &Header, meter: usize, setting: &Setting) {
        let Some([reader]) = setting.readers.get(meter).map(Vec::as_slice) else {
            return;
        };
        let first = header.first_interval.0;
        if header.revision == 0 && !setting.faulty(*reader) && self.whole_ahead.contains(&(*reader, first)) {
            let how = format!("meter {meter} of member {reader}: {header:?}");
            self.broken("left out", how);
        }
    }

    /// Every value is missing or within the tolerance of what an honest reader read, where fewer readers are hostile than must
    /// agree. An honest reader is at most a count beside the truth.
    fn values(&mut self, certificate: &Certificate, setting: &Setting) {
        let report = decode(&certificate.report).unwrap();
        let seats = usize::from(report.header.seats);
        for (place, reading) in report.readings.iter().enumerate() {
            self.complete.1 += 1;
            let (meter, interval) = (
                place % seats,
                report.header.first_interval.0 + (place / seats) as u64,
            );
            if reading.is_missing() {
                self.left_out(&report.header, meter, setting);
                continue;
            }
            self.complete.0 += 1;
            let Some(readers) = setting.readers.get(meter) else {
                self.broken(
                    "false value",
                    format!("meter {meter} that nobody reads: {reading:?}"),
                );
                continue;
            };
            let hostile = readers.iter().filter(|reader| setting.faulty(**reader)).count();
            if hostile >= setting.need(meter) {
                continue;
            }
            let (import, export) = truth(meter as u64, interval);
            let near = |got: u64, truth: u64| got.abs_diff(truth) <= 2_000 + got / 100 + 1_000;
            if !near(reading.import.0, import) || !near(reading.export.0, export) {
                self.broken(
                    "false value",
                    format!("meter {meter} in {interval}: {reading:?}, not {import}, {export}"),
                );
            }
        }
    }
}
