//! What can be asked of `gridpact project`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use gridpact_types::escrow::terms::ProjectId;

use super::super::ContractArgs;
use super::ConditionArgs;

const EXAMPLES: &str = "Examples:
  gridpact project open projects/example.toml --from house-a
  gridpact project pledge 1 \"10000 EUR\" --if \"wasm1…>=10000 EUR\" --from house-a
  gridpact project show 1
  gridpact project submit 1 0 --evidence report.pdf --uri https://example.org/report.pdf --from contractor
  gridpact project refund 1 --from house-a

Money is written with its unit: \"10000 EUR\", or 10000000ueur in base units. Accounts are addresses or names of keys.";

/// Options of `project`.
#[derive(Args, Debug, Clone)]
#[command(after_help = EXAMPLES)]
pub struct ProjectArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// The contract, chain, key and output.
    #[command(flatten)]
    pub on: ContractArgs,
}

/// What can be done with projects.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// Open a project with the terms of a file (projects/example.toml explains it). Anybody may.
    Open {
        /// The terms.
        file: PathBuf,
    },
    /// The hash that the terms of a file will have, to be agreed on before they are opened. No chain is asked.
    Hash {
        /// The terms.
        file: PathBuf,
    },
    /// Every project: what it is for, how far it is.
    List,
    /// One project: terms, their hash, money, milestones.
    Show {
        /// The project's number.
        project: ProjectId,
    },
    /// Pledge money, under conditions of your own. It is locked until the project is funded or the deadline passes.
    Pledge {
        /// The project's number.
        project: ProjectId,
        /// How much: "10000 EUR".
        amount: String,
        /// Your conditions.
        #[command(flatten)]
        condition: ConditionArgs,
    },
    /// Ask less of the others than before: every condition stated again, or left out, none stronger.
    Restate {
        /// The project's number.
        project: ProjectId,
        /// Your conditions from now on.
        #[command(flatten)]
        condition: ConditionArgs,
    },
    /// Every pledge to a project, and whether its condition is met.
    Pledges {
        /// The project's number.
        project: ProjectId,
    },
    /// Who lost the place in a full list, and can take the money back.
    Displaced {
        /// The project's number.
        project: ProjectId,
    },
    /// Accept the work, as the contractor that the terms name.
    Accept {
        /// The project's number.
        project: ProjectId,
    },
    /// Submit a milestone with its evidence, as the contractor.
    Submit {
        /// The project's number.
        project: ProjectId,
        /// The milestone, counted from 0.
        milestone: u32,
        /// The evidence, hashed here; the file itself stays with you.
        #[arg(long, value_name = "FILE", required_unless_present = "evidence_hash")]
        evidence: Option<PathBuf>,
        /// SHA-256 of the evidence, 64 hex digits.
        #[arg(long, value_name = "HEX", conflicts_with = "evidence")]
        evidence_hash: Option<String>,
        /// Where pledgers find the evidence.
        #[arg(long, value_name = "URI")]
        uri: String,
    },
    /// Draw what is payable, as the contractor.
    Draw {
        /// The project's number.
        project: ProjectId,
    },
    /// End a project whose milestone was not submitted by its due date and the grace after it. Anybody may.
    Terminate {
        /// The project's number.
        project: ProjectId,
    },
    /// Take back what is yours again: after the deadline, after an early end, or what was beyond the cap.
    Refund {
        /// The project's number.
        project: ProjectId,
    },
    /// Pay revenue to a project's pledgers. Anybody may.
    PayRevenue {
        /// The project's number.
        project: ProjectId,
        /// How much: "100 EUR".
        amount: String,
    },
    /// Take your part of the revenue.
    ClaimRevenue {
        /// The project's number.
        project: ProjectId,
    },
    /// What the escrow took in, paid out and holds: of a project, or of every asset.
    Books {
        /// The project's number.
        project: Option<ProjectId>,
    },
}
