//! The CSV files. Their columns stand in the README; a test pins them.

use std::io::Write;

use anyhow::Result;
use gridpact_readings::rfc3339;
use gridpact_units::decimal;
use gridpact_units::{Amount, Price, UnixSeconds};

use crate::run::{Currency, Run};
use crate::sums::signed;

/// Money in main units with all decimals.
pub fn money(amount: Amount, currency: &Currency) -> String {
    signed_money(signed(amount.0), currency)
}

/// As [`money`], for what may be negative.
pub fn signed_money(amount: i128, currency: &Currency) -> String {
    decimal::show(amount, currency.scale())
}

/// A price in main units per kWh with all decimals.
pub fn price(price: Price, currency: &Currency) -> String {
    decimal::show(signed(price.0), currency.price_scale())
}

/// One row an interval.
pub fn intervals(run: &Run, out: &mut dyn Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "interval_start",
        "surplus_mwh",
        "deficit_mwh",
        "shared_mwh",
        "price",
    ])?;
    for interval in &run.intervals {
        csv.write_record([
            rfc3339::show(UnixSeconds(interval.start)),
            interval.supply.to_string(),
            interval.demand.to_string(),
            interval.shared.to_string(),
            price(interval.price, &run.currency),
        ])?;
    }
    Ok(csv.flush()?)
}

/// One row a home.
pub fn households(run: &Run, out: &mut dyn Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record([
        "slot",
        "meter",
        "import_mwh",
        "export_mwh",
        "bought_mwh",
        "sold_mwh",
        "paid",
        "earned",
        "fee",
        "final_balance",
        "saved_versus_utility",
    ])?;
    for (meter, home) in run.meters.iter().zip(&run.households) {
        csv.write_record([
            meter.slot.to_string(),
            meter.name.clone(),
            home.import.to_string(),
            home.export.to_string(),
            home.bought.to_string(),
            home.sold.to_string(),
            money(home.paid, &run.currency),
            money(home.earned, &run.currency),
            money(home.fee, &run.currency),
            money(home.final_balance, &run.currency),
            home.utility
                .map_or_else(String::new, |bill| signed_money(bill.saved, &run.currency)),
        ])?;
    }
    Ok(csv.flush()?)
}

/// One row an interval and home that bought or sold.
pub fn allocations(run: &Run, out: &mut dyn Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["interval_start", "slot", "bought_mwh", "sold_mwh"])?;
    for (number, interval) in run.intervals.iter().enumerate() {
        let start = rfc3339::show(UnixSeconds(interval.start));
        for slot in 0..run.flows.meters {
            let flow = run.flows.of(number, slot);
            if flow.is_traded() {
                csv.write_record([
                    start.as_str(),
                    &slot.to_string(),
                    &flow.bought.to_string(),
                    &flow.sold.to_string(),
                ])?;
            }
        }
    }
    Ok(csv.flush()?)
}
