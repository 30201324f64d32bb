//! What becomes of a transaction that was handed over to a node.

use crate::sender::Submitted;
use crate::transaction::{hash, Transaction};
use crate::waiting::wait_for;
use crate::{Chain, Error};

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
