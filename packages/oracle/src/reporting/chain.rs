//! The chain's side of a report, as one trait, so that a test may stand in for a node.

use core::future::Future;

use gridpact_attest::certificate::Certificate;
use gridpact_client::{Chain, Error, Message, Registry, ReportBasis, Sender, Settlement};
use gridpact_types::registry::answers::{CommitteeResponse, WindowReport};
use gridpact_units::{IntervalIndex, UnixSeconds};

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
    /// Closes the gap, in a transaction of its own; returns once a block has it.
    fn close_gap(&self) -> impl Future<Output = Result<(), Error>> + Send;
    /// Carries a report; returns once a block has it.
    fn carry(&self, certificate: &Certificate) -> impl Future<Output = Result<(), Error>> + Send;
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

    /// The report, behind whatever must become final first. After a long silence that is more than goes before a report in
    /// one transaction; what goes alone stays done, so that each round leaves less.
    async fn carry_behind_what_ended(&self, report: Message) -> Result<(), Error> {
        let settlement = Settlement::new(&self.chain, &self.registry.config().await?.settlement);
        loop {
            let before = settlement.before_report().await?;
            if before.report_too {
                let messages = [before.finalise, vec![report]].concat();
                return self.sender.send(&messages).await.map(drop);
            }
            self.sender.send(&before.finalise).await?;
        }
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

    async fn close_gap(&self) -> Result<(), Error> {
        self.sender.send(&[self.registry.close_gap()?]).await.map(drop)
    }

    async fn carry(&self, certificate: &Certificate) -> Result<(), Error> {
        let report = certificate.draft.report.to_vec();
        let message = self.registry.report(report, certificate.signatures.clone())?;
        match self.sender.send(core::slice::from_ref(&message)).await {
            Err(Error::Refused { text, .. }) if text.contains("finalise") => {
                self.carry_behind_what_ended(message).await
            }
            sent => sent.map(drop),
        }
    }

    async fn purse(&self) -> Result<(u128, String), Error> {
        let denom = self.chain.network().gas_price.denom.clone();
        let holding = self.chain.balance(self.sender.address(), &denom).await?;
        Ok((holding, denom))
    }
}
