//! Fees that one account pays for another, which then needs no coins to sign: bounded in each period and by an end.

use cosmrs::proto::cosmos::feegrant::v1beta1::{AllowedMsgAllowance, BasicAllowance, PeriodicAllowance};
use cosmrs::proto::cosmwasm::wasm::v1::MsgExecuteContract;
use cosmrs::proto::tendermint::google::protobuf::{Duration, Timestamp};
use cosmrs::proto::traits::Name;
use cosmrs::Any;
use cosmwasm_std::Coin;
use gridpact_units::{Seconds, UnixSeconds};

use crate::encoding::{any, to_proto};
use crate::Error;

/// What may be spent on another's account, for calls of contracts and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeAllowance {
    /// The most in one period.
    pub per_period: Coin,
    /// How long a period is.
    pub period: Seconds,
    /// When the first period ends.
    pub first_reset: UnixSeconds,
    /// The most in all.
    pub total: Coin,
    /// From then on nothing may be spent.
    pub expires_at: UnixSeconds,
}

impl FeeAllowance {
    /// As the chain keeps it: bounded by period, total and end, and for `MsgExecuteContract` alone.
    pub(crate) fn to_any(&self) -> Result<Any, Error> {
        let per_period = to_proto(core::slice::from_ref(&self.per_period));
        let periodic = PeriodicAllowance {
            basic: Some(BasicAllowance {
                spend_limit: to_proto(core::slice::from_ref(&self.total)),
                expiration: Some(timestamp(self.expires_at)?),
            }),
            period: Some(Duration {
                seconds: seconds(self.period.0)?,
                nanos: 0,
            }),
            period_spend_limit: per_period.clone(),
            period_can_spend: per_period,
            period_reset: Some(timestamp(self.first_reset)?),
        };
        any(&AllowedMsgAllowance {
            allowance: Some(any(&periodic)?),
            allowed_messages: vec![MsgExecuteContract::type_url()],
        })
    }
}

fn timestamp(moment: UnixSeconds) -> Result<Timestamp, Error> {
    Ok(Timestamp {
        seconds: seconds(moment.0)?,
        nanos: 0,
    })
}

fn seconds(seconds: u64) -> Result<i64, Error> {
    i64::try_from(seconds).map_err(|_| Error::Invalid(format!("expected less than 2^63 s, got {seconds} s")))
}
