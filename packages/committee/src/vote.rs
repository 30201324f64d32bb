//! What a member signs: the first draft of a slot that passes every check here, made by its own computation alone.

use gridpact_report::{decode, encode, split, Header, Mode, Report, Scheme};
use gridpact_units::Reading;

use crate::bounds::MAX_HALVINGS;
use crate::chain::{ChainState, Grid};
use crate::extent::{extent, slots, Times};
use crate::file::hash::FileHash;
use crate::leader::{leader, turn_start};
use crate::mailbox::Mailbox;
use crate::merge::{merge, Observed, Rules};
use crate::message::content::Proposal;
use crate::moment::{milliseconds, Moment};
use crate::refusal::Refusal;
use crate::slots::Slots;

/// What a member judges by.
#[derive(Clone, Copy, Debug)]
pub struct Bench<'a> {
    /// The grid.
    pub grid: &'a Grid,
    /// What the chain says, to this member.
    pub state: &'a ChainState,
    /// The shared file in force.
    pub file: FileHash,
    /// When reports are made, by that file.
    pub times: Times,
    /// How readings are merged, by that file.
    pub rules: &'a Rules,
    /// What was heard.
    pub mailbox: &'a Mailbox,
    /// Intervals of the shortest certificate that this member's own node refused for good of late.
    pub refused: Option<u16>,
}

/// The largest difference between two clocks that a slot bears, ms: five seconds, and of short slots a twelfth.
pub fn skew(times: &Times) -> u64 {
    milliseconds(times.slot)
        .div_euclid(12)
        .min(crate::bounds::MAX_SKEW)
}

impl<'a> Bench<'a> {
    /// The slots of the window.
    pub fn slots(&self) -> Slots {
        slots(self.grid, self.state, &self.times)
    }

