//! The contracts' own code, asked in process whether it would take the messages: whatever this program does not check
//! itself is told before anything is sent.

use cosmwasm_std::testing::{message_info, mock_dependencies, mock_env};
use cosmwasm_std::{Addr, Timestamp};
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::strict::Strict;

use super::parts::{Addresses, EscrowPlan, GridFile, ProjectTerms};
use crate::onchain::fields::Problems;
use crate::onchain::{Wallet, ESCROW, REGISTRY, SETTLEMENT};

/// Notes what each contract would refuse, in its own words.
pub fn ask_contracts(grid: &GridFile, wallet: &Wallet, problems: &Problems) {
    let refused =
        |contract: &str, error: String| problems.add(0, format!("{contract} would refuse: {error}"));
    // Any three addresses do: the real ones follow from the code.
    let stand_in = |name: &str| wallet.api().addr_make(name).into_string();
    let at = Addresses {
        escrow: match &grid.escrow {
            EscrowPlan::At(address) => address.clone(),
            EscrowPlan::New(_) => stand_in(ESCROW),
        },
        registry: stand_in(REGISTRY),
        settlement: stand_in(SETTLEMENT),
    };
    let info = message_info(&Addr::unchecked(&at.escrow), &[]);
    let mut env = mock_env();

    if let Some(message) = grid.escrow_message() {
        let mut deps = mock_dependencies();
        deps.api = wallet.api();
        let message = Strict(message);
        let made = pledge_escrow::contract::instantiate(deps.as_mut(), env.clone(), info.clone(), message);
        made.err()
            .into_iter()
            .for_each(|error| refused(ESCROW, error.to_string()));
        for project in &grid.projects {
            let ProjectTerms::File(file) = &project.terms else {
                continue;
            };
            // Whether its times are still to come, only the chain can tell, and of a grid that runs they are not.
            let now = file.before_its_deadline();
            env.block.time = Timestamp::from_seconds(now.0);
            let open = ExecuteMsg::Open {
                terms: file.terms(now),
            };
            let opened =
                pledge_escrow::contract::execute(deps.as_mut(), env.clone(), info.clone(), Strict(open));
            opened
                .err()
                .into_iter()
                .for_each(|error| refused(ESCROW, format!("project {}: {error}", project.number)));
        }
    }
    let mut deps = mock_dependencies();
    deps.api = wallet.api();
    env.contract.address = Addr::unchecked(&at.registry);
    let message = grid.registry_message(&at);
    let made =
        meter_registry::contract::instantiate(deps.as_mut(), env.clone(), info.clone(), Strict(message));
    made.err()
        .into_iter()
        .for_each(|error| refused(REGISTRY, error.to_string()));

    let mut deps = mock_dependencies();
    deps.api = wallet.api();
    env.contract.address = Addr::unchecked(&at.settlement);
    let message = match grid.settlement_without_projects(&at) {
        Ok(message) => message,
        Err(error) => return problems.add(0, format!("{error:#}")),
    };
    let made = energy_settlement::contract::instantiate(deps.as_mut(), env, info, Strict(message));
    made.err()
        .into_iter()
        .for_each(|error| refused(SETTLEMENT, error.to_string()));
}
