//! Reports: what the next must cover, its bytes, its signatures.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Binary;
use gridpact_client::Message;
use gridpact_report::{digest_of, encode, Domain, Header, Mode, Report, Resolution, Scheme};
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_types::registry::committee::Signature;
use gridpact_units::Reading;

use super::Grid;

impl Grid {
    /// What the next report must cover.
    pub async fn next_report(&self) -> Result<NextReportResponse> {
        Ok(self.contract().next_report().await?)
    }

    /// Moves the devnet's clock until the next report may cover so many intervals, and says what it must cover.
    pub async fn until_reportable(&self, intervals: u16) -> Result<NextReportResponse> {
        let next = self.next_report().await?;
        let first = next.first_interval.context("no meter is admitted")?;
        let end = self.interval.start_of(first.plus(intervals.into()));
        let now = self.chain().latest().await?.time.0;
        if now < end {
            self.chain().advance(end - now).await?;
        }
        let next = self.next_report().await?;
        ensure!(
            next.max_intervals >= intervals,
            "expected {intervals} reportable intervals, got {}",
            next.max_intervals
        );
        Ok(next)
    }

    /// The bytes of the next report: readings interval by interval, one a seat.
    pub fn write(&self, next: &NextReportResponse, readings: Vec<Reading>, revision: u16) -> Result<Vec<u8>> {
        let header = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: next.epoch,
            roster_version: next.roster_version,
            first_interval: next.first_interval.context("no meter is admitted")?,
            intervals: u16::try_from(readings.len() / usize::from(next.seats))?,
            seats: next.seats,
            revision,
            resolution: Resolution::from_milliwatt_hours(next.resolution)?,
        };
        Ok(encode(&Report { header, readings })?)
    }

    /// Signatures of these members over a report.
    pub fn sign(&self, report: &[u8], members: impl IntoIterator<Item = u8>) -> Result<Vec<Signature>> {
        let domain = Domain {
            chain_id: &self.chain().network().chain_id,
            registry: &self.registry,
        };
        let digest = digest_of(&domain, report)?;
        let sign = |member: u8| Signature {
            member,
            signature: Binary::from(self.oracles[usize::from(member)].sign_digest(&digest)),
        };
        Ok(members.into_iter().map(sign).collect())
    }

    /// The message that carries a report, signed by the first members, just enough.
    pub fn report(&self, report: &[u8]) -> Result<Message> {
        let signatures = self.sign(report, 0..self.quorum)?;
        Ok(self.contract().report(report.to_vec(), signatures)?)
    }
}
