//! A call of a replay as bytes and numbers, so that whoever speaks to it across a border needs one way in.

use gridpact_units::{Amount, Slot, UnixSeconds};

use crate::error::EngineError;
use crate::replay::{Hashes, Replay};
use crate::seat;

/// What a call is given; each kind takes what it needs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Call<'a> {
    /// Time of the event's block.
    pub now: UnixSeconds,
    /// A slot, a roster's version, a fee's number, or when a window becomes final.
    pub at: u64,
    /// Base units.
    pub amount: Amount,
    /// A report, or JSON of a roster's seats.
    pub first: &'a [u8],
    /// Balances, as archives keep them.
    pub second: &'a [u8],
}

impl Call<'_> {
    /// Carries it out. By kind, with what it takes and gives:
    ///
    /// | kind | call | takes | gives |
    /// |---|---|---|---|
    /// | 0 | open an account | slot, amount | |
    /// | 1 | a roster | version, seats | |
    /// | 2 | a window that is held when the replay begins | final at, report, balances | 64 bytes: SHA-256 of balances and of results |
    /// | 3 | settle | now, final at, report | the same |
    /// | 4 | deposit | slot, amount | |
    /// | 5 | withdraw | now, slot, amount | |
    /// | 6 | make the window final that ends first, if it is over | now | its first interval, 8 bytes, or nothing |
    /// | 7 | sweep what rounding left | | how much, 16 bytes |
    /// | 8 | sweep a fee | number | how much |
    /// | 9 | what is free | slot | how much, or nothing where there is no account |
    /// | 10 | sums | | deposited, withdrawn, swept, held, community, 16 bytes each |
    ///
    /// Numbers are given most significant byte first.
    ///
    /// # Errors
    /// What cannot have happened, another kind, numbers and texts that are none. Nothing has changed then.
    pub fn on(self, replay: &mut Replay, kind: u8) -> Result<Vec<u8>, EngineError> {
        let Self {
            now,
            at,
            amount,
            first,
            second,
        } = self;
        // No slot, roster or fee has such a number: nothing is found there.
        let number = u32::try_from(at).unwrap_or(u32::MAX);
        let slot = Slot(number);
        match kind {
            0 => replay.open(slot, amount)?,
            1 => replay.roster(number, &seat::read_bytes(first)?)?,
            2 => return Ok(joined(replay.hold(UnixSeconds(at), second, first)?)),
            3 => return Ok(joined(replay.settle(now, UnixSeconds(at), first)?)),
            4 => replay.deposit(slot, amount)?,
            5 => replay.withdraw(now, slot, amount)?,
            6 => {
                let first = replay.finalise(now)?;
                return Ok(first
                    .map(|first| first.0.to_be_bytes().to_vec())
                    .unwrap_or_default());
            }
            7 => return Ok(bytes(replay.sweep(None)?)),
            8 => return Ok(bytes(replay.sweep(Some(u8::try_from(at).unwrap_or(u8::MAX)))?)),
            9 => return Ok(replay.free(slot).map(bytes).unwrap_or_default()),
            10 => {
                let totals = replay.totals();
                let sums = [
                    totals.deposited,
                    totals.withdrawn,
                    totals.swept,
                    totals.held,
                    totals.community,
                ];
                return Ok(sums.map(|sum| sum.0.to_be_bytes()).concat());
            }
            got => return Err(EngineError::Call { got }),
        }
        Ok(Vec::new())
    }
}

fn bytes(amount: Amount) -> Vec<u8> {
    amount.0.to_be_bytes().to_vec()
}

fn joined(Hashes { balances, results }: Hashes) -> Vec<u8> {
    [balances, results].concat()
}
