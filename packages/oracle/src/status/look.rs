//! Looks how an oracle stands: at its database, and at what is known of the chain and the committee.

use gridpact_units::{Seconds, UnixSeconds};
use rusqlite::Connection;

use super::shape::{
    ApartStatus, ChainStatus, CommitteeStatus, MeterStatus, PeerStatus, ReportStatus, Status,
};
use crate::committee::progress::CommitteeProgress;
use crate::config::{Config, Meter};
use crate::reporting::desk::Progress;
use crate::store::apart::{since, DAYS};
use crate::store::error::StoreError;
use crate::store::readings::last_reading;
use crate::store::signed::{newest, Fate};

/// Looks.
///
/// # Errors
/// The database refuses.
pub fn status(
    connection: &Connection,
    config: &Config,
    progress: &Progress,
    (now, clean_from): (UnixSeconds, UnixSeconds),
) -> Result<Status, StoreError> {
    let meter = |meter: &Meter| -> Result<MeterStatus, StoreError> {
        let last = last_reading(connection, meter.name.get_ref())?;
        let seats = progress.asked.as_ref().map(|asked| &asked.basis.seats);
        Ok(MeterStatus {
            name: meter.name.get_ref().clone(),
            slot: meter.slot.0,
            last: last.map(|last| last.0),
            lag: last.map(|last| now.0.saturating_sub(last.0)),
            stated_lag: meter.lag.0 .0,
            seated: seats.map(|seats| seats.iter().any(|seat| seat.slot == Some(meter.slot))),
        })
    };
    let newest = newest(connection, 1)?.pop();
    let complete = newest.as_ref().and_then(|row| completeness(&row.signed.draft));
    let report = newest.map(|row| ReportStatus {
        first: row.signed.first.0,
        intervals: row.signed.intervals,
        revision: row.signed.revision,
        fate: match row.fate {
            Fate::Open => "open",
            Fate::Accepted => "accepted",
            Fate::Refused => "refused",
        }
        .to_owned(),
        refusals: row.refusals,
        words: row.words,
        signed_at: row.signed_at.0,
    });
    Ok(Status {
        now: now.0,
        registry: config.registry.clone(),
        meters: config.meters.iter().map(meter).collect::<Result<_, _>>()?,
        report,
        chain: chain(progress),
        not_ready: None,
        waiting: progress.waiting.clone(),
        trouble: progress.trouble.clone(),
        carried: progress.carried,
        present: complete.map(|(present, _)| present),
        readings: complete.map(|(_, all)| all),
        clean_from: clean_from.0,
        committee: progress.committee.as_ref().map(committee),
        apart: apart(connection, now)?,
        rests_on_this: progress.rests_on_this.clone(),
    })
}

fn committee(progress: &CommitteeProgress) -> CommitteeStatus {
    let glance = progress.glance.as_ref();
    CommitteeStatus {
        epoch: glance.map(|glance| glance.epoch),
        me: glance.map(|glance| glance.me),
        members: glance.map(|glance| glance.members),
        quorum: glance.map(|glance| glance.quorum),
        file: glance.map(|glance| hex::encode(glance.file)),
        anchor: glance.map(|glance| glance.anchor.second().0),
        round: glance.and_then(|glance| glance.slot),
        observations: glance.map_or(0, |glance| glance.observations),
        votes: glance.map_or(0, |glance| glance.votes),
        certified: glance.is_some_and(|glance| glance.certified),
        doppelganger: glance.is_some_and(|glance| glance.doppelganger)
            || progress.alerts.contains_key("doppelganger"),
        disagreements: progress.disagreements,
        equivocations: progress.equivocations,
        outliers: progress.outliers.clone(),
        lacking: progress.lacking,
        peers: (progress.peers.iter())
            .map(|peer| PeerStatus {
                name: peer.name.clone(),
                up: peer.up,
                ahead: peer.ahead,
                trouble: peer.trouble.clone(),
            })
            .collect(),
        alerts: progress.alerts.values().cloned().collect(),
        told: progress.told.iter().cloned().collect(),
    }
}

fn apart(connection: &Connection, now: UnixSeconds) -> Result<Vec<ApartStatus>, StoreError> {
    let after = now.0.saturating_sub(Seconds::days(DAYS).0);
    let sums = since(connection, UnixSeconds(after))?;
    let beyond = sums.into_iter().filter(|(_, sums)| sums.is_beyond());
    let told = beyond.map(|(slot, sums)| ApartStatus {
        slot: slot.0,
        own: (sums.own_import, sums.own_export),
        attested: (sums.attested_import, sums.attested_export),
    });
    Ok(told.collect())
}

/// Readings of a report that are not missing, and readings in all.
fn completeness(draft: &[u8]) -> Option<(usize, usize)> {
    let readings = gridpact_report::decode(draft).ok()?.readings;
    let present = readings.iter().filter(|reading| !reading.is_missing()).count();
    Some((present, readings.len()))
}

fn chain(progress: &Progress) -> Option<ChainStatus> {
    let (asked, at) = (progress.asked.as_ref()?, progress.asked_at?);
    let signed = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
    let next = asked.basis.next.first_interval;
    let end = next.map(|next| asked.basis.config.interval_length.start_of(next.plus(1)));
    Some(ChainStatus {
        height: asked.height,
        skew: signed(asked.time.0).saturating_sub(signed(at.0)),
        asked_at: at.0,
        next: next.map(|next| next.0),
        window_lag: end.map(|end| asked.time.0.saturating_sub(end)),
        purse: progress.purse.as_ref().map(|(holding, _)| *holding),
        denom: progress.purse.as_ref().map(|(_, denom)| denom.clone()),
    })
}
