//! The one way in: whatever a source reads is checked, written, and only then acknowledged.

use gridpact_units::UnixSeconds;

use crate::abort;
use crate::bounds::{EARLIEST, MAX_AHEAD};
use crate::clock::Clock;
use crate::sample::Sample;
use crate::store::error::StoreError;
use crate::store::readings::{add_samples, Stored};
use crate::store::Store;
use crate::tally::{Outcome, Tally};

/// Registers of one meter that came together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Whose.
    pub meter: String,
    /// What they showed.
    pub samples: Vec<Sample>,
}

/// Where sources bring what they read. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Intake {
    store: Store,
    clock: Clock,
    tally: Tally,
}

impl Intake {
    /// Into a store, by a clock.
    pub fn new(store: Store, clock: Clock, tally: Tally) -> Self {
        Self { store, clock, tally }
    }

    /// Now.
    pub fn now(&self) -> UnixSeconds {
        self.clock.now()
    }

    /// What is counted.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Keeps what came from a source, all in one commit; returns once it is on the disk. Samples whose time is none are
    /// counted and left out.
    ///
    /// # Errors
    /// The store refuses: nothing was kept, and the source must bring it again.
    pub async fn take(&self, source: &str, arrivals: Vec<Arrival>) -> Result<Stored, StoreError> {
        let now = self.now();
        let latest = now.0.saturating_add(MAX_AHEAD);
        let mut good = arrivals;
        let mut bad: u64 = 0;
        for arrival in &mut good {
            if let Some(last) = arrival.samples.iter().map(|sample| sample.at).max() {
                self.tally.heard(source, &arrival.meter, last, now);
            }
            let before = arrival.samples.len();
            arrival
                .samples
                .retain(|sample| (EARLIEST..=latest).contains(&sample.at.0));
            bad = bad.saturating_add(before.saturating_sub(arrival.samples.len()) as u64);
        }
        good.retain(|arrival| !arrival.samples.is_empty());
        self.tally.count(source, Outcome::BadTime, bad);
        if good.is_empty() {
            return Ok(Stored::default());
        }
        abort::point("received");
        let name = source.to_owned();
        let stored = self.store.writer().write(move |connection| {
            let mut all = Stored::default();
            for arrival in &good {
                let stored = add_samples(connection, (&arrival.meter, &name), &arrival.samples, now)?;
                all.new = all.new.saturating_add(stored.new);
                all.known = all.known.saturating_add(stored.known);
                all.other = all.other.saturating_add(stored.other);
            }
            Ok(all)
        });
        let stored = stored.await?;
        abort::point("stored");
        self.tally.count(source, Outcome::Kept, stored.new);
        self.tally.count(source, Outcome::Known, stored.known);
        self.tally.count(source, Outcome::Contradicted, stored.other);
        Ok(stored)
    }
}
