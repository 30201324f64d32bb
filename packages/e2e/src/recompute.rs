//! A grid's books from the chain's transactions alone, against what the chain says.

use anyhow::{ensure, Result};
use gridpact_client::{Answers, Chain, Compared, GridBooks};
use gridpact_market::WindowOutcome;
use gridpact_replay::{Effect, Event};
use gridpact_units::Amount;

/// A grid as its transactions make it.
pub struct Recomputed {
    /// Every window's result, in order.
    pub windows: Vec<WindowOutcome>,
    books: GridBooks,
    settlement: String,
}

impl Recomputed {
    /// Reads the transactions up to the newest block.
    pub async fn read(chain: &Chain, registry: &str, settlement: &str) -> Result<Self> {
        let mut books = GridBooks::begin(chain, registry, settlement).await?;
        let last = chain.latest().await?.height;
        let mut windows = Vec::new();
        while books.height() < last {
            let each = |_: &Event, effect: &Effect| {
                if let Effect::Settled(settled) = effect {
                    windows.push(settled.outcome.clone());
                }
            };
            books.read_on(last, each).await?;
        }
        Ok(Self {
            windows,
            books,
            settlement: settlement.to_owned(),
        })
    }

    /// Fails where what a node answers as of the block read last, or what the settlement has, differs by a base unit; or
    /// where anything had to be believed.
    pub async fn check(&self, chain: &Chain) -> Result<()> {
        let (reader, height) = (self.books.reader(), self.books.height());
        let told = Answers::ask(chain, &self.settlement, reader.asset(), height, |_, _| {}).await?;
        let mut compared = reader.compare(&told);
        compared.extend(reader.differences().iter().cloned());
        let different: Vec<&Compared> = compared.iter().filter(|one| !one.is_same()).collect();
        ensure!(different.is_empty(), "as of block {height}: {different:?}");
        ensure!(
            told.holding == self.holding(),
            "the settlement has {}, recomputed {}",
            told.holding,
            self.holding()
        );
        let counts = self.books.counts();
        ensure!(counts.believed == 0, "not all stands in messages: {counts:?}");
        Ok(())
    }

    /// Debits of windows not yet final.
    pub fn held(&self) -> Amount {
        self.books.replay().books().totals().held
    }

    /// What the settlement has: every unit that came and did not go.
    fn holding(&self) -> u128 {
        let totals = self.books.replay().books().totals();
        totals.deposited.0 - totals.withdrawn.0 - totals.swept.0
    }
}
