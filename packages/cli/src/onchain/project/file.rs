//! A project's terms as a file that its parties can read.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::Network;
use gridpact_types::escrow::terms::{Admission, MilestoneTerms, NamedParty, Terms, TERMS_VERSION};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::super::exit::bad_argument;
use super::super::{money, time};
use gridpact_units::decimal;

/// The file, as it stands. `projects/example.toml` explains every entry.
#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    title: String,
    description_uri: String,
    description_file: Option<PathBuf>,
    description_hash: Option<String>,
    target: String,
    cap: Option<String>,
    minimum: Option<String>,
    #[serde(default)]
    parties: Vec<Party>,
    deadline: String,
    contractor: String,
    accept_within: String,
    retention: String,
    review_period: String,
    defects_period: String,
    milestones: Vec<Milestone>,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
struct Party {
    account: String,
    amount: String,
}

#[derive(Deserialize, Debug, Clone)]
#[serde(deny_unknown_fields)]
struct Milestone {
    title: String,
    share: String,
    due: String,
}

impl ProjectFile {
    /// Reads a file.
    ///
    /// # Errors
    /// Not there, or not of this shape; the text names the line.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        toml::from_str(&text).map_err(|error| bad_argument(format!("{}: {error}", path.display())))
    }

    /// The terms; everything that is wrong is listed at once. `now` is what `+14d` counts from; `address` turns an account
    /// as people name it into an address.
    ///
    /// # Errors
    /// Entries that are not as expected.
    pub fn terms(
        &self,
        path: &Path,
        network: &Network,
        now: UnixSeconds,
        address: impl Fn(&str) -> Result<String>,
    ) -> Result<Terms> {
        let mut wrong = Wrong::default();
        let target = wrong.of("target", money::parse(&self.target, network));
        let asset = target.as_ref().map(|money| money.asset.clone());
        let amount = |wrong: &mut Wrong, name: &str, text: &str| {
            let asset = asset.as_ref()?;
            wrong.of(name, money::parse_of(text, asset, network))
        };
        let moment = |wrong: &mut Wrong, name: &str, text: &str| {
            wrong
                .of(name, time::parse_moment(text))
                .map(|moment| moment.from(now))
        };
        let cap = match &self.cap {
            Some(cap) => amount(&mut wrong, "cap", cap),
            None => target.as_ref().map(|money| money.amount),
        };
        let admission = match &self.minimum {
            Some(minimum) if self.parties.is_empty() => {
                amount(&mut wrong, "minimum", minimum).map(|minimum| Admission::Open { minimum })
            }
            None if !self.parties.is_empty() => {
                let parties = self.parties.iter().enumerate().map(|(number, party)| {
                    let name = format!("parties[{number}]");
                    let amount: Option<Amount> = amount(&mut wrong, &format!("{name}.amount"), &party.amount);
                    let address = wrong.of(&format!("{name}.account"), address(&party.account));
                    Some(NamedParty {
                        address: address?,
                        amount: amount?,
                    })
                });
                let parties: Vec<Option<NamedParty>> = parties.collect();
                let parties: Option<Vec<NamedParty>> = parties.into_iter().collect();
                parties.map(|parties| Admission::Named { parties })
            }
            _ => wrong.of::<_, String>(
                "parties",
                Err("expected either [[parties]] or minimum (an open call), one of them".to_owned()),
            ),
        };
        let milestones = self.milestones.iter().enumerate().map(|(number, milestone)| {
            let name = format!("milestones[{number}]");
            let share = wrong.of(&format!("{name}.share"), percent(&milestone.share));
            let due = moment(&mut wrong, &format!("{name}.due"), &milestone.due);
            Some(MilestoneTerms {
                title: milestone.title.clone(),
                share: share?,
                due: due?,
            })
        });
        let milestones: Vec<Option<MilestoneTerms>> = milestones.collect();
        let milestones: Option<Vec<MilestoneTerms>> = milestones.into_iter().collect();
        let deadline = moment(&mut wrong, "deadline", &self.deadline);
        let contractor = wrong.of("contractor", address(&self.contractor));
        let accept_within = wrong.of("accept_within", time::parse_duration(&self.accept_within));
        let retention = wrong.of("retention", percent(&self.retention));
        let review_period = wrong.of("review_period", time::parse_duration(&self.review_period));
        let defects_period = wrong.of("defects_period", time::parse_duration(&self.defects_period));
        let description_hash = wrong.of("description_hash", self.description_hash(path));
        let terms = || {
            Some(Terms {
                version: TERMS_VERSION,
                title: self.title.clone(),
                description_uri: self.description_uri.clone(),
                description_hash: description_hash?,
                asset: asset.clone()?,
                target: target.as_ref()?.amount,
                cap: cap?,
                admission: admission?,
                deadline: deadline?,
                contractor: contractor?,
                accept_within: accept_within?,
                milestones: milestones?,
                retention: retention?,
                review_period: review_period?,
                defects_period: defects_period?,
            })
        };
        let terms = terms();
        wrong.none(path)?;
        terms.context("terms are incomplete without a reason")
    }

    /// SHA-256 of the description, from the file beside this one or as it is given.
    fn description_hash(&self, path: &Path) -> Result<HexBinary> {
        match (&self.description_file, &self.description_hash) {
            (Some(file), None) => {
                let file = path.parent().unwrap_or(Path::new("")).join(file);
                let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
                Ok(HexBinary::from(&Sha256::digest(bytes)[..]))
            }
            (None, Some(hash)) => HexBinary::from_hex(hash)
                .ok()
                .filter(|hash| hash.len() == 32)
                .ok_or_else(|| bad_argument(format!("expected 64 hex digits, got `{hash}`"))),
            _ => Err(bad_argument(
                "expected description_file or description_hash, one of them",
            )),
        }
    }
}

/// `5%` or `2.5%`, to hundredths of a percent.
fn percent(text: &str) -> Result<BasisPoints, String> {
    let number = text.strip_suffix('%').map(str::trim);
    let points = number.and_then(|number| decimal::parse(number, 2).ok());
    points
        .and_then(|points| u16::try_from(points).ok())
        .filter(|points| *points <= 10_000)
        .map(BasisPoints)
        .ok_or_else(|| format!("expected a share as 5% or 2.5%, up to 100%, got `{text}`"))
}

/// Everything that is wrong with a file.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn of<T, E: core::fmt::Display>(&mut self, name: &str, entry: Result<T, E>) -> Option<T> {
        entry
            .map_err(|error| self.0.push(format!("  {name}: {error:#}")))
            .ok()
    }

    fn none(self, path: &Path) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(bad_argument(format!(
            "{}:\n{}",
            path.display(),
            self.0.join("\n")
        )))
    }
}
