//! Readings that cannot follow the one before wait here until it is clear whether the register is another one.
//!
//! A register that falls (a new meter, a reset) or jumps (a wrong telegram, a spike) is not believed at once: the reading is
//! held. Three readings in a row, each a plausible step from the one before, that span a minute confirm a new register, which
//! begins with the first of them. A reading that follows the trusted one, or one that follows neither, drops what is held.
//! The first reading of all is a baseline: no energy is known before it.
//!
//! The state is a pure function of the readings in order of time: whoever stores them finds it again by
//! [`Quarantine::resumed`] with the last trusted one and then [`Quarantine::take`] for those after it. What comes late
//! ([`Verdict::Late`]) is put where it belongs, and taken again with those that follow.

use super::plausible::{Doubt, Plausible};
use super::RegisterReading;

/// Readings that confirm a new register.
const CONFIRMING: usize = 3;
/// Seconds that they span at least: a device that restarts shows nonsense for some of them. Readings have whole seconds, so
/// no more than so many are ever held.
const CONFIRMING_SPAN: u64 = 60;

/// The judge of one register's readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantine {
    plausible: Plausible,
    trusted: Option<RegisterReading>,
    held: Vec<RegisterReading>,
    dropped: u64,
}

/// What became of a reading, and of those held before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What became of the reading.
    pub verdict: Verdict,
    /// Those held before it that are no longer: they were wrong.
    pub dropped: Vec<RegisterReading>,
}

/// What became of a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The first of all: nothing is known before it.
    Baseline,
    /// It follows the trusted one. With a modulus its value goes on where the register began anew.
    Trusted(RegisterReading),
    /// It follows nothing, or only what is held: it is held too.
    Held(Doubt),
    /// It and those held before it are a new register, of which the first is the baseline; nothing ties it to the old one.
    NewRegister(Vec<RegisterReading>),
    /// It came already.
    Repeated,
    /// Another value of the same second is there already; this one is dropped.
    Contradicts(RegisterReading),
    /// A later one is there already; nothing was changed.
    Late,
}

impl Quarantine {
    /// Of a register of which nothing is known.
    pub const fn new(plausible: Plausible) -> Self {
        Self {
            plausible,
            trusted: None,
            held: Vec::new(),
            dropped: 0,
        }
    }

    /// Of a register whose last trusted reading is known.
    pub fn resumed(plausible: Plausible, trusted: RegisterReading) -> Self {
        Self {
            trusted: Some(trusted),
            ..Self::new(plausible)
        }
    }

    /// The last reading that is trusted.
    pub const fn trusted(&self) -> Option<RegisterReading> {
        self.trusted
    }

    /// Readings that wait.
    pub fn held(&self) -> &[RegisterReading] {
        &self.held
    }

    /// How many were dropped since this judge began.
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Judges a reading.
    pub fn take(&mut self, reading: RegisterReading) -> Taken {
        let alone = |verdict| Taken {
            verdict,
            dropped: Vec::new(),
        };
        let Some(trusted) = self.trusted else {
            self.trusted = Some(reading);
            return alone(Verdict::Baseline);
        };
        let last = self.held.last().copied().unwrap_or(trusted);
        if reading.at < last.at {
            return alone(Verdict::Late);
        }
        if reading.at == last.at {
            return alone(self.again(last, reading));
        }
        match self.plausible.step(trusted, reading) {
            Ok(follows) => {
                self.trusted = Some(follows);
                Taken {
                    verdict: Verdict::Trusted(follows),
                    dropped: self.drop_held(),
                }
            }
            Err(doubt) => self.hold(reading, doubt),
        }
    }

    /// A second reading of the same second.
    fn again(&mut self, last: RegisterReading, reading: RegisterReading) -> Verdict {
        if self.plausible.same(last.value, reading.value) {
            return Verdict::Repeated;
        }
        self.dropped = self.dropped.saturating_add(1);
        Verdict::Contradicts(last)
    }

    /// Holds a reading, behind those that it follows or alone, until there are enough.
    fn hold(&mut self, reading: RegisterReading, doubt: Doubt) -> Taken {
        let last = self.held.last().copied();
        let follows = last.and_then(|last| self.plausible.step(last, reading).ok());
        let dropped = match follows {
            Some(_) => Vec::new(),
            None => self.drop_held(),
        };
        self.held.push(follows.unwrap_or(reading));
        let span = self.held.first().map_or(0, |first| reading.since(*first));
        let verdict = if self.held.len() >= CONFIRMING && span >= CONFIRMING_SPAN {
            self.trusted = self.held.last().copied();
            Verdict::NewRegister(core::mem::take(&mut self.held))
        } else {
            Verdict::Held(doubt)
        };
        Taken { verdict, dropped }
    }

    /// What was held is wrong.
    fn drop_held(&mut self) -> Vec<RegisterReading> {
        self.dropped = self.dropped.saturating_add(self.held.len() as u64);
        core::mem::take(&mut self.held)
    }
}
