//! Looks at the chain: what comes next, and what became of what was signed.

use std::sync::Arc;
use std::time::Duration;

use gridpact_committee::chain::Committee;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use super::parts::{Fed, Look};
use super::settled::Settled;
use super::state;
use crate::reporting::chain::ChainSide;
use crate::reporting::desk::Desk;
use crate::reporting::error::ReportError;

/// How often the chain is asked while a slot runs or is about to: about once a block.
const EAGER: Duration = Duration::from_secs(5);

/// Looks for ever; more often while `eager`.
pub(super) async fn run<C: ChainSide>(
    chain: Arc<C>,
    desk: Desk,
    mut settled: Settled,
    feeds: mpsc::Sender<Fed>,
    mut eager: watch::Receiver<bool>,
) {
    let usual = Duration::from_secs(desk.rules.look.0 .0);
    let mut known: Option<(u32, Arc<Committee>)> = None;
    loop {
        match look(chain.as_ref(), &mut known).await {
            Ok(look) => {
                desk.learn(&look.asked);
                let purse = chain.purse().await.ok();
                let settling = settled.look(chain.as_ref(), &desk, &look.asked).await;
                {
                    let mut progress = desk.progress();
                    progress.purse = purse.or(progress.purse.take());
                }
                desk.trouble(settling.err().map(|error| error.to_string()));
                if feeds.send(Fed::Looked(Box::new(look))).await.is_err() {
                    return;
                }
            }
            Err(error) => desk.trouble(Some(error.to_string())),
        }
        let pause = if *eager.borrow_and_update() {
            EAGER.min(usual)
        } else {
            usual
        };
        // Whatever happened: look when it changes, or when the time is over.
        if let Ok(Err(_)) = timeout(pause, eager.changed()).await {
            return;
        }
    }
}

/// Asks what comes next and, where it is another one, for the committee.
async fn look(
    chain: &impl ChainSide,
    known: &mut Option<(u32, Arc<Committee>)>,
) -> Result<Look, ReportError> {
    let asked = chain.ask().await?;
    let epoch = asked.basis.next.epoch;
    let committee = match known {
        Some((of, committee)) if *of == epoch => Arc::clone(committee),
        _ => {
            let committee = Arc::new(state::committee(&chain.committee(epoch).await?));
            *known = Some((epoch, Arc::clone(&committee)));
            committee
        }
    };
    Ok(Look { asked, committee })
}
