//! A grid's meters as the file that `simulate`, `readings` and `report make` take with `--meters`.

use gridpact_market::Terms;
use gridpact_simulation::connections::columns_of_roster;
use gridpact_types::registry::answers::MeterResponse;
use gridpact_units::decimal;
use gridpact_units::decimal::energy::show_power;

use super::show;

/// Digits behind the point of percents: millionths.
const PERCENT_DECIMALS: u32 = 4;

/// A row a meter, named by its slot. Since when each takes part is left out: readings of any time are to be tried.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn roster_file(meters: &[MeterResponse]) -> csv::Result<Vec<u8>> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(columns_of_roster())?;
    let tier = |tier: u8| match tier {
        Terms::NO_TIER => "none".to_owned(),
        tier => tier.to_string(),
    };
    for found in meters {
        rows.write_record([
            found.slot.to_string(),
            found.slot.to_string(),
            found.household.to_string(),
            found.weight.to_string(),
            show::kind(found.meter.kind).to_owned(),
            tier(found.buy_tier),
            tier(found.sell_tier),
            decimal::show_trimmed(found.meter.part.0.into(), PERCENT_DECIMALS),
            found.priority.to_string(),
            show_power(found.meter.import_limit),
            show_power(found.meter.export_limit),
        ])?;
    }
    rows.into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}
