//! A profile proposed for a table that nobody described: what its columns are called and what stands in them decide, and whatever
//! is only likely is said.

use core::fmt::Write;

use super::sample::Sample;
use super::times::{self, Times, WITH_OFFSET};
use super::words::{self, Way};
use super::{guess, NotProfile, Profile};
use crate::numbers::Unit;

/// What is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The profile.
    pub profile: Profile,
    /// Its file's text.
    pub text: String,
    /// What was assumed, a sentence each.
    pub notes: Vec<String>,
}

/// Most different cells of a column that says directions: tariffs of both.
const MAX_WAYS: usize = 8;
/// A total is so many times what it grows by in a row.
const REGISTER: u128 = 20;
/// Longer whole numbers are names of meters.
const LONGEST_NUMBER: usize = 12;

/// A column of numbers.
struct Value {
    column: usize,
    unit: Unit,
    way: Option<Way>,
    register: bool,
    /// Whether its numbers have more digits than an energy.
    fine: bool,
}

/// Proposes one, called `name`.
///
/// # Errors
/// What is missing: a time, a column of energies, a zone that is not stated.
pub fn propose(sample: &Sample, name: &str, zone: Option<&str>) -> Result<Proposal, NotProfile> {
    if let Some(profile) = guess(&sample.header) {
        let text = super::built_in_text(profile.name())
            .unwrap_or_default()
            .to_owned();
        let notes = vec![format!(
            "the profile built in `{}` fits these columns",
            profile.name()
        )];
        return Ok(Proposal { profile, text, notes });
    }
    let bad = |what: &str| NotProfile {
        what: what.to_owned(),
    };
    let times =
        times::find(sample).ok_or_else(|| bad("expected a column of times below the header, found none"))?;
    let zone = match (zone, times.format.as_str()) {
        (Some(zone), _) => zone,
        (None, WITH_OFFSET) => "UTC",
        (None, _) => return Err(bad(
            "the times have no offset: state the zone of the clock that wrote them, as --zone Europe/Vienna",
        )),
    };
    let mut notes = times.notes.clone();
    let taken: Vec<usize> = times
        .start
        .iter()
        .chain(times.end.iter().flatten())
        .copied()
        .collect();
    let directions = directions(sample, &taken);
    let mut values = values(sample, &taken, &mut notes);
    if directions.is_some() {
        values.truncate(1);
        values.iter_mut().for_each(|value| value.way = None);
    } else {
        name_ways(sample, &mut values, &mut notes);
    }
    if values.is_empty() {
        return Err(bad(
            "expected a column of energies, as `import_kwh` or `Verbrauch [kWh]`, found none",
        ));
    }
    let mut taken = taken;
    taken.extend(values.iter().map(|value| value.column));
    taken.extend(directions.iter().map(|(column, _, _)| *column));
    let meter = (0..sample.header.len()).find(|column| {
        !taken.contains(column)
            && words::is_meter(header(sample, *column))
            && sample.cells(*column).next().is_some()
    });
    if meter.is_none() {
        notes.push("no column names meters: all rows are of one, called as the file".to_owned());
    }
    taken.extend(meter);
    let quality = (0..sample.header.len())
        .find(|column| !taken.contains(column) && words::is_quality(header(sample, *column)));
    let text = Writing {
        sample,
        name,
        zone,
        times: &times,
        values: &values,
        directions: directions.as_ref(),
        meter,
        quality,
    }
    .text(&mut notes);
    Ok(Proposal {
        profile: Profile::parse(&text)?,
        text,
        notes,
    })
}

fn header(sample: &Sample, column: usize) -> &str {
    sample.header.get(column).map_or("", String::as_str)
}

/// A column whose cells say which way a row counts, with the cells of both.
type Directions = (usize, Vec<String>, Vec<String>);

fn directions(sample: &Sample, taken: &[usize]) -> Option<Directions> {
    (0..sample.header.len())
        .filter(|column| !taken.contains(column))
        .find_map(|column| {
            let cells = sample.different(column);
            let of = |way: Way| -> Vec<String> {
                let cells = cells.iter().filter(|cell| words::way(cell) == Some(way));
                cells.map(|cell| (*cell).to_owned()).collect()
            };
            let (import, export) = (of(Way::Import), of(Way::Export));
            let few = cells.len() <= MAX_WAYS && !cells.iter().any(|cell| number(cell).is_some());
            (few && !import.is_empty() && (!export.is_empty() || cells.len() > 1))
                .then_some((column, import, export))
        })
}

