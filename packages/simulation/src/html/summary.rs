//! The head of the page: what this is, and the figures people ask for first.

use gridpact_units::EnergyTotal;

use super::text::{amount, count, energy, escape, money, percent};
use crate::run::{Household, Run};
use crate::sums;

pub fn section(run: &Run) -> String {
    let meters = run.meters.len();
    let sunny = run.meters.iter().filter(|meter| meter.has_pv).count();
    let lead = format!(
        "{} with {}, {} of {} minutes, {} signed by the oracles. Sharing rule: {}. Price: {}.",
        count(meters, "connection point"),
        count(sunny, "generator"),
        count(run.intervals.len(), "interval"),
        run.interval_seconds / 60,
        count(run.windows.len(), "report"),
        escape(&run.options.rules()),
        escape(&run.options.price),
    );
    let used = sums::energy([sum(run, |home| home.import), sum(run, |home| home.own_use)]);
    format!(
        "<header>\n<h1>{}</h1>\n<p class=\"lead\">{lead} In all the homes used {}.</p>\n\
         <div class=\"cards\">{}</div>\n</header>",
        escape(&run.dataset.name),
        energy(used),
        cards(run, used).concat()
    )
}

fn sum(run: &Run, of: fn(&Household) -> EnergyTotal) -> EnergyTotal {
    sums::energy(run.households.iter().map(of))
}

fn cards(run: &Run, used: EnergyTotal) -> Vec<String> {
    let (own_use, bought) = (sum(run, |home| home.own_use), sum(run, |home| home.bought));
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
    let (cut, intervals) = run.cut();
    if intervals > 0 {
        let meaning = format!(
            "of needs cut by balances, in {}: homes could not pay for more",
            count(intervals, "interval")
        );
        cards.push(card(&energy(cut), &meaning));
    }
    if run.options.utility.is_some() {
        let bills = run.households.iter().filter_map(|home| home.utility);
        let saved: Vec<i128> = bills.map(|bill| bill.saved).collect();
        let better = saved.iter().filter(|saved| **saved > 0).count();
        let worse = saved.iter().filter(|saved| **saved < 0).count();
        cards.push(card(
            &money(saved.iter().sum(), &run.currency),
            "saved together versus the utility",
        ));
        cards.push(card(
            &format!("{better} of {}", run.households.len()),
            &format!("homes better off; {worse} worse off"),
        ));
    }
    cards.push(card(
        &amount(run.community.income, &run.currency),
        "for the community: fees, and what rounding leaves",
    ));
    cards
}

fn card(figure: &str, meaning: &str) -> String {
    format!("<div class=\"card\"><b>{figure}</b><span>{meaning}</span></div>")
}
