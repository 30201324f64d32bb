//! Telling the broker.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use rumqttc::{AsyncClient, Event, Incoming, MqttOptions, PublishOptions, QoS};

use crate::homes::{Street, QUARTER};

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// A broker that is silent for so long is gone.
const PATIENCE: Duration = Duration::from_secs(30);
/// What a gateway keeps of the past, quarter hours: 40 days, beyond which no grid of the neighbourhood takes a report.
const KEPT: u64 = 40 * 96;
/// How many messages wait for the broker at once.
const AT_ONCE: usize = 1_000;

pub struct Broker {
    pub port: u16,
    pub password: String,
}

/// Tells every quarter hour that has passed, and waits for the next, until ended.
///
/// # Errors
/// The broker, the clock or the file of what was told.
pub async fn send(street: &Street, broker: Broker, clock: &Path, told: &Path) -> Result<()> {
    let mut last = match std::fs::read_to_string(told) {
        Ok(text) => number(&text, told)?,
        // The first quarter hour that began before it was switched on.
        Err(_) => now(clock)? / QUARTER - 1,
    };
    loop {
        let passed = now(clock)? / QUARTER;
        let from = last.max(passed.saturating_sub(KEPT)) + 1;
        if from <= passed {
            tell(street, &broker, from, passed).await?;
            last = passed;
            let part = told.with_extension("part");
            std::fs::write(&part, format!("{last}\n"))?;
            std::fs::rename(&part, told)?;
            println!(
                "told {} meters at {} boundaries, up to {}",
                street.homes.len(),
                passed - from + 1,
                passed * QUARTER
            );
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// One message a home and boundary, each acknowledged before this returns: a session for each time, since they are minutes apart.
async fn tell(street: &Street, broker: &Broker, from: u64, to: u64) -> Result<()> {
    let mut options = MqttOptions::new("gateway", ("127.0.0.1", broker.port));
    options
        .set_credentials("street", broker.password.clone())
        .set_keep_alive(30);
    let (client, mut events) = AsyncClient::builder(options).unbounded().build();
    let mut waiting = 0;
    for quarter in from..=to {
        for home in &street.homes {
            let (import, export) = home.registers(quarter - 1);
            // What happened by the boundary at which it is read.
            let payload = format!(
                r#"{{"time":{},"energy":{{"import":{},"export":{}}}}}"#,
                quarter * QUARTER,
                kwh(import),
                kwh(export)
            );
            let once = PublishOptions::new(QoS::AtLeastOnce);
            client
                .publish(format!("street/{}/energy", home.name), payload, once)
                .await?;
            waiting += 1;
            while waiting >= AT_ONCE {
                waiting -= acknowledged(&mut events).await?;
            }
        }
    }
    while waiting > 0 {
        waiting -= acknowledged(&mut events).await?;
    }
    Ok(())
}

async fn acknowledged(events: &mut rumqttc::EventLoop) -> Result<usize> {
    let event = tokio::time::timeout(PATIENCE, events.poll());
    let event = event.await.context("the broker acknowledges nothing")??;
    Ok(usize::from(matches!(event, Event::Incoming(Incoming::PubAck(_)))))
}

/// The chain's clock, unix seconds.
fn now(clock: &Path) -> Result<u64> {
    let ahead = number(
        &std::fs::read_to_string(clock).with_context(|| clock.display().to_string())?,
        clock,
    )?;
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() + ahead)
}

fn number(text: &str, file: &Path) -> Result<u64> {
    let shown = || format!("{}: expected a whole number, got {text:?}", file.display());
    text.trim().parse().with_context(shown)
}

fn kwh(milliwatt_hours: u64) -> String {
    format!(
        "{}.{:06}",
        milliwatt_hours / 1_000_000,
        milliwatt_hours % 1_000_000
    )
}
