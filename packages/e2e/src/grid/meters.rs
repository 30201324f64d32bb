//! Meters by the hundred: proposed, admitted, paid for.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::{Message, Sender, Settlement};
use gridpact_types::registry::bounds::{MAX_ADMISSIONS, MAX_PROPOSALS_OF_OWNER};
use gridpact_types::registry::meters::{Admission, MeterKind, MeterProposal, ProposalId, Provenance};
use gridpact_units::{Amount, Power, Ppm, Slot};
use sha2::{Digest, Sha256};

use super::Grid;
use crate::Person;

/// Open proposals that one address may have.
const PROPOSALS: usize = MAX_PROPOSALS_OF_OWNER as usize;
/// Deposits sent in one transaction.
const DEPOSITS_A_TRANSACTION: usize = 50;

impl Grid {
    /// Admits so many prosumers of 30 kW, who own their slots eight by eight, and take part from the next interval on.
    pub async fn admit(&self, owners: &[Person], meters: usize) -> Result<()> {
        let proposed = self.propose(owners, meters).await?;
        let admissions: Vec<Admission> = proposed.into_iter().map(Admission::of).collect();
        let mut admitted = Vec::new();
        for batch in admissions.chunks(MAX_ADMISSIONS) {
            let message = self.contract().admit_meters(batch.to_vec(), None)?;
            admitted.push(self.operator.submit(&[message]).await.context("admissions")?);
        }
        self.wait_for_all(admitted).await?;
        Ok(())
    }

    /// Proposes so many prosumers of 30 kW, eight an owner; all proposals go out before the first block is waited for.
    pub async fn propose(&self, owners: &[Person], meters: usize) -> Result<Vec<ProposalId>> {
        let needed = meters.div_ceil(PROPOSALS);
        ensure!(
            owners.len() >= needed,
            "{meters} meters: expected {needed} owners, got {}",
            owners.len()
        );
        let registry = self.contract();
        let known = registry.config().await?.slots;
        let propose = |meter| registry.propose_meter(prosumer(&format!("{} {known} {meter}", self.registry)));
        let mut proposed = Vec::with_capacity(needed);
        for (owner, first) in owners.iter().zip((0..meters).step_by(PROPOSALS)) {
            let last = meters.min(first + PROPOSALS);
            let messages: Vec<Message> = (first..last).map(propose).collect::<Result<_, _>>()?;
            proposed.push(owner.sender.submit(&messages).await.context("proposals")?);
        }
        let mut numbers = Vec::with_capacity(meters);
        for done in self.wait_for_all(proposed).await? {
            for number in done.attributes("wasm-meter_proposed", "proposal") {
                numbers.push(number.parse()?);
            }
        }
        Ok(numbers)
    }

    /// Pays the same into each of these slots, from one purse.
    pub async fn deposit(&self, payer: &Sender, slots: core::ops::Range<u32>, amount: u128) -> Result<()> {
        let settlement = Settlement::new(self.chain(), &self.settlement);
        let message = |slot: &u32| settlement.deposit(Slot(*slot), &self.asset, Amount(amount));
        let slots: Vec<u32> = slots.collect();
        let mut paid = Vec::new();
        for batch in slots.chunks(DEPOSITS_A_TRANSACTION) {
            let messages: Vec<Message> = batch.iter().map(message).collect::<Result<_, _>>()?;
            paid.push(payer.submit(&messages).await.context("deposits")?);
        }
        self.wait_for_all(paid).await?;
        Ok(())
    }
}

/// A connection point that takes and gives up to 30 kW.
pub fn prosumer(serial: &str) -> MeterProposal {
    MeterProposal {
        serial_hash: HexBinary::from(Sha256::digest(serial.as_bytes()).to_vec()),
        kind: MeterKind::Prosumer,
        import_limit: Power(30_000),
        export_limit: Power(30_000),
        provenance: Provenance::Sealed,
        part: Ppm::WHOLE,
    }
}
