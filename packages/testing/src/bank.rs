//! A bank that refuses to pay some addresses, as a chain's bank module refuses module accounts.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use cosmwasm_std::{
    Addr, Api, BankMsg, BankQuery, Binary, BlockInfo, CustomMsg, CustomQuery, Querier, StdError, Storage,
};
use cw_multi_test::{AppResponse, Bank, BankKeeper, BankSudo, CosmosRouter, Module};
use serde::de::DeserializeOwned;

/// The library's result, whose type stands in its trait.
type Any<T> = cw_multi_test::error::AnyResult<T>;

/// cw-multi-test's bank, with a list of blocked addresses that its clones share.
#[derive(Clone, Default)]
pub struct GuardedBank {
    keeper: Rc<BankKeeper>,
    blocked: Rc<RefCell<BTreeSet<String>>>,
}

impl GuardedBank {
    /// From now on nobody can pay this address.
    pub fn block(&self, address: &Addr) {
        self.blocked.borrow_mut().insert(address.to_string());
    }

    /// The address can be paid again.
    pub fn unblock(&self, address: &Addr) {
        self.blocked.borrow_mut().remove(address.as_str());
    }

    /// The library's bank, to hand out coins.
    pub fn keeper(&self) -> &BankKeeper {
        &self.keeper
    }
}

impl Bank for GuardedBank {}

impl Module for GuardedBank {
    type ExecT = BankMsg;
    type QueryT = BankQuery;
    type SudoT = BankSudo;

    fn execute<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        sender: Addr,
        msg: BankMsg,
    ) -> Any<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        if let BankMsg::Send { to_address, .. } = &msg {
            if self.blocked.borrow().contains(to_address) {
                let refusal = format!("{to_address} is not allowed to receive funds");
                return Err(StdError::generic_err(refusal).into());
            }
        }
        self.keeper.execute(api, storage, router, block, sender, msg)
    }

    fn query(
        &self,
        api: &dyn Api,
        storage: &dyn Storage,
        querier: &dyn Querier,
        block: &BlockInfo,
        request: BankQuery,
    ) -> Any<Binary> {
        self.keeper.query(api, storage, querier, block, request)
    }

    fn sudo<ExecC, QueryC>(
        &self,
        api: &dyn Api,
        storage: &mut dyn Storage,
        router: &dyn CosmosRouter<ExecC = ExecC, QueryC = QueryC>,
        block: &BlockInfo,
        msg: BankSudo,
    ) -> Any<AppResponse>
    where
        ExecC: CustomMsg + DeserializeOwned + 'static,
        QueryC: CustomQuery + DeserializeOwned + 'static,
    {
        self.keeper.sudo(api, storage, router, block, msg)
    }
}
