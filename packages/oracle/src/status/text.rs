//! How an oracle stands, as people read it.

use gridpact_readings::rfc3339;
use gridpact_units::{Seconds, UnixSeconds};

use super::shape::{ApartStatus, ChainStatus, CommitteeStatus, MeterStatus, ReportStatus, Status};

impl Status {
    /// All of it; the meters last.
    pub fn text(&self) -> String {
        let mut lines = vec![format!("registry   {}", self.registry)];
        match self.not_ready.as_deref() {
            None => lines.push("service    does not run here".to_owned()),
            Some([]) => lines.push("service    runs, and is ready".to_owned()),
            Some(reasons) => {
                lines.push("service    runs, and is not ready:".to_owned());
                lines.extend(reasons.iter().map(|reason| format!("           {reason}")));
            }
        }
        match &self.chain {
            None => lines.push("chain      has not answered".to_owned()),
            Some(chain) => lines.extend(chain.lines()),
        }
        lines.extend(self.report.iter().map(ReportStatus::line));
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
        lines.extend(
            self.rests_on_this
                .iter()
                .map(|words| format!("mind       {words}")),
        );
        lines.push(format!(
            "\n{:<20} {:>5}  {:<21} {:>10}  stated lag",
            "meter", "slot", "last reading", "lag"
        ));
        lines.extend(self.meters.iter().map(MeterStatus::line));
        lines.join("\n") + "\n"
    }
}

impl ChainStatus {
    fn lines(&self) -> Vec<String> {
        let ahead = match self.skew {
            0 => "by the same clock".to_owned(),
            skew => format!(
                "{} s {} this clock",
                skew.abs(),
                if skew > 0 { "ahead of" } else { "behind" }
            ),
        };
        let mut lines = vec![format!("chain      block {}, {ahead}", self.height)];
        if let (Some(purse), Some(denom)) = (self.purse, &self.denom) {
            lines.push(format!("carrier    {purse} {denom}"));
        }
        if let Some(lag) = self.window_lag {
            let next = self.next.unwrap_or_default();
            let ended = match lag {
                0 => "not over yet".to_owned(),
                lag => format!("ended {} ago", span(lag)),
            };
            lines.push(format!("next       interval {next}, {ended}"));
        }
        lines
    }
}

impl ReportStatus {
    fn line(&self) -> String {
        let words = self.words.as_ref().map(|words| format!(": {words}"));
        format!(
            "report     {} intervals from {} on, revision {}, signed {}: {}{}",
            self.intervals,
            self.first,
            self.revision,
            moment(self.signed_at),
            self.fate,
            words.unwrap_or_default()
        )
    }
}

impl MeterStatus {
    fn line(&self) -> String {
        let last = self.last.map_or("never".to_owned(), moment);
        let lag = self.lag.map_or("-".to_owned(), span);
        let unseated = if self.seated == Some(false) {
            "  no seat"
        } else {
            ""
        };
        let stated = span(self.stated_lag);
        format!(
            "{:<20} {:>5}  {last:<21} {lag:>10}  {stated}{unseated}",
            self.name, self.slot
        )
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
        for (name, readings) in &self.outliers {
            lines.push(format!(
                "outliers   {name}: {readings} readings since the start, beyond the tolerance of what was attested"
            ));
        }
        if self.lacking > 0 {
            let are = if self.lacking == 1 {
                "report is"
            } else {
                "reports are"
            };
            lines.push(format!(
                "archive    {} accepted {are} not in it yet; peers are asked",
                self.lacking
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

/// Unix seconds as people read them.
fn moment(second: u64) -> String {
    rfc3339::show(UnixSeconds(second))
}
