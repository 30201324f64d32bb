//! What keeps files from being read, and what cannot be selected from them.

mod bad_row;
mod unknown_name;

use crate::bounds::{MAX_METERS, MAX_READINGS};
use bad_row::shown;
pub use bad_row::BadRow;
pub use unknown_name::UnknownName;

/// Why there are no readings.
#[derive(thiserror::Error, Debug)]
pub enum Error {
    /// The system does not give the file, or not to its end.
    #[error("cannot read {file}")]
    Unreadable {
        /// File name.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that is no table.
    #[error("{file}: expected readings as text, got {got}; {instead}")]
    Foreign {
        /// File name.
        file: String,
        /// What it is.
        got: String,
        /// What to do.
        instead: String,
    },
    /// Bytes that are no text.
    #[error(
        "{file}, line {line}: expected text in UTF-8, got other bytes; state the `encoding` where it is another, as latin-1 of \
         Western European spreadsheets"
    )]
    NotText {
        /// File name.
        file: String,
        /// Line, from 1.
        line: u64,
    },
    /// A row, or a header, that is not what it should be.
    #[error(transparent)]
    BadRow(#[from] Box<BadRow>),
    /// Two rows for one reading.
    #[error("{file}: lines {first} and {second} give the same interval of {meter}")]
    Twice {
        /// File name.
        file: String,
        /// Line of the first.
        first: u64,
        /// Line of the second.
        second: u64,
        /// Whose reading.
        meter: String,
    },
    /// Two rows for one reading, in two files.
    #[error(
        "{first}, line {first_line}, and {second}, line {second_line}, give the same interval of {meter}"
    )]
    TwiceAcross {
        /// The first file.
        first: String,
        /// Its line.
        first_line: u64,
        /// The second file.
        second: String,
        /// Its line.
        second_line: u64,
        /// Whose reading.
        meter: String,
    },
    /// Two equal rows beside a change of the clock.
    #[error(
        "{file}: lines {first} and {second} give the same interval of {meter} where its clock changes: expected every hour once, \
         got one doubled"
    )]
    DoubledHour {
        /// File name.
        file: String,
        /// Line of the first.
        first: u64,
        /// Line of the second.
        second: u64,
        /// Whose reading.
        meter: String,
    },
    /// A stamp that lies far from all others: a clock that was not set.
    #[error(
        "{file}, line {line}: expected a time near the others, {nearest} at the nearest, got {got} alone"
    )]
    Stray {
        /// File name.
        file: String,
        /// Line, from 1.
        line: u64,
        /// The nearest of the others.
        nearest: String,
        /// The stamp.
        got: String,
    },
    /// A reading that neither divides into the grid's intervals nor they into it.
    #[error(
        "{file}, line {line}: {meter} gives readings of {seconds} s from {start}: expected such as begin and end with intervals of \
         {interval} s, or divide them"
    )]
    Divide {
        /// File name.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Whose reading.
        meter: String,
        /// Its length, s.
        seconds: u32,
        /// Its start.
        start: String,
        /// Length of an interval, s.
        interval: u32,
    },
    /// Most of a meter's readings are more than its connection can give: another unit, or registers.
    #[error(
        "{file}, line {line}: {above} of {readings} readings of {meter} are above what the connection can give, {most}, the first of \
         them {got}: expected energies of intervals in the unit that the header names; state a register's totals, W or another unit \
         as such"
    )]
    MostAboveLimit {
        /// File name.
        file: String,
        /// Line of the first.
        line: u64,
        /// Whose.
        meter: String,
        /// How many are.
        above: u64,
        /// Of how many.
        readings: u64,
        /// What the connection can give.
        most: String,
        /// The first.
        got: String,
    },
    /// Registers and energies of one meter.
    #[error("{file}, line {line}: {meter} gives registers and energies: expected one of them")]
    Mixed {
        /// File name.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Whose reading.
        meter: String,
    },
    /// A file that breaks a rule of its format.
    #[error("{file}, line {line}: expected {expected}, got `{}`", shown(got))]
    Format {
        /// File name.
        file: String,
        /// Line, from 1.
        line: u64,
        /// What should stand there.
        expected: String,
        /// What does.
        got: String,
    },
    /// Of two files that go row by row together, one is shorter.
    #[error("{shorter} ends before {longer}, whose line {line} has no match")]
    Uneven {
        /// Name of the one that ends.
        shorter: String,
        /// Name of the other.
        longer: String,
        /// The other's line.
        line: u64,
    },
    /// Too few starts to tell an interval's length by.
    #[error("{file}: the interval's length is taken from the data: expected at least two interval starts, or a stated `interval`, \
         got {got}")]
    TooFewStarts {
        /// File name.
        file: String,
        /// Different starts.
        got: usize,
    },
    /// Starts whose steps are no length of an interval.
    #[error("{file}: the usual step between two interval starts is {step} s: expected one that divides an hour; moments at which a meter was \
         read are stamps of registers")]
    Step {
        /// File name.
        file: String,
        /// The usual step, s.
        step: u64,
    },
    /// No meter, or no interval.
    #[error("no readings: expected at least one meter and one interval, got {meters} and {intervals}")]
    NoReadings {
        /// Meters.
        meters: usize,
        /// Intervals.
        intervals: usize,
    },
    /// More meters than a grid holds.
    #[error("too many meters: a grid has at most {MAX_METERS} seats, got {got}")]
    TooManyMeters {
        /// Meters.
        got: usize,
    },
    /// More readings than are held at once.
    #[error(
        "too many readings: at most {MAX_READINGS} fit the memory allowed, got {meters} meters x {intervals} intervals"
    )]
    TooManyReadings {
        /// Meters.
        meters: usize,
        /// Intervals.
        intervals: usize,
    },
    /// A few readings of a very long time.
    #[error(
        "{file}: expected at least one reading in a thousand, got {readings} of {meters} meters x {intervals} intervals: is the year \
         of a stamp wrong?"
    )]
    Sparse {
        /// File name.
        file: String,
        /// Those that are there.
        readings: usize,
        /// Intervals from the first to the last.
        intervals: usize,
        /// Meters.
        meters: usize,
    },
    /// More homes asked for than there are, or none.
    #[error("expected 1 to {max} homes, as many as {dataset} has, got {got}")]
    Homes {
        /// Homes of the data.
        max: usize,
        /// Name of the data.
        dataset: String,
        /// Homes asked for.
        got: usize,
    },
    /// A beginning before there were unix seconds, or one that the local clock never shows.
    #[error("expected a beginning in 1970 or later that the local clock shows, got {got}")]
    From {
        /// The beginning asked for.
        got: String,
    },
    /// Nothing is left of the data.
    #[error("nothing selected: {covered}")]
    NothingSelected {
        /// What there would have been.
        covered: String,
    },
}