/// Columns of numbers that are called as energies are.
fn values(sample: &Sample, taken: &[usize], notes: &mut Vec<String>) -> Vec<Value> {
    let unit_of_rows =
        (0..sample.header.len()).find_map(|column| match sample.different(column).as_slice() {
            [only] => Unit::named(only),
            _ => None,
        });
    let mut values = Vec::new();
    for column in (0..sample.header.len()).filter(|column| !taken.contains(column)) {
        let name = header(sample, column);
        let numbers: Option<Vec<Number>> = sample.cells(column).map(number).collect();
        let Some(numbers) = numbers.filter(|numbers| !numbers.is_empty()) else {
            continue;
        };
        let whole_and_long = sample
            .cells(column)
            .all(|cell| cell.len() >= LONGEST_NUMBER && !cell.contains(['.', ',']));
        if !words::is_energy(name) || (words::is_meter(name) && words::unit(name).is_none()) || whole_and_long
        {
            continue;
        }
        let named = words::unit(name).or(unit_of_rows);
        if named.is_none() {
            notes.push(format!("`{name}` names no unit and is taken for kWh"));
        }
        let negative = numbers.iter().any(|number| number.negative);
        let register = is_register(&numbers) && !named.is_some_and(Unit::is_power);
        if register {
            notes.push(format!(
                "`{name}` grows all the time and is taken for what the meter shows"
            ));
        }
        values.push(Value {
            column,
            unit: named.unwrap_or(Unit::KilowattHours),
            way: if negative {
                Some(Way::Net)
            } else {
                words::way(name)
            },
            register,
            fine: numbers
                .iter()
                .any(|number| number.decimals > 6 || number.exponent),
        });
    }
    // All of one kind: what meters show stands beside what was used in some files, and only one of both is needed.
    let registers = values.iter().all(|value| value.register);
    if !registers {
        values.retain(|value| !value.register);
    }
    values
}

/// Says of every column which way it counts, where no cell does.
fn name_ways(sample: &Sample, values: &mut Vec<Value>, notes: &mut Vec<String>) {
    if let [only] = values.as_mut_slice() {
        if only.way.is_none() {
            only.way = Some(Way::Import);
            notes.push(format!(
                "`{}` is taken for what was used; nothing says that it was given",
                header(sample, only.column)
            ));
        }
    }
    values.retain(|value| {
        let kept = value.way.is_some();
        if !kept {
            notes.push(format!(
                "`{}` says not which way it counts and is left out",
                header(sample, value.column)
            ));
        }
        kept
    });
}

/// A number as somebody writes it.
struct Number {
    negative: bool,
    decimals: usize,
    exponent: bool,
    /// Its digits before the point.
    whole: u128,
}

