//! How an escrow is made, at an address known before, and watched from then on.

use cosmwasm_std::Addr;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::messages::InstantiateMsg;

use crate::escrow::Escrow;
use crate::invariants;
use crate::ledger::escrow::EscrowLedger;
use crate::world::World;

impl Escrow {
    /// An escrow for the world's asset.
    pub fn create(world: &mut World) -> Self {
        let assets = vec![world.money().asset()];
        Self::create_with(world, assets, b"escrow").expect("an escrow for the world's asset")
    }

    /// An escrow for these assets; another salt is another escrow.
    ///
    /// # Errors
    /// The contract's own words.
    pub fn create_with(world: &mut World, assets: Vec<Asset>, salt: &[u8]) -> Result<Self, String> {
        let code = world.codes.escrow;
        let addr = world.create(code, &InstantiateMsg { assets }, salt, "escrow")?;
        world.watch_escrow(EscrowLedger::new(addr.clone()), invariants::escrow::breaches);
        Ok(Self { addr })
    }

    /// Where [`Escrow::create`] will make it.
    pub fn predict(world: &World) -> Addr {
        world.predict(world.codes.escrow, b"escrow")
    }
}
