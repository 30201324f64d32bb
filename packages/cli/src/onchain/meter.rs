//! `gridpact meter`: meters proposed by their owners and admitted by the grid's operator.

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use cosmwasm_std::HexBinary;
use gridpact_client::{Registry, ADMISSIONS};
use gridpact_types::registry::{
    Admission, MeterKind, MeterProposal, MeterResponse, ProposalId, ProposalResponse, Provenance, RosterSeat,
};
use gridpact_units::{IntervalIndex, Power, Ppm, Slot};
use sha2::{Digest, Sha256};

use super::exit::bad_argument;
use super::{energy, table, time, GridArgs, Table};

const EXAMPLES: &str = "Examples:
  gridpact meter propose --serial 1EMH0012345678 --salt \"my own words\" --kind prosumer \\
      --import-limit \"17 kW\" --export-limit \"10 kW\" --from house-a
  gridpact meter proposals
  gridpact meter admit 1 2 3 --from operator
  gridpact meter list

The serial number never leaves this machine: its SHA-256 with the salt does. Keep the salt to prove later which meter it is;
without one, whoever can guess serial numbers can find the meter.";

/// Options of `meter`.
#[derive(Args, Debug, Clone)]
#[command(after_help = EXAMPLES)]
pub struct MeterArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// Address of the registry, where no deployment here names it.
    #[arg(long, value_name = "ADDRESS", global = true, help_heading = "Chain")]
    pub contract: Option<String>,
    /// Grid, chain, key and output.
    #[command(flatten)]
    pub grid: GridArgs,
}

/// What can be done with meters.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// Propose your meter; the operator admits it.
    Propose(Proposal),
    /// Drop a proposal: your own, or any as the operator.
    Drop {
        /// The proposal's number.
        proposal: ProposalId,
    },
    /// Meters that wait for admission.
    Proposals,
    /// Admit proposed meters, as the operator.
    Admit(AdmitArgs),
    /// Every meter.
    List,
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
    /// First interval the meters take part in. By default the next one.
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

/// Carries it out.
///
/// # Errors
/// Bad arguments before anything is sent; refused by the contract in its own words.
pub async fn run(args: &MeterArgs) -> Result<bool> {
    let (session, address) =
        super::contract(&args.grid, args.contract.as_deref(), |grid| grid.registry()).await?;
    let registry = Registry::new(session.chain(), &address);
    match &args.action {
        Action::Propose(proposal) => {
            let message = registry.propose_meter(proposal.meter())?;
            let outcome = session.send("propose a meter", &[message]).await?;
            let number = outcome.told("meter_proposed", "proposal");
            let number = number.and_then(|number| number.parse::<ProposalId>().ok());
            session.print_outcome(&outcome.with("proposal", number))?;
        }
        Action::Drop { proposal } => {
            let message = registry.drop_proposal(*proposal)?;
            let outcome = session
                .send(&format!("drop proposal {proposal}"), &[message])
                .await?;
            session.print_outcome(&outcome)?;
        }
        Action::Proposals => {
            let proposals = registry.all_proposals().await?;
            session.print(&proposals, |proposals| proposals_table(proposals))?;
        }
        Action::Admit(admit) => {
            let numbers = match admit.all {
                true => registry
                    .all_proposals()
                    .await?
                    .iter()
                    .map(|found| found.proposal)
                    .collect(),
                false => admit.proposals.clone(),
            };
            if numbers.is_empty() {
                return Err(bad_argument("expected proposals to admit, and none waits"));
            }
            let from = admit.from_interval.map(IntervalIndex);
            for batch in numbers.chunks(ADMISSIONS) {
                let admissions = batch.iter().map(|number| admit.admission(*number)).collect();
                let message = registry.admit_meters(admissions, from)?;
                let what = format!("admit {} meters", batch.len());
                let outcome = session.send(&what, &[message]).await?;
                session.print_outcome(&outcome)?;
            }
        }
        Action::List => {
            let meters = registry.all_meters().await?;
            session.print(&meters, |meters| meters_table(meters))?;
        }
        Action::Show { slot } => {
            let length = registry.config().await?.interval_length;
            let meter = registry.meter(Slot(*slot)).await?;
            let since = time::show(gridpact_units::UnixSeconds(length.start_of(meter.from)));
            session.print(&meter, |meter| show(meter, &since))?;
        }
        Action::Roster { version } => {
            let version = match version {
                Some(version) => *version,
                None => registry.next_report().await?.roster_version,
            };
            let seats = registry.whole_roster(version).await?;
            session.print(&seats, |seats| roster_table(seats))?;
        }
    }
    Ok(true)
}

impl Proposal {
    fn meter(&self) -> MeterProposal {
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
    fn admission(&self, proposal: ProposalId) -> Admission {
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

fn kind(kind: MeterKind) -> &'static str {
    match kind {
        MeterKind::Consumer => "consumer",
        MeterKind::Prosumer => "prosumer",
        MeterKind::Producer => "producer",
        MeterKind::Storage => "storage",
    }
}

fn proposals_table(proposals: &[ProposalResponse]) -> String {
    if proposals.is_empty() {
        return "no meter waits for admission\n".to_owned();
    }
    let mut table = Table::new(["proposal", "kind", "takes", "gives", "owner"]);
    for found in proposals {
        table.row([
            found.proposal.to_string(),
            kind(found.meter.kind).to_owned(),
            energy::show_power(found.meter.import_limit),
            energy::show_power(found.meter.export_limit),
            found.owner.clone(),
        ]);
    }
    table.to_string()
}

fn meters_table(meters: &[MeterResponse]) -> String {
    let mut table = Table::new([
        "slot",
        "seat",
        "household",
        "weight",
        "kind",
        "takes",
        "gives",
        "owner",
    ]);
    for found in meters {
        table.row([
            found.slot.0.to_string(),
            found.seat.0.to_string(),
            found.household.to_string(),
            found.weight.to_string(),
            kind(found.meter.kind).to_owned(),
            energy::show_power(found.meter.import_limit),
            energy::show_power(found.meter.export_limit),
            found.owner.clone(),
        ]);
    }
    table.to_string()
}

fn roster_table(seats: &[RosterSeat]) -> String {
    let mut table = Table::new(["seat", "slot", "takes", "gives"]);
    for seat in seats {
        table.row([
            seat.seat.0.to_string(),
            seat.slot.0.to_string(),
            energy::show_power(seat.import_limit),
            energy::show_power(seat.export_limit),
        ]);
    }
    table.to_string()
}

fn show(meter: &MeterResponse, since: &str) -> String {
    table::facts([
        ("slot", meter.slot.0.to_string()),
        ("seat", meter.seat.0.to_string()),
        ("owner", meter.owner.clone()),
        ("kind", kind(meter.meter.kind).to_owned()),
        ("takes at most", energy::show_power(meter.meter.import_limit)),
        ("gives at most", energy::show_power(meter.meter.export_limit)),
        ("serial's hash", meter.meter.serial_hash.to_hex()),
        ("part in this grid", format!("{} ppm", meter.meter.part.0)),
        (
            "household",
            format!("{}, weight {}", meter.household, meter.weight),
        ),
        ("priority", meter.priority.to_string()),
        (
            "tiers",
            format!("buys {}, sells {}", meter.buy_tier, meter.sell_tier),
        ),
        ("takes part since", since.to_owned()),
    ])
}
