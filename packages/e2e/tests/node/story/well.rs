//! A well that three others have dug: a date that slips twice, a dispute each way, a defect, a bond that comes back.

use anyhow::{ensure, Context, Result};
use gridpact_units::Seconds;
use serde_json::Value;

use super::UNIT;
use crate::village::{Village, PURSE};

/// Who pays, who digs, who supplies the pump, who takes that one's business over, who decides.
pub const EVERYBODY: [&str; 7] = ["well-a", "well-b", "well-c", "digger", "pump", "heir", "judge"];
/// Who pays: 500 each.
pub const PAYERS: [&str; 3] = ["well-a", "well-b", "well-c"];
/// What each pays, main units.
pub const PART: u128 = 500;
/// The bond, main units.
pub const BOND: u128 = 100;

/// A project under way, by its number.
pub struct Project<'v> {
    pub village: &'v Village,
    pub number: u64,
}

/// Terms of everything: a decider, a bond, and a payee of the second milestone.
pub fn file(title: &str, unit: &str) -> String {
    let party = |name: &&str| format!("[[parties]]\naccount = \"{name}\"\namount = \"{PART} {unit}\"\n");
    let parties: String = PAYERS.iter().map(party).collect();
    format!(
        r#"
title = "{title}"
description_uri = "https://example.org/line.md"
description_file = "line.md"
target = "{} {unit}"
deadline = "+30d"
contractor = "digger"
accept_within = "14d"
grace = "10d"
retention = "10%"
review_period = "2d"
defects_period = "30d"
consent = "60%"
bond = "{BOND} {unit}"

[decider]
account = "judge"
time_limit = "5d"
objection = "40%"
silence = "50%"

{parties}
[[payees]]
account = "pump"

[[milestones]]
title = "Shaft dug"
share = "40%"
due = "+60d"

[[milestones]]
title = "Pump set"
share = "30%"
due = "+90d"
payees = ["1: 50%"]

[[milestones]]
title = "Water tested"
share = "30%"
due = "+120d"
"#,
        PART * 3
    )
}

impl<'v> Project<'v> {
    /// Opened with the file, paid for by all three, and accepted with the bond.
    pub async fn begin(village: &'v Village, file: &str) -> Result<Self> {
        let opened = village.by(PAYERS[0], &format!("project open {file}")).await?;
        let number = opened["project"].as_u64().context("a number")?;
        let project = Self { village, number };
        let pledge = format!("\"{PART} {}\"", village.money.name);
        for payer in PAYERS {
            let told = village
                .told(&format!("project if-pledged {number} {pledge} --account {payer}"))
                .await?;
            let pledged = project.by(payer, "pledge", &pledge).await?;
            ensure!(told["refused"].is_null() && told["consistent"] == true, "{told}");
            ensure!(
                told["funded"].is_null() != pledged["funded"],
                "{told}, then {pledged}"
            );
        }
        project.by("digger", "accept", "").await?;
        Ok(project)
    }

    /// `gridpact project WHAT NUMBER HOW --from NAME`.
    pub async fn by(&self, name: &str, what: &str, how: &str) -> Result<Value> {
        let number = self.number;
        self.village
            .by(name, &format!("project {what} {number} {how}"))
            .await
    }

    /// The same without a key.
    pub async fn told(&self, what: &str, how: &str) -> Result<Value> {
        let number = self.number;
        self.village.told(&format!("project {what} {number} {how}")).await
    }

    /// The same, refused: what was said.
    pub async fn refused(&self, name: &str, what: &str, how: &str) -> Result<String> {
        let command = format!("project {what} {} {how} --from {name}", self.number);
        Ok(self.village.refused(&command).await?.1)
    }

    /// All three take back what is theirs; each has so much more than before.
    pub async fn refunds(&self, each: u128) -> Result<()> {
        let mut before = Vec::new();
        for payer in PAYERS {
            before.push(self.village.purse(payer).await?);
        }
        let refund = format!("project refund {}", self.number);
        let all = PAYERS.map(|payer| (payer, refund.clone()));
        self.village.all_at_once(all).await?;
        for (payer, before) in PAYERS.iter().zip(before) {
            let got = self.village.purse(payer).await? - before;
            ensure!(got == each, "{payer} got {got}, expected {each}");
        }
        Ok(())
    }

    async fn milestone(&self, milestone: usize) -> Result<Value> {
        Ok(self.told("show", "").await?["milestones"][milestone].clone())
    }

