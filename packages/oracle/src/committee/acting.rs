//! What a member wants done.

use std::sync::Arc;
use std::time::Duration;

use gridpact_committee::chain::Next;
use gridpact_committee::member::action::{Action, Evidence, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content::{Certificate, Vote};
use gridpact_committee::message::envelope::Message;
use gridpact_committee::moment::Moment;
use gridpact_units::IntervalIndex;
use rusqlite::Connection;
use tokio::time::sleep;

use super::carrier;
use super::error::DriverError;
use super::parts::{Driver, Fed, Job};
use super::peers::frame::Frame;
use super::{evidence, honesty, suspension};
use crate::abort;
use crate::derive::Stretch;
use crate::reporting::chain::ChainSide;
use crate::reporting::observe::{counting, in_seats, limits_of, observe};

/// How long after a look something that was missing is looked for again.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

impl<C: ChainSide> Driver<C> {
    pub(super) fn act(&mut self, action: Action) -> Result<(), DriverError> {
        match action {
            Action::Read {
                next,
                slot,
                intervals,
                latest,
                ahead,
            } => self.read((next, slot, intervals), latest, ahead)?,
            Action::Send(message) => self.send(&message),
            Action::Carry { certificate, digest } => {
                let certificate = carrier::certificate(self.chain.as_ref(), &certificate);
                self.bring(Job::Carry(Box::new(certificate), digest));
            }
            Action::CloseGap => self.bring(Job::CloseGap),
            Action::Fetch(hash) => self.wanted = Some(hash),
            Action::Evidence(evidence) => self.keep_twice(&evidence)?,
            Action::Archive { first, messages } => {
                evidence::keep(self.desk.store.folder(), first, &messages)?;
            }
            Action::Tell(news) => self.tell(&news)?,
        }
        Ok(())
    }

    /// Reads the meters for a slot, beside everything else. What is missing is looked for again until the latest moment: what is said
    /// is said for good, and after a start a broker or a gateway may be about to bring what waited there.
    fn read(
        &mut self,
        (next, slot, intervals): (Next, u16, u16),
        latest: Moment,
        ahead: bool,
    ) -> Result<(), DriverError> {
        let Some(look) = &self.look else { return Ok(()) };
        let basis = &look.asked.basis;
        let stretch = Stretch {
            counting: counting(basis)?,
            first: next.first,
            intervals: intervals.into(),
        };
        let seats = basis.seats.clone();
        let (limits, desk, feeds) = (limits_of(&seats), self.desk.clone(), self.feeds.clone());
        self.readings.spawn(async move {
            loop {
                let (meters, limits) = (Arc::clone(&desk.meters), limits.clone());
                let look = move |connection: &Connection| observe(connection, &meters, &limits, stretch);
                let observed = match desk.store.read(look).await {
                    Ok(observed) => observed,
                    // The member asks again.
                    Err(error) => return eprintln!("committee: what was read: {error}"),
                };
                let missing = observed.iter().any(|(_, _, reading)| reading.is_missing());
                if !missing || desk.clock.moment() >= latest {
                    let readings = in_seats(&observed, &seats, next.first, intervals);
                    let event = Event::Read {
                        next,
                        slot,
                        readings,
                        ahead,
                    };
                    // Who waits for it may be gone.
                    let _ = feeds.send(Fed::Event(event)).await;
                    return;
                }
                sleep(LOOK_AGAIN).await;
            }
        });
        Ok(())
    }

    fn send(&mut self, message: &Message) {
        if let Message::Certificate(certificate) = message {
            self.certified(certificate);
        }
        if let Message::Vote { .. } = message {
            // It signs: whatever kept it from that is over.
            self.with_progress(|progress| progress.alerts.clear());
        }
        #[cfg(feature = "abort-points")]
        if let Some(instead) = super::tamper::instead(message, self) {
            return self.network.say_to_all(&Frame::Message(instead));
        }
        self.network.say_to_all(&Frame::Message(message.encode()));
    }

    fn certified(&self, certificate: &Certificate) {
        abort::point("certified");
        let (Some(grid), Ok(vote)) = (&self.grid, Vote::of(&certificate.report)) else {
            return;
        };
        let digest = vote.digest(&grid.domain());
        self.certified.keep(digest, certificate.report.clone());
    }

    /// Where too much waits for the chain, the member asks again after a minute.
    fn bring(&self, job: Job) {
        let _ = self.jobs.try_send(job);
    }

    fn keep_twice(&self, evidence: &Evidence) -> Result<(), DriverError> {
        let first = self.first();
        let path = evidence::keep_twice(self.desk.store.folder(), first, evidence)?;
        self.with_progress(|progress| progress.equivocations = progress.equivocations.saturating_add(1));
        self.note(&format!(
            "member {} said two things: {}",
            evidence.member,
            path.display()
        ));
        Ok(())
    }

    fn tell(&self, news: &News) -> Result<(), DriverError> {
        if matches!(news, News::Doppelganger { .. }) {
            suspension::suspend(self.desk.store.folder())?;
        }
        if let News::Outliers { member, readings, .. } = news {
            let name = self.name_of(*member);
            self.with_progress(|progress| {
                let count = progress.outliers.entry(name).or_default();
                *count = count.saturating_add((*readings).into());
            });
        }
        self.with_progress(|progress| progress.hear(news));
        self.note(&news.to_string());
        Ok(())
    }

    /// What the newest shared file here calls a member of the committee.
    fn name_of(&self, member: u8) -> String {
        let key = self
            .committee()
            .and_then(|committee| committee.keys.get(usize::from(member)));
        let named = honesty::newest_accepted(&self.shelf)
            .zip(key)
            .and_then(|(file, key)| {
                let mut members = file.members.iter();
                members.find(|known| known.key.0 == *key)
            });
        named.map_or_else(|| format!("member {member}"), |known| known.name.clone())
    }

    fn first(&self) -> IntervalIndex {
        let member = self.member.as_ref();
        member.and_then(|member| member.first()).unwrap_or_default()
    }
}
