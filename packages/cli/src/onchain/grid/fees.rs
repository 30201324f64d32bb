//! `gridpact grid grant-fees`: households sign without coins of the chain.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;
use cosmwasm_std::Coin;
use gridpact_client::{FeeAllowance, Message, Settlement};
use gridpact_units::{Seconds, UnixSeconds};

use crate::onchain::exit::bad_argument;
use crate::onchain::time::{parse_duration, parse_moment, show, show_duration, Moment};
use crate::onchain::Session;

/// Accounts of one transaction: an allowance takes some 60,000 gas.
const BATCH: usize = 50;
/// Shortest period: a day's worth of fees at a time is the least that makes sense to hand out by the hour.
const SHORTEST_PERIOD: Seconds = Seconds(3_600);

/// Options of `grid grant-fees`.
#[derive(Args, Debug, Clone)]
pub struct FeeArgs {
    /// Whose fees: addresses, or names of keys.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub accounts: Vec<String>,
    /// Every owner of an account of the grid.
    #[arg(long)]
    pub all: bool,
    /// The most in one period: base units of the fee's coin. A call takes some 200,000 gas; the network's gas price turns it into
    /// coins.
    #[arg(long, value_name = "BASE-UNITS", required_unless_present = "revoke")]
    pub limit: Option<u128>,
    /// How long a period is.
    #[arg(long, value_name = "LENGTH", default_value = "30d", value_parser = parse_duration)]
    pub per: Seconds,
    /// From then on nothing may be spent: a time, a day, or +90d. As many periods as begin until then bound the whole.
    #[arg(long, value_name = "TIME", default_value = "+365d", value_parser = parse_moment)]
    pub expires: Moment,
    /// Pay no longer, at once.
    #[arg(long, conflicts_with_all = ["limit", "per", "expires"])]
    pub revoke: bool,
}

/// Grants, renews or revokes.
///
/// # Errors
/// Bad arguments before anything is sent; nobody to grant to or revoke from; the chain refuses.
pub async fn run(session: &Session, grid: &str, settlement: &Settlement, args: &FeeArgs) -> Result<()> {
    let granter = session.sender()?.address().to_owned();
    let chosen = chosen(session, settlement, args, &granter).await?;
    let have = session.chain().fee_grantees(&granter).await?;
    let allowance = if args.revoke {
        None
    } else {
        let now = session.chain().latest().await?.time;
        Some(allowance(args, &session.network().gas_price.denom, now)?)
    };
    let messages = messages(&chosen, &have, allowance.as_ref());
    if messages.is_empty() {
        return Err(bad_argument(format!(
            "expected accounts whose fees {granter} pays, got none of them among {}",
            chosen.len()
        )));
    }
    for batch in messages.chunks(BATCH) {
        let what = match &allowance {
            Some(allowance) => format!(
                "pay fees of {} accounts of grid {grid}: up to {} in {}, {} in all, until {}",
                batch.len(),
                allowance.per_period,
                show_duration(allowance.period),
                allowance.total,
                show(allowance.expires_at)
            ),
            None => format!("pay fees of {} accounts of grid {grid} no longer", batch.len()),
        };
        let outcome = session.send(&what, &batch.concat()).await?;
        session.print_outcome(&outcome)?;
    }
    Ok(())
}

/// Whom it is about; never oneself, since an account cannot pay for itself by an allowance.
async fn chosen(
    session: &Session,
    settlement: &Settlement,
    args: &FeeArgs,
    granter: &str,
) -> Result<BTreeSet<String>> {
    let mut chosen: BTreeSet<String> = if args.all {
        let accounts = settlement.all_accounts(None).await?;
        accounts.into_iter().map(|account| account.owner).collect()
    } else {
        let named = args.accounts.iter().map(|account| session.address(account));
        named.collect::<Result<_>>()?
    };
    chosen.remove(granter);
    if chosen.is_empty() {
        return Err(bad_argument(
            "expected accounts other than the one that pays, got none",
        ));
    }
    Ok(chosen)
}

/// The allowance that the arguments say, from now on.
///
/// # Errors
/// Nothing to spend, a period or an end that leaves no time, a sum above 2^128.
pub fn allowance(args: &FeeArgs, denom: &str, now: UnixSeconds) -> Result<FeeAllowance> {
    let limit = args
        .limit
        .filter(|limit| *limit > 0)
        .ok_or_else(|| bad_argument("--limit: expected 1 or more base units, got none"))?;
    if args.per < SHORTEST_PERIOD {
        return Err(bad_argument(format!(
            "--per: expected {} or longer, got {}",
            show_duration(SHORTEST_PERIOD),
            show_duration(args.per)
        )));
    }
    let expires_at = args.expires.from(now);
    let left = expires_at.0.checked_sub(now.0).filter(|left| *left > 0);
    let left = left.ok_or_else(|| {
        bad_argument(format!(
            "--expires: expected after the chain's last block, {}, got {}",
            show(now),
            show(expires_at)
        ))
    })?;
    let periods = u128::from(left.div_ceil(args.per.0));
    let total = limit.checked_mul(periods).ok_or_else(|| {
        bad_argument(format!(
            "--limit: expected less than 2^128 in all, got {limit} x {periods}"
        ))
    })?;
    Ok(FeeAllowance {
        per_period: Coin::new(limit, denom),
        period: args.per,
        first_reset: now.plus(args.per),
        total: Coin::new(total, denom),
        expires_at,
    })
}

/// What each account needs: the chain takes no second allowance beside one that is there.
fn messages(
    chosen: &BTreeSet<String>,
    have: &BTreeSet<String>,
    allowance: Option<&FeeAllowance>,
) -> Vec<Vec<Message>> {
    let of_account = |account: &String| {
        let old = have.contains(account).then(|| Message::RevokeFees {
            from: account.clone(),
        });
        let new = allowance.map(|allowance| Message::GrantFees {
            to: account.clone(),
            allowance: allowance.clone(),
        });
        old.into_iter().chain(new).collect::<Vec<_>>()
    };
    chosen
        .iter()
        .map(of_account)
        .filter(|messages| !messages.is_empty())
        .collect()
}
