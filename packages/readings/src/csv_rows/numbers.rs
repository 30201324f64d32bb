//! Cells as numbers.

use gridpact_units::decimal::energy::KILOWATT_HOUR_DECIMALS;
use gridpact_units::{decimal, Energy};

use super::CsvRows;
use crate::error::Error;
use crate::numbers::{Flaw, Numbers, Rounding, Unit};

impl CsvRows<'_> {
    /// A cell as a whole number of 10^-`scale` of its unit.
    pub fn decimal(&self, column: usize, scale: u32, unit: &str) -> Result<u64, Error> {
        let text = self.cell(column);
        let value = decimal::parse(text, scale)
            .ok()
            .and_then(|value| u64::try_from(value).ok());
        value.ok_or_else(|| {
            let max = decimal::show(u64::MAX.into(), scale);
            let expected = format!("{unit} as digits with at most {scale} behind the point, below {max}");
            self.bad(column, &expected, text)
        })
    }

    /// A cell of kWh.
    pub fn energy(&self, column: usize) -> Result<Energy, Error> {
        self.decimal(column, KILOWATT_HOUR_DECIMALS, "kWh").map(Energy)
    }

    /// A cell as a number of a unit, in mWh or mW; `None` where it says that there is none.
    pub fn value(&self, column: usize, unit: Unit, rounding: Option<Rounding>) -> Result<Option<u64>, Error> {
        self.number(column, self.cell(column), unit, rounding)
    }

    /// As [`CsvRows::value`], of a cell that may be below zero: how far from zero it is.
    pub fn magnitude(
        &self,
        column: usize,
        unit: Unit,
        rounding: Option<Rounding>,
    ) -> Result<Option<u64>, Error> {
        let text = self.cell(column);
        self.number(column, text.strip_prefix('-').unwrap_or(text), unit, rounding)
    }

    /// As [`CsvRows::value`], of the part of a cell that is its number.
    pub(crate) fn number(
        &self,
        column: usize,
        text: &str,
        unit: Unit,
        rounding: Option<Rounding>,
    ) -> Result<Option<u64>, Error> {
        if self.point.get().is_none() {
            self.point
                .set(text.chars().find(|sign| matches!(sign, '.' | ',')));
        }
        let point = self.point.get().unwrap_or('.');
        let decimals = unit.decimals();
        match (Numbers { point, rounding }).read(text, decimals) {
            Ok(value) => {
                let shapes = self.shapes.get();
                if !shapes.other {
                    self.shapes.set(shapes.and(text, point));
                }
                Ok(Some(value))
            }
            Err(Flaw::NoValue) => Ok(None),
            Err(Flaw::Other) => {
                let sign = if point == ',' { "comma" } else { "point" };
                let max = decimal::show(u64::MAX.into(), decimals);
                let unit = unit.name();
                let nearest = Some(Rounding::Nearest);
                let finer = (Numbers {
                    point,
                    rounding: nearest,
                })
                .read(text, decimals)
                .is_ok();
                let digits =
                    format!("{unit} as digits with at most {decimals} behind the {sign}, below {max}");
                // A signed column's sign was taken off already.
                let below_zero = text.starts_with('-') && text == self.cell(column);
                let expected = match rounding {
                    _ if below_zero => format!(
                        "{unit} as digits, not below zero: what was given to the wire is an export; a signed column is read by a profile as \
                         `net`"
                    ),
                    None if finer => format!("{digits}, or a stated `round` where there are more"),
                    None => digits,
                    Some(_) => format!("{unit} as digits, not negative, below {max}"),
                };
                Err(self.bad(column, &expected, text))
            }
        }
    }
}
