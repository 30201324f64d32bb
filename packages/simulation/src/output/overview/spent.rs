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
            kind.gas_each()
        )?;
    }
    if let Some(gas) = run.gas_a_reading() {
        writeln!(text, "  a report costs {gas} gas a meter and interval")?;
    }
    Ok(())
}
