//! A grid is checked in full when it is made.

use cosmwasm_std::{from_json, HexBinary, StdError};
use gridpact_report::HeaderError;
use gridpact_types::registry::answers::{CommitteeResponse, ConfigResponse};
use gridpact_types::registry::messages::InstantiateMsg;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{IntervalLength, Seconds};
use meter_registry::error::ContractError;
use meter_registry::grid_error::GridError;

use crate::harness::*;

fn outcome(change: impl FnOnce(&mut InstantiateMsg)) -> Result<Grid, ContractError> {
    let mut msg = grid_msg();
    change(&mut msg);
    Grid::try_new(msg).map(|(grid, _)| grid)
}

#[track_caller]
fn refused(change: impl FnOnce(&mut InstantiateMsg)) -> ContractError {
    outcome(change).err().expect("refused")
}

#[test]
fn a_grid_says_what_it_was_made_with() {
    let grid = Grid::new();
    let config: ConfigResponse = grid.ask(QueryMsg::Config {}).unwrap();
    let expected = ConfigResponse {
        settlement: address("settlement").to_string(),
        interval_length: IntervalLength::QUARTER_HOUR,
        resolution: 1_000,
        challenge_period: Seconds::days(16),
        report_limit: Seconds(HOUR),
        rosters_begin: RostersBegin {
            every: Seconds(QUARTER),
            offset: Seconds(0),
        },
        newest_roster: 0,
        slots: 0,
        households: 0,
    };
    assert_eq!(config, expected);
    let answer: CommitteeResponse = grid.ask(QueryMsg::Committee { epoch: None }).unwrap();
    assert_eq!(
        answer,
        CommitteeResponse {
            epoch: 1,
            committee: committee(4, 3)
        }
    );
}

#[test]
fn the_interval_divides_an_hour_and_is_a_minute_at_least() {
    for length in [0, 1, 59, 61, 899, 7_200] {
        let json = serde_json_like(length);
        assert!(from_json::<InstantiateMsg>(json).is_err());
    }
    assert!(from_json::<InstantiateMsg>(serde_json_like(900)).is_ok());
}

fn serde_json_like(length: u32) -> Vec<u8> {
    let json = cosmwasm_std::to_json_string(&grid_msg()).unwrap();
    json.replace(
        "\"interval_length\":900",
        &format!("\"interval_length\":{length}"),
    )
    .into_bytes()
}

#[test]
fn a_committee_has_1_to_32_members_and_more_than_two_thirds_sign() {
    for members in 1..=32_u8 {
        for quorum in 0..=members + 1 {
            let outcome = outcome(|msg| msg.committee = committee(members, quorum));
            let allowed = u32::from(quorum) * 3 > u32::from(members) * 2 && quorum <= members;
            let got = ContractError::Grid(GridError::Threshold {
                members: members.into(),
                quorum,
            });
            assert_eq!(outcome.err(), (!allowed).then_some(got));
        }
    }
    for (members, quorum) in [(0, 0), (0, 1), (33, 23), (33, 33)] {
        let got = refused(|msg| msg.committee = committee(members, quorum));
        assert_eq!(
            got,
            ContractError::Grid(GridError::Threshold {
                members: members.into(),
                quorum
            })
        );
    }
}

#[test]
fn members_have_keys_and_addresses_of_their_own() {
    let got =
        refused(|msg| msg.committee.members[2].public_key = msg.committee.members[0].public_key.clone());
    assert_eq!(
        got,
        ContractError::Grid(GridError::RepeatedKey {
            member: 2,
            earlier: 0
        })
    );
    let got = refused(|msg| msg.committee.members[3].address = msg.committee.members[1].address.clone());
    assert_eq!(
        got,
        ContractError::Grid(GridError::RepeatedMember {
            member: 3,
            earlier: 1
        })
    );
    let got = refused(|msg| msg.committee.members[3].address = "nobody".to_owned());
    assert!(matches!(got, ContractError::Std(StdError::GenericErr { .. })));
}

#[test]
fn a_key_is_a_compressed_point() {
    let point = key(0).public_key();
    let mut uncompressed = [4; 65];
    uncompressed[1..33].copy_from_slice(&point[1..]);
    let mut prefix = point;
    prefix[0] = 4;
    // No point has x = 5 on secp256k1, nor x beyond the field.
    let mut off_curve = [0; 33];
    (off_curve[0], off_curve[32]) = (2, 5);
    let mut beyond = [0xff; 33];
    beyond[0] = 2;
    let cases: [Vec<u8>; 8] = [
        vec![],
        point[..32].to_vec(),
        [&point[..], &[0]].concat(),
        uncompressed.to_vec(),
        prefix.to_vec(),
        off_curve.to_vec(),
        beyond.to_vec(),
        vec![0; 33],
    ];
    for bytes in cases {
        let key = HexBinary::from(bytes);
        let got = refused(|msg| msg.committee.members[1].public_key = key.clone());
        assert_eq!(
            got,
            ContractError::Grid(GridError::PublicKey {
                member: 1,
                got: key.to_hex()
            })
        );
    }
}

#[test]
fn the_resolution_is_one_a_report_can_have() {
    for (resolution, allowed) in [
        (0, false),
        (1, true),
        (250, true),
        (1_000_000, true),
        (1_000_001, false),
    ] {
        let got = ContractError::Header(HeaderError::Resolution {
            got: resolution.into(),
        });
        assert_eq!(
            outcome(|msg| msg.resolution = resolution).err(),
            (!allowed).then_some(got)
        );
    }
}

#[test]
fn the_challenge_period_is_at_most_2000_intervals() {
    for length in [60, 900, 3_600] {
        let max = 2_000 * u64::from(length);
        for (period, allowed) in [(0, true), (max, true), (max + 1, false), (u64::MAX, false)] {
            let outcome = outcome(|msg| {
                msg.interval_length = IntervalLength::from_seconds(length).unwrap();
                msg.rosters_begin.every = Seconds(DAY);
                msg.challenge_period = Seconds(period);
            });
            let got = ContractError::Grid(GridError::ChallengePeriod {
                max: Seconds(max),
                got: Seconds(period),
            });
            assert_eq!(outcome.err(), (!allowed).then_some(got));
        }
    }
}

#[test]
fn the_report_limit_is_an_hour_to_60_days() {
    let day = 86_400;
    for (limit, allowed) in [
        (0, false),
        (3_599, false),
        (3_600, true),
        (60 * day, true),
        (60 * day + 1, false),
    ] {
        let got = ContractError::Grid(GridError::ReportLimit { got: Seconds(limit) });
        assert_eq!(
            outcome(|msg| msg.report_limit = Seconds(limit)).err(),
            (!allowed).then_some(got)
        );
    }
}

#[test]
fn operator_and_settlement_are_addresses_and_the_settlement_is_another_contract() {
    for bad in ["", "nobody"] {
        assert!(matches!(
            refused(|msg| msg.operator = bad.to_owned()),
            ContractError::Std(_)
        ));
        assert!(matches!(
            refused(|msg| msg.settlement = bad.to_owned()),
            ContractError::Std(_)
        ));
    }
    let got = refused(|msg| msg.settlement = address("registry").to_string());
    assert_eq!(
        got,
        ContractError::Grid(GridError::SettlementIsRegistry {
            got: address("registry")
        })
    );
}
