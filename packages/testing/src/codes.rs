//! The codes of the three contracts, stored on the chain.

use cw_multi_test::ContractWrapper;

use crate::app::GridApp;

/// Numbers of the stored codes.
#[derive(Clone, Copy)]
pub(crate) struct Codes {
    pub escrow: u64,
    pub registry: u64,
    pub settlement: u64,
}

impl Codes {
    pub fn store(app: &mut GridApp) -> Self {
        Self {
            escrow: app.store_code(Box::new(ContractWrapper::new(
                pledge_escrow::contract::execute,
                pledge_escrow::contract::instantiate,
                pledge_escrow::contract::query,
            ))),
            registry: app.store_code(Box::new(ContractWrapper::new(
                meter_registry::contract::execute,
                meter_registry::contract::instantiate,
                meter_registry::contract::query,
            ))),
            settlement: app.store_code(Box::new(ContractWrapper::new(
                energy_settlement::contract::execute,
                energy_settlement::contract::instantiate,
                energy_settlement::contract::query,
            ))),
        }
    }
}
