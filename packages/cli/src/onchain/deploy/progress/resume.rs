//! What an earlier run left: a step of which it did not see the end, notes of what the chain does not know any more.

use std::time::{Duration, Instant};

use anyhow::{ensure, Result};
use gridpact_client::{Chain, Error};

use super::Progress;
use crate::onchain::deploy::record::{Sent, UnderWay};
use crate::onchain::Session;

/// How long to wait for two blocks when an earlier run ended while it was sending.
const SETTLING: Duration = Duration::from_secs(60);
/// Pause between looks at the chain's height.
const PAUSE: Duration = Duration::from_millis(250);

impl Progress {
    /// Finds out what became of a step that an earlier run did not see the end of.
    pub(super) async fn settle(&mut self, session: &Session) -> Result<()> {
        let Some(UnderWay { step, transaction }) = self.record.under_way.clone() else {
            return Ok(());
        };
        let chain = session.chain();
        let latest = chain.latest().await?.height;
        match transaction {
            // A chain that is younger than the note began anew under its old name.
            Some(handed) if handed.seen_height <= latest => {
                session.note(&format!(
                    "an earlier run sent {} ({step}); waiting for it",
                    handed.hash
                ));
                match session.wait(&handed.submitted()).await {
                    Ok(done) => return self.done(session, Some(Sent::of(&step, &done))),
                    Err(error) => match error.downcast_ref::<Error>() {
                        Some(Error::TimedOut { .. } | Error::Unreachable { .. }) => return Err(error),
                        _ => session.note(&format!("{step}: {error:#}")),
                    },
                }
            }
            Some(_) => {}
            None => {
                // It may have reached a node before it could be noted: what is in the mempool is in the next blocks.
                session.note(&format!(
                    "an earlier run ended while it was sending ({step}); waiting two blocks"
                ));
                let since = Instant::now();
                while chain.latest().await?.height < latest.saturating_add(2) {
                    ensure!(
                        since.elapsed() < SETTLING,
                        "waited {} s for two blocks",
                        SETTLING.as_secs()
                    );
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        self.done(session, None)
    }

    /// Drops notes of transactions that the chain does not know: it began anew under its old name, as a devnet may.
    pub(super) async fn forget_what_is_not_there(&mut self, chain: &Chain) -> Result<()> {
        let mut there = Vec::new();
        for sent in &self.record.transactions {
            match chain.transaction(&sent.hash).await {
                Ok(None) => {}
                // A node without an index of transactions cannot tell.
                Ok(Some(_)) | Err(Error::Refused { .. }) => there.push(sent.clone()),
                Err(error) => return Err(error.into()),
            }
        }
        self.record.transactions = there;
        Ok(())
    }
}
