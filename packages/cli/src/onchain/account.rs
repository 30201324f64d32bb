//! `gridpact account`: what a meter's slot has, deposits, withdrawals, and what anybody may do to finish windows.

use anyhow::Result;
use clap::{Args, Subcommand};
use gridpact_client::{Escrow, Message, Settlement};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_types::settlement::answers::{AccountResponse, HeldResult};
use gridpact_units::{Amount, Slot, UnixSeconds};
use serde::Serialize;

use super::exit::bad_argument;
use super::outcome::Outcome;
use super::project::Agreed;
use super::{listing, money, time, ContractArgs, Listing, Session};

const EXAMPLES: &str = "Examples:
  gridpact account list
  gridpact account deposit 3 \"50 EUR\" --from house-a
  gridpact account show 3
  gridpact account withdraw 3 --from house-a            # everything that is free
  gridpact account withdraw 3 \"10 EUR\" --from house-a
  gridpact account finalise --from carrier              # windows whose challenge period is over";

/// Options of `account`.
#[derive(Args, Debug, Clone)]
#[command(after_help = EXAMPLES)]
pub struct AccountArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// The contract, chain, key and output.
    #[command(flatten)]
    pub on: ContractArgs,
}

/// What can be done with accounts.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// Every slot: its owner and what is free.
    List,
    /// One slot: what is free, and what windows that are not final yet did to it.
    Show {
        /// The meter's slot.
        slot: u32,
    },
    /// Pay money into a slot. Anybody may, for anybody.
    Deposit {
        /// The meter's slot.
        slot: u32,
        /// How much: "50 EUR".
        amount: String,
    },
    /// Take out what is free, as the slot's owner; all of it without an amount. What windows earned whose challenge period is over
    /// counts, whether or not somebody finished them.
    Withdraw {
        /// The meter's slot.
        slot: u32,
        /// How much: "10 EUR".
        amount: Option<String>,
    },
    /// Finish windows whose challenge period is over: their credits become free. Anybody may.
    Finalise {
        /// At most so many windows.
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// Pay out a community account to where it was agreed to go: a fee by its number or label, or `rounding`. Anybody may.
    Sweep {
        /// The fee's number or label, or `rounding`.
        account: String,
    },
}

/// One slot, as `--json` prints it.
#[derive(Serialize)]
struct Shown {
    account: AccountResponse,
    held: Vec<HeldResult>,
}

/// Carries it out.
///
/// # Errors
/// Bad arguments before anything is sent; refused by the contract in its own words.
pub async fn run(args: &AccountArgs) -> Result<bool> {
    let (session, address) = super::contract(&args.on, |grid| grid.settlement()).await?;
    let settlement = Settlement::new(session.chain(), &address);
    let config = settlement.config().await?;
    let asset = config.asset;
    let network = session.network();
    match &args.action {
        Action::List => {
            let accounts = settlement.all_accounts(None).await?;
            session.print(&accounts, |accounts| list(accounts, &asset, &session))?;
        }
        Action::Show { slot } => {
            let account = settlement.account(Slot(*slot)).await?;
            let held = settlement.all_held_results(Slot(*slot)).await?;
            let now = session.chain().latest().await?.time;
            let shown = Shown { account, held };
            session.print(&shown, |shown| show(shown, now, &asset, &session))?;
        }
        Action::Deposit { slot, amount } => {
            let paid = money::parse_of(amount, &asset, network)?;
            let message = settlement.deposit(Slot(*slot), &asset, paid)?;
            pay(
                &session,
                &format!("deposit {amount} into slot {slot}"),
                message,
                None,
                &asset,
            )
            .await?;
        }
        Action::Withdraw { slot, amount } => {
            let wanted = amount
                .as_ref()
                .map(|amount| money::parse_of(amount, &asset, network))
                .transpose()?;
            let what = amount.as_deref().unwrap_or("everything that is free");
            let message = settlement.withdraw(Slot(*slot), wanted)?;
            let what = format!("withdraw {what} from slot {slot}");
            let outcome = pay(&session, &what, message, Some("withdrawn"), &asset).await?;
            if outcome.told("withdrawn", "more_ended").as_deref() == Some("true") {
                session.note(
                    "more windows have ended than one message finishes: ask again for what they earned",
                );
            }
        }
        Action::Finalise { limit } => {
            let message = settlement.finalise(*limit)?;
            let outcome = session
                .send("finish windows whose challenge period is over", &[message])
                .await?;
            let finished = outcome
                .transaction()
                .map(|done| done.attributes("wasm-window_finalised", "first_interval").count());
            session.print_outcome(&outcome.with("windows", finished))?;
        }
        Action::Sweep { account } => {
            let account = community(account, &config.fees)?;
            let destination = match account {
                CommunityAccount::Rounding {} => Some(&config.rounding),
                CommunityAccount::Fee { id } => {
                    let fee = config.fees.iter().find(|fee| fee.id == id);
                    fee.map(|fee| &fee.destination)
                }
            };
            let to = match destination {
                Some(Destination::Account { address }) => address.clone(),
                Some(Destination::Project {
                    escrow,
                    project,
                    otherwise,
                    ..
                }) => {
                    let found = Escrow::new(session.chain(), escrow).project(*project).await?;
                    let title = Agreed::of(&found).map(|agreed| format!(" “{}”", agreed.terms.title));
                    format!(
                        "project {project}{}, or where that came to nothing to {otherwise}",
                        title.unwrap_or_default()
                    )
                }
                None => "nowhere".to_owned(),
            };
            let message = settlement.sweep(account)?;
            pay(
                &session,
                &format!("pay out to {to}"),
                message,
                Some("swept"),
                &asset,
            )
            .await?;
        }
    }
    Ok(true)
}

