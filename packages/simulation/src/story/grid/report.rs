//! The oracles' part: a report is written, signed, carried, and read back from its transaction.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Binary, HexBinary};
use gridpact_report::sign::SigningKey;
use gridpact_report::{decode, digest_of, encode, Domain, Header, Mode, Report, Scheme};
use gridpact_types::registry::answers::{NextReportResponse, RosterResponse, WindowReport, WindowResponse};
use gridpact_types::registry::committee::Signature;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::settlement;
use gridpact_types::settlement::answers::EndedResponse;
use gridpact_types::settlement::queries::QueryMsg as OfSettlement;
use gridpact_units::{Amount, Reading};

use super::Grid;
use crate::mirror::SettledRun;
use crate::schedule::Slice;
use crate::story::people::{ORACLES, QUORUM};
use crate::story::promises::{Promises, StoryPromise};
use crate::story::stage::Stage;
use crate::story::told::Carried;
use crate::story::verify;

impl Grid<'_> {
    /// Oracles write and sign the report of a window, and somebody carries it to the chain.
    pub fn report(
        &mut self,
        stage: &mut Stage,
        promises: &mut Promises,
        slice: &Slice,
        settled: &mut SettledRun,
    ) -> Result<Carried> {
        stage.at(slice.settled_at.saturating_add(self.late))?;
        let report = self.write(stage, slice)?;
        let domain = Domain {
            chain_id: stage.chain_id(),
            registry: self.registry.as_str(),
        };
        let digest = digest_of(&domain, &report)?;
        let signatures = self.sign(&digest);
        if slice.from == 0 {
            self.carry_with_too_few(stage, promises, &report, &signatures);
        }
        let carried = Carried {
            bytes: report.len(),
            signatures: signatures.len(),
            digest: HexBinary::from(digest).to_hex(),
        };
        self.finalise_first(stage)?;
        self.carry(stage, &report, signatures)?;
        let kept = self.kept(stage, promises, slice, &carried.digest)?;
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
        let readings = self.by_slot(&decode(&report)?.readings)?;
        verify::window(
            promises,
            &mut self.mirror,
            self.setting,
            slice,
            &readings,
            settled,
        )?;
        self.look(stage, promises, slice)?;
        Ok(carried)
    }

    /// The report that the registry asks for, in the order of seats.
    fn write(&mut self, stage: &Stage, slice: &Slice) -> Result<Vec<u8>> {
        let next: NextReportResponse = stage.query(&self.registry, &QueryMsg::NextReport {})?;
        if usize::from(next.seats) != self.seats.len() {
            self.seats = self.read_seats(stage, next.roster_version)?;
        }
        let first_interval = next.first_interval.context("the registry expects no report")?;
        ensure!(
            first_interval == slice.first,
            "the registry expects another window"
        );
        Ok(encode(&Report {
            header: Header {
                mode: Mode::Open,
                scheme: Scheme::Secp256k1,
                epoch: next.epoch,
                roster_version: next.roster_version,
                first_interval,
                intervals: u16::try_from(slice.intervals)?,
                seats: next.seats,
                revision: 0,
                resolution: self.resolution,
            },
            readings: self.by_seat(slice)?,
        })?)
    }

    /// A report needs a quorum: with a signature too few the registry refuses it.
    fn carry_with_too_few(
        &self,
        stage: &mut Stage,
        promises: &mut Promises,
        report: &[u8],
        signatures: &[Signature],
    ) {
        let few = usize::from(QUORUM.saturating_sub(1));
        let few = signatures.iter().take(few).cloned().collect();
        let refused = self.carry(stage, report, few).is_err();
        promises.that(StoryPromise::RegistryDigest, refused, || {
            "a report without a quorum was accepted".to_owned()
        });
    }

    /// Where more windows have ended than a report makes final, whoever carries one sends `finalise` first.
    fn finalise_first(&self, stage: &mut Stage) -> Result<()> {
        let ended: EndedResponse = stage.query(&self.settlement, &OfSettlement::Ended {})?;
        for _ in 0..ended.finalise_first {
            let message = settlement::messages::ExecuteMsg::Finalise { limit: None };
            stage.execute(&self.carrier, &self.settlement, &message, Amount::ZERO)?;
        }
        Ok(())
    }

    fn carry(&self, stage: &mut Stage, report: &[u8], signatures: Vec<Signature>) -> Result<()> {
        let message = ExecuteMsg::Report {
            report: Binary::from(report),
            signatures,
        };
        stage.execute(&self.carrier, &self.registry, &message, Amount::ZERO)
    }

    /// What the registry keeps of the report: what was signed, and until when it can be corrected.
    fn kept(
        &self,
        stage: &Stage,
        promises: &mut Promises,
        slice: &Slice,
        digest: &str,
    ) -> Result<WindowReport> {
        let query = QueryMsg::Window {
            first_interval: slice.first,
        };
        let window: WindowResponse = stage.query(&self.registry, &query)?;
        let kept = window
            .state
            .report()
            .context("an accepted window without a report")?;
        promises.equal(
            StoryPromise::RegistryDigest,
            || format!("window {}: digest", slice.first),
            digest,
            &kept.digest.to_hex(),
        );
        ensure!(
            kept.final_at
                == kept
                    .reported_at
                    .plus(self.setting.scenario.windows.challenge_period),
            "reported at {}, and final at {}",
            kept.reported_at,
            kept.final_at
        );
        Ok(kept.clone())
    }

    fn sign(&self, digest: &[u8; 32]) -> Vec<Signature> {
        let sign = |(member, key): (u8, &SigningKey)| Signature {
            member,
            signature: Binary::from(key.sign_digest(digest)),
        };
        (0..ORACLES).zip(&self.keys).map(sign).collect()
    }

    /// The readings of a window in the order of seats.
    fn by_seat(&self, slice: &Slice) -> Result<Vec<Reading>> {
        let dataset = &self.setting.dataset;
        let readings = slice.readings(dataset)?;
        let readings = readings.as_slice();
        let mut by_seat = Vec::with_capacity(readings.len());
        for row in readings.chunks_exact(dataset.meters.len()) {
            for slot in &self.seats {
                by_seat.push(*row.get(*slot).context("the roster has a slot that no home has")?);
            }
        }
        Ok(by_seat)
    }

    /// Readings in the order of seats, in the order of slots.
    fn by_slot(&self, readings: &[Reading]) -> Result<Vec<Reading>> {
        let homes = self.homes.len();
        let mut by_slot = vec![Reading::MISSING; readings.len()];
        let rows = readings.chunks_exact(homes).zip(by_slot.chunks_exact_mut(homes));
        for (row, by_slot) in rows {
            for (slot, reading) in self.seats.iter().zip(row) {
                *by_slot
                    .get_mut(*slot)
                    .context("the roster has a slot that no home has")? = *reading;
            }
        }
        Ok(by_slot)
    }

    fn read_seats(&self, stage: &Stage, version: u32) -> Result<Vec<usize>> {
        let mut seats = Vec::new();
        stage.pages(
            &self.registry,
            |start_after| QueryMsg::Roster {
                version,
                start_after,
                limit: None,
            },
            |page: RosterResponse| {
                for seat in &page.seats {
                    let slot = seat.slot.context("a vacant seat, where nobody left")?;
                    seats.push(usize::try_from(slot.0)?);
                }
                let last = page.seats.last().filter(|_| page.more);
                Ok(last.map(|seat| seat.seat))
            },
        )?;
        Ok(seats)
    }
}
