//! What a project promises, and what a pledge asks of the others.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::asset::Asset;

/// Number of a project in one escrow contract, counted from 1.
pub type ProjectId = u64;

/// The version of terms that is written, and the only one there is so far.
pub const TERMS_VERSION: u32 = 1;

/// What a project promises, fixed when it opens. A pledge and the contractor's acceptance name its hash.
///
/// Hash: SHA-256 over this object as compact JSON with the fields in this order. The contract writes these bytes once, when the
/// project opens, and the query `project` returns them with their hash.
#[cw_serde]
pub struct Terms {
    /// 1. What the fields mean, and which there are, follows from it; another version is refused.
    pub version: u32,
    /// Short name, 1 to 128 bytes as JSON stores it; no control characters, nor marks that turn the direction of text.
    pub title: String,
    /// Where the full description is kept: empty, or a URI of https or ipfs in ASCII, at most 512 bytes as JSON stores it.
    pub description_uri: String,
    /// SHA-256 of the full description, 32 bytes.
    pub description_hash: HexBinary,
    /// The one asset of the project; on the deployment's list.
    pub asset: Asset,
    /// The project is funded when the greatest self-consistent set of pledges reaches this amount. Above zero.
    pub target: Amount,
    /// The most the project takes, and the most that one may pledge; at least the target, at most 10^33. Who is in the set before
    /// the message that reaches the target pays in full; the room up to the cap is then filled in the order of pledging, with
    /// what that message adds last. What does not fit returns.
    pub cap: Amount,
    /// Who may pledge.
    pub admission: Admission,
    /// Pledges are taken while now < deadline, at most 3,653 days from opening. Not funded by then: everybody takes their money back.
    pub deadline: UnixSeconds,
    /// Who builds, is paid, and may not pledge; not the escrow itself, nor the decider.
    pub contractor: String,
    /// How long after funding the contractor may accept; not accepted by then: the project fails. Above zero, at most 1,827
    /// days.
    pub accept_within: Seconds,
    /// 1 to 32 milestones in their order; their shares sum to 10,000 basis points.
    pub milestones: Vec<MilestoneTerms>,
    /// How long after a milestone's due date anybody may end the project, where it is still not submitted. Also how long the
    /// project waits for its completion after a milestone of which a verdict left nothing. Above zero, at most 1,827 days.
    pub grace: Seconds,
    /// Part of every milestone's payment kept until the defects period is over.
    pub retention: BasisPoints,
    /// How long pledgers may look at a submitted milestone before it becomes payable; at most 1,827 days. Zero: nobody can object.
    pub review_period: Seconds,
    /// How long the retention is kept after the last milestone was settled, or after an early end; at most 1,827 days. Zero: nobody can
    /// claim defects.
    pub defects_period: Seconds,
    /// Whose holders can take up an offer of the contractor, or end the project after a due date: this share of what was paid.
    /// Above half, at most the whole.
    pub consent: BasisPoints,
    /// Who decides disputes. Without a decider nobody can object, nor claim defects.
    pub decider: Option<DeciderTerms>,
    /// What the contractor posts with the acceptance, in the project's asset; at most 10^33. It returns whole at completion or an
    /// end together, and goes to the holders by what they paid where the project is ended after a due date, or after a verdict that
    /// left nothing of a milestone. Zero: none.
    pub bond: Amount,
    /// Who is paid beside the contractor, at most 8 addresses, none twice; numbered from 1, since payee 0 is the contractor. Like
    /// the contractor they may not pledge.
    pub payees: Vec<String>,
}

/// Who decides disputes, and within what.
#[cw_serde]
pub struct DeciderTerms {
    /// A person, a multisig, a DAO; not the contractor, and may not pledge. May be a payee.
    pub address: String,
    /// How long the decider has from the second in which a dispute begins; above zero, at most 1,827 days.
    pub time_limit: Seconds,
    /// Whose holders can dispute a milestone, or claim defects: this share of what was paid. Above zero.
    pub objection: BasisPoints,
    /// What the contractor and the payees keep of what is in dispute where the decider says nothing in time; the rest goes to the
    /// holders. Half each is 5,000.
    pub silence: BasisPoints,
}

/// What of a milestone goes to a payee.
#[cw_serde]
#[derive(Copy)]
pub struct PayeePart {
    /// Number of the payee, from 1.
    pub payee: u32,
    /// Part of the milestone. Above zero.
    pub part: BasisPoints,
}

/// Who may pledge to a project.
#[cw_serde]
pub enum Admission {
    /// Only these parties, 1 to 128, each with the amount expected of it. Their places are reserved.
    Named {
        /// The parties, each address once.
        parties: Vec<NamedParty>,
    },
    /// Anybody but the contractor, the payees and the decider. A full list gives up its smallest pledge outside the set, for one that joins the set or is larger.
    Open {
        /// The least a pledge may be: at least a 512th of the target, rounded up, so that a full list is a funded project.
        minimum: Amount,
    },
}

/// A party named in the terms.
#[cw_serde]
pub struct NamedParty {
    /// Its address.
    pub address: String,
    /// What it is expected to pledge, exactly.
    pub amount: Amount,
}

/// One stage of the work.
#[cw_serde]
pub struct MilestoneTerms {
    /// Short name, as the project's.
    pub title: String,
    /// Share of what the project took in.
    pub share: BasisPoints,
    /// Not submitted while now < due: holders of the consent share may end the project; while now < due + grace: anybody may. After the
    /// deadline and the time to accept, not before the milestone ahead of it, at most 3,653 days from opening. It moves by
    /// consent, and by the length of disputes about milestones before it.
    pub due: UnixSeconds,
    /// What of it goes to payees, each at most once; the contractor has the rest. Parts come to the whole at most.
    pub payees: Vec<PayeePart>,
}

/// What a pledge asks of the others. All parts given must hold; an empty condition always holds.
/// Conditions only ask for more, so there is one greatest set of pledges that meet each other's conditions. One of which it is
/// known that it can never hold is refused. They go by what is pledged: where the cap leaves no room for all of it, a party that was
/// asked for pays less, or nothing.
#[cw_serde]
#[derive(Default)]
pub struct Condition {
    /// Each of these parties pledges at least this much; at most 16.
    #[serde(default)]
    pub parties: Vec<PartyCondition>,
    /// At least so many pledgers, this one included.
    #[serde(default)]
    pub pledgers: Option<PledgersCondition>,
    /// At least this much is pledged in total, this pledge included.
    #[serde(default)]
    pub total: Option<Amount>,
}

/// "B pledges at least 10,000."
#[cw_serde]
pub struct PartyCondition {
    /// The party's address.
    pub address: String,
    /// The least it must pledge; above zero.
    pub at_least: Amount,
}

/// "At least 20 pledgers with 500 or more each."
#[cw_serde]
pub struct PledgersCondition {
    /// How many addresses, at least 1.
    pub count: u32,
    /// Only pledges of at least this much count.
    pub at_least: Amount,
}
