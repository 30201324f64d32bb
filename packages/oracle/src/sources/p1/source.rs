//! The line to a P1 port, again and again.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::framing::{Framed, Framing};
use super::telegram::Telegram;
use crate::config::P1Source;
use crate::intake::{Arrival, Intake};
use crate::retry::Backoff;
use crate::store::error::StoreError;
use crate::tally::Outcome;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// A meter sends every second to every ten: a line that is silent for so long is dead.
const SILENCE: Duration = Duration::from_secs(60);
/// Of telegrams in the same so many seconds the first is kept: a hole of 300 s counts as measured.
const EVERY: u64 = 10;

/// Reads a port for ever.
pub async fn run(source: P1Source, intake: Intake) {
    let name = source.name.get_ref().clone();
    let mut backoff = Backoff::default();
    loop {
        let trouble = match timeout(CONNECT, TcpStream::connect(&source.address)).await {
            Err(_) => format!("{}: no connection within {} s", source.address, CONNECT.as_secs()),
            Ok(Err(error)) => format!("{}: {error}", source.address),
            Ok(Ok(stream)) => {
                intake.tally().up(&name);
                read(&source, &intake, stream, &mut backoff).await
            }
        };
        intake.tally().down(&name, &trouble);
        backoff.pause().await;
    }
}

/// Reads until the line breaks, and tells why it did.
async fn read(source: &P1Source, intake: &Intake, mut stream: TcpStream, backoff: &mut Backoff) -> String {
    let mut framing = Framing::default();
    let mut buffer = [0; 1_024];
    let mut last = None;
    loop {
        let count = match timeout(SILENCE, stream.read(&mut buffer)).await {
            Err(_) => return format!("{}: silent for {} s", source.address, SILENCE.as_secs()),
            Ok(Err(error)) => return format!("{}: {error}", source.address),
            Ok(Ok(0)) => return format!("{}: closed by the other side", source.address),
            Ok(Ok(count)) => count,
        };
        for framed in framing.take(buffer.get(..count).unwrap_or_default()) {
            match take(source, intake, framed, &mut last).await {
                Ok(true) => backoff.reset(),
                Ok(false) => {}
                // The next telegram brings the register again.
                Err(error) => return error.to_string(),
            }
        }
    }
}

/// Keeps a telegram's registers; says whether it was one.
async fn take(
    source: &P1Source,
    intake: &Intake,
    framed: Framed,
    last: &mut Option<u64>,
) -> Result<bool, StoreError> {
    let name = source.name.get_ref();
    let telegram = match &framed {
        Framed::Broken => Err("telegram: broken off".to_owned()),
        Framed::Telegram(bytes) => {
            Telegram::parse(bytes, source.zone.zone()).map_err(|error| format!("telegram: {error}"))
        }
    };
    let telegram = match telegram {
        Ok(telegram) => telegram,
        Err(trouble) => {
            intake.tally().count(name, Outcome::Unreadable, 1);
            intake.tally().unreadable(name, &trouble);
            return Ok(false);
        }
    };
    let samples = telegram.samples(intake.now());
    let part = samples.first().and_then(|sample| sample.at.0.checked_div(EVERY));
    if part == *last {
        // A clock that stands still is seen here alone.
        if let Some(sample) = samples.first() {
            let (meter, now) = (source.meter.get_ref(), intake.now());
            intake.tally().heard(name, meter, sample.at, now);
        }
        intake.tally().count(name, Outcome::Between, samples.len() as u64);
        return Ok(true);
    }
    *last = part;
    let arrival = Arrival {
        meter: source.meter.get_ref().clone(),
        samples,
    };
    intake.take(name, vec![arrival]).await?;
    Ok(true)
}
