//! What the file says.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use gridpact_units::{Seconds, Slot};
use serde::Deserialize;
use toml::Spanned;

use super::sources::{FolderSource, MqttSource, P1Source, PushListener};
use super::text::{SecretPlace, Span};

/// All that an oracle is told.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The network file of the chain.
    pub network: PathBuf,
    /// The registry's address.
    pub registry: String,
    /// Where the database, its lock and the archive are.
    pub folder: PathBuf,
    /// Who signs, and who pays.
    pub keys: Keys,
    /// When a report is made.
    #[serde(default)]
    pub report: ReportRules,
    /// How long readings stay whole.
    #[serde(default)]
    pub keep: Keep,
    /// What this machine alone may ask.
    #[serde(default)]
    pub local: Local,
    /// How the other members of a committee reach this one.
    #[serde(default)]
    pub peers: Peers,
    /// The meters that this oracle reads.
    pub meters: Vec<Meter>,
    /// P1 ports over TCP.
    #[serde(default)]
    pub p1: Vec<P1Source>,
    /// Folders of files.
    #[serde(default)]
    pub folders: Vec<FolderSource>,
    /// MQTT brokers.
    #[serde(default)]
    pub mqtt: Vec<MqttSource>,
    /// Readings that meters or gateways send by HTTP.
    pub push: Option<PushListener>,
}

/// Keys of accounts, 24 words each.
#[derive(Deserialize, Clone, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// Signs reports; its public key is in the committee.
    pub oracle: SecretPlace,
    /// Pays for carrying them; the oracle's own where none is named.
    pub carrier: Option<SecretPlace>,
}

/// When a report is made.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct ReportRules {
    /// Reports end at multiples of this.
    pub window: Span,
    /// Counted from so long after midnight in UTC, since a local day begins elsewhere.
    pub offset: Span,
    /// How long after its end a window is made: above two hours, so that holes below two hours can close.
    pub delay: Span,
    /// How often the chain is asked what comes next.
    pub look: Span,
}

impl Default for ReportRules {
    fn default() -> Self {
        Self {
            window: Span(Seconds::DAY),
            offset: Span(Seconds(0)),
            delay: Span(Seconds(2 * 3_600 + 600)),
            look: Span(Seconds(30)),
        }
    }
}

/// How long readings stay whole.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Keep {
    /// After this only the readings next to boundaries are kept.
    pub raw: Span,
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            raw: Span(Seconds::days(3)),
        }
    }
}

/// What this machine alone may ask.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Local {
    /// Health, metrics, status: a loopback address.
    pub listen: SocketAddr,
}

impl Default for Local {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 9_474)),
        }
    }
}

/// How the other members of a committee reach this one.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Peers {
    /// Where they call; without it this one only calls them.
    pub listen: Option<SocketAddr>,
}

/// A meter that this oracle reads.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct Meter {
    /// What sources and people call it.
    pub name: Spanned<String>,
    /// Its slot in the registry.
    pub slot: Slot,
    /// Energy of one count of its register, mWh: what a reading cannot be finer than.
    #[serde(default = "a_watt_hour")]
    pub count: u32,
    /// Where its register begins again at zero, mWh, if the maker says so.
    pub rollover: Option<u64>,
    /// How late its readings come, stated: `check` tells what can then never be in time.
    #[serde(default = "no_lag")]
    pub lag: Span,
    /// It has one register only, of what it takes: what it gives is 0, not unknown.
    #[serde(default)]
    pub import_only: bool,
}

const fn a_watt_hour() -> u32 {
    1_000
}

const fn no_lag() -> Span {
    Span(Seconds(0))
}

impl Config {
    /// The meter of a name.
    pub fn meter(&self, name: &str) -> Option<&Meter> {
        self.meters.iter().find(|meter| meter.name.get_ref() == name)
    }

    /// Makes paths start where the file is.
    pub(super) fn paths_beside(&mut self, folder: &Path) {
        self.network = folder.join(&self.network);
        self.folder = folder.join(&self.folder);
        self.keys.oracle.beside(folder);
        if let Some(carrier) = &mut self.keys.carrier {
            carrier.beside(folder);
        }
        for source in &mut self.folders {
            source.path = folder.join(&source.path);
        }
        for source in &mut self.mqtt {
            source.paths_beside(folder);
        }
        if let Some(tls) = self.push.as_mut().and_then(|push| push.tls.as_mut()) {
            tls.certificate = folder.join(&tls.certificate);
            tls.key.beside(folder);
        }
    }
}
