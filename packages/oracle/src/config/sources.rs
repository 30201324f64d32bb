//! Where readings come from.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use gridpact_readings::clock::Zone;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::text::{Pointer, SecretPlace, TokenHash, Unit};

/// A P1 port behind TCP: `ser2net`, `socat`, or a reader that sends the telegram as it is.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct P1Source {
    /// What people call it.
    pub name: Spanned<String>,
    /// `host:port`.
    pub address: String,
    /// Whose meter.
    pub meter: Spanned<String>,
    /// The zone that the meter's clock shows.
    #[serde(default)]
    pub zone: ZoneName,
}

/// A folder that files are put into.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct FolderSource {
    /// What people call it.
    pub name: Spanned<String>,
    /// The folder; `done/` and `refused/` are made in it.
    pub path: PathBuf,
    /// The zone of stamps that name none; such stamps are refused where none is named.
    pub zone: Option<ZoneName>,
    /// The columns are totals of registers.
    #[serde(default)]
    pub registers: bool,
    /// Stamps name the end of an interval.
    #[serde(default)]
    pub stamps_are_ends: bool,
}

/// A broker of MQTT, and what is read there.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct MqttSource {
    /// What people call it; also the client's id at the broker, which must be no other client's.
    pub name: Spanned<String>,
    /// `mqtts://host:8883`, or `mqtt://127.0.0.1:1883`.
    pub broker: Broker,
    /// Name at the broker.
    pub user: Option<String>,
    /// Password at the broker.
    pub password: Option<SecretPlace>,
    /// PEM file of the authorities whose certificate the broker may have; without it, those of the system.
    pub ca: Option<PathBuf>,
    /// What is read; one topic names one meter.
    pub topics: Vec<Topic>,
}

impl MqttSource {
    pub(super) fn paths_beside(&mut self, folder: &Path) {
        if let Some(password) = &mut self.password {
            password.beside(folder);
        }
        if let Some(ca) = &mut self.ca {
            *ca = folder.join(&*ca);
        }
    }
}

/// Where a broker is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broker {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Over TLS.
    pub tls: bool,
}

impl Broker {
    /// As people write it.
    pub fn authority(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

impl<'de> Deserialize<'de> for Broker {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = [("mqtts://", true), ("mqtt://", false)]
            .into_iter()
            .find_map(|(scheme, tls)| Some((text.strip_prefix(scheme)?, tls)));
        let parts = found.and_then(|(rest, tls)| {
            let (host, port) = rest.trim_end_matches('/').rsplit_once(':')?;
            let plain = !host.is_empty() && !host.contains(['@', '/', '?']);
            plain.then_some(Self {
                host: host.to_owned(),
                port: port.parse().ok()?,
                tls,
            })
        });
        parts.ok_or_else(|| {
            // A password may stand in it: only what is expected is told.
            serde::de::Error::custom("expected mqtts://HOST:PORT, or mqtt://HOST:PORT in one's own house")
        })
    }
}

/// What one topic says.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// The topic, without wildcards.
    pub topic: Spanned<String>,
    /// Whose meter.
    pub meter: Spanned<String>,
    /// Where the register of what is taken stands; "" where the payload is the number.
    pub import: Option<Pointer>,
    /// The same of what is given.
    pub export: Option<Pointer>,
    /// What is counted.
    pub unit: Unit,
    /// Where the time stands; without it, the time of receipt counts.
    pub time: Option<Pointer>,
    /// The zone of times that name none.
    #[serde(default)]
    pub zone: ZoneName,
}

/// Who may send readings by HTTP, and where.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct PushListener {
    /// Address; without TLS a loopback address only.
    pub listen: Spanned<SocketAddr>,
    /// Certificate and key.
    pub tls: Option<TlsFiles>,
    /// Who may send.
    pub tokens: Vec<PushToken>,
}

/// A certificate and its key, PEM.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// The chain of certificates.
    pub certificate: PathBuf,
    /// The key.
    pub key: SecretPlace,
}

/// One sender.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct PushToken {
    /// What people call it.
    pub name: Spanned<String>,
    /// Hash of its token; `gridpact-oracle token` makes one.
    pub sha256: TokenHash,
    /// The meters that it may speak of.
    pub meters: Vec<Spanned<String>>,
    /// How many requests it may make in a minute.
    #[serde(default = "a_request_in_five_seconds")]
    pub per_minute: u32,
}

const fn a_request_in_five_seconds() -> u32 {
    12
}

/// The zone of a clock that does not say its own, by its IANA name; central Europe's where none is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneName(Zone);

impl ZoneName {
    /// The zone.
    pub const fn zone(self) -> Zone {
        self.0
    }
}

impl Default for ZoneName {
    fn default() -> Self {
        Self(Zone::CentralEurope)
    }
}

impl<'de> Deserialize<'de> for ZoneName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let zone = Zone::named(&text);
        zone.map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!(
                "expected a zone as Europe/Vienna, UTC or Etc/GMT-1 (an hour ahead of UTC all year), got `{text}`"
            ))
        })
    }
}
