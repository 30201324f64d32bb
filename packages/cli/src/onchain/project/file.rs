//! A project's terms as a file that its parties can read.

use std::path::Path;

use anyhow::{Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::Network;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::{
    Admission, DeciderTerms, MilestoneTerms, NamedParty, PayeePart, Terms, TERMS_VERSION,
};
use gridpact_units::{decimal, Amount, BasisPoints, Seconds, UnixSeconds};
use sha2::{Digest, Sha256};

use super::super::fields::{self, Fields};
use super::super::money;
use super::super::time::{self, Moment};

/// The file, read and checked. `projects/example.toml` explains every entry.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectFile {
    title: String,
    description_uri: String,
    description_hash: HexBinary,
    asset: Asset,
    target: Amount,
    cap: Amount,
    admission: Admission,
    deadline: Moment,
    contractor: String,
    accept_within: Seconds,
    milestones: Vec<Milestone>,
    grace: Seconds,
    retention: BasisPoints,
    review_period: Seconds,
    defects_period: Seconds,
    consent: BasisPoints,
    decider: Option<DeciderTerms>,
    bond: Amount,
    payees: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Milestone {
    title: String,
    share: BasisPoints,
    due: Moment,
    payees: Vec<PayeePart>,
}

impl ProjectFile {
    /// Reads and checks a file. `address` turns an account as people name it into an address.
    ///
    /// # Errors
    /// The file cannot be read; or everything that is wrong with it, each with its line.
    pub fn read(path: &Path, network: &Network, address: impl Fn(&str) -> Result<String>) -> Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let reader = Reader {
            folder,
            network,
            address,
        };
        fields::read(path, &text, |file, _| reader.project(file))
    }

    /// Short name.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it is paid in.
    pub fn asset(&self) -> &Asset {
        &self.asset
    }

    /// A moment at which it can be opened as far as its deadline goes.
    pub fn before_its_deadline(&self) -> UnixSeconds {
        match self.deadline {
            Moment::At(deadline) => UnixSeconds(deadline.0.saturating_sub(1)),
            Moment::After(_) => UnixSeconds(0),
        }
    }

    /// Whether these are the terms of this file, whenever it was opened.
    pub fn says(&self, terms: &Terms) -> bool {
        let due = self.milestones.iter().map(|milestone| milestone.due);
        let own = [self.deadline].into_iter().chain(due);
        let theirs = [terms.deadline]
            .into_iter()
            .chain(terms.milestones.iter().map(|milestone| milestone.due));
        // One moment that counts from the opening tells when that was.
        let opened = own.zip(theirs).find_map(|(own, theirs)| match own {
            Moment::At(_) => None,
            Moment::After(wait) => theirs.0.checked_sub(wait.0).map(UnixSeconds),
        });
        self.terms(opened.unwrap_or_default()) == *terms
    }

    /// The terms; `now` is what `+14d` counts from.
    pub fn terms(&self, now: UnixSeconds) -> Terms {
        let file = self.clone();
        let milestone = |milestone: Milestone| MilestoneTerms {
            title: milestone.title,
            share: milestone.share,
            due: milestone.due.from(now),
            payees: milestone.payees,
        };
        Terms {
            version: TERMS_VERSION,
            title: file.title,
            description_uri: file.description_uri,
            description_hash: file.description_hash,
            asset: file.asset,
            target: file.target,
            cap: file.cap,
            admission: file.admission,
            deadline: file.deadline.from(now),
            contractor: file.contractor,
            accept_within: file.accept_within,
            milestones: file.milestones.into_iter().map(milestone).collect(),
            grace: file.grace,
            retention: file.retention,
            review_period: file.review_period,
            defects_period: file.defects_period,
            consent: file.consent,
            decider: file.decider,
            bond: file.bond,
            payees: file.payees,
        }
    }
}

/// What the file's names refer to.
struct Reader<'r, A> {
    /// Where the file stands.
    folder: &'r Path,
    network: &'r Network,
    address: A,
}

