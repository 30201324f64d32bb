//! What can be sent.

use gridpact_types::escrow::disputes::{Dispute, Proposal};

use crate::conditions::Asks;

#[derive(Clone, Debug)]
pub enum Message {
    Pledge {
        amount: u128,
        asks: Asks,
    },
    Restate(Asks),
    Accept {
        bond: u128,
    },
    Object {
        milestone: u32,
    },
    WithdrawObjection {
        milestone: u32,
    },
    Decide {
        dispute: Dispute,
        kept: u16,
    },
    Offer(Proposal),
    WithdrawOffer,
    Consent {
        offer: u64,
    },
    ConsentToEnd,
    ClaimDefects {
        amount: u128,
    },
    Support {
        claim: u64,
    },
    WithdrawSupport,
    Move {
        payee: u32,
        to: String,
    },
    Confirm {
        payee: u32,
    },
    Submit {
        milestone: u32,
        /// With a hash of 31 bytes.
        short: bool,
    },
    Draw {
        payee: u32,
    },
    Terminate,
    Refund,
    Revenue(u128),
    Claim,
}

/// The kinds of message.
pub const KINDS: [&str; 21] = [
    "pledge",
    "restate",
    "accept",
    "object",
    "withdraw objection",
    "decide",
    "offer",
    "withdraw offer",
    "consent",
    "consent to end",
    "claim defects",
    "support",
    "withdraw support",
    "move",
    "confirm",
    "submit",
    "draw",
    "terminate",
    "refund",
    "revenue",
    "claim",
];

/// A message of somebody.
#[derive(Clone, Debug)]
pub struct Action {
    pub by: String,
    pub message: Message,
    /// With another hash of terms, where it names one.
    pub other_terms: bool,
}

impl Message {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Pledge { .. } => "pledge",
            Self::Restate(_) => "restate",
            Self::Accept { .. } => "accept",
            Self::Object { .. } => "object",
            Self::WithdrawObjection { .. } => "withdraw objection",
            Self::Decide { .. } => "decide",
            Self::Offer(_) => "offer",
            Self::WithdrawOffer => "withdraw offer",
            Self::Consent { .. } => "consent",
            Self::ConsentToEnd => "consent to end",
            Self::ClaimDefects { .. } => "claim defects",
            Self::Support { .. } => "support",
            Self::WithdrawSupport => "withdraw support",
            Self::Move { .. } => "move",
            Self::Confirm { .. } => "confirm",
            Self::Submit { .. } => "submit",
            Self::Draw { .. } => "draw",
            Self::Terminate => "terminate",
            Self::Refund => "refund",
            Self::Revenue(_) => "revenue",
            Self::Claim => "claim",
        }
    }
}
