//! The line between three houses: pledged for, built, paid.

use anyhow::{ensure, Result};
use gridpact_client::Escrow;
use gridpact_types::escrow::answers::Phase;
use gridpact_units::Seconds;

use super::files::FOUNDERS;
use super::{PLEDGE, UNIT};
use crate::village::{Village, PURSE};

/// The pledges hold only together; the contractor is paid as the work is done.
pub async fn a_line(village: &Village) -> Result<()> {
    let unit = village.money.name;
    let escrow = Escrow::new(village.chain(), &village.contract("village", "pledge-escrow")?);
    // It was opened with the grid, whose fee goes to it.
    ensure!(escrow.config().await?.projects == 1);
    for (number, founder) in FOUNDERS.iter().enumerate() {
        ensure!(escrow.project(1).await?.phase == Phase::Open);
        let others = FOUNDERS.iter().filter(|other| *other != founder);
        let conditions: String = others
            .map(|other| format!(" --if \"{other}>={PLEDGE} {unit}\""))
            .collect();
        let pledge = format!("project pledge 1 \"{PLEDGE} {unit}\"{conditions}");
        let pledged = village.by(founder, &pledge).await?;
        ensure!(pledged["funded"] == (number == 2), "pledge {number}: {pledged}");
        ensure!(village.purse(founder).await? == PURSE - PLEDGE * UNIT);
    }
    let (_, said) = village.refused("project refund 1 --from house-a").await?;
    ensure!(said.contains("refund"), "exits are closed: {said}");

    village.by("contractor", "project accept 1").await?;
    village.write("done.txt", "The cable lies in the ground.")?;
    let mut paid = 0;
    // 60 % and 40 % of 3,000, less a retention of 5 %.
    for (milestone, part) in [(0, 1_710 * UNIT), (1, 1_140 * UNIT)] {
        let submit =
            format!("project submit 1 {milestone} --evidence done.txt --uri https://example.org/done");
        village.by("contractor", &submit).await?;
        let (_, said) = village.refused("project draw 1 --from contractor").await?;
        ensure!(
            said.contains("expected more than 0 to pay out"),
            "before the review is over: {said}"
        );
        village.chain().advance(Seconds::days(2).0).await?;
        village.by("contractor", "project draw 1").await?;
        paid += part;
        ensure!(village.purse("contractor").await? == PURSE + paid);
    }
    ensure!(escrow.project(1).await?.phase == Phase::Defects);
    Ok(())
}
