//! Waiting for what a chain does next. Every wait has an end, and says what it waited for.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use crate::Error;

/// How often a wait looks for the next block. Blocks come every half second on a devnet, every few elsewhere.
const POLL: Duration = Duration::from_millis(150);

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
