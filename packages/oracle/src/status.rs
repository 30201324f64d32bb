//! How an oracle stands: the same for people, programs and metrics.

use gridpact_readings::rfc3339;
use gridpact_units::{Seconds, UnixSeconds};
use rusqlite::Connection;
use serde::Serialize;

use crate::committee::progress::CommitteeProgress;
use crate::config::{Config, Meter};
use crate::reporting::desk::Progress;
use crate::store::apart::{since, DAYS};
use crate::store::error::StoreError;
use crate::store::readings::last_reading;
use crate::store::signed::{newest, Fate};

/// How an oracle stands.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// This machine's time.
    pub now: u64,
    /// The registry.
    pub registry: String,
    /// The meters.
    pub meters: Vec<MeterStatus>,
    /// The newest report that was signed.
    pub report: Option<ReportStatus>,
    /// The chain.
    pub chain: Option<ChainStatus>,
    /// What keeps the next report.
    pub waiting: Option<String>,
    /// What went wrong last.
    pub trouble: Option<String>,
    /// Reports carried since the start.
    pub carried: u64,
    /// Readings of the last report that are not missing.
    pub present: Option<usize>,
    /// Readings of the last report in all.
    pub readings: Option<usize>,
    /// Since when every signature of the key is known here.
    pub clean_from: u64,
    /// The committee, where it has more members than one and the service runs.
    pub committee: Option<CommitteeStatus>,
    /// Meters of which more lies between what was attested and what was read here than honest readers differ by, over 30 days.
    pub apart: Vec<ApartStatus>,
}

/// A member of a committee.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct CommitteeStatus {
    /// The committee's epoch; none before a shared file is in force.
    pub epoch: Option<u32>,
    /// This member's position.
    pub me: Option<u8>,
    /// How many members there are.
    pub members: Option<u8>,
    /// How many must sign.
    pub quorum: Option<u8>,
    /// The shared file in force, hex.
    pub file: Option<String>,
    /// When slot 0 of the next report begins.
    pub anchor: Option<u64>,
    /// The slot that runs, which is the report's revision.
    pub round: Option<u16>,
    /// Observations of that slot that are here.
    pub observations: usize,
    /// Votes of that slot that are here.
    pub votes: usize,
    /// Whether a certificate waits for the chain.
    pub certified: bool,
    /// Whether somebody else was met who signs with this key.
    pub doppelganger: bool,
    /// Drafts that were not signed since the start.
    pub disagreements: u64,
    /// Members that said two things since the start.
    pub equivocations: u64,
    /// The peers.
    pub peers: Vec<PeerStatus>,
    /// What keeps this member from signing.
    pub alerts: Vec<String>,
    /// What was told last, the newest first.
    pub told: Vec<String>,
}

/// A peer.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct PeerStatus {
    /// Its name.
    pub name: String,
    /// Whether there is a line to it.
    pub up: bool,
    /// How far its clock is before this one, ms.
    pub ahead: Option<i64>,
}

/// A meter of which two things are said.
#[derive(Serialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApartStatus {
    /// Its slot.
    pub slot: u32,
    /// Taken and given as read here, mWh.
    pub own: (u64, u64),
    /// The same as attested, mWh.
    pub attested: (u64, u64),
}

/// A meter.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct MeterStatus {
    /// Its name.
    pub name: String,
    /// Its slot.
    pub slot: u32,
    /// Its last reading by its own time; none: never read.
    pub last: Option<u64>,
    /// How long ago that is, s.
    pub lag: Option<u64>,
    /// How late it is stated to come, s.
    pub stated_lag: u64,
    /// It has a seat in the roster of the next report; not known before the chain answered.
    pub seated: Option<bool>,
}

/// A report.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct ReportStatus {
    /// First interval.
    pub first: u64,
    /// Number of intervals.
    pub intervals: u16,
    /// Revision.
    pub revision: u16,
    /// What became of it: `open`, `accepted`, `refused`.
    pub fate: &'static str,
    /// How often the chain refused it.
    pub refusals: u32,
    /// The chain's words.
    pub words: Option<String>,
    /// When it was signed.
    pub signed_at: u64,
}

