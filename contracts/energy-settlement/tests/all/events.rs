//! Every event, as it is documented.

use cosmwasm_std::Response;
use gridpact_types::settlement::messages::ExecuteMsg;

use crate::harness::*;

fn told(response: &Response) -> Vec<String> {
    let event = |event: &cosmwasm_std::Event| {
        let pairs: Vec<String> = event
            .attributes
            .iter()
            .map(|pair| format!("{}={}", pair.key, pair.value))
            .collect();
        format!("{}: {}", event.ty, pairs.join(" "))
    };
    response.events.iter().map(event).collect()
}

#[test]
fn events_have_constant_names_keys_and_plain_values() {
    let mut grid = Grid::new(0);
    let opened = grid.open(2).unwrap();
    assert_eq!(
        told(&opened),
        ["accounts_opened: roster_version=1 from=2000000 first_slot=0 count=2"]
    );
    let payer = grid.addr("anybody");
    let deposited = grid.deposit(1, 1_000_000).unwrap();
    assert_eq!(
        told(&deposited),
        [format!("deposited: slot=1 payer={payer} amount=1000000")]
    );
    let settled = grid.settle(&[export(1_000_000), import(1_000_000)]).unwrap();
    let expected = "window_settled: first_interval=2000000 intervals=1 revision=0 supply_mwh=1000000 demand_mwh=1000000 \
                    payable_mwh=1000000 traded_mwh=1000000 counted_mwh=1000000 debits=200000 credits=197000 fees=3000 rounding=0 lowest_price=200000000 highest_price=200000000 final_at=1800086400 \
                    balances=84f0f58f9bead3bc6bb6b05998e6c4422123956e99ead60e4b814a2e904d1a54 \
                    results=29db32275783c873cafbee3db420a54f2e6e275bd55b64d6bc80f2e074cf62ff";
    assert_eq!(told(&settled), [expected]);
    grid.go_to(START + DAY);
    assert_eq!(
        told(&grid.finalise().unwrap()),
        ["window_finalised: first_interval=2000000 credits=197000"]
    );
    let escrow = grid.addr("escrow");
    let sweep = ExecuteMsg::Sweep { account: fee(1) };
    assert_eq!(
        told(&grid.send("anybody", sweep, &[]).unwrap()),
        [format!("swept: account=1 payee={escrow} amount=1000")]
    );
    let owner = grid.addr("home 1");
    let withdrawn = grid.withdraw(1, Some(3)).unwrap();
    assert_eq!(
        told(&withdrawn),
        [format!(
            "withdrawn: slot=1 owner={owner} amount=3 more_ended=false"
        )]
    );
}
