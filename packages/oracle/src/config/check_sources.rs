//! What each source names and how it is reached: meters of this file, safe lines, topics and tokens of its own.

use std::collections::BTreeSet;

use toml::Spanned;

use super::place::{wrong, Wrong};
use super::shape::Config;
use super::sources::{MqttSource, PushListener, Topic};
use crate::bounds::MAX_TOPICS;

pub(super) fn topics(config: &Config, source: &MqttSource) -> Result<(), Wrong> {
    if !(1..=MAX_TOPICS).contains(&source.topics.len()) {
        let got = source.topics.len();
        return wrong(
            &source.name,
            format!("topics: expected 1 to {MAX_TOPICS}, got {got}"),
        );
    }
    if source.password.is_some() && !source.broker.tls && !is_here(&source.broker.host) {
        let problem = "a password: expected mqtts:// (or a broker on this machine), got mqtt://";
        return wrong(&source.name, problem.to_owned());
    }
    let mut seen = BTreeSet::new();
    for topic in &source.topics {
        known(config, &topic.meter)?;
        self::topic(topic)?;
        if !seen.insert(topic.topic.get_ref()) {
            return wrong(
                &topic.topic,
                format!(
                    "expected one entry a topic, got `{}` twice",
                    topic.topic.get_ref()
                ),
            );
        }
    }
    Ok(())
}

fn topic(topic: &Topic) -> Result<(), Wrong> {
    let text = topic.topic.get_ref();
    if text.is_empty() || text.len() > 256 || text.contains(['+', '#', '\0']) {
        return wrong(
            &topic.topic,
            format!("expected one topic of 1 to 256 bytes, without + and #, got `{text}`"),
        );
    }
    match (&topic.import, &topic.export) {
        (None, None) => wrong(
            &topic.topic,
            "expected import, export or both, got neither".to_owned(),
        ),
        (Some(import), Some(export)) if import == export => wrong(
            &topic.topic,
            "expected import and export at different places: one register cannot count both".to_owned(),
        ),
        _ => Ok(()),
    }
}

pub(super) fn push(config: &Config, push: &PushListener) -> Result<(), Wrong> {
    let listen = push.listen.get_ref();
    if push.tls.is_none() && !listen.ip().is_loopback() {
        return wrong(
            &push.listen,
            format!("expected a loopback address, or [push.tls], got {listen}"),
        );
    }
    let mut hashes = Vec::new();
    for token in &push.tokens {
        if token.meters.is_empty() {
            return wrong(&token.name, "meters: expected one or more, got none".to_owned());
        }
        for meter in &token.meters {
            known(config, meter)?;
        }
        if token.per_minute == 0 {
            return wrong(&token.name, "per_minute: expected 1 or more, got 0".to_owned());
        }
        if hashes.contains(&token.sha256) {
            return wrong(
                &token.name,
                "sha256: expected a token of its own, got another's".to_owned(),
            );
        }
        hashes.push(token.sha256);
    }
    Ok(())
}

pub(super) fn known(config: &Config, meter: &Spanned<String>) -> Result<(), Wrong> {
    if config.meter(meter.get_ref()).is_some() {
        return Ok(());
    }
    let names: Vec<&str> = config
        .meters
        .iter()
        .take(5)
        .map(|meter| meter.name.get_ref().as_str())
        .collect();
    let names = names.join(", ");
    wrong(
        meter,
        format!(
            "expected the name of a meter of this file ({names}, …), got `{}`",
            meter.get_ref()
        ),
    )
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
