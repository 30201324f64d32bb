//! One look at the chain, and what follows from it; again and again.

use std::sync::Arc;
use std::time::Duration;

use gridpact_attest::assignment::Assignment;
use gridpact_attest::compose::compose;
use gridpact_attest::draft::Draft;
use gridpact_client::{Error as ChainError, Key};
use gridpact_units::IntervalIndex;

use super::alone::{certify, committee};
use super::chain::{Asked, ChainSide, NotCarried};
use super::desk::Desk;
use super::error::ReportError;
use super::extent::extent;
use super::fates::{accepted, note_accepted};
use super::observe::{counting, limits, observe};
use super::plan::{plan, Known, Plan, Wait};
use crate::abort;
use crate::derive::Stretch;
use crate::store::signed::{add_refusal, overlapping, record, SignedDraft};

/// More intervals than any report has: whatever shares one with the next report is found.
const ANY_REPORT: u64 = 4_096;

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing to do yet.
    Waited(Wait),
    /// Intervals were closed as a gap.
    ClosedGap,
    /// A report was carried.
    Carried(SignedDraft),
}

/// Makes, signs and carries reports of a committee of one.
#[derive(Debug)]
pub struct Reporter<C> {
    chain: C,
    key: Key,
    desk: Desk,
    /// Height at which a draft was refused last: a refusal counts once a block.
    refused_at: Option<u64>,
    /// The epoch in whose committee the key was seen.
    member_of: Option<u32>,
}

impl<C: ChainSide> Reporter<C> {
    /// With a key that is in the committee.
    pub fn new(chain: C, key: Key, desk: Desk) -> Self {
        Self {
            chain,
            key,
            desk,
            refused_at: None,
            member_of: None,
        }
    }

    /// Reports until the committee has more members than one. What goes wrong is told, and tried again.
    pub async fn run(mut self) {
        let look = Duration::from_secs(self.desk.rules.look.0 .0);
        loop {
            let done = self.step().await;
            if let Err(ReportError::Quorum { .. }) = done {
                return;
            }
            let again = matches!(done, Ok(Step::ClosedGap | Step::Carried(_)));
            self.tell(done).await;
            if !again {
                tokio::time::sleep(look).await;
            }
        }
    }

    async fn tell(&self, done: Result<Step, ReportError>) {
        let purse = self.chain.purse().await.ok();
        let mut progress = self.desk.progress();
        let trouble = done.as_ref().err().map(ToString::to_string);
        if trouble.is_some() && trouble != progress.trouble {
            eprintln!("report: {}", trouble.clone().unwrap_or_default());
        }
        progress.trouble = trouble;
        progress.waiting = match &done {
            Ok(Step::Waited(wait)) => Some(wait.to_string()),
            _ => None,
        };
        if let Ok(Step::Carried(draft)) = &done {
            progress.carried = progress.carried.saturating_add(1);
            eprintln!(
                "report: {} intervals from {} on are accepted",
                draft.intervals, draft.first
            );
        }
        progress.purse = purse.or(progress.purse.take());
    }

    /// Looks once, and does what is to be done.
    ///
    /// # Errors
    /// Why nothing came of it; the next look starts from what the chain and the database say then.
    pub async fn step(&mut self) -> Result<Step, ReportError> {
        let asked = self.chain.ask().await?;
        self.desk.learn(&asked);
        let next = &asked.basis.next;
        if let Some(first) = next.first_interval {
            note_accepted(&self.chain, &self.desk, first).await?;
        }
        let (epoch, first) = (next.epoch, next.first_interval.unwrap_or_default());
        if self.member_of != Some(epoch) {
            // A key that is no member's is told now, not when the first report is due, which may be days away.
            committee(&self.chain, &self.key, epoch).await?;
            self.member_of = Some(epoch);
        }
        let rows = self
            .desk
            .store
            .read(move |connection| overlapping(connection, epoch, first, ANY_REPORT))
            .await?;
        let length = asked.basis.config.interval_length;
        let known = Known {
            extent: extent(next, length, &self.desk.rules, asked.time),
            rows: &rows,
            clean_from: self.desk.store.clean_from(),
            length,
            now: self.desk.clock.now(),
        };
        match plan(next, known) {
            Plan::Wait(wait) => Ok(Step::Waited(wait)),
            Plan::CloseGap => {
                abort::point("gap_found");
                self.chain.close_gap().await?;
                abort::point("gap_closed");
                Ok(Step::ClosedGap)
            }
            Plan::Send(draft) => self.certify_and_carry(*draft, asked.height).await,
            Plan::Make {
                first,
                intervals,
                revision,
            } => {
                committee(&self.chain, &self.key, epoch).await?;
                let draft = self.make(&asked, (first, intervals, revision)).await?;
                self.certify_and_carry(draft, asked.height).await
            }
        }
    }

    /// Makes a draft of what was read, and records it. Only what the chain asked for is ever recorded.
    async fn make(
        &self,
        asked: &Asked,
        (first, intervals, revision): (IntervalIndex, u16, u16),
    ) -> Result<SignedDraft, ReportError> {
        let basis = &asked.basis;
        let stretch = Stretch {
            counting: counting(basis)?,
            first,
            intervals: intervals.into(),
        };
        let (meters, limits) = (Arc::clone(&self.desk.meters), limits(basis));
        let look = move |connection: &rusqlite::Connection| observe(connection, &meters, &limits, stretch);
        let observed = self.desk.store.read(look).await?;
        let (chain, registry) = (self.chain.chain_id(), self.chain.registry());
        let (next, seats) = (basis.next.clone(), basis.seats.clone());
        let assignment = Assignment::new(chain, registry, &basis.config, next, seats);
        let composed = compose(&assignment, observed, Some(intervals), revision)?;
        for note in &composed.notes {
            eprintln!("report: {note}");
        }
        let draft = Draft::new(&assignment, &composed.report)?;
        let signed = SignedDraft {
            epoch: composed.report.header.epoch,
            first,
            intervals,
            revision,
            digest: draft.digest()?,
            draft: draft.report.to_vec(),
        };
        abort::point("drafted");
        let (row, now) = (signed.clone(), self.desk.clock.now());
        self.desk
            .store
            .writer()
            .write(move |connection| record(connection, &row, now))
            .await??;
        abort::point("signed_committed");
        Ok(signed)
    }

    /// Signs a draft that is in the record, and carries it. The same draft gives the same signature.
    async fn certify_and_carry(&mut self, signed: SignedDraft, height: u64) -> Result<Step, ReportError> {
        let certificate = certify(&self.chain, &self.key, &signed).await?;
        abort::point("certified");
        match self.chain.carry(&certificate).await {
            Ok(()) => {
                abort::point("sent");
                accepted(&self.desk, &signed).await?;
                Ok(Step::Carried(signed))
            }
            Err(NotCarried::First(error)) => Err(ReportError::First(error)),
            Err(NotCarried::Report(error)) => {
                if is_refusal(&error) && self.refused_at != Some(height) {
                    self.refused_at = Some(height);
                    let (digest, words) = (signed.digest, error.to_string());
                    self.desk
                        .store
                        .writer()
                        .write(move |connection| add_refusal(connection, &digest, &words))
                        .await?;
                }
                Err(error.into())
            }
        }
    }
}

/// Whether the chain said no to a report itself, whoever pays what: it would say so again.
pub fn is_refusal(error: &ChainError) -> bool {
    matches!(error, ChainError::Refused { .. } | ChainError::OutOfGas { .. })
}
