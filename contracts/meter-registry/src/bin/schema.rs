//! Prints the contract's API as one JSON schema.

use std::process::ExitCode;

use cosmwasm_schema::generate_api;
use cosmwasm_std::Empty;
use gridpact_types::registry::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::schema;

fn main() -> ExitCode {
    let api = generate_api! {
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
        migrate: Empty,
    };
    match schema::render(api) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("schema: {error}");
            ExitCode::FAILURE
        }
    }
}
