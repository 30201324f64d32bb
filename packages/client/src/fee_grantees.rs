//! Whose fees an account pays.

use std::collections::BTreeSet;

use cosmrs::proto::cosmos::base::query::v1beta1::PageRequest;
use cosmrs::proto::cosmos::feegrant::v1beta1::query_client::QueryClient;
use cosmrs::proto::cosmos::feegrant::v1beta1::QueryAllowancesByGranterRequest;

use crate::{Chain, Error};

/// Allowances of a page.
const PAGE: u64 = 100;
/// Pages that are read at most: 100,000 allowances. More are no grid's, and reading would not end soon.
const MAX_PAGES: u32 = 1_000;

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
