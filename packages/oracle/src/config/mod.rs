//! The one file that says what an oracle does. Unknown keys are refused, and every error names its line.

mod check;
mod check_sources;
mod place;
mod read;
mod secret;
mod shape;
mod sources;
mod text;

pub use read::ConfigError;
pub use secret::SecretError;
pub use shape::{Config, Keep, Keys, Local, Meter, Peers, ReportRules};
pub use sources::{
    Broker, FolderSource, MqttSource, P1Source, PushListener, PushToken, TlsFiles, Topic, ZoneName,
};
pub use text::{Pointer, SecretPlace, Span, TokenHash, Unit};
