//! What time it is here.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use gridpact_client::Network;
use gridpact_committee::moment::Moment;
use gridpact_units::UnixSeconds;

/// This machine's clock; on a devnet, moved as the chain's is.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    shift: Option<PathBuf>,
}

impl Clock {
    /// The clock beside a chain.
    pub fn of(network: &Network) -> Self {
        Self {
            shift: network.clock.clone(),
        }
    }

    /// Ahead of this machine's by the whole seconds that a file says.
    pub fn moved_by(file: PathBuf) -> Self {
        Self { shift: Some(file) }
    }

    /// Now.
    pub fn now(&self) -> UnixSeconds {
        self.moment().second()
    }

    /// Now, in milliseconds.
    pub fn moment(&self) -> Moment {
        let here = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let here = u64::try_from(here.as_millis()).unwrap_or(u64::MAX);
        let shift = self
            .shift
            .as_ref()
            .and_then(|path| std::fs::read_to_string(path).ok());
        let shift: u64 = shift
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or_default();
        Moment(here).plus(shift.saturating_mul(Moment::PER_SECOND))
    }
}
