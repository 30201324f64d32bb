//! What a transaction can carry.

use cosmrs::proto::cosmos::authz::v1beta1::MsgExec;
use cosmrs::proto::cosmos::bank::v1beta1::MsgSend;
use cosmrs::proto::cosmos::feegrant::v1beta1::{MsgGrantAllowance, MsgRevokeAllowance};
use cosmrs::proto::cosmwasm::wasm::v1::{
    MsgExecuteContract, MsgInstantiateContract2, MsgMigrateContract, MsgStoreCode,
};
use cosmrs::proto::traits::Name;
use cosmrs::Any;
use cosmwasm_std::{Coin, Uint128};
use cw20::Cw20ExecuteMsg;
use gridpact_types::asset::Asset;
use gridpact_units::Amount;
use serde::Serialize;

use crate::encoding::{any, compressed, decode, from_proto, json, to_proto};
use crate::fee_allowance::FeeAllowance;
use crate::Error;

/// How deep messages on behalf of others are looked into: anybody's transaction must be readable, however it is built.
const MAX_DEPTH: u8 = 8;

/// One message of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Calls a contract.
    Execute {
        /// The contract.
        contract: String,
        /// Its message, JSON.
        msg: Vec<u8>,
        /// Coins sent with it.
        funds: Vec<Coin>,
    },
    /// Stores a contract's code.
    Store {
        /// The wasm; as gzip where it was read from a block.
        wasm: Vec<u8>,
    },
    /// Makes a contract at an address known before.
    Instantiate2 {
        /// Which code.
        code_id: u64,
        /// What explorers show.
        label: String,
        /// The instantiate message, JSON.
        msg: Vec<u8>,
        /// Who may migrate it.
        admin: Option<String>,
        /// Part of the address.
        salt: Vec<u8>,
        /// Coins sent with it.
        funds: Vec<Coin>,
    },
    /// Moves a contract to another code.
    Migrate {
        /// The contract.
        contract: String,
        /// The new code.
        code_id: u64,
        /// The migrate message, JSON.
        msg: Vec<u8>,
    },
    /// Sends coins.
    Send {
        /// To whom.
        to: String,
        /// What.
        amount: Vec<Coin>,
    },
    /// Pays the fees of another account, within bounds.
    GrantFees {
        /// Whose.
        to: String,
        /// How much of them.
        allowance: FeeAllowance,
    },
    /// Pays them no longer.
    RevokeFees {
        /// Whose.
        from: String,
    },
    /// Messages that the sender carried out for others, who allowed it (authz), found in a block; they cannot be sent.
    OnBehalf(Vec<Self>),
    /// A message of another kind, or one that cannot be read, found in a block; it cannot be sent.
    Other(String),
}

impl Message {
    /// Calls a contract, with coins.
    ///
    /// # Errors
    /// [`Error::Invalid`] where `msg` cannot be written as JSON.
    pub fn execute(contract: &str, msg: &impl Serialize, funds: Vec<Coin>) -> Result<Self, Error> {
        Ok(Self::Execute {
            contract: contract.to_owned(),
            msg: json(msg)?,
            funds,
        })
    }

    /// Sends an asset: coins, or tokens by the cw20 contract's `transfer`.
    ///
    /// # Errors
    /// None in practice: the token's message is always JSON.
    pub fn transfer(asset: &Asset, to: &str, amount: Amount) -> Result<Self, Error> {
        let to = to.to_owned();
        match asset {
            Asset::Native { denom } => Ok(Self::Send {
                to,
                amount: vec![Coin::new(amount.0, denom)],
            }),
            Asset::Cw20 { address } => {
                let transfer = Cw20ExecuteMsg::Transfer {
                    recipient: to,
                    amount: Uint128::new(amount.0),
                };
                Self::execute(address, &transfer, vec![])
            }
        }
    }

    /// As it goes into a transaction signed by `sender`.
    pub(crate) fn to_any(&self, sender: &str) -> Result<Any, Error> {
        let sender = sender.to_owned();
        match self.clone() {
            Self::Execute { contract, msg, funds } => any(&MsgExecuteContract {
                sender,
                contract,
                msg,
                funds: to_proto(&funds),
            }),
            Self::Store { wasm } => any(&MsgStoreCode {
                sender,
                wasm_byte_code: compressed(&wasm)?,
                instantiate_permission: None,
            }),
            Self::Instantiate2 {
                code_id,
                label,
                msg,
                admin,
                salt,
                funds,
            } => any(&MsgInstantiateContract2 {
                sender,
                admin: admin.unwrap_or_default(),
                code_id,
                label,
                msg,
                funds: to_proto(&funds),
                salt,
                fix_msg: false,
            }),
            Self::Migrate {
                contract,
                code_id,
                msg,
            } => any(&MsgMigrateContract {
                sender,
                contract,
                code_id,
                msg,
            }),
            Self::Send { to, amount } => any(&MsgSend {
                from_address: sender,
                to_address: to,
                amount: to_proto(&amount),
            }),
            Self::GrantFees { to, allowance } => any(&MsgGrantAllowance {
                granter: sender,
                grantee: to,
                allowance: Some(allowance.to_any()?),
            }),
            Self::RevokeFees { from } => any(&MsgRevokeAllowance {
                granter: sender,
                grantee: from,
            }),
            Self::OnBehalf(_) => Err(Error::Invalid("messages of others cannot be sent".to_owned())),
            Self::Other(kind) => Err(Error::Invalid(format!("a message of kind {kind} cannot be sent"))),
        }
    }

    /// As it was found in a transaction.
    pub(crate) fn from_any(any: &Any) -> Self {
        Self::nested(any, 0)
    }

    fn nested(any: &Any, depth: u8) -> Self {
        Self::known(any, depth).unwrap_or_else(|_| Self::Other(any.type_url.clone()))
    }

    fn known(any: &Any, depth: u8) -> Result<Self, Error> {
        let kind = any.type_url.as_str();
        let bytes = any.value.as_slice();
        Ok(if kind == MsgExecuteContract::type_url() {
            let found: MsgExecuteContract = decode(bytes)?;
            Self::Execute {
                contract: found.contract,
                msg: found.msg,
                funds: from_proto(&found.funds)?,
            }
        } else if kind == MsgStoreCode::type_url() {
            let found: MsgStoreCode = decode(bytes)?;
            Self::Store {
                wasm: found.wasm_byte_code,
            }
        } else if kind == MsgInstantiateContract2::type_url() {
            let found: MsgInstantiateContract2 = decode(bytes)?;
            Self::Instantiate2 {
                code_id: found.code_id,
                label: found.label,
                msg: found.msg,
                admin: (!found.admin.is_empty()).then_some(found.admin),
                salt: found.salt,
                funds: from_proto(&found.funds)?,
            }
        } else if kind == MsgMigrateContract::type_url() {
            let found: MsgMigrateContract = decode(bytes)?;
            Self::Migrate {
                contract: found.contract,
                code_id: found.code_id,
                msg: found.msg,
            }
        } else if kind == MsgSend::type_url() {
            let found: MsgSend = decode(bytes)?;
            Self::Send {
                to: found.to_address,
                amount: from_proto(&found.amount)?,
            }
        } else if kind == MsgExec::type_url() && depth < MAX_DEPTH {
            let found: MsgExec = decode(bytes)?;
            let inner = |any: &Any| Self::nested(any, depth.saturating_add(1));
            Self::OnBehalf(found.msgs.iter().map(inner).collect())
        } else {
            Self::Other(kind.to_owned())
        })
    }
}
