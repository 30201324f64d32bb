//! What the story took of a chain: transactions, gas, fees. Nothing where it was played inside the program.

use super::charts::{self, Column};
use super::markup::{section as frame, table};
use super::text::{count, escape, percent, whole};
use crate::run::{Kind, Run, Spent};

pub fn section(run: &Run) -> String {
    let Some(spent) = &run.spent else {
        return String::new();
    };
    let mut lead = format!(
        "On {}, {} in {}: {} bytes, {} gas, {} {} in fees.",
        escape(&spent.network),
        count(spent.transactions, "transaction"),
        count(spent.blocks, "block"),
        whole(spent.bytes.into()),
        whole(spent.gas.into()),
        spent.fee.parse().map_or_else(|_| escape(&spent.fee), whole),
        escape(&spent.fee_denom),
    );
    if let Some(gas) = run.gas_a_reading() {
        lead.push_str(&format!(" A report took {gas} gas a meter and interval."));
    }
    let body = columns(spent) + &kinds(spent);
    frame("spent", "What it took of the chain", &lead, &body)
}

fn columns(spent: &Spent) -> String {
    let column = |kind: &Kind| Column {
        value: kind.gas.into(),
        title: format!(
            "{}: {} gas, {}",
            kind.message,
            whole(kind.gas.into()),
            percent(kind.gas.into(), spent.gas.into())
        ),
    };
    let kinds: Vec<Column> = spent.kinds.iter().map(column).collect();
    charts::gas(&kinds, spent.gas)
}

fn kinds(spent: &Spent) -> String {
    let row = |kind: &Kind| {
        vec![
            escape(&kind.message),
            whole(kind.transactions.into()),
            whole(kind.gas.into()),
            whole(kind.gas_each().into()),
            percent(kind.gas.into(), spent.gas.into()),
        ]
    };
    let rows: Vec<Vec<String>> = spent.kinds.iter().map(row).collect();
    table(
        &["message", "transactions", "gas", "gas each", "of all gas"],
        &rows,
    )
}
