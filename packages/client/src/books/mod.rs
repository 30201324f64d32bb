//! A grid's books, read back from a chain's transactions and replayed.

mod admission;
mod answers;
mod call;
mod compare;
mod compared;
mod conversion;
mod error;
mod fact;
mod founding;
mod hidden;
mod reader;
mod step;
mod told;

use gridpact_replay::{Effect, Event, Meter, Replay, MAX_FINALISED, MAX_FINALISED_RESULTS};
use gridpact_types::settlement::bounds;
use gridpact_units::Slot;

use crate::{Block, Chain, Error, Registry, Settlement, Transaction};

pub use answers::Answers;
pub use compared::Compared;
pub use error::{BooksError, Cause};
pub use reader::{BooksReader, Counts, Founding};

// The contract's own numbers: a replay cannot import them, since the contracts' messages come with them.
const _: () = assert!(MAX_FINALISED == bounds::MAX_FINALISED as usize);
const _: () = assert!(MAX_FINALISED_RESULTS == bounds::MAX_FINALISED_RESULTS as usize);

/// Blocks read at once: most of a day, so that few questions find all transactions, and no answer holds too many.
const STRETCH: u64 = 10_000;

/// A grid's books as the transactions of a chain make them, from the block in which its contracts were made.
///
/// [`BooksReader`] says what is believed on the way, and what is missed. Where the contracts were made by another contract,
/// they are asked what they were made with; where meters were admitted by one, the registry is asked for them.
#[derive(Clone, Debug)]
pub struct GridBooks {
    chain: Chain,
    registry: Registry,
    settlement: Settlement,
    reader: BooksReader,
    /// The first block.
    from: u64,
    /// The block to read next.
    next: u64,
    /// How many of the two contracts were asked what they were made with.
    asked: u64,
}

impl GridBooks {
    /// Finds where a grid began, and what it was made with. Nothing that happened to it is read yet.
    ///
    /// # Errors
    /// No such contracts; a chain that does not answer, or whose node has forgotten those blocks.
    pub async fn begin(chain: &Chain, registry: &str, settlement: &str) -> Result<Self, BooksError> {
        let registry = Registry::new(chain, registry);
        let settlement = Settlement::new(chain, settlement);
        let found = founding::find(chain, &registry, &settlement).await?;
        Ok(Self {
            chain: chain.clone(),
            registry,
            settlement,
            reader: BooksReader::new(found.founding).map_err(BooksError::Grid)?,
            from: found.height,
            next: found.height,
            asked: found.asked,
        })
    }

    /// The block in which the grid began.
    pub fn from(&self) -> u64 {
        self.from
    }

    /// The block up to which the books were read; the one before the grid where nothing was.
    pub fn height(&self) -> u64 {
        self.next.saturating_sub(1)
    }

    /// The books as of that block, and what led to them.
    pub fn replay(&self) -> &Replay {
        self.reader.replay()
    }

    /// What read them; compares them with another node's answers, for instance.
    pub fn reader(&self) -> &BooksReader {
        &self.reader
    }

    /// How much was read.
    pub fn counts(&self) -> Counts {
        let counts = self.reader.counts();
        Counts {
            believed: counts.believed.saturating_add(self.asked),
            ..counts
        }
    }

    /// Reads on, up to a block but no more than ten thousand blocks at once, so that the caller can show how far it came:
    /// call it until [`GridBooks::height`] is that block. `each` sees every event and its effect.
    ///
    /// # Errors
    /// A transaction that cannot have happened under the grid's rules, or does not tell enough. The chain does not answer:
    /// the same call can be made again, and `each` may see some effects again.
    pub async fn read_on(
        &mut self,
        to: u64,
        mut each: impl FnMut(&Event, &Effect),
    ) -> Result<(), BooksError> {
        let last = to.min(self.height().saturating_add(STRETCH));
        let contracts = [self.registry.address(), self.settlement.address()];
        let calls = self.chain.calls(&contracts, self.next, last).await?;
        // Everything that must be asked, before anything is written.
        let mut reader = self.reader.clone();
        for (block, transaction) in &calls {
            let wrong = |cause| wrong(block, transaction, cause);
            for slot in reader.hidden_meters(transaction).map_err(wrong)? {
                reader.learn(self.meter(slot).await?);
            }
            reader.read(block.time, transaction, &mut each).map_err(wrong)?;
        }
        self.reader = reader;
        self.next = self.next.max(last.saturating_add(1));
        Ok(())
    }

    /// Compares the books with what the settlement answers as of [`GridBooks::height`]; also tells where the contracts told
    /// something else of an event than it came to. `progress` hears how many accounts are done, and of how many.
    ///
    /// # Errors
    /// The chain does not answer, or the node has forgotten that block.
    pub async fn compare(&self, progress: impl FnMut(usize, usize)) -> Result<Vec<Compared>, Error> {
        let (settlement, asset) = (self.settlement.address(), self.reader.asset());
        let told = Answers::ask(&self.chain, settlement, asset, self.height(), progress).await?;
        let mut compared = self.reader.compare(&told);
        compared.extend(self.reader.differences().iter().cloned());
        Ok(compared)
    }

    async fn meter(&self, slot: Slot) -> Result<Meter, BooksError> {
        let told = self.registry.meter(slot).await?;
        Ok(Meter {
            slot: told.slot,
            seat: told.seat,
            household: told.household,
            weight: told.weight,
            part: told.meter.part,
            priority: told.priority,
            buy_tier: told.buy_tier,
            sell_tier: told.sell_tier,
        })
    }
}

fn wrong(block: &Block, transaction: &Transaction, cause: Cause) -> BooksError {
    BooksError::Transaction {
        hash: transaction.hash.clone(),
        height: block.height,
        cause,
    }
}
