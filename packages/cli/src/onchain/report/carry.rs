//! `gridpact report carry`: a signed report to the chain. Anybody may.

use std::path::Path;

use anyhow::Result;
use gridpact_client::{Registry, Settlement};

use super::super::exit::bad_argument;
use super::super::{hex, Session};
use super::report_file::{read, ReportFile};

/// Carries it.
pub(super) async fn carry(session: &Session, path: &Path) -> Result<()> {
    let file: ReportFile = read(path)?;
    if file.chain_id != session.network().chain_id {
        return Err(bad_argument(format!(
            "{}: expected a report for {}, got one for {}",
            path.display(),
            session.network().chain_id,
            file.chain_id
        )));
    }
    if file.signatures.is_empty() {
        return Err(bad_argument(format!(
            "{}: expected a report with its signatures (gridpact report combine), got a draft",
            path.display()
        )));
    }
    let digest = hex(&file.draft().digest()?);
    let registry = Registry::new(session.chain(), &file.registry);
    let report = registry.report(file.report.to_vec(), file.signatures)?;
    let settlement = Settlement::new(session.chain(), &registry.config().await?.settlement);
    let messages = loop {
        let before = settlement.before_report().await?;
        if before.report_too {
            break [before.finalise, vec![report]].concat();
        }
        let what = "finish windows whose challenge period is over, more than go before a report";
        session.send(what, &before.finalise).await?;
        if session.args().dry_run {
            // Nothing was sent, so that as many are still there.
            break vec![report];
        }
    };
    let outcome = session.send(&format!("carry report {digest}"), &messages).await?;
    let known = outcome.told("report_known", "digest").map(|_| true);
    session.print_outcome(&outcome.with("digest", Some(digest)).with("known_before", known))
}
