//! The oracles' part: a report is written, signed, carried, and read back from its transaction.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, HexBinary};
use gridpact_report::sign::SigningKey;
use gridpact_report::{decode, digest, encode, Domain, Header, Report};
use gridpact_types::registry;
use gridpact_types::registry::answers::{NextReportResponse, RosterResponse, WindowResponse};
use gridpact_types::registry::committee::Signature;
use gridpact_units::{Amount, Reading, Seat, Seconds};

use super::Grid;
use crate::simulate::{Settled, Slice, CHALLENGE_PERIOD};
use crate::story::chain::Chain;
use crate::story::people::{ORACLES, QUORUM};
use crate::story::promises::{Promise, Promises};
use crate::story::{verify, Carried, Setting};

impl Grid<'_> {
    /// Oracles write and sign the report of a window, and somebody carries it to the chain.
    pub fn report(
        &mut self,
        chain: &mut Chain,
        promises: &mut Promises,
        setting: &Setting,
        slice: &Slice,
        settled: &mut Settled,
    ) -> Result<Carried> {
        chain.at(slice.settled_at + self.late)?;
        let next: NextReportResponse =
            chain.query(&self.registry, &registry::queries::QueryMsg::NextReport {})?;
        if usize::from(next.seats) != self.seats.len() {
            self.seats = self.read_seats(chain, next.roster_version)?;
        }
        let homes = setting.dataset.meters.len();
        let window = &setting.dataset.readings[slice.from * homes..][..slice.intervals * homes];
        let header = Header {
            epoch: next.epoch,
            roster_version: next.roster_version,
            first_interval: next.first_interval.context("the registry expects no report")?,
            intervals: u16::try_from(slice.intervals)?,
            seats: next.seats,
            revision: 0,
            resolution: self.resolution,
        };
        ensure!(
            header.first_interval == slice.first,
            "the registry expects another window"
        );
        let by_seat = window
            .chunks_exact(homes)
            .flat_map(|row| self.seats.iter().map(|slot| row[*slot]));
        let report = encode(&Report {
            header,
            readings: by_seat.collect(),
        })?;
        let domain = Domain {
            chain_id: chain.id(),
            registry: self.registry.as_str(),
        };
        let digest = digest(&domain, &report);
        let signatures: Vec<Signature> = self.sign(&digest);
        let count = signatures.len();
        let message = |signatures| registry::messages::ExecuteMsg::Report {
            report: Binary::from(report.clone()),
            signatures,
        };
        let registry = self.registry.clone();
        if slice.from == 0 {
            let few = signatures.iter().take(usize::from(QUORUM) - 1).cloned().collect();
            let refused = chain
                .execute(&self.carrier, &registry, &message(few), Amount::ZERO)
                .is_err();
            promises.that(Promise::RegistryDigest, refused, || {
                "a report without a quorum was accepted".to_owned()
            });
        }
        chain.execute(&self.carrier, &registry, &message(signatures), Amount::ZERO)?;

        let query = registry::queries::QueryMsg::Window {
            first_interval: slice.first,
        };
        let kept: WindowResponse = chain.query(&registry, &query)?;
        let kept = kept.report.context("an accepted window without a report")?;
        let digest = HexBinary::from(digest).to_hex();
        let what = || format!("window {}: digest", slice.first);
        promises.equal(
            Promise::RegistryDigest,
            what,
            digest.clone(),
            kept.digest.to_hex(),
        );
        ensure!(
            kept.final_at == kept.reported_at.plus(Seconds(CHALLENGE_PERIOD)),
            "reported at {}, and final at {}",
            kept.reported_at,
            kept.final_at
        );
        self.late = kept
            .reported_at
            .0
            .checked_sub(slice.settled_at)
            .context("a report from before its time")?;
        let slice = &Slice {
            settled_at: kept.reported_at.0,
            final_at: kept.final_at.0,
            ..*slice
        };

        // From here on only what stands in the transaction is used.
        let readings = self.by_slot(decode(&report)?.readings, homes);
        verify::window(promises, &mut self.mirror, setting, slice, &readings, settled)?;
        self.look(chain, promises, setting, slice)?;
        Ok(Carried {
            bytes: report.len(),
            signatures: count,
            digest,
        })
    }

    fn sign(&self, digest: &[u8; 32]) -> Vec<Signature> {
        let sign = |(member, key): (u8, &SigningKey)| Signature {
            member,
            signature: Binary::from(key.sign_digest(digest)),
        };
        (0..ORACLES).zip(&self.keys).map(sign).collect()
    }

    /// Readings in the order of seats, in the order of slots.
    fn by_slot(&self, readings: Vec<Reading>, homes: usize) -> Vec<Reading> {
        let mut by_slot = vec![Reading::MISSING; readings.len()];
        for (row, interval) in readings.chunks_exact(homes).enumerate() {
            for (seat, reading) in interval.iter().enumerate() {
                by_slot[row * homes + self.seats[seat]] = *reading;
            }
        }
        by_slot
    }

    fn read_seats(&self, chain: &Chain, version: u32) -> Result<Vec<usize>> {
        let mut seats = Vec::new();
        let mut start_after: Option<Seat> = None;
        loop {
            let query = registry::queries::QueryMsg::Roster {
                version,
                start_after,
                limit: None,
            };
            let page: RosterResponse = chain.query(&self.registry, &query)?;
            for seat in &page.seats {
                seats.push(usize::try_from(seat.slot.0)?);
            }
            start_after = page.seats.last().map(|seat| seat.seat);
            if !page.more || start_after.is_none() {
                return Ok(seats);
            }
        }
    }
}
