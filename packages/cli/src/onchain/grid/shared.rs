//! The shared file of a committee of several, as far as households are told of it: who reads what.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use gridpact_client::Registry;
use gridpact_committee::chain::Committee;
use gridpact_committee::file::readers::read_alike;
use gridpact_committee::file::shape::SharedFile;
use gridpact_committee::file::warn::warnings;
use gridpact_types::registry::answers::CommitteeResponse;
use gridpact_units::Seconds;
use serde_json::{json, Value};

use crate::onchain::exit::bad_argument;
use crate::onchain::Session;

/// A shared file and the committee that it is read for.
#[derive(Debug)]
pub struct Shared {
    file: SharedFile,
    epoch: u32,
    committee: Committee,
}

impl Shared {
    /// Reads a file and holds it against the grid; notes what households should know of a committee that does not fit it.
    ///
    /// # Errors
    /// Unreadable; not a shared file; of another chain or registry.
    pub fn read(
        session: &Session,
        registry: &Registry,
        path: &Path,
        newest: &CommitteeResponse,
    ) -> Result<Self> {
        let place = path.display();
        let text = fs::read_to_string(path).with_context(|| place.to_string())?;
        // Shorter slots than the oracles take are their affair: nothing here goes by them.
        let file = SharedFile::parse_with(&text, Seconds(1))
            .map_err(|error| bad_argument(format!("--shared-file {place}: {error}")))?;
        for (key, got, expected) in [
            ("chain_id", &file.chain_id, session.network().chain_id.as_str()),
            ("registry", &file.registry, registry.address()),
        ] {
            if got != expected {
                return Err(bad_argument(format!(
                    "--shared-file {place}: {key}: expected `{expected}`, which this grid has, got `{got}`"
                )));
            }
        }
        let members = newest.committee.members.iter();
        let committee = Committee {
            // The registry takes no key of another length; one that is none is nobody's.
            keys: members
                .map(|member| member.public_key.as_slice().try_into().unwrap_or([0; 33]))
                .collect(),
            quorum: newest.committee.quorum,
        };
        for warning in warnings(&file, &committee, &[]) {
            session.note(&format!("{place}: {warning}"));
        }
        let epoch = newest.epoch;
        Ok(Self {
            file,
            epoch,
            committee,
        })
    }

    /// What the file calls whoever has a key.
    pub fn name(&self, key: &[u8]) -> Option<&str> {
        let member = self.file.members.iter().find(|member| member.key.0 == *key);
        member.map(|member| member.name.as_str())
    }

    /// `readers` of `grid.json`: meters that are read alike are one entry; members are positions in the committee of `epoch`.
    pub fn readers(&self) -> Value {
        let meters = read_alike(&self.file, &self.committee).into_iter().map(|alike| {
            let slots: Vec<_> = alike.slots.iter().map(|(from, to)| [from.0, to.0]).collect();
            json!({ "slots": slots, "read_by": alike.read_by, "need": alike.need, "home": alike.home })
        });
        json!({
            "version": self.file.version,
            "from": self.file.from.0 .0,
            "epoch": self.epoch,
            "meters": meters.collect::<Vec<_>>(),
        })
    }
}
