//! The projects of the escrow, a few lines each.

use core::fmt::Write;

use gridpact_units::Amount;

use super::words;
use crate::run::{Currency, Ending, Project};
use crate::sums::signed;

/// Who pledged on which condition, and how it ended.
pub fn lines(project: &Project, currency: &Currency, text: &mut String) -> core::fmt::Result {
    let money = |amount: Amount| words::money(signed(amount.0), currency);
    writeln!(text)?;
    writeln!(text, "{}", project.title)?;
    let shown = project.pledges.iter().take(3);
    for pledge in shown {
        let condition = if pledge.condition.is_empty() {
            "unconditionally"
        } else {
            &pledge.condition
        };
        writeln!(
            text,
            "  {} pledges {} {condition}",
            pledge.party,
            money(pledge.amount)
        )?;
    }
    if let Some(more) = project.pledges.len().checked_sub(3).filter(|more| *more > 0) {
        writeln!(text, "  and {more} more")?;
    }
    match project.ending {
        Ending::Completed => {
            let paid: u128 = project.milestones.iter().map(|milestone| milestone.paid.0).sum();
            let released = project
                .retention
                .as_ref()
                .filter(|retention| retention.released_at.is_some());
            let all = paid.saturating_add(released.map_or(0, |retention| retention.amount.0));
            let steps = project.milestones.len();
            writeln!(
                text,
                "  funded; {} drew {} in {steps} milestones",
                project.contractor,
                money(Amount(all))
            )
        }
        Ending::Failed => {
            let back: u128 = project.refunds.iter().map(|refund| refund.amount.0).sum();
            let absent = project.absent.join(", ");
            let parties = project.refunds.len();
            writeln!(
                text,
                "  {absent} did not; {parties} took back {}",
                money(Amount(back))
            )
        }
    }
}
