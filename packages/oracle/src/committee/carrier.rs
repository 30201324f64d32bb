//! What goes to the chain, one after the other: certificates, and what is too old to be closed.

use std::sync::Arc;

use cosmwasm_std::Binary;
use gridpact_attest::certificate::Certificate;
use gridpact_attest::draft::Draft;
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content;
use gridpact_types::registry::committee::Signature;
use tokio::sync::mpsc;

use super::parts::{Fed, Job};
use crate::abort;
use crate::reporting::chain::{ChainSide, NotCarried};
use crate::reporting::reporter::is_refusal;

/// Things that wait to be carried: as many certificates as a window has at once, and a gap. What finds no room is asked for again.
pub(super) const WAITING: usize = 5;

/// A certificate as the client takes it.
pub(super) fn certificate(chain: &impl ChainSide, certificate: &content::Certificate) -> Certificate {
    let signatures = certificate.signatures.iter().map(|signature| Signature {
        member: signature.member,
        signature: Binary::from(signature.signature),
    });
    Certificate {
        draft: Draft {
            chain_id: chain.chain_id().to_owned(),
            registry: chain.registry().to_owned(),
            report: Binary::from(certificate.report.clone()),
        },
        signatures: signatures.collect(),
    }
}

/// Carries for ever, and says what came of it.
pub(super) async fn run<C: ChainSide>(
    chain: Arc<C>,
    mut jobs: mpsc::Receiver<Job>,
    feeds: mpsc::Sender<Fed>,
) {
    while let Some(job) = jobs.recv().await {
        let came = match job {
            Job::Carry(certificate, digest) => carry(chain.as_ref(), &certificate, digest).await,
            Job::CloseGap => close_gap(chain.as_ref()).await,
        };
        if feeds.send(came).await.is_err() {
            return;
        }
    }
}

async fn carry(chain: &impl ChainSide, certificate: &Certificate, digest: [u8; 32]) -> Fed {
    let error = match chain.carry(certificate).await {
        Ok(()) => {
            abort::point("sent");
            return Fed::Carried;
        }
        Err(NotCarried::First(error)) => {
            let height = None;
            let event = Event::Refused { digest, height };
            return Fed::NotCarried(
                Some(event),
                format!("what must become final before the report: {error}"),
            );
        }
        Err(NotCarried::Report(error)) => error,
    };
    // At which height it was refused: that of the newest block then, or of one after it.
    let height = match is_refusal(&error) {
        true => chain.ask().await.ok().map(|asked| asked.height),
        false => None,
    };
    Fed::NotCarried(Some(Event::Refused { digest, height }), error.to_string())
}

async fn close_gap(chain: &impl ChainSide) -> Fed {
    abort::point("gap_found");
    match chain.close_gap().await {
        Ok(()) => {
            abort::point("gap_closed");
            Fed::Closed
        }
        Err(error) => Fed::NotCarried(None, format!("the gap: {error}")),
    }
}
