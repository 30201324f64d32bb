//! The files that the village writes, and who lives there.

use anyhow::Result;

use crate::village::{Money, Village};

/// Who pledges for the line.
pub const FOUNDERS: [&str; 3] = ["house-a", "house-b", "house-c"];
/// Who has a meter, in the order of slots.
pub const HOMES: [&str; 12] = [
    "house-a", "house-b", "house-c", "house-d", "house-e", "house-f", "house-g", "house-h", "house-i",
    "house-j", "house-k", "house-l",
];
/// Who attests the readings, in the committee's order.
pub const ORACLES: [&str; 4] = ["oracle-1", "oracle-2", "oracle-3", "oracle-4"];

/// The grid's file, and that of the project that gets its fee.
pub fn write(village: &Village) -> Result<()> {
    village.write("line.md", "A line between three houses.")?;
    village.write("project.toml", &project(&village.money))?;
    village.write("grid.toml", &grid(&village.money))
}

/// A grid: `even` on both sides between the utility's prices, 2 % to the project that built the line, an hour to challenge.
pub fn grid(money: &Money) -> String {
    let unit = money.name;
    let members: String = ORACLES
        .iter()
        .map(|name| format!("    {{ key = \"{name}\" }},\n"))
        .collect();
    format!(
        r#"
name = "village"
operator = "operator"
admin = "none"

[escrow]
assets = ["{unit}"]

[[project]]
number = 1
terms = "project.toml"
otherwise = "operator"

[metering]
interval = "15m"
resolution = "1 Wh"
challenge_period = "1h"
report_limit = "7d"
rosters_every = "15m"

[committee]
quorum = 3
members = [
{members}]

[market]
asset = "{unit}"
buyers = "even"
sellers = "even"
price = {{ rule = "mid_market", weight = "0.5" }}
rounding = "operator"

[[market.fee]]
label = "network"
rate = "2 %"
to = "project 1"

[[market.tariff]]
valid_from = "2026-01-01T00:00Z"
bands = [
    {{ from = "00:00", retail = "0.26 {unit}/kWh", feed_in = "0.08 {unit}/kWh" }},
    {{ from = "06:00", retail = "0.32 {unit}/kWh", feed_in = "0.08 {unit}/kWh" }},
    {{ from = "22:00", retail = "0.26 {unit}/kWh", feed_in = "0.08 {unit}/kWh" }},
]

[[market.utc_offset]]
valid_from = "2026-01-01T00:00Z"
offset = "+01:00"
"#
    )
}

/// The line between the founders' houses, in two milestones.
pub fn project(money: &Money) -> String {
    let unit = money.name;
    let party = |name: &&str| format!("[[parties]]\naccount = \"{name}\"\namount = \"1000 {unit}\"\n");
    let parties: String = FOUNDERS.iter().map(party).collect();
    format!(
        r#"
title = "The line between three houses"
description_uri = "https://example.org/line.md"
description_file = "line.md"
target = "3000 {unit}"
deadline = "+30d"
contractor = "contractor"
accept_within = "14d"
grace = "14d"
retention = "5%"
review_period = "2d"
defects_period = "30d"
consent = "60%"

{parties}
[[milestones]]
title = "Trench dug and cable laid"
share = "60%"
due = "+60d"

[[milestones]]
title = "Houses connected and tested"
share = "40%"
due = "+90d"
"#
    )
}
