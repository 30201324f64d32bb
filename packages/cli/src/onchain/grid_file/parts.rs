//! What a grid's file says, once it is read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use cosmwasm_std::HexBinary;
use gridpact_client::Network;
use gridpact_market::Policy;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::registry::committee::Committee;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::Seconds;

use crate::onchain::project::ProjectFile;
use crate::onchain::Wallet;

/// A grid, read and checked.
#[derive(Clone, Debug, PartialEq)]
pub struct GridFile {
    /// Where it stands.
    pub path: PathBuf,
    /// SHA-256 of its bytes, hex.
    pub checksum: String,
    /// The grid's name.
    pub name: String,
    /// Address of who admits meters.
    pub operator: String,
    /// Address of who may replace the code; nobody, unless the file names one.
    pub admin: Option<String>,
    /// The escrow.
    pub escrow: EscrowPlan,
    /// Codes that are stored already, by contract.
    pub codes: BTreeMap<String, u64>,
    /// mWh of a count.
    pub resolution: u32,
    /// How long a window stays provisional.
    pub challenge_period: Seconds,
    /// How long an interval may be reported.
    pub report_limit: Seconds,
    /// When rosters may begin.
    pub rosters_begin: RostersBegin,
    /// The oracles.
    pub committee: Committee,
    /// What homes pay in.
    pub asset: Asset,
    /// How surplus is shared and paid for.
    pub policy: Policy,
    /// Label and receiver of every fee of the policy.
    pub fees: Vec<(String, Receiver)>,
    /// Who gets what rounding leaves.
    pub rounding: Receiver,
    /// The projects among the receivers.
    pub projects: Vec<GridProject>,
}

/// A project of the escrow to which money of the grid goes.
#[derive(Clone, Debug, PartialEq)]
pub struct GridProject {
    /// Its number.
    pub number: ProjectId,
    /// What was agreed.
    pub terms: ProjectTerms,
    /// Address of who gets the money once the project has failed or was ended early.
    pub otherwise: String,
}

/// What a project was agreed to be.
#[derive(Clone, Debug, PartialEq)]
pub enum ProjectTerms {
    /// What a file says: opened with the grid where the escrow has no such project yet.
    File(Box<ProjectFile>),
    /// Terms of this hash: of a project that is open already.
    Hash(HexBinary),
}

/// Hash of the terms of each project of a grid's file, as its escrow has them or will have them.
pub type Hashes = BTreeMap<ProjectId, HexBinary>;

/// Where the grid's escrow comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EscrowPlan {
    /// Made with the grid, for these assets.
    New(Vec<Asset>),
    /// One that exists.
    At(String),
}

/// Who gets money of the community.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// An account.
    Account(String),
    /// The revenue of a project of the grid's escrow.
    Project(ProjectId),
}

/// What a file's names refer to.
#[derive(Clone, Copy, Debug)]
pub struct Names<'n> {
    /// Assets.
    pub network: &'n Network,
    /// Accounts.
    pub wallet: &'n Wallet,
}

/// Where the grid's contracts are, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// pledge-escrow.
    pub escrow: String,
    /// meter-registry.
    pub registry: String,
    /// energy-settlement.
    pub settlement: String,
}
