//! What can be asked of `gridpact project`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use gridpact_types::escrow::disputes::ClaimId;
use gridpact_types::escrow::terms::ProjectId;

use cosmwasm_std::HexBinary;
use gridpact_units::BasisPoints;

use super::super::ContractArgs;
use super::dispute_args::{DisputeArgs, OfferWhat, ReasonArgs};
use super::documents::sha256;
use super::file::percent;
use super::ConditionArgs;

const EXAMPLES: &str = "Examples:
  gridpact project open projects/example.toml --from house-a
  gridpact project pledge 1 \"10000 EUR\" --if \"wasm1…>=10000 EUR\" --from house-a
  gridpact project show 1
  gridpact project submit 1 0 --evidence report.pdf --uri https://example.org/report.pdf --from contractor
  gridpact project object 1 0 --reason photos.pdf --uri https://example.org/photos.pdf --from house-a
  gridpact project decide 1 --milestone 0 --kept 60% --reason verdict.pdf --from decider
  gridpact project offer 1 due 1 2027-03-01 --from contractor
  gridpact project consent 1 1 --from house-a
  gridpact project claim-defects 1 \"100 EUR\" --reason photos.pdf --from house-a
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

/// A project.
#[derive(Args, Debug, Clone, Copy)]
pub struct OfProject {
    /// The project's number.
    pub project: ProjectId,
}

/// A milestone of a project.
#[derive(Args, Debug, Clone, Copy)]
pub struct OfMilestone {
    /// The project's number.
    pub project: ProjectId,
    /// The milestone, counted from 0.
    pub milestone: u32,
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
    /// One project: terms, their hash, money, milestones, disputes, the standing offer.
    Show(OfProject),
    /// Pledge money, under conditions of your own. It is locked until the project is funded or the deadline passes.
    Pledge {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// How much: "10000 EUR".
        amount: String,
        /// The conditions.
        #[command(flatten)]
        condition: ConditionArgs,
    },
    /// What a pledge would do, were it made now. No account is needed.
    IfPledged {
        /// The project.
        #[command(flatten)]
        of: OfProject,
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
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The conditions.
        #[command(flatten)]
        condition: ConditionArgs,
    },
    /// Every pledge to a project, and whether its condition is met.
    Pledges(OfProject),
    /// Who lost the place in a full list, and can take the money back.
    Displaced(OfProject),
    /// Accept the work, as the contractor that the terms name, with the bond that they ask for.
    Accept(OfProject),
    /// Submit a milestone with its evidence, as the contractor.
    ///
    /// The review begins: holders can look at the evidence and object. When it is over the milestone is payable.
    Submit {
        /// The milestone.
        #[command(flatten)]
        of: OfMilestone,
        /// The evidence, hashed here; the file itself stays with you.
        #[arg(long, value_name = "FILE", required_unless_present = "evidence_hash")]
        evidence: Option<PathBuf>,
        /// SHA-256 of the evidence, 64 hex digits.
        #[arg(long, value_name = "HEX", conflicts_with = "evidence", value_parser = sha256)]
        evidence_hash: Option<HexBinary>,
        /// Where pledgers find the evidence.
        #[arg(long, value_name = "URI")]
        uri: String,
    },
    /// Object to a milestone in review, as a holder: with enough objections the decider decides.
    ///
    /// A holder is who paid when the project was funded, and objects with what it paid. `project show` says how much must object,
    /// until when the review runs, and who decides. With enough the milestone is disputed for good.
    Object {
        /// The milestone.
        #[command(flatten)]
        of: OfMilestone,
        /// Why.
        #[command(flatten)]
        reason: ReasonArgs,
    },
    /// Take an objection back, during the review and while too few object.
    WithdrawObjection(OfMilestone),
    /// Who objects to a milestone, how much they paid, and why.
    Objections(OfMilestone),
    /// Decide a dispute, as the decider that the terms name.
    ///
    /// A part is kept for the contractor and the payees; the rest goes back to the holders at once, or of a defects claim, as an
    /// award. Nothing can be submitted again. If the decider's time passes, the terms say what is kept.
    Decide {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The dispute.
        #[command(flatten)]
        dispute: DisputeArgs,
        /// What the contractor and the payees keep of it: 60%. The rest goes to the holders.
        #[arg(long, value_name = "PART", value_parser = percent)]
        kept: BasisPoints,
        /// Why.
        #[command(flatten)]
        reason: ReasonArgs,
    },
    /// Make the holders an offer, as the contractor. It takes the place of an earlier one.
    ///
    /// `project show` tells its number, how much must consent and how much does.
    Offer {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// What is offered.
        #[command(subcommand)]
        what: OfferWhat,
    },
    /// Take the offer back, as the contractor.
    WithdrawOffer(OfProject),
    /// Agree to the standing offer, as a holder. It is carried out as soon as enough agree.
    Consent {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The offer's number: you agree to this one, and to none that takes its place.
        offer: u64,
    },
    /// Want the project to end, as a holder: after a due date, or after a verdict that left nothing of a milestone.
    ///
    /// With enough it ends at once: what no submitted milestone earned goes back, and the bond with it.
    ConsentToEnd(OfProject),
    /// Claim a sum of the retention for a defect, as a holder, and support the claim.
    ///
    /// Within the defects period. With enough support it goes before the decider, and nobody draws the retention until it is decided.
    ClaimDefects {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// How much: "100 EUR".
        amount: String,
        /// Why.
        #[command(flatten)]
        reason: ReasonArgs,
    },
    /// Support a defects claim, as a holder. One claim at a time.
    SupportClaim {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The claim's number.
        claim: ClaimId,
    },
    /// Take the support of a claim back, while too few support it.
    WithdrawSupport(OfProject),
    /// Every defects claim: what it asks for, who supports it, how it was decided.
    Claims(OfProject),
    /// What an account has said so far: objections, consents, support.
    Votes {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The account: an address, or the name of a key.
        account: String,
    },
    /// Who is paid, and what each drew, can draw, and has held back: why, and until when.
    Payees(OfProject),
    /// Draw what is payable, as the contractor or another payee.
    Draw {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The payee's number; 0 is the contractor.
        #[arg(long, value_name = "N", default_value_t = 0)]
        payee: u32,
    },
    /// Name another account to be paid in your place; it must confirm.
    MovePayee {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The payee's number; 0 is the contractor.
        payee: u32,
        /// The other account; your own takes the move back.
        to: String,
    },
    /// Confirm that you are paid in a payee's place.
    ConfirmMove {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// The payee's number.
        payee: u32,
    },
    /// End a project whose milestone was not submitted by its due date and the grace after it. Anybody may.
    Terminate(OfProject),
    /// Take back what is yours again: after the deadline, after verdicts, awards or an early end, or what was beyond the cap.
    Refund(OfProject),
    /// Pay revenue to a project's pledgers. Anybody may.
    PayRevenue {
        /// The project.
        #[command(flatten)]
        of: OfProject,
        /// How much: "100 EUR".
        amount: String,
    },
    /// Take your part of the revenue.
    ClaimRevenue(OfProject),
    /// What the escrow took in, paid out and holds: of a project, or of every asset.
    Books {
        /// The project's number.
        project: Option<ProjectId>,
    },
}