/// Sends, and tells what was paid, as an event of the contract says it.
async fn pay(
    session: &Session,
    what: &str,
    message: Message,
    event: Option<&str>,
    asset: &Asset,
) -> Result<Outcome> {
    let outcome = session.send(what, &[message]).await?;
    let paid = event
        .and_then(|event| outcome.told(event, "amount"))
        .and_then(|amount| amount.parse().ok());
    let shown = paid.map(|amount| money::show(Amount(amount), asset, session.network()));
    let outcome = outcome.with("paid", shown);
    session.print_outcome(&outcome)?;
    Ok(outcome)
}

fn community(text: &str, fees: &[FeeAccount]) -> Result<CommunityAccount> {
    let fee = match text.parse() {
        Ok(CommunityAccount::Fee { id }) => fees.iter().find(|fee| fee.id == id),
        Ok(rounding) => return Ok(rounding),
        Err(_) => fees.iter().find(|fee| fee.label == text),
    };
    fee.map(|fee| CommunityAccount::Fee { id: fee.id })
        .ok_or_else(|| {
            let known: Vec<String> = fees
                .iter()
                .map(|fee| format!("{} ({})", fee.id, fee.label))
                .collect();
            bad_argument(format!(
                "expected `rounding` or a fee of the grid ({}), got `{text}`",
                if known.is_empty() {
                    "it has none".to_owned()
                } else {
                    known.join(", ")
                }
            ))
        })
}

fn list(accounts: &[AccountResponse], asset: &Asset, session: &Session) -> String {
    let mut list = Listing::new(["slot", "free", "owner"]);
    for account in accounts {
        list.row([
            account.slot.0.to_string(),
            money::show(account.free, asset, session.network()),
            account.owner.clone(),
        ]);
    }
    list.to_string()
}

fn show(shown: &Shown, now: UnixSeconds, asset: &Asset, session: &Session) -> String {
    let money = |amount: Amount| money::show(amount, asset, session.network());
    // What is final is free by the clock: it needs nobody, and a withdrawal counts it.
    let ended = shown.held.iter().filter(|result| result.final_at <= now);
    let ended = Amount(ended.fold(0, |sum, result| sum.saturating_add(result.credit.0)));
    let mut text = listing::facts([
        ("slot", shown.account.slot.0.to_string()),
        ("owner", shown.account.owner.clone()),
        ("free", money(shown.account.free)),
        ("and of windows that have ended", money(ended)),
    ]);
    if shown.held.is_empty() {
        return text + "\nno window is open\n";
    }
    let mut held = Listing::new([
        "window from interval",
        "paid",
        "earned, free once final",
        "final at",
    ]);
    for result in &shown.held {
        held.row([
            result.first_interval.0.to_string(),
            money(result.debit),
            money(result.credit),
            time::show(result.final_at),
        ]);
    }
    text.push('\n');
    text.push_str(&held.to_string());
    text
}
