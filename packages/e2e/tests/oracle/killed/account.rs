//! What came of all rounds.

use std::collections::BTreeSet;
use std::time::Instant;

use anyhow::{ensure, Result};
use gridpact_e2e::Recomputed;
use gridpact_oracle::store::signed::Fate;
use gridpact_report::decode;
use gridpact_units::Reading;

use super::rounds::{Run, OTHERS, WAYS};

impl Run {
    /// Everything against what meters sent and what the chain has, to the unit.
    pub async fn account(self, begun: Instant) -> Result<()> {
        let rows = self.scene.kept.all_signed()?;
        let first = self.feeds.start / 900;
        let (mut reported, mut measured) = (BTreeSet::new(), 0_u64);
        for row in &rows {
            let kept = (row.fate, row.signed.revision, row.refusals);
            ensure!(kept == (Fate::Accepted, 0, 0), "{row:?}");
            for (at, reading) in decode(&row.signed.draft)?.readings.iter().enumerate() {
                let (interval, meter) = (at / WAYS.meters(), at % WAYS.meters());
                let interval = usize::try_from(row.signed.first.0 - first)? + interval;
                ensure!(reported.insert((interval, meter)), "interval {interval} twice");
                let told = self.intervals.contains(&interval);
                let expected = told.then(|| self.feeds.expected(meter, interval));
                ensure!(
                    *reading == expected.unwrap_or(Reading::MISSING),
                    "meter {meter}, interval {interval}: {reading:?}"
                );
                measured += u64::from(told);
            }
        }
        for interval in &self.intervals {
            ensure!(
                reported.contains(&(*interval, 0)),
                "interval {interval} is in no report"
            );
        }
        let registers = self.scene.kept.registers(&self.feeds, &self.boundaries)?;
        let energies = self.scene.kept.energies(&self.feeds, &self.intervals)?;
        ensure!(
            registers.is_whole() && energies.is_whole(),
            "{registers:?} {energies:?}"
        );
        let recomputed = Recomputed::read(
            self.scene.chain(),
            &self.scene.grid.registry,
            &self.scene.grid.settlement,
        )
        .await?;
        recomputed.check(self.scene.chain()).await?;
        ensure!(
            recomputed.windows.len() == rows.len(),
            "one window a signed draft"
        );
        let points: Vec<String> = self
            .kills
            .iter()
            .map(|(point, count)| format!("{point} {count}"))
            .collect();
        println!(
            "GRIDPACT_TOLD={} kills at {} points, of the broker and the node; of {} readings {} lost, {} twice; {} reports, none signed twice",
            self.all(),
            self.kills.len() - OTHERS.len(),
            registers.sent + energies.sent,
            registers.lost + energies.lost,
            registers.twice + energies.twice,
            rows.len()
        );
        println!(
            "\n{} kills in {} rounds: {}\n\
             readings   {} registers and {} energies sent, {} kept once, {} lost, {} twice\n\
             reports    {} drafts signed, {} accepted at revision 0, none refused; {measured} readings as sent, {} missing as nobody told them\n\
             books      as recomputed, {} windows\n\
             time       {} s",
            self.all(), self.round, points.join(", "),
            registers.sent, energies.sent, registers.kept + energies.kept, registers.lost + energies.lost,
            registers.twice + energies.twice,
            rows.len(), rows.len(), reported.len() as u64 - measured,
            recomputed.windows.len(),
            begun.elapsed().as_secs()
        );
        Ok(())
    }
}