impl<A: Fn(&str) -> Result<String>> Reader<'_, A> {
    /// Everything in the file; `None` where a problem was noted.
    fn project(&self, file: Fields) -> Option<ProjectFile> {
        let title = file.text("title", as_it_is);
        let description_uri = file.text("description_uri", as_it_is);
        let description_hash = self.description_hash(&file);
        let target = file.text("target", |text| money::parse(text, self.network));
        let asset = target.as_ref().map(|target| target.asset.clone());
        let target = target.map(|target| target.amount);
        let cap = if file.has("cap") {
            file.text("cap", |text| self.amount(text, asset.as_ref()))
        } else {
            target
        };
        let admission = self.admission(&file, asset.as_ref());
        let deadline = file.text("deadline", time::parse_moment);
        let contractor = file.text("contractor", &self.address);
        let accept_within = file.text("accept_within", time::parse_duration);
        let milestones = milestones(&file);
        let grace = file.text("grace", time::parse_duration);
        let retention = file.text("retention", percent);
        let review_period = file.text("review_period", time::parse_duration);
        let defects_period = file.text("defects_period", time::parse_duration);
        let consent = file.text("consent", percent);
        let decider = if file.has("decider") {
            file.table("decider")
                .and_then(|table| self.decider(table))
                .map(Some)
        } else {
            Some(None)
        };
        let bond = if file.has("bond") {
            file.text("bond", |text| self.amount(text, asset.as_ref()))
        } else {
            Some(Amount::ZERO)
        };
        let payees: Vec<_> = file
            .tables("payees")
            .into_iter()
            .map(|table| self.payee(table))
            .collect();
        file.finish();
        Some(ProjectFile {
            title: title?,
            description_uri: description_uri?,
            description_hash: description_hash?,
            asset: asset?,
            target: target?,
            cap: cap?,
            admission: admission?,
            deadline: deadline?,
            contractor: contractor?,
            accept_within: accept_within?,
            milestones: milestones?,
            grace: grace?,
            retention: retention?,
            review_period: review_period?,
            defects_period: defects_period?,
            consent: consent?,
            decider: decider?,
            bond: bond?,
            payees: payees.into_iter().collect::<Option<_>>()?,
        })
    }

    fn decider(&self, table: Fields) -> Option<DeciderTerms> {
        let address = table.text("account", &self.address);
        let time_limit = table.text("time_limit", time::parse_duration);
        let objection = table.text("objection", percent);
        let silence = table.text("silence", percent);
        table.finish();
        Some(DeciderTerms {
            address: address?,
            time_limit: time_limit?,
            objection: objection?,
            silence: silence?,
        })
    }

    fn payee(&self, table: Fields) -> Option<String> {
        let address = table.text("account", &self.address);
        table.finish();
        address
    }

    /// SHA-256 of the description, from the file beside this one or as it is given.
    fn description_hash(&self, file: &Fields) -> Option<HexBinary> {
        match (file.has("description_file"), file.has("description_hash")) {
            (true, false) => file.text("description_file", |name| -> Result<_> {
                let path = self.folder.join(name);
                let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
                Ok(HexBinary::from(&Sha256::digest(bytes)[..]))
            }),
            (false, true) => file.text("description_hash", |text| {
                let hash = HexBinary::from_hex(text).ok().filter(|hash| hash.len() == 32);
                hash.ok_or_else(|| format!("expected 64 hex digits, got `{text}`"))
            }),
            _ => file.problem(
                "description_hash",
                "expected description_file or description_hash, one of them",
            ),
        }
    }

    /// Who may pledge: named parties, or everybody from a minimum on.
    fn admission(&self, file: &Fields, asset: Option<&Asset>) -> Option<Admission> {
        let parties = file.tables("parties");
        match (parties.is_empty(), file.has("minimum")) {
            (true, true) => {
                let minimum = file.text("minimum", |text| self.amount(text, asset));
                minimum.map(|minimum| Admission::Open { minimum })
            }
            (false, false) => {
                let parties: Vec<_> = parties
                    .into_iter()
                    .map(|table| self.party(table, asset))
                    .collect();
                let parties = parties.into_iter().collect::<Option<_>>();
                parties.map(|parties| Admission::Named { parties })
            }
            _ => file.problem(
                "parties",
                "expected either [[parties]] or minimum (an open call), one of them",
            ),
        }
    }

    fn party(&self, table: Fields, asset: Option<&Asset>) -> Option<NamedParty> {
        let address = table.text("account", &self.address);
        let amount = table.text("amount", |text| self.amount(text, asset));
        table.finish();
        Some(NamedParty {
            address: address?,
            amount: amount?,
        })
    }

    /// Money in the target's asset; in any, where what is wrong with the target is told already.
    fn amount(&self, text: &str, asset: Option<&Asset>) -> Result<Amount> {
        match asset {
            Some(asset) => money::parse_of(text, asset, self.network),
            None => money::parse(text, self.network).map(|money| money.amount),
        }
    }
}

fn milestones(file: &Fields) -> Option<Vec<Milestone>> {
    let tables = file.tables("milestones");
    if tables.is_empty() {
        return file.problem("milestones", "expected at least one [[milestones]], got none");
    }
    // All are read, so that a problem in one does not hide those of the others.
    let milestones: Vec<_> = tables.into_iter().map(milestone).collect();
    milestones.into_iter().collect()
}

fn milestone(table: Fields) -> Option<Milestone> {
    let title = table.text("title", as_it_is);
    let share = table.text("share", percent);
    let due = table.text("due", time::parse_moment);
    let payees = if table.has("payees") {
        table.texts("payees", payee_part)
    } else {
        Some(vec![])
    };
    table.finish();
    Some(Milestone {
        title: title?,
        share: share?,
        due: due?,
        payees: payees?,
    })
}

/// `1: 30%`, of the milestone that it stands in.
fn payee_part(text: &str) -> Result<PayeePart, String> {
    let sides = text.split_once(':');
    let number = sides.and_then(|(number, _)| number.trim().parse().ok());
    match (number, sides) {
        (Some(payee), Some((_, part))) => Ok(PayeePart {
            payee,
            part: percent(part.trim())?,
        }),
        _ => Err(format!(
            "expected a payee's number and part as 1: 30%, got `{text}`"
        )),
    }
}

fn as_it_is(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

/// `5%` or `2.5%`, to hundredths of a percent.
pub(super) fn percent(text: &str) -> Result<BasisPoints, String> {
    let number = text.strip_suffix('%').map(str::trim);
    let points = number.and_then(|number| decimal::parse(number, 2).ok());
    points
        .and_then(|points| u16::try_from(points).ok())
        .map(BasisPoints)
        .filter(|points| *points <= BasisPoints::WHOLE)
        .ok_or_else(|| format!("expected a share as 5% or 2.5%, up to 100%, got `{text}`"))
}
