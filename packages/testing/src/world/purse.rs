//! Money: who has it, who gets it, and messages that carry it. Native or cw20, a scenario does not see which.

use cosmwasm_std::{to_json_binary, Addr, Coin, Uint128};
use cw20::{BalanceResponse, Cw20ExecuteMsg, Cw20QueryMsg};
use cw_multi_test::Executor;
use gridpact_units::Amount;
use serde::Serialize;

use super::World;
use crate::app::{words, Outcome};
use crate::mint::OTHER_DENOM;
use crate::money::Money;
use crate::token::Guard;

impl World {
    /// Hands out money.
    pub fn fund(&mut self, to: &Addr, amount: Amount) {
        let minter = self.minter.clone();
        self.transfer(&minter, to, amount).expect("the mint has enough");
    }

    /// Hands out a coin that no grid and no project lists.
    pub fn fund_with_other_coin(&mut self, to: &Addr, amount: Amount) -> Coin {
        let coin = Coin::new(amount.0, OTHER_DENOM);
        self.app
            .send_tokens(self.minter.clone(), to.clone(), core::slice::from_ref(&coin))
            .expect("the mint has enough");
        coin
    }

    /// From now on neither the bank nor the token pays this address.
    pub fn block_payee(&mut self, address: &Addr) {
        self.bank.block(address);
        self.tell_token(Guard::Block(address.to_string()));
    }

    /// It can be paid again.
    pub fn unblock_payee(&mut self, address: &Addr) {
        self.bank.unblock(address);
        self.tell_token(Guard::Unblock(address.to_string()));
    }

    fn tell_token(&mut self, guard: Guard) {
        if let Money::Cw20 { token } = self.money.clone() {
            self.app.wasm_sudo(token, &guard).expect("the token obeys");
        }
    }

    /// A plain transfer, such as a gift to a contract.
    ///
    /// # Errors
    /// The bank's or the token's own words.
    pub fn transfer(&mut self, from: &Addr, to: &Addr, amount: Amount) -> Outcome {
        match self.money.clone() {
            Money::Native { denom } => {
                let coins = [Coin::new(amount.0, denom)];
                let outcome = self.app.send_tokens(from.clone(), to.clone(), &coins);
                self.acted();
                outcome.map_err(|error| words(&error))
            }
            Money::Cw20 { token } => {
                let transfer = Cw20ExecuteMsg::Transfer {
                    recipient: to.to_string(),
                    amount: Uint128::new(amount.0),
                };
                self.execute(from, &token, &transfer, &[])
            }
        }
    }

    /// What an address has of the world's asset.
    pub fn balance(&self, of: &Addr) -> Amount {
        match &self.money {
            Money::Native { denom } => {
                let coin = self.app.wrap().query_balance(of, denom);
                Amount(coin.expect("the bank answers").amount.u128())
            }
            Money::Cw20 { token } => {
                let query = Cw20QueryMsg::Balance {
                    address: of.to_string(),
                };
                let answer: BalanceResponse = self.query(token, &query).expect("the token answers");
                Amount(answer.balance.u128())
            }
        }
    }

    /// A message with money to a contract: a coin attached to `native`, or a token sent with `hook`.
    ///
    /// # Errors
    /// The contract's own words, the bank's or the token's.
    pub fn pay<M: Serialize, H: Serialize>(
        &mut self,
        from: &Addr,
        contract: &Addr,
        amount: Amount,
        native: &M,
        hook: &H,
    ) -> Outcome {
        match self.money.clone() {
            Money::Native { denom } => self.execute(from, contract, native, &[Coin::new(amount.0, denom)]),
            Money::Cw20 { token } => {
                let send = Cw20ExecuteMsg::Send {
                    contract: contract.to_string(),
                    amount: Uint128::new(amount.0),
                    msg: to_json_binary(hook).expect("messages serialise"),
                };
                self.execute(from, &token, &send, &[])
            }
        }
    }
}