    /// What a draft of a slot covers.
    pub fn header(&self, slot: u16, halvings: u8) -> Option<Header> {
        let start = self.slots().start(slot);
        let intervals = extent(self.grid, self.state, &self.times, start, halvings)?;
        Some(Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: self.state.epoch,
            roster_version: self.state.roster_version,
            first_interval: self.state.first,
            intervals,
            seats: u16::try_from(self.state.seats.len()).ok()?,
            revision: slot,
            resolution: self.grid.resolution,
        })
    }

    /// Judges a proposal: its report is signed, or why it is not. Cheap checks stand before expensive ones.
    ///
    /// # Errors
    /// Why it is not signed.
    pub fn judge(&self, proposer: u8, proposal: &Proposal, now: Moment) -> Result<(), Refusal> {
        let about = &proposal.about;
        if about.file != self.file {
            return Err(Refusal::File);
        }
        self.check_turn(proposer, proposal, now)?;
        if proposal.height > self.state.height {
            let (known, got) = (self.state.height, proposal.height);
            return Err(Refusal::Behind { known, got });
        }
        self.check_halvings(proposal)?;
        let (header, _) = split(&proposal.draft)?;
        let expected = self.header(about.slot, proposal.halvings);
        if expected != Some(header) {
            return Err(Refusal::Header {
                expected: expected.map(Box::new),
                got: Box::new(header),
            });
        }
        let chosen = self.chosen(proposal)?;
        let merged = self.merge(&header, &chosen)?;
        let report = Report {
            header,
            readings: merged,
        };
        if encode(&report).ok().as_deref() != Some(proposal.draft.as_slice()) {
            return Err(Refusal::NotTheMerge);
        }
        self.check_omissions(&report, chosen)
    }

    fn check_turn(&self, proposer: u8, proposal: &Proposal, now: Moment) -> Result<(), Refusal> {
        let (slot, turn) = (proposal.about.slot, proposal.turn);
        let (slots, skew) = (self.slots(), skew(&self.times));
        let (start, end) = (slots.start(slot), slots.start(slot.saturating_add(1)));
        if now.plus(skew) < start || now >= end.plus(skew) || slot > crate::bounds::LAST_REVISION {
            return Err(Refusal::Slot { slot });
        }
        let begins = turn_start(start, self.times.slot, turn);
        if now.plus(skew) < begins || begins >= end {
            return Err(Refusal::Turn { slot, turn });
        }
        let state = self.state;
        let expected = leader(state.epoch, state.first, slot, turn, state.committee.size());
        if expected != proposer {
            let got = proposer;
            return Err(Refusal::Leader { turn, expected, got });
        }
        Ok(())
    }

    /// How often a draft of a slot is halved: until it is shorter than what this member's own node refused for good. Where more than
    /// one stretch was refused, a stretch is what comes next: each try costs a slot, and slots are long when much is to be reported.
    pub fn halvings(&self, slot: u16) -> u8 {
        let length = |halvings| self.header(slot, halvings).map_or(1, |header| header.intervals);
        let stretch = self.grid.intervals_in(self.times.window);
        let refused = self
            .refused
            .map_or(u16::MAX, |refused| refused.min(stretch.saturating_add(1)));
        let too_long = |halvings: &u8| length(*halvings) >= refused && length(*halvings) > 1;
        let enough = (0..MAX_HALVINGS).find(|halvings| !too_long(halvings));
        enough.unwrap_or(MAX_HALVINGS)
    }

    /// A shorter draft needs a reason that this member's own node gave. A longer one than that does not: the chain will say.
    fn check_halvings(&self, proposal: &Proposal) -> Result<(), Refusal> {
        let known = self.halvings(proposal.about.slot);
        let got = proposal.halvings;
        if got > known {
            return Err(Refusal::Halvings { known, got });
        }
        Ok(())
    }

    /// The members whose observations the draft follows from, with their reports' bytes.
    fn chosen(&self, proposal: &Proposal) -> Result<Vec<(u8, &'a [u8])>, Refusal> {
        let quorum = self.state.committee.quorum;
        let wanted = &proposal.observations;
        if wanted.len() < usize::from(quorum) {
            let got = wanted.len();
            return Err(Refusal::Observers { quorum, got });
        }
        let here = self.mailbox.observations(proposal.about.slot);
        let chosen: Vec<(u8, &'a [u8])> = here
            .filter(|(_, held, observation)| observation.about.file == self.file && wanted.contains(&held.id))
            .map(|(member, _, observation)| (member, observation.report.as_slice()))
            .collect();
        match wanted.len().saturating_sub(chosen.len()) {
            0 => Ok(chosen),
            missing => Err(Refusal::Unheard { missing }),
        }
    }

    /// M over observations given as reports.
    ///
    /// # Errors
    /// One that cannot be merged.
    pub fn merge(&self, header: &Header, chosen: &[(u8, &[u8])]) -> Result<Vec<Reading>, Refusal> {
        let mut decoded = Vec::with_capacity(chosen.len());
        for (member, report) in chosen {
            let fits = decode(report).ok().filter(|report| fits(&report.header, header));
            let report = fits.ok_or(Refusal::Observation { member: *member })?;
            decoded.push((*member, report.readings));
        }
        let observed = decoded.iter().map(|(member, readings)| Observed {
            member: *member,
            readings,
        });
        Ok(merge(self.rules, header, &observed.collect::<Vec<_>>()))
    }

    /// In the first n slots, a draft may not leave a meter out that it would have had with what this member held before the slot
    /// began: that went to the leader as well. Later any draft is better than none.
    fn check_omissions(&self, report: &Report, mut chosen: Vec<(u8, &'a [u8])>) -> Result<(), Refusal> {
        let header = &report.header;
        let slot = header.revision;
        let slots = self.slots();
        if slot.saturating_sub(slots.first) >= self.state.committee.size().into() {
            return Ok(());
        }
        let start = slots.start(slot);
        let before = chosen.len();
        for (member, held, observation) in self.mailbox.observations(slot) {
            let chosen_already = chosen.iter().any(|(known, _)| *known == member);
            let usable = observation.about.file == self.file
                && split(&observation.report).is_ok_and(|(covers, _)| fits(&covers, header));
            if held.at < start && usable && !chosen_already {
                chosen.push((member, &observation.report));
            }
        }
        if chosen.len() == before {
            return Ok(());
        }
        let more = self.merge(header, &chosen)?;
        let left_out = |(said, known): (&Reading, &Reading)| said.is_missing() && !known.is_missing();
        let Some(place) = report.readings.iter().zip(&more).position(left_out) else {
            return Ok(());
        };
        let seats = usize::from(header.seats).max(1);
        let offset = u64::try_from(place.div_euclid(seats)).unwrap_or(0);
        let seat = self.state.seats.get(place.rem_euclid(seats));
        Err(Refusal::Omits {
            slot: seat.and_then(|seat| seat.slot).unwrap_or_default(),
            interval: header.first_interval.plus(offset),
        })
    }
}

/// Whether an observation can be merged into a draft: of the same window and slot, and as long at least. It is longer where
/// the draft's extent is halved.
pub(crate) fn fits(observed: &Header, draft: &Header) -> bool {
    observed.intervals >= draft.intervals
        && Header {
            intervals: draft.intervals,
            ..*observed
        } == *draft
}
