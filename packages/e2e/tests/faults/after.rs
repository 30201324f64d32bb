//! What the chain has to say afterwards.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{ensure, Context, Result};
use cosmrs::proto::cosmos::base::tendermint::v1beta1::service_client::ServiceClient;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::GetBlockByHeightRequest;
use gridpact_client::{Chain, Registry};
use gridpact_e2e::{Grid, Recomputed};

use crate::nodes;
use crate::run::FLOW_LIMIT;

/// Every node has come as far, has the same block and state there, and tells the books that the transactions make.
pub async fn nodes_agree(chain: &Chain, books: &Recomputed) -> Result<()> {
    // A block's header holds the hash of the state before it: one more, so that it covers all that happened.
    let last = chain.latest().await?.height + 1;
    let mut hashes = BTreeMap::new();
    for node in 0..nodes::validators()? {
        let told = nodes::chain(chain.network(), node).await?;
        let what = || format!("node {node}");
        told.follow(last).next(FLOW_LIMIT).await.with_context(what)?;
        books.check(&told).await.with_context(what)?;
        hashes.insert(node, hashes_at(&told, last).await.with_context(what)?);
    }
    let first = hashes.values().next();
    ensure!(
        hashes.values().all(|told| Some(told) == first),
        "block and app hash at {last}: {hashes:?}"
    );
    Ok(())
}

/// Block hash and app hash, as a node tells them.
async fn hashes_at(chain: &Chain, height: u64) -> Result<(String, String)> {
    let mut client = ServiceClient::connect(chain.network().grpc.clone()).await?;
    let height = i64::try_from(height)?;
    let told = client
        .get_block_by_height(GetBlockByHeightRequest { height })
        .await?;
    let told = told.into_inner();
    let block = told.block_id.context("a block's hash")?.hash;
    let header = told.block.and_then(|block| block.header);
    let app = header.context("a block's header")?.app_hash;
    Ok((hex::encode(block), hex::encode(app)))
}

/// First intervals of the accepted reports in the chain's transactions: every interval once, none left out.
pub async fn accepted_once(chain: &Chain, grid: &Grid, from: u64) -> Result<BTreeSet<u64>> {
    let mut accepted: BTreeMap<u64, u32> = BTreeMap::new();
    let last = chain.latest().await?.height;
    let mut follow = chain.follow(from);
    while follow.height() <= last {
        let (_, transactions) = follow.next(FLOW_LIMIT).await?;
        for transaction in transactions.iter().filter(|transaction| transaction.code == 0) {
            for first in transaction.attributes("wasm-report_accepted", "first_interval") {
                *accepted.entry(first.parse()?).or_default() += 1;
            }
        }
    }
    let (first, end) = (accepted.keys().next(), accepted.keys().next_back());
    let (first, end) = (*first.context("no report")?, *end.context("no report")?);
    ensure!(
        accepted.values().all(|count| *count == 1),
        "settled twice: {accepted:?}"
    );
    ensure!(
        u64::try_from(accepted.len())? == end - first + 1,
        "a gap: {accepted:?}"
    );
    let next = Registry::new(chain, &grid.registry)
        .next_report()
        .await?
        .first_interval;
    ensure!(
        next.map(|next| next.0) == Some(end + 1),
        "the registry expects {next:?} after {end}"
    );
    Ok(accepted.into_keys().collect())
}
