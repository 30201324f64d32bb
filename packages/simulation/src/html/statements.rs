//! `statements.html`: what every home took, gave, paid and earned, month by month; a page a home where it is printed.

use std::collections::BTreeMap;

use gridpact_units::Amount;

use super::markup::table;
use super::page;
use super::text::{amount, escape, kwh, money};
use crate::run::{Flow, Run};
use crate::sums::signed;

/// A home in a month.
#[derive(Clone, Copy, Default)]
struct Month {
    import: u128,
    export: u128,
    bought: u128,
    sold: u128,
    paid: u128,
    earned: u128,
}

/// The page.
pub fn statements(run: &Run) -> String {
    let lead = "Energy over the connection point and what neighbours paid each other, by the local month in which a report begins. What the \
                utility delivers beside that is on its own bill.";
    let mut sections = vec![format!(
        "<h1>Statements: {}</h1>\n<p class=\"lead\">{lead}</p>",
        escape(&run.dataset.name)
    )];
    let homes = (0..run.flows.meters).map(|slot| section(run, slot));
    sections.extend(homes);
    page(&format!("statements of {}", run.dataset.name), &sections)
}

fn section(run: &Run, slot: usize) -> String {
    let mut months: BTreeMap<&str, Month> = BTreeMap::new();
    for window in &run.windows {
        let month = months.entry(&window.month).or_default();
        for interval in window.from..window.from.saturating_add(window.intervals) {
            add(month, &run.flows.of(interval, slot));
        }
        if let Some(result) = window.results.get(slot) {
            month.paid = month.paid.saturating_add(result.debit.0);
            month.earned = month.earned.saturating_add(result.credit.0);
        }
    }
    let mut all = Month::default();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (name, month) in &months {
        rows.push(row(run, name, month));
        all = together(all, *month);
    }
    rows.push(row(run, "all", &all));
    let head = [
        "month",
        "taken",
        "from neighbours",
        "given",
        "to neighbours",
        "paid",
        "earned",
        "earned less paid",
    ];
    let account = run.households.get(slot).map(|home| {
        format!(
            "In the account: {} put in, {} left.",
            amount(home.deposit, &run.currency),
            amount(home.final_balance, &run.currency)
        )
    });
    format!(
        "<section class=\"statement\">\n<h2>{}</h2>\n<p class=\"lead\">Slot {slot}. {}</p>\n{}\n</section>",
        escape(run.meter_name(slot)),
        account.unwrap_or_default(),
        table(&head, &rows)
    )
}

fn add(month: &mut Month, flow: &Flow) {
    let sum = |sum: u128, energy: u64| sum.saturating_add(energy.into());
    month.import = sum(month.import, flow.import);
    month.export = sum(month.export, flow.export);
    month.bought = sum(month.bought, flow.bought);
    month.sold = sum(month.sold, flow.sold);
}

fn together(one: Month, other: Month) -> Month {
    Month {
        import: one.import.saturating_add(other.import),
        export: one.export.saturating_add(other.export),
        bought: one.bought.saturating_add(other.bought),
        sold: one.sold.saturating_add(other.sold),
        paid: one.paid.saturating_add(other.paid),
        earned: one.earned.saturating_add(other.earned),
    }
}

fn row(run: &Run, name: &str, month: &Month) -> Vec<String> {
    vec![
        name.to_owned(),
        kwh(month.import),
        kwh(month.bought),
        kwh(month.export),
        kwh(month.sold),
        amount(Amount(month.paid), &run.currency),
        amount(Amount(month.earned), &run.currency),
        money(
            signed(month.earned).saturating_sub(signed(month.paid)),
            &run.currency,
        ),
    ]
}
