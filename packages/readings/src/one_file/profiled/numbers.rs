//! Numbers of somebody's table: with a sign, with their unit behind them, with marks between thousands.

use std::borrow::Cow;

use super::Reader;
use crate::error::Error;
use crate::numbers::Unit;
use crate::one_file::streams::Direction;
use crate::profile::told::{Sign, Value};

impl Reader<'_> {
    /// A number, and which way it counts: of a net column by its sign.
    pub(super) fn number(
        &self,
        column: usize,
        (value, unit): (&Value, Unit),
        direction: Direction,
    ) -> Result<(Direction, Option<u64>), Error> {
        let rounding = value.rounding().or(self.rounding);
        let cell = without_unit(self.rows.cell(column), unit);
        let text = match value.thousands {
            Some(mark) => without_marks(cell, mark).ok_or_else(|| {
                let expected = format!("{} with `{mark}` between thousands", unit.name());
                self.rows.bad_cell(column, &expected)
            })?,
            None => Cow::Borrowed(cell),
        };
        if value.direction != Some(Sign::Net) {
            return Ok((direction, self.rows.number(column, &text, unit, rounding)?));
        }
        let magnitude = text.strip_prefix(['-', '\u{2212}']);
        let number = self
            .rows
            .number(column, magnitude.unwrap_or(&text), unit, rounding)?;
        let given = magnitude.is_some();
        Ok((if given { Direction::Export } else { direction }, number))
    }
}

/// `0,125` of `0,125 kWh`, where that is the column's unit; another unit stays, and is refused with the number.
fn without_unit(cell: &str, unit: Unit) -> &str {
    let begins =
        cell.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '+' | '\u{2212}'));
    let at = cell.find(|sign: char| sign.is_ascii_alphabetic());
    let Some((number, said)) = at.filter(|_| begins).and_then(|at| cell.split_at_checked(at)) else {
        return cell;
    };
    match Unit::named(said) == Some(unit) {
        true => number.trim_end(),
        false => cell,
    }
}

/// A number without the marks between its thousands; `None` where they stand elsewhere.
fn without_marks(cell: &str, mark: char) -> Option<Cow<'_, str>> {
    if !cell.contains(mark) {
        return Some(Cow::Borrowed(cell));
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = cell.trim_start_matches(['-', '+', '\u{2212}']);
    let end = unsigned.find(|sign: char| !sign.is_ascii_digit() && sign != mark);
    let (whole, fraction) = unsigned.split_at(end.unwrap_or(unsigned.len()));
    let mut groups = whole.split(mark);
    let first = groups
        .next()
        .is_some_and(|first| digits(first) && first.len() <= 3);
    let others = groups.all(|group| digits(group) && group.len() == 3);
    (first && others && !fraction.contains(mark)).then(|| Cow::Owned(cell.replace(mark, "")))
}
