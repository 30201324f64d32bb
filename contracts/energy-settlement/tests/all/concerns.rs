//! Whoever asks is told how the policy hurts its members.

use cosmwasm_std::testing::message_info;
use energy_settlement::contract::instantiate;
use gridpact_market::{Concern, PriceRule, Tariff};
use gridpact_types::asset::Asset;
use gridpact_types::settlement::answers::ConfigResponse;
use gridpact_types::settlement::queries::QueryMsg;
use gridpact_types::strict::Strict;
use gridpact_units::Price;

use crate::harness::{Grid, DENOM};

#[test]
fn a_policy_that_hurts_its_members_says_so_to_whoever_asks() {
    let told = |price, tariff: &Tariff| {
        let mut grid = Grid::new(0);
        let mut msg = grid.setup(Asset::native(DENOM));
        msg.policy.price = PriceRule::Fixed { price: Price(price) };
        msg.policy.tariff = tariff.clone();
        let info = message_info(&grid.addr("deployer"), &[]);
        instantiate(grid.deps.as_mut(), grid.env.clone(), info, Strict(msg)).unwrap();
        grid.ask::<ConfigResponse>(QueryMsg::Config {}).concerns
    };
    // The fees are 1 % and 1,000,000 a MWh.
    let utility = Tariff::flat(Price(300_000_000), Price(80_000_000));
    assert_eq!(told(200_000_000, &Tariff::NONE), []);
    assert_eq!(told(200_000_000, &utility), []);
    assert_eq!(told(81_000_000, &utility), [Concern::FeesAboveMargin]);
    assert_eq!(told(300_000_001, &utility), [Concern::FixedAboveRetail]);
    assert_eq!(told(0, &Tariff::NONE), [Concern::FreeEnergy]);
}
