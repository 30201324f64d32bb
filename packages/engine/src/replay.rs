//! A grid's books, replayed event by event from its beginning or from a window on.

use gridpact_market::Policy;
use gridpact_replay::{Books, CommunityAccount, FeeId, Meter, Settled, Totals, Window};
use gridpact_report::archive::read_balances;
use gridpact_report::{decode, Header, Report};
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

use crate::error::EngineError;
use crate::seat::Seat;
use crate::window;

/// Books under replay. After an error nothing has changed.
#[derive(Clone, Debug)]
pub struct Replay(Books);

/// What proves that a window was settled as the chain did it: the hashes that its event `window_settled` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hashes {
    /// SHA-256 of the free balances as used.
    pub balances: [u8; 32],
    /// SHA-256 of the results.
    pub results: [u8; 32],
}

impl Replay {
    /// Empty books under a policy.
    ///
    /// # Errors
    /// A policy that does not hold together.
    pub fn new(policy: Policy) -> Result<Self, EngineError> {
        Ok(Self(Books::new(policy)?))
    }

    /// Opens an account with what is free in it.
    ///
    /// # Errors
    /// There is one of this slot.
    pub fn open(&mut self, slot: Slot, free: Amount) -> Result<(), EngineError> {
        Ok(self.0.reopen(slot, free)?)
    }

    /// A roster that windows are settled under. Its accounts must be open.
    ///
    /// # Errors
    /// A vacant seat, no seat, a slot without an account, terms out of bounds.
    pub fn roster(&mut self, version: u32, seats: &[Option<Seat>]) -> Result<(), EngineError> {
        let meter = |(at, seat): (usize, &Option<Seat>)| {
            seat.map(|seat| seat.meter(at)).ok_or(EngineError::Vacant(at))
        };
        let meters: Vec<Meter> = seats.iter().enumerate().map(meter).collect::<Result<_, _>>()?;
        Ok(self.0.know_roster(version, &meters)?)
    }

    /// A window that was settled before the replay begins and is held when it does, with the balances of an archive.
    ///
    /// # Errors
    /// Bytes that are no report or no balances of its roster, a window that does not follow.
    pub fn hold(
        &mut self,
        final_at: UnixSeconds,
        balances: &[u8],
        report: &[u8],
    ) -> Result<Hashes, EngineError> {
        let Report { header, readings } = decode(report)?;
        let free = read_balances(balances, header.seats.into())?;
        let window = window_of(&header, final_at);
        Ok(hashes(&self.0.hold(window, &free, &readings)?))
    }

    /// The next window, in a block of this time.
    ///
    /// # Errors
    /// Bytes that are no report, a roster that is not known, a window that does not follow, more ended windows than one message makes final.
    pub fn settle(
        &mut self,
        now: UnixSeconds,
        final_at: UnixSeconds,
        report: &[u8],
    ) -> Result<Hashes, EngineError> {
        let Report { header, readings } = decode(report)?;
        let window = window_of(&header, final_at);
        Ok(hashes(&self.0.settle(now, window, &readings, |_| {})?))
    }

    /// Money came into an account.
    ///
    /// # Errors
    /// No such account, nothing paid.
    pub fn deposit(&mut self, slot: Slot, amount: Amount) -> Result<(), EngineError> {
        self.0.deposit(slot, amount)?;
        Ok(())
    }

    /// Money went out of an account, in a block of this time.
    ///
    /// # Errors
    /// No such account, less free than went out, nothing.
    pub fn withdraw(&mut self, now: UnixSeconds, slot: Slot, amount: Amount) -> Result<(), EngineError> {
        self.0.withdraw(now, slot, Some(amount))?;
        Ok(())
    }

    /// Makes the held window final whose end comes first, if it is over; its first interval.
    ///
    /// # Errors
    /// Amounts that do not fit, which no grid comes near.
    pub fn finalise(&mut self, now: UnixSeconds) -> Result<Option<IntervalIndex>, EngineError> {
        let finalised = self.0.finalise(now, 1)?;
        Ok(finalised.first().map(|held| held.window.first_interval))
    }

    /// Pays out a part of the community account, a fee or what rounding left; how much that was.
    ///
    /// # Errors
    /// No such fee, nothing in it.
    pub fn sweep(&mut self, fee: Option<u8>) -> Result<Amount, EngineError> {
        let account = fee.map_or(CommunityAccount::Rounding, |fee| {
            CommunityAccount::Fee(FeeId(fee))
        });
        Ok(self.0.sweep(account)?)
    }

    /// What is free in an account; `None` where there is none.
    pub fn free(&self, slot: Slot) -> Option<Amount> {
        self.0.free(slot)
    }

    /// Where every unit is.
    pub fn totals(&self) -> Totals {
        self.0.totals()
    }
}

fn window_of(header: &Header, final_at: UnixSeconds) -> Window {
    Window {
        first_interval: header.first_interval,
        intervals: header.intervals,
        revision: header.revision,
        roster_version: header.roster_version,
        final_at,
    }
}

fn hashes(settled: &Settled) -> Hashes {
    let (balances, results) = window::hashes(&settled.free, &settled.outcome);
    Hashes { balances, results }
}
