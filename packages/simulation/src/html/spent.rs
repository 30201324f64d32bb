//! What the story took of a chain: transactions, gas, fees. Nothing where it was played inside the program.

use super::chart::{table, Plot};
use super::section as frame;
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
        lead.push_str(&format!(" A report took {gas:.1} gas a meter and interval."));
    }
    let body = columns(spent) + &kinds(spent);
    frame("spent", "What it took of the chain", &lead, &body)
}

fn columns(spent: &Spent) -> String {
    let part = |kind: &Kind| kind.gas as f64 / spent.gas.max(1) as f64 * 100.0;
    let top = spent.kinds.iter().map(part).fold(0.0_f64, f64::max);
    let mut plot =
        Plot::new(200.0, (0.0, spent.kinds.len() as f64), (0.0, top * 1.05)).y_axis("% of all gas");
    for (position, kind) in spent.kinds.iter().enumerate() {
        let x = (position as f64 + 0.1, position as f64 + 0.9);
        let title = format!(
            "{}: {} gas, {}",
            kind.message,
            whole(kind.gas.into()),
            percent(kind.gas.into(), spent.gas.into())
        );
        plot.bar(x, (0.0, part(kind)), "shared", &title);
    }
    plot.x_labels(&[(
        spent.kinds.len() as f64 / 2.0,
        "each column one kind of message, as in the table; point at it for its name".to_owned(),
    )])
    .finish("Share of every kind of message in all gas")
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
