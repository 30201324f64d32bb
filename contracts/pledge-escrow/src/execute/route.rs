//! Each message goes to its handler, with the project that it is about, what silence decided in it meanwhile, and the money that
//! came.

use cosmwasm_std::{from_json, Addr, Coin, DepsMut, Event, MessageInfo, Response, Storage};
use cw20::Cw20ReceiveMsg;
use gridpact_types::asset::{no_coins, Asset};
use gridpact_types::escrow::messages::{ExecuteMsg, ReceiveMsg};
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::strict::Strict;
use gridpact_units::{Amount, UnixSeconds};

use super::accept::accept;
use super::claim::{claim_refund, claim_revenue};
use super::decide::decide;
use super::defects::{claim_defects, support_claim, withdraw_support};
use super::draw::draw;
use super::end::{consent_to_end, terminate};
use super::object::{object, withdraw_objection};
use super::offer::{consent, offer, withdraw_offer};
use super::open::open;
use super::payees::{confirm_move, move_payee};
use super::pledge::{pledge, NewPledge};
use super::restate::restate;
use super::revenue::pay_revenue;
use super::submit::submit_milestone;
use crate::addresses::Addresses;
use crate::case::Case;
use crate::error::ContractError;
use crate::project::Evidence;
use crate::state;

/// Carries out a message.
pub(crate) fn carry_out(
    deps: DepsMut,
    escrow: &Addr,
    now: UnixSeconds,
    info: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    // Every message but these takes no coins.
    if !matches!(
        msg,
        ExecuteMsg::Pledge { .. } | ExecuteMsg::PayRevenue { .. } | ExecuteMsg::Accept { .. }
    ) {
        no_coins(&info.funds)?;
    }
    let (storage, api) = (deps.storage, deps.api);
    let addresses = Addresses { api, escrow };
    match msg {
        ExecuteMsg::Open { terms } => open(storage, &addresses, now, &terms),
        ExecuteMsg::Receive(hook) => receive(storage, &addresses, now, &info.sender, hook),
        other => {
            let (case, told) = reached(storage, project_of(&other), now)?;
            let response = about_project(storage, &addresses, case, info, other)?;
            Ok(after(told, response))
        }
    }
}

/// The project that a message is about, with the events of what silence decided in it and no message noted yet.
fn reached(
    storage: &mut dyn Storage,
    project: ProjectId,
    now: UnixSeconds,
) -> Result<(Case, Vec<Event>), ContractError> {
    let mut case = state::case(storage, project, now)?;
    let told = case.note_lapsed(storage)?;
    Ok((case, told.into_iter().map(Event::from).collect()))
}

/// A response whose events come after these.
fn after(mut told: Vec<Event>, mut response: Response) -> Response {
    told.append(&mut response.events);
    response.events = told;
    response
}

const fn project_of(msg: &ExecuteMsg) -> ProjectId {
    match msg {
        ExecuteMsg::Open { .. } | ExecuteMsg::Receive(_) => 0,
        ExecuteMsg::Pledge { project, .. }
        | ExecuteMsg::Restate { project, .. }
        | ExecuteMsg::Accept { project, .. }
        | ExecuteMsg::SubmitMilestone { project, .. }
        | ExecuteMsg::Object { project, .. }
        | ExecuteMsg::WithdrawObjection { project, .. }
        | ExecuteMsg::Decide { project, .. }
        | ExecuteMsg::Offer { project, .. }
        | ExecuteMsg::WithdrawOffer { project }
        | ExecuteMsg::Consent { project, .. }
        | ExecuteMsg::ConsentToEnd { project }
        | ExecuteMsg::ClaimDefects { project, .. }
        | ExecuteMsg::SupportClaim { project, .. }
        | ExecuteMsg::WithdrawSupport { project }
        | ExecuteMsg::Draw { project, .. }
        | ExecuteMsg::MovePayee { project, .. }
        | ExecuteMsg::ConfirmMove { project, .. }
        | ExecuteMsg::Terminate { project }
        | ExecuteMsg::ClaimRefund { project }
        | ExecuteMsg::PayRevenue { project, .. }
        | ExecuteMsg::ClaimRevenue { project } => *project,
    }
}

