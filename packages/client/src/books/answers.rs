use std::collections::BTreeMap;

use gridpact_types::asset::Asset;
use gridpact_types::settlement::answers::{
    AccountResponse, BooksResponse, CommunityResponse, HeldResult, HeldWindow,
};
use gridpact_units::Slot;

use crate::{Chain, Error, Settlement};

/// Everything that a settlement answers of its books, as of one block.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// Every account.
    pub accounts: Vec<AccountResponse>,
    /// Every window that is not final.
    pub held_windows: Vec<HeldWindow>,
    /// What they did to every slot.
    pub held_results: BTreeMap<Slot, Vec<HeldResult>>,
    /// The community account.
    pub community: CommunityResponse,
    /// Where every unit is.
    pub books: BooksResponse,
    /// What the settlement really has of the grid's money.
    pub holding: u128,
}

impl Answers {
    /// Asks for everything as of a block. `progress` hears how many accounts are done, and of how many.
    ///
    /// # Errors
    /// The chain does not answer, or the node has forgotten that block.
    pub async fn ask(
        chain: &Chain,
        settlement: &str,
        asset: &Asset,
        height: u64,
        mut progress: impl FnMut(usize, usize),
    ) -> Result<Self, Error> {
        let chain = chain.as_of(height);
        let settlement = Settlement::new(&chain, settlement);
        let accounts = settlement.all_accounts(None).await?;
        let held_windows = settlement.all_held_windows().await?;
        let mut held_results = BTreeMap::new();
        if !held_windows.is_empty() {
            for (done, account) in accounts.iter().enumerate() {
                progress(done, accounts.len());
                held_results.insert(account.slot, settlement.all_held_results(account.slot).await?);
            }
        }
        Ok(Self {
            accounts,
            held_windows,
            held_results,
            community: settlement.community().await?,
            books: settlement.books().await?,
            holding: chain.holding(settlement.address(), asset).await?,
        })
    }
}
