//! What people send, as messages of the contract.

use cosmwasm_std::HexBinary;
use gridpact_types::escrow::disputes::Reason;
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::{Amount, BasisPoints};

use crate::messages::{Action, Message};

/// A message, and the money it brings.
#[derive(Clone, Debug)]
pub enum Sent {
    Plain(ExecuteMsg),
    Paid { amount: u128, msg: ReceiveMsg },
}

/// The message of a payment in coins that has this hook in tokens.
pub fn with_coins(msg: ReceiveMsg) -> ExecuteMsg {
    match msg {
        ReceiveMsg::Pledge {
            project,
            terms_hash,
            condition,
        } => ExecuteMsg::Pledge {
            project,
            terms_hash,
            condition,
        },
        ReceiveMsg::Accept { project, terms_hash } => ExecuteMsg::Accept { project, terms_hash },
        ReceiveMsg::PayRevenue { project, terms_hash } => ExecuteMsg::PayRevenue { project, terms_hash },
    }
}

/// Why somebody objects, claims or decides.
pub fn reason() -> Reason {
    Reason {
        hash: HexBinary::from([5; 32]),
        uri: "ipfs://why".to_owned(),
    }
}

impl Action {
    /// The message, with the hash that the project's terms have.
    pub fn as_sent(&self, project: ProjectId, hash: &HexBinary, address: impl Fn(&str) -> String) -> Sent {
        let terms_hash = if self.other_terms {
            HexBinary::from([7; 32])
        } else {
            hash.clone()
        };
        Sent::Plain(match &self.message {
            Message::Pledge { amount, asks } => {
                let condition = asks.as_sent(address);
                let msg = ReceiveMsg::Pledge {
                    project,
                    terms_hash,
                    condition,
                };
                return Sent::Paid { amount: *amount, msg };
            }
            Message::Revenue(amount) => {
                let msg = ReceiveMsg::PayRevenue { project, terms_hash };
                return Sent::Paid { amount: *amount, msg };
            }
            Message::Accept { bond } if *bond > 0 => {
                let msg = ReceiveMsg::Accept { project, terms_hash };
                return Sent::Paid { amount: *bond, msg };
            }
            Message::Accept { .. } => ExecuteMsg::Accept { project, terms_hash },
            Message::Restate(asks) => ExecuteMsg::Restate {
                project,
                condition: asks.as_sent(address),
            },
            Message::Object { milestone } => ExecuteMsg::Object {
                project,
                milestone: *milestone,
                reason: reason(),
            },
            Message::WithdrawObjection { milestone } => ExecuteMsg::WithdrawObjection {
                project,
                milestone: *milestone,
            },
            Message::Decide { dispute, kept } => ExecuteMsg::Decide {
                project,
                dispute: *dispute,
                kept: BasisPoints(*kept),
                reason: reason(),
            },
            Message::Offer(proposal) => ExecuteMsg::Offer {
                project,
                proposal: *proposal,
            },
            Message::WithdrawOffer => ExecuteMsg::WithdrawOffer { project },
            Message::Consent { offer } => ExecuteMsg::Consent {
                project,
                offer: *offer,
            },
            Message::ConsentToEnd => ExecuteMsg::ConsentToEnd { project },
            Message::ClaimDefects { amount } => ExecuteMsg::ClaimDefects {
                project,
                amount: Amount(*amount),
                reason: reason(),
            },
            Message::Support { claim } => ExecuteMsg::SupportClaim {
                project,
                claim: *claim,
            },
            Message::WithdrawSupport => ExecuteMsg::WithdrawSupport { project },
            Message::Move { payee, to } => ExecuteMsg::MovePayee {
                project,
                payee: *payee,
                to: address(to),
            },
            Message::Confirm { payee } => ExecuteMsg::ConfirmMove {
                project,
                payee: *payee,
            },
            Message::Submit { milestone, short } => ExecuteMsg::SubmitMilestone {
                project,
                milestone: *milestone,
                evidence_hash: HexBinary::from(vec![9; if *short { 31 } else { 32 }]),
                evidence_uri: "ipfs://x".to_owned(),
            },
            Message::Draw { payee } => ExecuteMsg::Draw {
                project,
                payee: *payee,
            },
            Message::Terminate => ExecuteMsg::Terminate { project },
            Message::Refund => ExecuteMsg::ClaimRefund { project },
            Message::Claim => ExecuteMsg::ClaimRevenue { project },
        })
    }
}
