//! Contracts at addresses that are known before they exist.

use cosmwasm_std::{instantiate2_address, Addr, Api};
use cw_multi_test::Executor;
use serde::Serialize;

use super::World;
use crate::app::words;

impl World {
    /// The address a contract of this code will have, when the deployer makes it with this salt.
    pub(crate) fn predict(&self, code: u64, salt: &[u8]) -> Addr {
        let info = self.app.wrap().query_wasm_code_info(code);
        let checksum = info.expect("the code is stored").checksum;
        let api = self.app.api();
        let creator = api
            .addr_canonicalize(self.addr("deployer").as_str())
            .expect("a valid address");
        let predicted =
            instantiate2_address(checksum.as_slice(), &creator, salt).expect("a salt of 1 to 64 bytes");
        api.addr_humanize(&predicted).expect("a valid address")
    }

    /// Makes it, and sees that it stands where it was predicted.
    pub(crate) fn create<M: Serialize>(
        &mut self,
        code: u64,
        msg: &M,
        salt: &[u8],
        label: &str,
    ) -> Result<Addr, String> {
        let (deployer, predicted) = (self.addr("deployer"), self.predict(code, salt));
        let made = self
            .app
            .instantiate2_contract(code, deployer, msg, &[], label, None, salt.to_vec())
            .map_err(|error| words(&error))?;
        assert_eq!(made, predicted, "the address was known before");
        Ok(made)
    }
}
