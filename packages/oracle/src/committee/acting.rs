//! What a member wants done.

use std::sync::Arc;

use gridpact_committee::chain::Next;
use gridpact_committee::member::action::{Action, Evidence, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content::{Certificate, Vote};
use gridpact_committee::message::envelope::Message;
use gridpact_units::IntervalIndex;
use rusqlite::Connection;

use super::carrier;
use super::error::DriverError;
use super::parts::{Driver, Fed, Job};
use super::peers::frame::Frame;
use super::{evidence, suspension};
use crate::abort;
use crate::derive::Stretch;
use crate::reporting::chain::ChainSide;
use crate::reporting::observe::{counting, in_seats, limits_of, observe};

impl<C: ChainSide> Driver<C> {
    pub(super) fn act(&mut self, action: Action) -> Result<(), DriverError> {
        match action {
            Action::Read {
                next,
                slot,
                intervals,
            } => self.read(next, slot, intervals)?,
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

    /// Reads the meters for a slot, beside everything else.
    fn read(&mut self, next: Next, slot: u16, intervals: u16) -> Result<(), DriverError> {
        let Some(look) = &self.look else { return Ok(()) };
        let basis = &look.asked.basis;
        let stretch = Stretch {
            counting: counting(basis)?,
            first: next.first,
            intervals: intervals.into(),
        };
        let (meters, seats) = (Arc::clone(&self.desk.meters), basis.seats.clone());
        let (store, feeds) = (self.desk.store.clone(), self.feeds.clone());
        self.readings.spawn(async move {
            let look = move |connection: &Connection| {
                let observed = observe(connection, &meters, &limits_of(&seats), stretch)?;
                Ok(in_seats(&observed, &seats, next.first, intervals))
            };
            match store.read(look).await {
                Ok(readings) => {
                    let event = Event::Read { next, slot, readings };
                    let _ = feeds.send(Fed::Event(event)).await;
                }
                // The member asks again.
                Err(error) => eprintln!("committee: what was read: {error}"),
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
        self.with_progress(|progress| progress.hear(news));
        self.note(&news.to_string());
        Ok(())
    }

    fn first(&self) -> IntervalIndex {
        let member = self.member.as_ref();
        member.and_then(|member| member.first()).unwrap_or_default()
    }
}