    /// Submitted, and disputed by two of the three.
    async fn disputed(&self, milestone: usize, by: [&str; 2]) -> Result<()> {
        let done = format!("{milestone} --evidence done.txt --uri https://example.org/done");
        self.by("digger", "submit", &done).await?;
        for holder in by {
            self.by(holder, "object", &because(&milestone.to_string()))
                .await?;
        }
        let told = self.milestone(milestone).await?;
        ensure!(
            told["status"] == "disputed" && told["decide_until"].is_number(),
            "{told}"
        );
        Ok(())
    }

    /// What somebody draws, as a payee of this number.
    async fn draws(&self, name: &str, payee: u32, expected: u128) -> Result<()> {
        let before = self.village.purse(name).await?;
        self.by(name, "draw", &format!("--payee {payee}")).await?;
        let got = self.village.purse(name).await? - before;
        ensure!(got == expected, "{name} drew {got}, expected {expected}");
        Ok(())
    }
}

/// A reason in a file, of which the hash is sent.
fn because(what: &str) -> String {
    format!("{what} --reason photos.txt --uri https://example.org/photos")
}

/// Dug, decided, drawn.
pub async fn is_dug(village: &Village) -> Result<()> {
    let escrow = village.contract("village", "pledge-escrow")?;
    let held = village.balance(&escrow).await?;
    village.write("well.toml", &file("The well behind the hill", village.money.name))?;
    village.write("photos.txt", "The wall of the shaft has a crack.")?;
    let well = Project::begin(village, "well.toml").await?;
    ensure!(village.purse("digger").await? == PURSE - BOND * UNIT);

    a_date_slips_twice(&well).await?;
    a_verdict(&well).await?;
    silence(&well).await?;
    an_agreement(&well).await?;
    a_defect(&well).await?;
    ensure!(
        village.balance(&escrow).await? == held,
        "something is left of the well"
    );
    let digger = village.purse("digger").await?;
    ensure!(digger == PURSE + 940_625_000, "the digger has {digger}");
    let mine = village.told("project pledges-of well-a").await?;
    ensure!(
        mine[0]["phase"] == "closed" && mine[0]["project"] == well.number,
        "{mine}"
    );
    Ok(())
}

/// Two of three are enough; consents to an earlier offer count for nothing.
async fn a_date_slips_twice(well: &Project<'_>) -> Result<()> {
    let due = async |milestone| well.milestone(milestone).await.map(|told| told["due"].as_u64());
    let before = [due(0).await?, due(1).await?, due(2).await?];
    well.by("digger", "offer", "due 0 +200d").await?;
    well.by("well-a", "consent", "1").await?;
    let shown = well.told("show", "").await?;
    ensure!(shown["offer"]["number"] == 1, "{shown}");
    ensure!(
        shown["offer"]["consented"] == (PART * UNIT).to_string(),
        "{shown}"
    );
    ensure!(shown["consent_needed"] == (900 * UNIT).to_string(), "{shown}");

    // The digger thinks again.
    well.by("digger", "withdraw-offer", "").await?;
    well.by("digger", "offer", "due 0 +210d").await?;
    let said = well.refused("well-b", "consent", "1").await?;
    ensure!(said.contains("offer"), "{said}");
    let all = ["well-a", "well-b"].map(|holder| (holder, format!("project consent {} 2", well.number)));
    well.village.all_at_once(all).await?;
    let slipped = due(0).await?.zip(before[0]).map(|(now, then)| now - then);
    let slipped = slipped.context("dates")?;
    ensure!(slipped > Seconds::days(140).0, "it slipped by {slipped} s");
    for milestone in [1, 2] {
        let moved = due(milestone)
            .await?
            .zip(before[milestone])
            .map(|(now, then)| now - then);
        ensure!(moved == Some(slipped), "milestone {milestone} moved by {moved:?}");
    }

    // And once more, of the second and the third.
    let first = due(0).await?;
    well.by("digger", "offer", "due 1 +300d").await?;
    let votes = well.told("votes", "well-a").await?;
    ensure!(votes["consents"] == false, "a new offer begins anew: {votes}");
    for holder in ["well-b", "well-c"] {
        well.by(holder, "consent", "3").await?;
    }
    ensure!(
        due(0).await? == first && due(1).await? > first,
        "the first one stays"
    );
    Ok(())
}

