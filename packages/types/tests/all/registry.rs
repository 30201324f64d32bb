//! What a client reads of a window, also of one that a newer registry answers.

use cosmwasm_std::{from_json, to_json_string, HexBinary};
use gridpact_types::registry::answers::{WindowReport, WindowResponse, WindowState, WindowsResponse};
use gridpact_units::{IntervalIndex, UnixSeconds};

fn window(state: WindowState) -> WindowResponse {
    WindowResponse {
        first_interval: IntervalIndex(5),
        intervals: 2,
        state,
    }
}

fn reported() -> WindowState {
    WindowState::Reported(WindowReport {
        mode: 0,
        scheme: 0,
        epoch: 1,
        roster_version: 2,
        seats: 3,
        revision: 4,
        body_hash: HexBinary::from([0xaa]),
        digest: HexBinary::from([0xbb]),
        signers: 7,
        height: 8,
        reported_at: UnixSeconds(9),
        final_at: UnixSeconds(10),
    })
}

#[test]
fn a_window_says_its_kind_and_then_what_the_kind_has() {
    let table = [
        (
            WindowState::Gap {},
            r#"{"first_interval":5,"intervals":2,"state":{"kind":"gap"}}"#,
        ),
        (
            reported(),
            r#"{"first_interval":5,"intervals":2,"state":{"kind":"reported","mode":0,"scheme":0,"epoch":1,"roster_version":2,"seats":3,"revision":4,"body_hash":"aa","digest":"bb","signers":7,"height":8,"reported_at":9,"final_at":10}}"#,
        ),
    ];
    for (state, json) in table {
        let window = window(state);
        assert_eq!(to_json_string(&window).unwrap(), json);
        assert_eq!(from_json::<WindowResponse>(json).unwrap(), window);
    }
}

#[test]
fn a_page_with_a_kind_and_a_field_that_are_not_known_yet_is_read() {
    let gap = r#"{"first_interval":1,"intervals":2,"state":{"kind":"gap","closed_at":3},"by":"a"}"#;
    let void =
        r#"{"first_interval":3,"intervals":2,"state":{"kind":"void","report":{"height":4},"ids":["5"]}}"#;
    let json = format!(r#"{{"windows":[{gap},{void}],"more":false}}"#);
    let page: WindowsResponse = from_json(json).unwrap();
    let states: Vec<_> = page.windows.into_iter().map(|window| window.state).collect();
    assert_eq!(states, [WindowState::Gap {}, WindowState::Other]);
}

#[test]
fn only_a_reported_window_has_a_report() {
    assert_eq!(reported().report().map(|report| report.height), Some(8));
    assert_eq!(WindowState::Gap {}.report(), None);
    assert_eq!(WindowState::Other.report(), None);
}
