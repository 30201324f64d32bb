//! docs/gas.md, written from the rows.

use gridpact_units::decimal::show_rounded;

use crate::book::Book;

/// Targets, gas a meter and interval: row, target.
const TARGETS: [(&str, f64); 4] = [
    ("report, 1000 meters x 96 intervals", 21.6),
    ("report, 100 meters x 96 intervals", 60.0),
    ("report, 1000 meters x 1 interval", 900.0),
    ("report, 100 meters x 1 interval", 5_000.0),
];

/// The page.
pub fn page(book: &Book) -> String {
    let mut page = String::from(
        "# What it costs: gas on a node

Written by `scripts/gas --write`, from [gas.json](gas.json); measured on wasmd 0.61.14, one validator, the contracts as
`scripts/build-wasm` makes them. `scripts/gas --check`, part of the tests, fails when a row gets more than 2 % dearer.

Gas is not money: a chain's gas price turns one into the other. At 0.025 of a fee coin's millionth, 1,000,000 gas cost 0.025
coins.

## Reports

A report settles a window: all meters, one interval or a day of quarter hours. Its readings are SimBench's homes in a summer
week, from noon; every home can pay, so balances change on every page.
The targets stand in `packages/e2e/src/bin/gas/page.rs`.

| report | gas | target | gas a meter and interval | target met |
|---|--:|--:|--:|---|
",
    );
    for (name, target) in TARGETS {
        if let Some(row) = book.rows.iter().find(|row| row.name == name) {
            let each = row.a_reading().unwrap_or_default();
            let met = if each <= target { "yes" } else { "not yet" };
            page += &format!(
                "| {} | {} | {target} | {each:.1} | {met} |\n",
                name.trim_start_matches("report, "),
                grouped(row.gas)
            );
        }
    }
    page += "
## Every message

- **gas**: used by the whole transaction, as the node counts it.
- **bytes**: the transaction's length. The chain takes 10 gas for each.
- **state**: by how many bytes (keys and values) the contracts' state grew.
- **shares**: of the gas. *Bytes* is exact. *Storage* is found by comparing the contracts' whole state before and after: each key
  whose value changed, read once (1,000 gas and 3 a byte) and written once (2,000 and 30 a byte). What is read and not changed is
  not in it, nor what is written twice. *Computing* is all the rest: the virtual machine, signatures, accounts, coins, reads.

| message | gas | a meter and interval | bytes | state | bytes % | storage % | computing % |
|---|--:|--:|--:|--:|--:|--:|--:|
";
    for row in &book.rows {
        let each = row.a_reading().map_or(String::new(), |gas| format!("{gas:.1}"));
        let [bytes, storage, rest] = row.shares();
        page += &format!(
            "| {} | {} | {each} | {} | {} | {bytes:.0} | {storage:.0} | {rest:.0} |\n",
            row.name,
            grouped(row.gas),
            grouped(row.bytes),
            row.state_bytes
        );
    }
    page
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    show_rounded(number.into(), 0, 0)
}
