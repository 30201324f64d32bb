//! `gridpact verify --books`: the books that the chain's transactions come to against what the contracts answer.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use gridpact_client::GridBooks;
use serde::Serialize;

use super::archive::{Archive, Archived};
use super::Check;
use crate::onchain::grid_file::Addresses;
use crate::onchain::Session;

/// How often a person is told how far it came.
const EVERY: Duration = Duration::from_secs(2);

/// What the books were recomputed from.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct Recomputed {
    /// The block in which the grid began.
    pub from: u64,
    /// The block as of which everything was compared.
    pub height: u64,
    /// Transactions that did something to the books.
    pub transactions: u64,
    /// What they did.
    pub events: u64,
    /// How much of it stands in no message, so that the contracts were believed.
    pub believed: u64,
    /// What was kept of it as files, where that was asked for.
    pub archive: Option<Archived>,
}

impl Recomputed {
    /// For a person.
    pub fn text(&self) -> String {
        let Self {
            from,
            height,
            transactions,
            events,
            believed,
            archive,
        } = self;
        let mut text = format!(
            "books recomputed from {events} events in {transactions} transactions of blocks {from} to {height}, \
             compared as of block {height}\n"
        );
        if *believed > 0 {
            text.push_str(&format!(
                "{believed} of them were other contracts' doing: the grid's contracts were believed what they were\n"
            ));
        }
        if let Some(Archived {
            folder,
            reports,
            balances,
        }) = archive
        {
            text.push_str(&format!(
                "{}: {reports} reports and {balances} files of balances that were not there\n",
                folder.display()
            ));
        }
        text
    }
}

/// Reads the transactions, and adds what was compared.
pub async fn recompute(
    session: &Session,
    at: &Addresses,
    archive: Option<&Path>,
    checks: &mut Vec<Check>,
) -> Result<Recomputed> {
    let chain = session.chain();
    let mut books = GridBooks::begin(chain, &at.registry, &at.settlement).await?;
    let mut progress = Progress::new(session);
    let mut archive = archive.map(Archive::at);
    // A second round reads what came while the first one read: nodes keep the state of old blocks only so long.
    for _ in 0..2 {
        let last = chain.latest().await?.height;
        while books.height() < last {
            let keep = |event: &_, effect: &_| {
                if let Some(archive) = &mut archive {
                    archive.keep(event, effect);
                }
            };
            books.read_on(last, keep).await?;
            let read = books.counts().transactions;
            progress.tell(|| {
                format!(
                    "read up to block {} of {last}: {read} transactions of the grid",
                    books.height()
                )
            });
        }
    }
    let compared = books
        .compare(|done, of| progress.tell(|| format!("asked for {done} of {of} accounts")))
        .await?;
    checks.extend(
        compared
            .into_iter()
            .map(|one| Check::of(one.what, one.recomputed, one.told)),
    );
    let counts = books.counts();
    Ok(Recomputed {
        from: books.from(),
        height: books.height(),
        transactions: counts.transactions,
        events: counts.events,
        believed: counts.believed,
        archive: archive.map(Archive::finish).transpose()?,
    })
}

/// Lines on standard error, not too many.
struct Progress<'a> {
    session: &'a Session,
    told: Instant,
}

impl<'a> Progress<'a> {
    fn new(session: &'a Session) -> Self {
        Self {
            session,
            told: Instant::now(),
        }
    }

    fn tell(&mut self, line: impl FnOnce() -> String) {
        if self.told.elapsed() >= EVERY {
            self.session.note(&line());
            self.told = Instant::now();
        }
    }
}