fn about_project(
    storage: &mut dyn Storage,
    addresses: &Addresses,
    case: Case,
    MessageInfo { sender, funds }: MessageInfo,
    msg: ExecuteMsg,
) -> Result<Response, ContractError> {
    match msg {
        // Handled before.
        ExecuteMsg::Open { .. } | ExecuteMsg::Receive(_) => Ok(Response::new()),
        ExecuteMsg::Pledge {
            terms_hash,
            condition,
            ..
        } => {
            let new = NewPledge {
                pledger: sender,
                amount: case.terms.asset.received(&funds)?,
                terms_hash,
                condition,
            };
            pledge(storage, addresses, case, new)
        }
        ExecuteMsg::Restate { condition, .. } => restate(storage, addresses, case, sender, &condition),
        ExecuteMsg::Accept { terms_hash, .. } => {
            let bond = bond(&case, &funds)?;
            accept(storage, case, sender, &terms_hash, bond)
        }
        ExecuteMsg::SubmitMilestone {
            milestone,
            evidence_hash,
            evidence_uri,
            ..
        } => {
            let evidence = Evidence {
                hash: evidence_hash,
                uri: evidence_uri,
            };
            submit_milestone(storage, case, &sender, milestone, evidence)
        }
        ExecuteMsg::Object {
            milestone, reason, ..
        } => object(storage, case, sender, milestone, reason),
        ExecuteMsg::WithdrawObjection { milestone, .. } => {
            withdraw_objection(storage, case, sender, milestone)
        }
        ExecuteMsg::Decide {
            dispute,
            kept,
            reason,
            ..
        } => decide(storage, case, &sender, dispute, kept, &reason),
        ExecuteMsg::Offer { proposal, .. } => offer(storage, case, &sender, proposal),
        ExecuteMsg::WithdrawOffer { .. } => withdraw_offer(storage, case, &sender),
        ExecuteMsg::Consent { offer, .. } => consent(storage, case, sender, offer),
        ExecuteMsg::ConsentToEnd { .. } => consent_to_end(storage, case, sender),
        ExecuteMsg::ClaimDefects { amount, reason, .. } => {
            claim_defects(storage, case, sender, amount, reason)
        }
        ExecuteMsg::SupportClaim { claim, .. } => support_claim(storage, case, sender, claim),
        ExecuteMsg::WithdrawSupport { .. } => withdraw_support(storage, case, sender),
        ExecuteMsg::Draw { payee, .. } => draw(storage, case, sender, payee),
        ExecuteMsg::MovePayee { payee, to, .. } => {
            let to = addresses.party("payee", &to)?;
            move_payee(storage, &case, &sender, payee, to)
        }
        ExecuteMsg::ConfirmMove { payee, .. } => confirm_move(storage, &case, sender, payee),
        ExecuteMsg::Terminate { .. } => terminate(storage, case),
        ExecuteMsg::ClaimRefund { .. } => claim_refund(storage, case, sender),
        ExecuteMsg::PayRevenue { terms_hash, .. } => {
            let amount = case.terms.asset.received(&funds)?;
            pay_revenue(storage, case, &terms_hash, sender, amount)
        }
        ExecuteMsg::ClaimRevenue { .. } => claim_revenue(storage, case, sender),
    }
}

/// The bond that came as coins. A bond in tokens comes through the token alone; where there is none to post, no coins may come.
fn bond(case: &Case, funds: &[Coin]) -> Result<Amount, ContractError> {
    match (&case.terms.asset, case.terms.bond.is_zero()) {
        (Asset::Native { .. }, false) => Ok(case.terms.asset.received(funds)?),
        _ => {
            no_coins(funds)?;
            Ok(Amount::ZERO)
        }
    }
}

/// Tokens that arrived. Anybody can call a hook: only the token of the project's own terms is believed.
fn receive(
    storage: &mut dyn Storage,
    addresses: &Addresses,
    now: UnixSeconds,
    token: &Addr,
    hook: Cw20ReceiveMsg,
) -> Result<Response, ContractError> {
    let Strict(msg) = from_json(&hook.msg)?;
    let (ReceiveMsg::Pledge { project, .. }
    | ReceiveMsg::Accept { project, .. }
    | ReceiveMsg::PayRevenue { project, .. }) = msg;
    let (case, told) = reached(storage, project, now)?;
    let amount = case.terms.asset.received_by_hook(token, hook.amount)?;
    let payer = addresses.party("payer", &hook.sender)?;
    let response = match msg {
        ReceiveMsg::Pledge {
            terms_hash,
            condition,
            ..
        } => {
            let new = NewPledge {
                pledger: payer,
                amount,
                terms_hash,
                condition,
            };
            pledge(storage, addresses, case, new)
        }
        ReceiveMsg::Accept { terms_hash, .. } => accept(storage, case, payer, &terms_hash, amount),
        ReceiveMsg::PayRevenue { terms_hash, .. } => pay_revenue(storage, case, &terms_hash, payer, amount),
    };
    Ok(after(told, response?))
}
