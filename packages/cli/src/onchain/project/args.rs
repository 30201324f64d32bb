//! What can be asked of `gridpact project`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use gridpact_types::escrow::disputes::ClaimId;
use gridpact_types::escrow::terms::ProjectId;

use super::super::ContractArgs;
use super::dispute_args::{DisputeArgs, OfferWhat, ReasonArgs};
use super::ConditionArgs;

const EXAMPLES: &str = "Examples:
  gridpact project open projects/example.toml --from house-a
  gridpact project pledge 1 \"10000 EUR\" --if \"wasm1…>=10000 EUR\" --from house-a
  gridpact project show 1
  gridpact project submit 1 0 --evidence report.pdf --uri https://example.org/report.pdf --from contractor
  gridpact project object 1 0 --reason photos.pdf --uri https://example.org/photos.pdf --from house-a
  gridpact project decide 1 --milestone 0 --kept 60% --reason verdict.pdf --from decider
  gridpact project offer 1 due 1 2027-03-01 --from contractor
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
    /// What a pledge would do, were it made now. No account is needed.
    IfPledged {
        /// The project's number.
        project: ProjectId,
        /// How much: "10000 EUR".
        amount: String,
        /// Who would pledge; without it, an account that has not pledged yet.
        #[arg(long, value_name = "ACCOUNT")]
        account: Option<String>,
        /// The conditions.
        #[command(flatten)]
        condition: ConditionArgs,
    },
    /// Everything that an account has pledged, over all projects, and what it can take.
    PledgesOf {
        /// The account: an address, or the name of a key.
        account: String,
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
    /// Object to a milestone in review, as a holder: with enough objections the decider decides.
    Object {
        /// The project's number.
        project: ProjectId,
        /// The milestone, counted from 0.
        milestone: u32,
        /// Why.
        #[command(flatten)]
        reason: ReasonArgs,
    },
    /// Take an objection back, during the review and while too few object.
    WithdrawObjection {
        /// The project's number.
        project: ProjectId,
        /// The milestone, counted from 0.
        milestone: u32,
    },
    /// Who objects to a milestone, how much they paid, and why.
    Objections {
        /// The project's number.
        project: ProjectId,
        /// The milestone, counted from 0.
        milestone: u32,
    },
    /// Decide a dispute, as the decider that the terms name.
    Decide {
        /// The project's number.
        project: ProjectId,
        /// The dispute.
        #[command(flatten)]
        dispute: DisputeArgs,
        /// What the contractor and the payees keep of it: 60%. The rest goes to the holders.
        #[arg(long, value_name = "PART")]
        kept: String,
        /// Why.
        #[command(flatten)]
        reason: ReasonArgs,
    },
    /// Make the holders an offer, as the contractor. It takes the place of an earlier one.
    Offer {
        /// The project's number.
        project: ProjectId,
        /// What is offered.
        #[command(subcommand)]
        what: OfferWhat,
    },
    /// Take the offer back, as the contractor.
    WithdrawOffer {
        /// The project's number.
        project: ProjectId,
    },
    /// Agree to the standing offer, as a holder. It is carried out as soon as enough agree.
    Consent {
        /// The project's number.
        project: ProjectId,
        /// The offer's number.
        offer: u64,
    },
    /// Want the project to end, as a holder: after a due date, or after a verdict that left nothing of a milestone.
    ConsentToEnd {
        /// The project's number.
        project: ProjectId,
    },
    /// Claim a sum of the retention for a defect, as a holder, and support the claim.
    ClaimDefects {
        /// The project's number.
        project: ProjectId,
        /// How much: "100 EUR".
        amount: String,
        /// Why.
        #[command(flatten)]
        reason: ReasonArgs,
    },
    /// Support a defects claim, as a holder.
    SupportClaim {
        /// The project's number.
        project: ProjectId,
        /// The claim's number.
        claim: ClaimId,
    },
    /// Take the support of a claim back, while too few support it.
    WithdrawSupport {
        /// The project's number.
        project: ProjectId,
    },
    /// Every defects claim: what it asks for, who supports it, how it was decided.
    Claims {
        /// The project's number.
        project: ProjectId,
    },
    /// What an account has said so far: objections, consents, support.
    Votes {
        /// The project's number.
        project: ProjectId,
        /// The account: an address, or the name of a key.
        account: String,
    },
    /// Who is paid, and what each drew, can draw, and has held back: why, and until when.
    Payees {
        /// The project's number.
        project: ProjectId,
    },
    /// Draw what is payable, as the contractor or another payee.
    Draw {
        /// The project's number.
        project: ProjectId,
        /// The payee's number; 0 is the contractor.
        #[arg(long, value_name = "N", default_value_t = 0)]
        payee: u32,
    },
    /// Name another account to be paid in your place; it must confirm.
    MovePayee {
        /// The project's number.
        project: ProjectId,
        /// The payee's number; 0 is the contractor.
        payee: u32,
        /// The other account.
        to: String,
    },
    /// Confirm that you are paid in a payee's place.
    ConfirmMove {
        /// The project's number.
        project: ProjectId,
        /// The payee's number.
        payee: u32,
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
