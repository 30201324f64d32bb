//! Waiting for what a chain does next. Every wait has an end, and says what it waited for.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use crate::sender::Submitted;
use crate::transaction::{hash, Transaction};
use crate::{Chain, Error};

/// How often a wait looks for the next block. Blocks come every half second on a devnet, every few elsewhere.
const POLL: Duration = Duration::from_millis(150);

impl Chain {
    /// Waits until a submitted transaction is in a block, or is known to be dead.
    ///
    /// # Errors
    /// [`Error::Expired`] once a block above its timeout height is seen and no block up to there has it: it can be sent
    /// again. [`Error::TimedOut`] after `submitted.wait_limit`, when the chain stands still or no node answers: it may
    /// still get into a block, and waiting may go on.
    pub async fn wait(&self, submitted: &Submitted) -> Result<Transaction, Error> {
        let what = || {
            format!(
                "transaction {} in a block up to {}",
                submitted.hash, submitted.timeout_height
            )
        };
        wait_for(submitted.wait_limit, what, || self.outcome(submitted)).await
    }

    /// The transaction, nothing where it may still come, an error where it cannot.
    async fn outcome(&self, submitted: &Submitted) -> Result<Option<Transaction>, Error> {
        let latest = self.latest().await?.height;
        if let Some(transaction) = self.transaction(&submitted.hash).await? {
            return Ok(Some(transaction));
        }
        if latest <= submitted.timeout_height {
            return Ok(None);
        }
        // Its last block has passed. The blocks themselves decide, since the index of transactions follows a moment later.
        for height in submitted.seen_height..=submitted.timeout_height {
            let (_, bytes) = self.header(Some(height.max(1))).await?;
            if bytes.iter().any(|bytes| hash(bytes) == submitted.hash) {
                return Ok(None);
            }
        }
        Err(Error::Expired {
            hash: submitted.hash.clone(),
            timeout_height: submitted.timeout_height,
        })
    }
}

/// Looks again and again until there is something, at most `limit`; then says what it waited for.
///
/// A node that does not answer is waited for as well, since it may come back; the error names it then.
pub(crate) async fn wait_for<T, F>(
    limit: Duration,
    what: impl Fn() -> String,
    look: impl Fn() -> F,
) -> Result<T, Error>
where
    F: Future<Output = Result<Option<T>, Error>>,
{
    let end = Instant::now().checked_add(limit);
    let mut unreachable = None;
    loop {
        let looked = match end {
            // A look that the end cuts short tells nothing: what the one before met stays.
            Some(end) => tokio::time::timeout_at(end, look()).await.ok(),
            None => Some(look().await),
        };
        match looked {
            Some(Ok(Some(found))) => return Ok(found),
            Some(Ok(None)) => unreachable = None,
            Some(Err(error @ Error::Unreachable { .. })) => unreachable = Some(error),
            Some(Err(error)) => return Err(error),
            None => {}
        }
        if end.is_some_and(|end| Instant::now() >= end) {
            let mut what = what();
            if let Some(error) = unreachable {
                what = format!("{what}; {error}");
            }
            let seconds = limit.as_secs();
            return Err(Error::TimedOut { what, seconds });
        }
        tokio::time::sleep(POLL).await;
    }
}
