//! What can be asked of `gridpact meter`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use cosmwasm_std::HexBinary;
use gridpact_types::registry::meters::{Admission, MeterKind, MeterProposal, ProposalId, Provenance};
use gridpact_units::decimal::energy;
use gridpact_units::{Power, Ppm};
use sha2::{Digest, Sha256};

use super::super::ContractArgs;

const EXAMPLES: &str = "Examples:
  gridpact meter propose --serial 1EMH0012345678 --salt \"my own words\" --kind prosumer \\
      --import-limit \"17 kW\" --export-limit \"10 kW\" --from house-a
  gridpact meter proposals
  gridpact meter admit 1 2 3 --from operator
  gridpact meter list
  gridpact meter list --csv meters.csv      # and then: gridpact simulate --data my.csv --meters meters.csv --grid grids/my.toml

The serial number never leaves this machine: its SHA-256 with the salt does. Keep the salt to prove later which meter it is;
without one, whoever can guess serial numbers can find the meter.";

/// Options of `meter`.
#[derive(Args, Debug, Clone)]
#[command(after_help = EXAMPLES)]
pub struct MeterArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// The contract, chain, key and output.
    #[command(flatten)]
    pub on: ContractArgs,
}

/// What can be done with meters.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// Propose your meter; the operator admits it.
    Propose(Proposal),
    /// Drop a proposal: your own, any as the operator, or one that expired.
    Drop {
        /// The proposal's number.
        proposal: ProposalId,
    },
    /// Meters that wait for admission, the newest first.
    Proposals {
        /// Only those of this account. By default everybody's.
        #[arg(long, value_name = "ADDRESS")]
        owner: Option<String>,
    },
    /// Admit proposed meters, as the operator.
    Admit(AdmitArgs),
    /// Every meter; with --csv also as the file that `simulate`, `readings check` and `report make` take with --meters.
    List {
        /// Write it here: a row a meter, named by its slot. Since when each takes part is left out, so that readings of any time can
        /// be tried. Put your own names of meters in the column `meter` where files name them otherwise.
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
    },
    /// One meter.
    Show {
        /// Its slot.
        slot: u32,
    },
    /// The order in which a report lists the readings: seat by seat, with the power limits of each.
    Roster {
        /// The roster's version. By default the one that the next report must follow.
        #[arg(long, value_name = "N")]
        version: Option<u32>,
    },
}

/// A meter to propose.
#[derive(Args, Debug, Clone)]
pub struct Proposal {
    /// Serial number, hashed here together with the salt.
    #[arg(long, value_name = "TEXT")]
    pub serial: String,
    /// Words of your own that make the hash yours.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub salt: String,
    /// What stands behind the meter.
    #[arg(long, value_enum)]
    pub kind: Kind,
    /// Most the connection can take: "17 kW" or "4600 W".
    #[arg(long, value_name = "POWER", value_parser = energy::parse_power)]
    pub import_limit: Power,
    /// Most the connection can give.
    #[arg(long, value_name = "POWER", value_parser = energy::parse_power, default_value = "0 W")]
    pub export_limit: Power,
    /// How far its readings can be trusted.
    #[arg(long, value_enum, default_value = "sealed")]
    pub provenance: Grade,
    /// Part of the meter that belongs to this grid, in millionths.
    #[arg(long, value_name = "PPM", default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub part: u32,
}

/// Which proposals to admit, and how.
#[derive(Args, Debug, Clone)]
pub struct AdmitArgs {
    /// The proposals' numbers.
    #[arg(required_unless_present = "all")]
    pub proposals: Vec<ProposalId>,
    /// Every proposal that waits.
    #[arg(long, conflicts_with = "proposals")]
    pub all: bool,
    /// Household that the meters join; without it each begins a household of its own.
    #[arg(long, value_name = "N")]
    pub household: Option<u32>,
    /// Weight of the household: 2 for two flats behind one meter.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub weight: u32,
    /// Place in the order of the rule `priority`: lower first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub priority: u16,
    /// Tier when buying: lower first; 255 never buys.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub buy_tier: u8,
    /// Tier when selling: lower first; 255 never sells.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub sell_tier: u8,
    /// First interval the meters take part in. By default the next with which meters may join.
    #[arg(long, value_name = "INTERVAL")]
    pub from_interval: Option<u64>,
}

/// What stands behind a meter.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Kind {
    /// Takes only.
    Consumer,
    /// Takes and gives.
    Prosumer,
    /// Gives only.
    Producer,
    /// Stores.
    Storage,
}

/// How far readings can be trusted.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Grade {
    /// The owner says so.
    SelfDeclared,
    /// A sealed meter.
    Sealed,
    /// A meter that signs.
    Signed,
}

impl Proposal {
    /// The proposal as the registry takes it.
    pub fn meter(&self) -> MeterProposal {
        // Length-prefixed, so that no other serial and salt run together into the same bytes.
        let mut hash = Sha256::new();
        hash.update((self.serial.len() as u64).to_be_bytes());
        hash.update(self.serial.as_bytes());
        hash.update(self.salt.as_bytes());
        MeterProposal {
            serial_hash: HexBinary::from(&hash.finalize()[..]),
            kind: match self.kind {
                Kind::Consumer => MeterKind::Consumer,
                Kind::Prosumer => MeterKind::Prosumer,
                Kind::Producer => MeterKind::Producer,
                Kind::Storage => MeterKind::Storage,
            },
            import_limit: self.import_limit,
            export_limit: self.export_limit,
            provenance: match self.provenance {
                Grade::SelfDeclared => Provenance::SelfDeclared,
                Grade::Sealed => Provenance::Sealed,
                Grade::Signed => Provenance::Signed,
            },
            part: Ppm(self.part),
        }
    }
}

impl AdmitArgs {
    /// The admission of one proposal.
    pub fn admission(&self, proposal: ProposalId) -> Admission {
        Admission {
            proposal,
            household: self.household,
            weight: self.weight,
            priority: self.priority,
            buy_tier: self.buy_tier,
            sell_tier: self.sell_tier,
        }
    }
}
