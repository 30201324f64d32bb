//! The chain's side of a report, as one trait, so that a test may stand in for a node.

use core::future::Future;

use gridpact_attest::certificate::Certificate;
use gridpact_client::{Chain, Error, Message, Registry, ReportBasis, Sender, Settlement};
use gridpact_types::registry::answers::{CommitteeResponse, WindowReport};
use gridpact_units::{IntervalIndex, UnixSeconds};

use crate::abort;

/// Transactions of windows that become final, at most, before a report: each takes some hundred, and no silence leaves thousands.
/// Whatever is left, the next look goes on with.
const ROUNDS: u32 = 16;

/// What the chain says at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// What the next report must cover.
    pub basis: ReportBasis,
    /// The newest block.
    pub height: u64,
    /// Its time.
    pub time: UnixSeconds,
}

/// Why a report is in no block.
#[derive(Debug)]
pub enum NotCarried {
    /// What must become final before it did not: this says nothing of the report.
    First(Error),
    /// The report itself.
    Report(Error),
}

/// What was done when something went wrong at an address that may be another contract's, or none.
pub fn asking(registry: &str) -> String {
    format!("asking {registry}, which should be a meter-registry's address (registry)")
}

/// What a report needs of a chain.
pub trait ChainSide: Send + Sync + 'static {
    /// The chain's id.
    fn chain_id(&self) -> &str;
    /// The registry's address.
    fn registry(&self) -> &str;
    /// What comes next.
    fn ask(&self) -> impl Future<Output = Result<Asked, Error>> + Send;
    /// The committee of an epoch.
    fn committee(&self, epoch: u32) -> impl Future<Output = Result<CommitteeResponse, Error>> + Send;
    /// The report that stands for the window that begins with an interval, if one does.
    fn window(
        &self,
        first: IntervalIndex,
    ) -> impl Future<Output = Result<Option<WindowReport>, Error>> + Send;
    /// The reports that stand for the newest windows, of so many windows at most.
    fn newest_reports(&self, most: u32) -> impl Future<Output = Result<Vec<WindowReport>, Error>> + Send;
    /// Closes the gap, in a transaction of its own; returns once a block has it.
    fn close_gap(&self) -> impl Future<Output = Result<(), Error>> + Send;
    /// Carries a report, behind whatever must become final first; returns once a block has it.
    fn carry(&self, certificate: &Certificate) -> impl Future<Output = Result<(), NotCarried>> + Send;
    /// What the carrier has for fees, and in what.
    fn purse(&self) -> impl Future<Output = Result<(u128, String), Error>> + Send;
}

/// A node, and an account that pays.
#[derive(Clone, Debug)]
pub struct Node {
    chain: Chain,
    registry: Registry,
    sender: Sender,
}

impl Node {
    /// A registry on a chain, and who pays for carrying.
    pub fn new(chain: &Chain, registry: &str, sender: Sender) -> Self {
        Self {
            chain: chain.clone(),
            registry: Registry::new(chain, registry),
            sender,
        }
    }

    /// Sends what goes into a report's transaction before it, and alone what is more than that: after a long silence more
    /// windows have ended than one transaction makes final. What goes alone stays done, so that each round leaves less.
    async fn what_goes_first(&self) -> Result<Vec<Message>, Error> {
        let settlement = Settlement::new(&self.chain, &self.registry.config().await?.settlement);
        for _ in 0..ROUNDS {
            let before = settlement.before_report().await?;
            if before.report_too {
                return Ok(before.finalise);
            }
            self.send(&before.finalise).await?;
            abort::point("finalised");
        }
        Err(Error::Answer(format!(
            "expected all ended windows to be final after {ROUNDS} transactions, got more"
        )))
    }

    async fn send(&self, messages: &[Message]) -> Result<(), Error> {
        let submitted = self.sender.submit(messages).await?;
        abort::point("broadcast");
        self.sender.wait(&submitted).await.map(drop)
    }
}

impl ChainSide for Node {
    fn chain_id(&self) -> &str {
        &self.chain.network().chain_id
    }

    fn registry(&self) -> &str {
        self.registry.address()
    }

    async fn ask(&self) -> Result<Asked, Error> {
        let latest = self.chain.latest().await?;
        let basis = self.registry.report_basis().await?;
        Ok(Asked {
            basis,
            height: latest.height,
            time: latest.time,
        })
    }

    async fn committee(&self, epoch: u32) -> Result<CommitteeResponse, Error> {
        self.registry.committee(Some(epoch)).await
    }

    async fn window(&self, first: IntervalIndex) -> Result<Option<WindowReport>, Error> {
        match self.registry.window(first).await {
            Ok(window) if window.first_interval == first => Ok(window.state.report().cloned()),
            Ok(_) => Ok(None),
            // It does not keep such a window.
            Err(Error::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn newest_reports(&self, most: u32) -> Result<Vec<WindowReport>, Error> {
        let windows = self.registry.newest_windows(most).await?.windows;
        let reports = windows.iter().filter_map(|window| window.state.report());
        Ok(reports.cloned().collect())
    }

    async fn close_gap(&self) -> Result<(), Error> {
        self.sender.send(&[self.registry.close_gap()?]).await.map(drop)
    }

    async fn carry(&self, certificate: &Certificate) -> Result<(), NotCarried> {
        let report = certificate.draft.report.to_vec();
        let report = self.registry.report(report, certificate.signatures.clone());
        let report = report.map_err(NotCarried::Report)?;
        let first = self.what_goes_first().await.map_err(NotCarried::First)?;
        let sent = self.send(&[first, vec![report]].concat()).await;
        sent.map_err(NotCarried::Report)
    }

    async fn purse(&self) -> Result<(u128, String), Error> {
        let denom = self.chain.network().gas_price.denom.clone();
        let holding = self.chain.balance(self.sender.address(), &denom).await?;
        Ok((holding, denom))
    }
}
