//! What Prometheus reads.

use std::fmt::{Display, Write};

use gridpact_units::UnixSeconds;

use crate::status::shape::{CommitteeStatus, Status};
use crate::tally::Counts;

/// Text in Prometheus' format.
pub fn text(status: &Status, counts: &Counts) -> String {
    let mut page = Page::default();
    page.head(
        "gridpact_oracle_readings_total",
        "counter",
        "Readings by source and what became of them",
    );
    for ((source, outcome), count) in &counts.readings {
        page.line(
            "gridpact_oracle_readings_total",
            &[("source", source), ("result", outcome.name())],
            count,
        );
    }
    page.head("gridpact_oracle_source_up", "gauge", "1 where a source works");
    for (source, state) in &counts.sources {
        page.line(
            "gridpact_oracle_source_up",
            &[("source", source)],
            u8::from(state.up),
        );
    }
    page.head(
        "gridpact_oracle_source_skew_seconds",
        "gauge",
        "Own time of a meter's freshest reading of the last hour less this clock, by source",
    );
    for ((source, meter), skew) in &counts.skews {
        if let Some(skew) = skew.at(UnixSeconds(status.now)) {
            page.line(
                "gridpact_oracle_source_skew_seconds",
                &[("source", source), ("meter", meter)],
                skew,
            );
        }
    }
    page.head(
        "gridpact_oracle_quarantined",
        "gauge",
        "Readings of the last day that wait or were dropped, by meter",
    );
    for (meter, count) in &counts.quarantine {
        page.line("gridpact_oracle_quarantined", &[("meter", meter)], count);
    }
    page.head(
        "gridpact_oracle_last_reading_seconds",
        "gauge",
        "Own time of a meter's last reading",
    );
    for meter in &status.meters {
        if let Some(last) = meter.last {
            page.line(
                "gridpact_oracle_last_reading_seconds",
                &[("meter", &meter.name)],
                last,
            );
        }
    }
    page.single(
        "gridpact_oracle_reports_total",
        "counter",
        "Reports carried since the start",
        Some(status.carried),
    );
    page.single(
        "gridpact_oracle_report_readings",
        "gauge",
        "Readings of the last report",
        status.readings,
    );
    page.single(
        "gridpact_oracle_report_present",
        "gauge",
        "Readings of the last report that are not missing",
        status.present,
    );
    let chain = status.chain.as_ref();
    page.single(
        "gridpact_oracle_window_lag_seconds",
        "gauge",
        "How long ago the next interval to report ended",
        chain.and_then(|chain| chain.window_lag),
    );
    page.single(
        "gridpact_oracle_chain_skew_seconds",
        "gauge",
        "Time of the newest block less this clock",
        chain.map(|chain| chain.skew),
    );
    page.single(
        "gridpact_oracle_carrier_balance",
        "gauge",
        "What the carrier has for fees, base units",
        chain.and_then(|chain| chain.purse),
    );
    page.single(
        "gridpact_oracle_trouble",
        "gauge",
        "1 where the last report went wrong",
        Some(u8::from(status.trouble.is_some())),
    );
    if let Some(committee) = &status.committee {
        of_committee(&mut page, committee);
        page.single(
            "gridpact_oracle_apart",
            "gauge",
            "Meters of which more lies between attested and own readings of 30 days than 0.2 %",
            Some(status.apart.len()),
        );
    }
    page.0
}

fn of_committee(page: &mut Page, committee: &CommitteeStatus) {
    let round = committee.round;
    for (name, kind, help, value) in [
        (
            "round",
            "gauge",
            "The slot that runs, which is the revision",
            round.map(u64::from),
        ),
        (
            "observations",
            "gauge",
            "Observations of the slot that are here",
            count(committee.observations),
        ),
        (
            "votes",
            "gauge",
            "Votes of the slot that are here",
            count(committee.votes),
        ),
        (
            "disagreements_total",
            "counter",
            "Drafts of others that were not signed since the start",
            Some(committee.disagreements),
        ),
        (
            "equivocations_total",
            "counter",
            "Times that a member said two things since the start",
            Some(committee.equivocations),
        ),
        (
            "reports_lacking",
            "gauge",
            "Accepted reports, of the newest 100 windows, that are not in the archive here",
            count(committee.lacking),
        ),
        (
            "doppelganger",
            "gauge",
            "1 where somebody else signs with this key",
            Some(committee.doppelganger.into()),
        ),
        (
            "committee_alerts",
            "gauge",
            "Things that keep this member from signing",
            count(committee.alerts.len()),
        ),
    ] {
        page.single(&format!("gridpact_oracle_{name}"), kind, help, value);
    }
    let outlying = "gridpact_oracle_outlying_readings_total";
    page.head(
        outlying,
        "counter",
        "Readings beyond the tolerance of what was attested since the start, by the member who read so",
    );
    for (name, readings) in &committee.outliers {
        page.line(outlying, &[("member", name)], readings);
    }
    page.head(
        "gridpact_oracle_peer_up",
        "gauge",
        "1 where there is a line to a peer",
    );
    for peer in &committee.peers {
        page.line(
            "gridpact_oracle_peer_up",
            &[("peer", &peer.name)],
            u8::from(peer.up),
        );
    }
    page.head(
        "gridpact_oracle_peer_ahead_milliseconds",
        "gauge",
        "A peer's clock less this one",
    );
    for peer in &committee.peers {
        if let Some(ahead) = peer.ahead {
            page.line(
                "gridpact_oracle_peer_ahead_milliseconds",
                &[("peer", &peer.name)],
                ahead,
            );
        }
    }
}

fn count(count: usize) -> Option<u64> {
    u64::try_from(count).ok()
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let label = |(name, value): &(&str, &str)| {
            let value = value
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n");
            format!("{name}=\"{value}\"")
        };
        let labels: Vec<String> = labels.iter().map(label).collect();
        let labels = if labels.is_empty() {
            String::new()
        } else {
            format!("{{{}}}", labels.join(","))
        };
        let _ = writeln!(self.0, "{name}{labels} {value}");
    }

    fn single(&mut self, name: &str, kind: &str, help: &str, value: Option<impl Display>) {
        self.head(name, kind, help);
        if let Some(value) = value {
            self.line(name, &[], value);
        }
    }
}