/// The chain, as it answered last.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct ChainStatus {
    /// Its newest block.
    pub height: u64,
    /// That block's time less this machine's then, s.
    pub skew: i64,
    /// When it answered.
    pub asked_at: u64,
    /// First interval of the next report.
    pub next: Option<u64>,
    /// How long ago that interval ended, s: how far reporting is behind.
    pub window_lag: Option<u64>,
    /// What the carrier has for fees, base units.
    pub purse: Option<u128>,
    /// In what.
    pub denom: Option<String>,
}

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
        },
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
        waiting: progress.waiting.clone(),
        trouble: progress.trouble.clone(),
        carried: progress.carried,
        present: complete.map(|(present, _)| present),
        readings: complete.map(|(_, all)| all),
        clean_from: clean_from.0,
        committee: progress.committee.as_ref().map(committee),
        apart: apart(connection, now)?,
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
        peers: (progress.peers.iter())
            .map(|peer| PeerStatus {
                name: peer.name.clone(),
                up: peer.up,
                ahead: peer.ahead,
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

impl Status {
    /// For people.
    pub fn text(&self) -> String {
        let moment = |second: u64| rfc3339::show(UnixSeconds(second));
        let mut lines = vec![format!("registry   {}", self.registry)];
        match &self.chain {
            None => lines.push("chain      has not answered".to_owned()),
            Some(chain) => {
                let ahead = match chain.skew {
                    0 => "by the same clock".to_owned(),
                    skew => format!(
                        "{} s {} this clock",
                        skew.abs(),
                        if skew > 0 { "ahead of" } else { "behind" }
                    ),
                };
                lines.push(format!("chain      block {}, {ahead}", chain.height));
                if let (Some(purse), Some(denom)) = (chain.purse, &chain.denom) {
                    lines.push(format!("carrier    {purse} {denom}"));
                }
                if let Some(lag) = chain.window_lag {
                    lines.push(format!(
                        "next       interval {}, ended {} ago",
                        chain.next.unwrap_or_default(),
                        span(lag)
                    ));
                }
            }
        }
        if let Some(report) = &self.report {
            let words = report
                .words
                .as_ref()
                .map(|words| format!(": {words}"))
                .unwrap_or_default();
            lines.push(format!(
                "report     {} intervals from {} on, revision {}, signed {}: {}{words}",
                report.intervals,
                report.first,
                report.revision,
                moment(report.signed_at),
                report.fate
            ));
        }
        if let (Some(present), Some(all)) = (self.present, self.readings) {
            lines.push(format!("complete   {present} of {all} readings"));
        }
        lines.extend(self.committee.iter().flat_map(CommitteeStatus::lines));
        lines.extend(self.apart.iter().map(ApartStatus::line));
        let told = [("waiting", &self.waiting), ("trouble", &self.trouble)];
        lines.extend(
            told.iter()
                .filter_map(|(what, words)| Some(format!("{what:<10} {}", words.as_ref()?))),
        );
        lines.push(format!(
            "\n{:<20} {:>5}  {:<21} {:>10}  stated lag",
            "meter", "slot", "last reading", "lag"
        ));
        for meter in &self.meters {
            let last = meter.last.map_or("never".to_owned(), moment);
            let lag = meter.lag.map_or("-".to_owned(), span);
            let unseated = if meter.seated == Some(false) {
                "  no seat"
            } else {
                ""
            };
            let stated = span(meter.stated_lag);
            lines.push(format!(
                "{:<20} {:>5}  {last:<21} {lag:>10}  {stated}{unseated}",
                meter.name, meter.slot
            ));
        }
        lines.join("\n") + "\n"
    }
}

impl CommitteeStatus {
    fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let (Some(members), Some(quorum), Some(epoch)) = (self.members, self.quorum, self.epoch) {
            lines.push(format!("committee  epoch {epoch}, {quorum} of {members} sign"));
        }
        if let Some(round) = self.round {
            let certified = if self.certified { ", certified" } else { "" };
            lines.push(format!(
                "round      {round}: {} observations, {} votes{certified}",
                self.observations, self.votes
            ));
        }
        for peer in &self.peers {
            let up = if peer.up { "connected" } else { "not connected" };
            let ahead = peer
                .ahead
                .map(|ahead| format!(", its clock {ahead} ms before this one"));
            lines.push(format!(
                "peer       {}: {up}{}",
                peer.name,
                ahead.unwrap_or_default()
            ));
        }
        lines.extend(self.alerts.iter().map(|alert| format!("alert      {alert}")));
        lines
    }
}

impl ApartStatus {
    /// For people.
    pub fn line(&self) -> String {
        let (own, attested) = (self.own, self.attested);
        format!(
            "apart      slot {}: in 30 days {} taken and {} given were attested, {} and {} were read here, mWh",
            self.slot, attested.0, attested.1, own.0, own.1
        )
    }
}

/// Seconds as people read them.
fn span(seconds: u64) -> String {
    crate::config::Span(Seconds(seconds)).to_string()
}