/// 600, of which the judge leaves three quarters: 150 go back, and 450 less a tenth are paid.
async fn a_verdict(well: &Project<'_>) -> Result<()> {
    well.by(
        "digger",
        "submit",
        "0 --evidence done.txt --uri https://example.org/done",
    )
    .await?;
    well.by("well-a", "object", &because("0")).await?;
    well.by("well-a", "withdraw-objection", "0").await?;
    ensure!(well.told("objections", "0").await? == Value::Array(vec![]));
    for holder in ["well-a", "well-b"] {
        well.by(holder, "object", &because("0")).await?;
    }
    let objections = well.told("objections", "0").await?;
    ensure!(
        objections.as_array().is_some_and(|all| all.len() == 2),
        "{objections}"
    );
    ensure!(
        objections[0]["reason"]["uri"] == "https://example.org/photos",
        "{objections}"
    );
    let said = well.refused("well-b", "withdraw-objection", "0").await?;
    ensure!(said.contains("before the decider"), "{said}");
    let said = well.refused("digger", "draw", "").await?;
    ensure!(said.contains("expected more than 0 to pay out"), "{said}");
    let said = well
        .refused("well-c", "decide", &because("--milestone 0 --kept 0%"))
        .await?;
    ensure!(said.contains("decider"), "{said}");

    well.by("judge", "decide", &because("--milestone 0 --kept 75%"))
        .await?;
    let told = well.milestone(0).await?;
    ensure!(
        told["decided"]["by"] == "decider" && told["decided"]["kept"] == 7_500,
        "{told}"
    );
    well.refunds(50 * UNIT).await?;
    well.draws("digger", 0, 405 * UNIT).await
}

/// 450 for the digger and the pump alike. Nobody decides: half goes back, half is paid, without anybody's message.
async fn silence(well: &Project<'_>) -> Result<()> {
    well.disputed(1, ["well-a", "well-c"]).await?;
    well.village.chain().advance(Seconds::days(5).0).await?;
    let told = well.milestone(1).await?;
    ensure!(told["decided"]["by"] == "silence", "{told}");
    well.refunds(75 * UNIT).await?;

    let payees = well.told("payees", "").await?;
    ensure!(payees[1]["drawable"] == "101250000", "{payees}");
    ensure!(payees[1]["held"][0]["why"] == "retention", "{payees}");
    // The pump's business has another owner now.
    well.by("pump", "move-payee", "1 heir").await?;
    let said = well.refused("heir", "draw", "--payee 1").await?;
    ensure!(said.contains("payee"), "{said}");
    well.by("heir", "confirm-move", "1").await?;
    well.draws("heir", 1, 101_250_000).await
}

/// 450, of which the digger offers to leave a tenth. It is the last: the bond comes back with it.
async fn an_agreement(well: &Project<'_>) -> Result<()> {
    well.disputed(2, ["well-b", "well-c"]).await?;
    well.by("digger", "offer", "split --milestone 2 --kept 90%")
        .await?;
    for holder in ["well-a", "well-b"] {
        well.by(holder, "consent", "4").await?;
    }
    let shown = well.told("show", "").await?;
    ensure!(shown["phase"] == "defects", "{shown}");
    ensure!(shown["milestones"][2]["decided"]["by"] == "consent", "{shown}");
    well.refunds(15 * UNIT).await?;
    // Half of what silence left, the last milestone less a tenth, and the bond.
    well.draws("digger", 0, 101_250_000 + 364_500_000 + BOND * UNIT)
        .await
}

/// 108 are retained, of which 30 are awarded; the rest is the digger's and the heir's after the defects period.
async fn a_defect(well: &Project<'_>) -> Result<()> {
    let claim = because(&format!("\"30 {}\"", well.village.money.name));
    well.by("well-c", "claim-defects", &claim).await?;
    well.by("well-c", "withdraw-support", "").await?;
    ensure!(well.told("claims", "").await? == Value::Array(vec![]));
    well.by("well-c", "claim-defects", &claim).await?;
    let votes = well.told("votes", "well-c").await?;
    ensure!(votes["supports"] == 2, "{votes}");
    well.by("well-a", "support-claim", "2").await?;
    let claims = well.told("claims", "").await?;
    ensure!(claims[0]["status"] == "open", "{claims}");
    well.by("judge", "decide", &because("--claim 2 --kept 0%"))
        .await?;
    let claims = well.told("claims", "").await?;
    ensure!(claims[0]["awarded"] == (30 * UNIT).to_string(), "{claims}");
    well.refunds(10 * UNIT).await?;
    well.village.chain().advance(Seconds::days(30).0).await?;
    well.draws("digger", 0, 69_875_000).await?;
    well.draws("heir", 1, 8_125_000).await
}
