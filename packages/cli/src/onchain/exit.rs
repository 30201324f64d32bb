//! What the program's exit says to the script that called it.

use std::process::ExitCode;

/// All is well.
pub const OK: u8 = 0;
/// The chain refused it, something differs from what it should be, or a file could not be read.
pub const WRONG: u8 = 1;
/// The command line, or a file that it names, is wrong; nothing was sent. clap ends with the same number.
pub const BAD_ARGUMENTS: u8 = 2;
/// The network could not be reached or did not answer in time.
pub const NO_ANSWER: u8 = 3;

/// `readings check` found doubts.
pub const DOUBTS: u8 = 10;
/// `readings check` found losses.
pub const LOSSES: u8 = 11;

/// The end of `gridpact --help`.
pub const HELP: &str = "Exit codes:
  0  done
  1  refused by the chain, a difference was found, a promise was broken, or a file could not be read
  2  the command line or a file that it names is wrong; nothing was sent
  3  the network could not be reached, or did not answer in time
  10, 11  `readings check` found doubts, or readings that are missing";

/// The command line, or a file that it names, is wrong. Raised before anything is sent.
#[derive(Debug)]
pub struct BadArgument(pub String);

impl core::fmt::Display for BadArgument {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for BadArgument {}

/// Shorthand: an error that ends with [`BAD_ARGUMENTS`].
pub fn bad_argument(text: impl Into<String>) -> anyhow::Error {
    BadArgument(text.into()).into()
}

/// The exit code of an error, by its causes.
pub fn code(error: &anyhow::Error) -> ExitCode {
    let codes = error.chain().find_map(|cause| {
        if cause.is::<BadArgument>() {
            return Some(BAD_ARGUMENTS);
        }
        cause
            .downcast_ref()
            .map(of_client)
            .or_else(|| cause.downcast_ref().map(of_readings))
            .or_else(|| cause.downcast_ref().map(of_attest))
    });
    ExitCode::from(codes.unwrap_or(WRONG))
}

fn of_client(error: &gridpact_client::Error) -> u8 {
    use gridpact_client::Error;
    match error {
        Error::Unreachable { .. } | Error::TimedOut { .. } => NO_ANSWER,
        _ => WRONG,
    }
}

/// A file that can be read and is not as it should be was named by whoever called.
fn of_readings(error: &gridpact_readings::error::Error) -> u8 {
    use gridpact_readings::error::Error;
    match error {
        Error::Unreadable { .. } => WRONG,
        _ => BAD_ARGUMENTS,
    }
}

/// That there is nothing to report yet is nobody's mistake; the rest comes from the files of a report's way.
fn of_attest(error: &gridpact_attest::error::Error) -> u8 {
    use gridpact_attest::error::Error;
    match error {
        Error::NoMeter | Error::TooEarly { .. } => WRONG,
        _ => BAD_ARGUMENTS,
    }
}
