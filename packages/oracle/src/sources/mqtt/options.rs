//! How a session is opened.

use std::path::Path;

use gridpact_client::ExposeSecret;
use rumqttc::{AckMode, MqttOptions, TlsConfiguration, Transport};

use crate::bounds::MAX_PACKET;
use crate::config::MqttSource;

/// Seconds between signs of life.
const KEEP_ALIVE: u16 = 30;

/// What the broker does while this oracle is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It keeps what comes: every message has its own time.
    Kept,
    /// It forgets.
    Clean,
}

/// The options of a session.
///
/// # Errors
/// A password or a certificate that cannot be read.
pub fn options(source: &MqttSource, kind: Kind) -> Result<MqttOptions, String> {
    let name = source.name.get_ref();
    let (id, clean) = match kind {
        Kind::Kept => (name.clone(), false),
        Kind::Clean => (format!("{name}-now"), true),
    };
    let mut options = MqttOptions::new(id, (source.broker.host.clone(), source.broker.port));
    let most = usize::try_from(MAX_PACKET).unwrap_or(usize::MAX);
    options
        .set_keep_alive(KEEP_ALIVE)
        .set_ack_mode(AckMode::Manual)
        .set_max_packet_size(most, most)
        .set_clean_session(clean);
    if let Some(user) = &source.user {
        match &source.password {
            Some(place) => {
                let password = place.read().map_err(|error| error.to_string())?;
                let password = password.expose_secret().as_bytes().to_vec();
                options.set_credentials(user.clone(), password);
            }
            None => {
                options.set_username(user.clone());
            }
        }
    }
    if source.broker.tls {
        options.set_transport(Transport::Tls(tls(source.ca.as_deref())?));
    }
    Ok(options)
}

fn tls(ca: Option<&Path>) -> Result<TlsConfiguration, String> {
    match ca {
        Some(path) => Ok(TlsConfiguration::Simple {
            ca: std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?,
            alpn: None,
            client_auth: None,
        }),
        None => TlsConfiguration::try_default_rustls().map_err(|error| error.to_string()),
    }
}