fn number(cell: &str) -> Option<Number> {
    let (negative, digits) = cell
        .strip_prefix('-')
        .map_or((false, cell), |digits| (true, digits));
    let (mantissa, exponent) = digits
        .split_once(['e', 'E'])
        .map_or((digits, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let good_exponent = exponent
        .is_none_or(|exponent| exponent.len() <= 4 && all_digits(exponent.trim_start_matches(['-', '+'])));
    if whole.is_empty() || whole.len() > 30 || !all_digits(whole) || !all_digits(fraction) || !good_exponent {
        return None;
    }
    Some(Number {
        negative,
        decimals: fraction.len(),
        exponent: exponent.is_some(),
        whole: whole.parse().ok()?,
    })
}

/// Whether numbers only grow, by little beside what they are; several meters' rows may be mixed, so most steps must be such.
fn is_register(numbers: &[Number]) -> bool {
    let steps = numbers.iter().zip(numbers.iter().skip(1));
    let (mut little, mut all) = (0_usize, 0_usize);
    for (one, next) in steps {
        all = all.saturating_add(1);
        let grows = next.whole >= one.whole;
        let by = next.whole.saturating_sub(one.whole);
        little = little
            .saturating_add((grows && one.whole > 0 && by.saturating_mul(REGISTER) <= one.whole).into());
    }
    let first = numbers.first().map_or(0, |number| number.whole);
    let last = numbers.last().map_or(0, |number| number.whole);
    all > 3 && last > first && little.saturating_mul(10) >= all.saturating_mul(9)
}

/// What is written of a proposal.
struct Writing<'a> {
    sample: &'a Sample,
    name: &'a str,
    zone: &'a str,
    times: &'a Times,
    values: &'a [Value],
    directions: Option<&'a Directions>,
    meter: Option<usize>,
    quality: Option<usize>,
}

impl Writing<'_> {
    fn text(&self, notes: &mut Vec<String>) -> String {
        let mut text = format!(
            "# Proposed by `gridpact readings guess`; look through it before you believe it.\nname = {}\nzone = {}\n\n[time]\nstart = {}\n",
            quoted(self.name),
            quoted(self.zone),
            self.columns(&self.times.start)
        );
        // Writing to a String cannot fail.
        let _ = self.rest(&mut text, notes);
        text
    }

    fn rest(&self, text: &mut String, notes: &mut Vec<String>) -> core::fmt::Result {
        if let Some(end) = &self.times.end {
            writeln!(text, "end = {}", self.columns(end))?;
        }
        writeln!(text, "format = {}", quoted(&self.times.format))?;
        if self.times.ends {
            writeln!(text, "ends = true")?;
        }
        if let Some(meter) = self.meter {
            writeln!(text, "\n[meter]\ncolumn = {}", quoted(header(self.sample, meter)))?;
        }
        if let Some((column, import, export)) = self.directions {
            writeln!(
                text,
                "\n[direction]\ncolumn = {}",
                quoted(header(self.sample, *column))
            )?;
            writeln!(text, "import = {}\nexport = {}", list(import), list(export))?;
        }
        for value in self.values {
            writeln!(
                text,
                "\n[[values]]\ncolumn = {}",
                quoted(header(self.sample, value.column))
            )?;
            writeln!(text, "unit = {}", quoted(value.unit.name()))?;
            if let Some(way) = value.way {
                let way = match way {
                    Way::Import => "import",
                    Way::Export => "export",
                    Way::Net => "net",
                };
                writeln!(text, "direction = {}", quoted(way))?;
            }
            if value.register {
                writeln!(text, "register = true")?;
            }
            if value.fine {
                writeln!(
                    text,
                    "rounding = {}",
                    quoted(if value.register { "down" } else { "nearest" })
                )?;
                notes.push(format!(
                    "`{}` has more digits than an energy; they are rounded",
                    header(self.sample, value.column)
                ));
            }
        }
        if let Some(column) = self.quality {
            self.quality(column, text, notes)?;
        }
        Ok(())
    }

    fn quality(&self, column: usize, text: &mut String, notes: &mut Vec<String>) -> core::fmt::Result {
        writeln!(
            text,
            "\n[quality]\ncolumn = {}",
            quoted(header(self.sample, column))
        )?;
        let cells = self.sample.different(column);
        for name in [
            "measured",
            "substituted_final",
            "substituted_provisional",
            "missing",
        ] {
            let of = cells.iter().filter(|cell| words::quality(cell) == Some(name));
            let of: Vec<String> = of.map(|cell| (*cell).to_owned()).collect();
            if !of.is_empty() {
                writeln!(text, "{name} = {}", list(&of))?;
            }
        }
        let unknown: Vec<&str> = cells
            .into_iter()
            .filter(|cell| words::quality(cell).is_none())
            .collect();
        if !unknown.is_empty() {
            notes.push(format!(
                "what `{}` says in `{}` is not known and taken for a substitute that may change",
                unknown.join("`, `"),
                header(self.sample, column)
            ));
        }
        writeln!(text, "others = \"substituted_provisional\"")
    }

    fn columns(&self, columns: &[usize]) -> String {
        let names: Vec<String> = columns
            .iter()
            .map(|column| header(self.sample, *column).to_owned())
            .collect();
        list(&names)
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}
