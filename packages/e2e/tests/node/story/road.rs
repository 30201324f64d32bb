//! A road that does not come: the holders end the project after a due date, and get the bond too.

use anyhow::{ensure, Result};
use gridpact_units::Seconds;

use super::well::{file, Project, BOND, PART, PAYERS};
use super::UNIT;
use crate::village::Village;

/// Two of three want the end; all get back what they paid, and a third of the bond, to the base unit.
pub async fn is_not_built(village: &Village) -> Result<()> {
    let escrow = village.contract("village", "pledge-escrow")?;
    let held = village.balance(&escrow).await?;
    village.write("road.toml", &file("The road over the hill", village.money.name))?;
    let road = Project::begin(village, "road.toml").await?;
    let said = road.refused("well-a", "consent-to-end", "").await?;
    ensure!(said.contains("due"), "{said}");
    village.chain().advance(Seconds::days(61).0).await?;
    road.by("well-a", "consent-to-end", "").await?;
    let said = road.refused("judge", "terminate", "").await?;
    ensure!(said.contains("grace"), "{said}");
    let votes = road.told("votes", "well-a").await?;
    ensure!(votes["wants_end"] == true, "{votes}");
    road.by("well-b", "consent-to-end", "").await?;

    let shown = road.told("show", "").await?;
    ensure!(shown["phase"] == "terminated", "{shown}");
    let bond = BOND * UNIT;
    ensure!(shown["ended"]["forfeited"] == bond.to_string(), "{shown}");
    let said = road.refused("digger", "draw", "").await?;
    ensure!(said.contains("expected more than 0 to pay out"), "{said}");
    let mut got = 0;
    for payer in PAYERS {
        let before = village.purse(payer).await?;
        road.by(payer, "refund", "").await?;
        let back = village.purse(payer).await? - before;
        let least = PART * UNIT + bond / 3;
        ensure!((least..=least + 1).contains(&back), "{payer} got {back}");
        got += back;
    }
    ensure!(got == 3 * PART * UNIT + bond, "{got} went back");
    ensure!(
        village.balance(&escrow).await? == held,
        "something is left of the road"
    );
    Ok(())
}
