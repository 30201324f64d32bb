//! The head of the page: what this is, and the figures people ask for first.

use super::text::{amount, count, energy, escape, money, percent};
use crate::run::{Household, Run};
use crate::sums::{self, signed};
use gridpact_units::EnergyTotal;

pub fn section(run: &Run) -> String {
    let sum = |of: fn(&Household) -> EnergyTotal| sums::energy(run.households.iter().map(of));
    let (import, own_use) = (sum(|home| home.import), sum(|home| home.own_use));
    let bought = sum(|home| home.bought);
    let used = sums::energy([import, own_use]);
    let of_used = |part: EnergyTotal| percent(part.0, used.0);

    let mut cards = vec![
        card(&energy(bought), "shared among neighbours"),
        card(
            &format!(
                "{} &rarr; {}",
                of_used(own_use),
                of_used(sums::energy([own_use, bought]))
            ),
            "of what the homes used came from the neighbourhood's roofs, alone and together",
        ),
        card(
            &amount(run.community.debits, &run.currency),
            "paid between neighbours",
        ),
    ];
    if run.options.utility.is_some() {
        let saved: Vec<i128> = run
            .households
            .iter()
            .filter_map(|home| home.utility)
            .map(|bill| bill.saved)
            .collect();
        let better = saved.iter().filter(|saved| **saved > 0).count();
        cards.push(card(
            &money(saved.iter().sum(), &run.currency),
            "saved together versus the utility",
        ));
        cards.push(card(
            &format!("{better} of {}", run.households.len()),
            &format!(
                "homes better off; {} worse off",
                saved.iter().filter(|saved| **saved < 0).count()
            ),
        ));
    }
    let income = signed(run.community.income.base_units());
    cards.push(card(
        &money(income, &run.currency),
        "for the community: fees, and what rounding leaves",
    ));

    let meters = run.meters.len();
    let sunny = run.meters.iter().filter(|meter| meter.has_pv).count();
    let lead = format!(
        "{} with {}, {} of {} minutes, {} signed by the oracles. Sharing rule: {}. Price: {}.",
        count(meters, "connection point"),
        count(sunny, "generator"),
        count(run.intervals.len(), "interval"),
        run.interval_seconds / 60,
        count(run.windows.len(), "report"),
        escape(&run.options.rule),
        escape(&run.options.price),
    );
    let used = energy(used);
    format!(
        "<header>\n<h1>{}</h1>\n<p class=\"lead\">{lead} In all the homes used {used}.</p>\n\
         <div class=\"cards\">{}</div>\n</header>",
        escape(&run.dataset.name),
        cards.concat()
    )
}

fn card(figure: &str, meaning: &str) -> String {
    format!("<div class=\"card\"><b>{figure}</b><span>{meaning}</span></div>")
}
