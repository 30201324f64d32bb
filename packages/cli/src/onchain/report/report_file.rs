//! The files between a report's steps, which travel between people's machines.

use std::path::Path;

use anyhow::{Context, Result};
use cosmwasm_std::Binary;
use gridpact_attest::certificate::Certificate;
use gridpact_attest::draft::Draft;
use gridpact_types::registry::committee::Signature;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::super::files;

/// A report as a file: a draft, or with its signatures a certificate.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct ReportFile {
    /// The chain it is for.
    pub chain_id: String,
    /// The registry it is for.
    pub registry: String,
    /// Its bytes.
    pub report: Binary,
    /// The quorum's signatures, members ascending; empty before `combine`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
}

impl ReportFile {
    /// The report without its signatures.
    pub fn draft(&self) -> Draft {
        Draft {
            chain_id: self.chain_id.clone(),
            registry: self.registry.clone(),
            report: self.report.clone(),
        }
    }
}

impl From<Draft> for ReportFile {
    fn from(draft: Draft) -> Self {
        Self::from(Certificate {
            draft,
            signatures: Vec::new(),
        })
    }
}

impl From<Certificate> for ReportFile {
    fn from(Certificate { draft, signatures }: Certificate) -> Self {
        Self {
            chain_id: draft.chain_id,
            registry: draft.registry,
            report: draft.report,
            signatures,
        }
    }
}

/// Reads a file of this shape, which must be there.
///
/// # Errors
/// It is not, or has another shape.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<T> {
    files::read_json(path)?.with_context(|| format!("{}: there is no such file", path.display()))
}
