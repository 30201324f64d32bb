//! What a transaction's own messages ask of the grid: calls of its two contracts, and tokens sent to the settlement. What
//! other contracts ask of it stands in no message.

use cosmwasm_std::Coin;
use cw20::Cw20ExecuteMsg;
use gridpact_report::quorum::Signature;
use gridpact_types::asset::Asset;
use gridpact_types::registry::messages::ExecuteMsg as OfRegistry;
use gridpact_types::registry::meters::{Admission, MeterKind};
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_types::settlement::messages::{ExecuteMsg as OfSettlement, ReceiveMsg};
use gridpact_units::{Amount, IntervalIndex, Ppm, Slot};
use serde::de::DeserializeOwned;

use super::error::Cause;
use crate::Message;

/// One call of the grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Call {
    Propose {
        kind: MeterKind,
        part: Ppm,
    },
    Admit {
        admissions: Vec<Admission>,
        from: Option<IntervalIndex>,
    },
    Report {
        bytes: Vec<u8>,
        signatures: Vec<Signature>,
    },
    CloseGap,
    Deposit {
        slot: Slot,
        amount: Amount,
    },
    Withdraw {
        slot: Slot,
        amount: Option<Amount>,
    },
    Finalise {
        limit: u32,
    },
    Sweep {
        account: CommunityAccount,
    },
}

/// Whose calls are looked for.
#[derive(Clone, Debug)]
pub(super) struct Addresses {
    pub registry: String,
    pub settlement: String,
    pub asset: Asset,
}

impl Call {
    /// The calls of a message, in order; also those on behalf of others.
    pub fn all(message: &Message, grid: &Addresses) -> Result<Vec<Self>, Cause> {
        Ok(match message {
            Message::Execute { contract, msg, .. } if *contract == grid.registry => {
                Self::of_registry(read(contract, msg)?)?.into_iter().collect()
            }
            Message::Execute { contract, msg, funds } if *contract == grid.settlement => {
                Self::of_settlement(read(contract, msg)?, funds, &grid.asset)
                    .into_iter()
                    .collect()
            }
            Message::Execute { contract, msg, .. } if Asset::cw20(contract) == grid.asset => {
                Self::of_token(contract, msg, &grid.settlement)?
                    .into_iter()
                    .collect()
            }
            Message::OnBehalf(messages) => {
                let mut calls = Vec::new();
                for message in messages {
                    calls.extend(Self::all(message, grid)?);
                }
                calls
            }
            _ => Vec::new(),
        })
    }

    fn of_registry(msg: OfRegistry) -> Result<Option<Self>, Cause> {
        Ok(match msg {
            OfRegistry::ProposeMeter { meter } => Some(Self::Propose {
                kind: meter.kind,
                part: meter.part,
            }),
            OfRegistry::AdmitMeters { admissions, from } => Some(Self::Admit { admissions, from }),
            OfRegistry::Report { report, signatures } => Some(Self::Report {
                bytes: report.to_vec(),
                signatures: signatures.iter().map(signature).collect::<Result<_, _>>()?,
            }),
            OfRegistry::CloseGap {} => Some(Self::CloseGap),
            OfRegistry::DropProposal { .. } | OfRegistry::UpdateOwnership(_) => None,
        })
    }

    /// What the settlement takes from others than its registry and its token.
    fn of_settlement(msg: OfSettlement, funds: &[Coin], asset: &Asset) -> Option<Self> {
        match msg {
            OfSettlement::Deposit { slot } => {
                let amount = asset.received(funds).ok()?;
                Some(Self::Deposit { slot, amount })
            }
            OfSettlement::Withdraw { slot, amount } => Some(Self::Withdraw { slot, amount }),
            OfSettlement::Finalise { limit } => Some(Self::Finalise {
                limit: limit.unwrap_or(MAX_FINALISED),
            }),
            OfSettlement::Sweep { account } => Some(Self::Sweep { account }),
            OfSettlement::OpenAccounts { .. } | OfSettlement::Settle { .. } | OfSettlement::Receive(_) => {
                None
            }
        }
    }

    /// Tokens sent to the settlement; a token does more than that, which is nothing of the grid's.
    fn of_token(token: &str, msg: &[u8], settlement: &str) -> Result<Option<Self>, Cause> {
        match serde_json::from_slice(msg) {
            Ok(
                Cw20ExecuteMsg::Send {
                    contract,
                    amount,
                    msg,
                }
                | Cw20ExecuteMsg::SendFrom {
                    contract,
                    amount,
                    msg,
                    ..
                },
            ) if contract == settlement => {
                let ReceiveMsg::Deposit { slot } = read(token, &msg)?;
                let amount = Amount(amount.u128());
                Ok(Some(Self::Deposit { slot, amount }))
            }
            _ => Ok(None),
        }
    }

    /// The message, as people know it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose_meter",
            Self::Admit { .. } => "admit_meters",
            Self::Report { .. } => "report",
            Self::CloseGap => "close_gap",
            Self::Deposit { .. } => "deposit",
            Self::Withdraw { .. } => "withdraw",
            Self::Finalise { .. } => "finalise",
            Self::Sweep { .. } => "sweep",
        }
    }
}

fn read<T: DeserializeOwned>(contract: &str, msg: &[u8]) -> Result<T, Cause> {
    serde_json::from_slice(msg).map_err(|error| Cause::Message {
        contract: contract.to_owned(),
        error: error.to_string(),
    })
}

fn signature(given: &gridpact_types::registry::committee::Signature) -> Result<Signature, Cause> {
    let bytes = given.signature.as_slice();
    Ok(Signature {
        member: given.member,
        signature: bytes.try_into().map_err(|_| Cause::Length {
            what: "signature",
            expected: 64,
            got: bytes.len(),
        })?,
    })
}
