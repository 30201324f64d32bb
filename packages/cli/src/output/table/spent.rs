//! What it cost on a chain: transactions, gas, fees.

use core::fmt::Write;

use crate::run::{Run, Spent};

/// Beside the energy: what moved it.
pub fn lines(run: &Run, spent: &Spent, text: &mut String) -> core::fmt::Result {
    writeln!(text)?;
    writeln!(
        text,
        "On {}: {} transactions, {} bytes, in {} blocks; {} gas, {} {} in fees",
        spent.network, spent.transactions, spent.bytes, spent.blocks, spent.gas, spent.fee, spent.fee_denom
    )?;
    writeln!(
        text,
        "  {:<24}{:>14}{:>16}{:>16}",
        "message", "transactions", "gas", "gas each"
    )?;
    for kind in &spent.kinds {
        writeln!(
            text,
            "  {:<24}{:>14}{:>16}{:>16}",
            kind.message,
            kind.transactions,
            kind.gas,
            kind.gas.checked_div(kind.transactions).unwrap_or_default()
        )?;
    }
    let readings = run.meters.len() as u64 * run.intervals.len() as u64;
    if let Some(reports) = spent.kinds.iter().find(|kind| kind.message == "report") {
        writeln!(
            text,
            "  a report costs {:.1} gas a meter and interval",
            reports.gas as f64 / readings.max(1) as f64
        )?;
    }
    Ok(())
}
