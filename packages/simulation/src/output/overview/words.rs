//! Amounts as an overview shows them.

use gridpact_units::decimal::show_rounded;
use gridpact_units::EnergyTotal;

use crate::run::Currency;
use crate::sums::signed;

pub fn kwh(energy: EnergyTotal) -> String {
    show_rounded(signed(energy.0), 6, 1)
}

pub fn money(amount: i128, currency: &Currency) -> String {
    show_rounded(amount, currency.scale(), 2)
}
