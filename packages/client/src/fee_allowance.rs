//! Fees that one account pays for another, which then needs no coins to sign: bounded in each period and by an end.

use std::collections::BTreeSet;

use cosmrs::proto::cosmos::base::query::v1beta1::PageRequest;
use cosmrs::proto::cosmos::feegrant::v1beta1::query_client::QueryClient;
use cosmrs::proto::cosmos::feegrant::v1beta1::{
    AllowedMsgAllowance, BasicAllowance, PeriodicAllowance, QueryAllowancesByGranterRequest,
};
use cosmrs::proto::cosmwasm::wasm::v1::MsgExecuteContract;
use cosmrs::proto::tendermint::google::protobuf::{Duration, Timestamp};
use cosmrs::proto::traits::Name;
use cosmrs::Any;
use cosmwasm_std::Coin;
use gridpact_units::{Seconds, UnixSeconds};

use crate::encoding::{any, to_proto};
use crate::{Chain, Error};

/// Allowances of a page.
const PAGE: u64 = 100;
/// Pages that are read at most: 100,000 allowances. More are no grid's, and reading would not end soon.
const MAX_PAGES: u32 = 1_000;

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
        let per_period = to_proto(&[self.per_period.clone()]);
        let periodic = PeriodicAllowance {
            basic: Some(BasicAllowance {
                spend_limit: to_proto(&[self.total.clone()]),
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

impl Chain {
    /// The accounts whose fees an account pays.
    ///
    /// # Errors
    /// More than 100,000 of them; the chain does not answer.
    pub async fn fee_grantees(&self, granter: &str) -> Result<BTreeSet<String>, Error> {
        let (mut grantees, mut key) = (BTreeSet::new(), Vec::new());
        for _ in 0..MAX_PAGES {
            let request = QueryAllowancesByGranterRequest {
                granter: granter.to_owned(),
                pagination: Some(PageRequest {
                    key,
                    limit: PAGE,
                    ..PageRequest::default()
                }),
            };
            let answer = self
                .connection
                .ask(|channel| {
                    let request = self.question(request.clone());
                    async move { QueryClient::new(channel).allowances_by_granter(request).await }
                })
                .await?
                .into_inner();
            grantees.extend(answer.allowances.into_iter().map(|grant| grant.grantee));
            key = answer.pagination.map(|page| page.next_key).unwrap_or_default();
            if key.is_empty() {
                return Ok(grantees);
            }
        }
        Err(Error::Answer(format!(
            "more than {} fee allowances of {granter}",
            u64::from(MAX_PAGES).saturating_mul(PAGE)
        )))
    }
}
