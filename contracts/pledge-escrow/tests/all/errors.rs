//! What every refusal says: what was expected and what came.

use cosmwasm_std::{coin, coins, HexBinary};
use gridpact_storage::MigrationError;
use gridpact_types::asset::{Asset, PaymentError};
use gridpact_types::escrow::messages::*;
use gridpact_types::escrow::terms::*;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};
use pledge_escrow::ContractError;

use crate::escrow::{Escrow, DAY, DENOM, START};

fn refusal(escrow: &mut Escrow, name: &str, msg: ExecuteMsg, funds: &[cosmwasm_std::Coin]) -> String {
    escrow
        .send(name, msg, funds)
        .expect_err("it is refused")
        .to_string()
}

fn opening(change: impl FnOnce(&Escrow, &mut Terms)) -> String {
    let mut escrow = Escrow::new();
    let mut terms = escrow.founding();
    change(&escrow, &mut terms);
    refusal(&mut escrow, "anybody", ExecuteMsg::Open { terms }, &[])
}

#[test]
fn terms_that_could_not_be_carried_out() {
    let a = Escrow::new().addr("A");
    let late = START + 3_653 * DAY;
    let table: Vec<(String, String)> = vec![
        (
            opening(|_, t| t.title = String::new()),
            "title: expected 1 to 128 bytes, got 0".into(),
        ),
        (
            opening(|_, t| t.description_uri = "x".repeat(513)),
            "description_uri: expected 0 to 512 bytes, got 513".into(),
        ),
        (
            opening(|_, t| t.description_hash = HexBinary::from([1; 31])),
            "description_hash: expected 32 bytes, got 31".into(),
        ),
        (
            opening(|_, t| t.asset = Asset::native("uother")),
            "asset: expected one of the deployment's list, got native:uother".into(),
        ),
        (
            opening(|_, t| t.target = Amount::ZERO),
            "target: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.cap = Amount(29_999)),
            "cap: expected at least the target 30000, got 29999".into(),
        ),
        (
            opening(|_, t| t.deadline = UnixSeconds(START)),
            format!("deadline: expected a time after {START} and not after {late}, got {START}"),
        ),
        (
            opening(|_, t| t.milestones[1].due = UnixSeconds(late + 1)),
            format!(
                "due: expected a time after {} and not after {late}, got {}",
                START + 40 * DAY,
                late + 1
            ),
        ),
        (
            opening(|_, t| t.milestones[0].share = BasisPoints(3_999)),
            "milestones: expected shares of 10000 basis points together, got 9999".into(),
        ),
        (
            opening(|_, t| t.milestones[0].share = BasisPoints(0)),
            "a milestone's share: expected more than 0".into(),
        ),
        (
            opening(|_, t| t.milestones.clear()),
            "milestones: expected 1 to 32, got 0".into(),
        ),
        (
            opening(|_, t| t.retention = BasisPoints(10_001)),
            "retention: expected at most 10000 basis points, got 10001".into(),
        ),
        (
            opening(|_, t| t.defects_period = Seconds(157_852_801)),
            "defects_period: expected at most 157852800 s, got 157852801 s".into(),
        ),
        (
            opening(|_, t| t.accept_within = Seconds(0)),
            "accept_within: expected more than 0".into(),
        ),
        (
            opening(|_, t| {
                t.admission = Admission::Open {
                    minimum: Amount::ZERO,
                }
            }),
            "minimum: expected at least 59, so that 512 pledges reach the target, got 0".into(),
        ),
        (
            opening(|_, t| t.admission = Admission::Named { parties: vec![] }),
            "parties: expected 1 to 512, got 0".into(),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties[1] = parties[0].clone();
                }
            }),
            format!("parties: expected each once and not the contractor, got {a}"),
        ),
        (
            opening(|_, t| {
                if let Admission::Named { parties } = &mut t.admission {
                    parties.pop();
                }
            }),
            "parties: expected amounts of at least the target 30000 together, got 20000".into(),
        ),
    ];
    for (got, expected) in table {
        assert_eq!(got, expected);
    }
}

#[test]
fn pledges_that_are_not_taken() {
    let mut escrow = Escrow::new();
    let named = escrow.open(&escrow.founding());
    let call = escrow.open(&escrow.open_call(100, 100));
    let hash = |escrow: &Escrow, project| escrow.project(project).terms_hash;
    let pledge = |escrow: &Escrow, project, condition| ExecuteMsg::Pledge {
        project,
        terms_hash: hash(escrow, project),
        condition,
    };
    let none = Condition::default;
    let stranger = escrow.addr("stranger");
    let wrong = HexBinary::from([0; 32]);
    let right = hash(&escrow, named);

    let msg = ExecuteMsg::Pledge {
        project: named,
        terms_hash: wrong.clone(),
        condition: none(),
    };
    assert_eq!(
        refusal(&mut escrow, "A", msg, &coins(10_000, DENOM)),
        format!("terms_hash: expected {right}, got {wrong}")
    );
    let msg = pledge(&escrow, named, none());
    assert_eq!(
        refusal(&mut escrow, "stranger", msg.clone(), &coins(1, DENOM)),
        format!("pledger: expected one of the named parties, got {stranger}")
    );
    assert_eq!(
        refusal(&mut escrow, "contractor", msg.clone(), &coins(1, DENOM)),
        "pledger: the contractor may not pledge"
    );
    assert_eq!(
        refusal(&mut escrow, "A", msg.clone(), &coins(9_999, DENOM)),
        "pledge: expected 10000 once, got 9999"
    );
    escrow.send("A", msg.clone(), &coins(10_000, DENOM)).unwrap();
    assert_eq!(
        refusal(&mut escrow, "A", msg.clone(), &coins(10_000, DENOM)),
        "pledge: expected 10000 once, got 10000 on top of an earlier pledge"
    );
    assert_eq!(
        refusal(&mut escrow, "B", msg.clone(), &[]),
        format!("payment: expected one coin of native:{DENOM}, got none")
    );
    assert_eq!(
        refusal(&mut escrow, "B", msg, &[coin(5, "uother"), coin(7, DENOM)]),
        format!("payment: expected one coin of native:{DENOM}, got 5uother, 7{DENOM}")
    );

    let msg = pledge(&escrow, call, none());
    assert_eq!(
        refusal(&mut escrow, "A", msg.clone(), &coins(9, DENOM)),
        "pledge: expected at least 10, got 9"
    );
    escrow.send("A", msg, &coins(10, DENOM)).unwrap();
    let total = Condition {
        total: Some(Amount(1)),
        ..none()
    };
    let msg = pledge(&escrow, call, total);
    assert_eq!(
        refusal(&mut escrow, "A", msg, &coins(10, DENOM)),
        "condition: expected the one of the earlier pledge, got another"
    );
    let names: Vec<String> = (0..17).map(|number| format!("n{number}")).collect();
    let many = escrow.if_pledged(&names.iter().map(String::as_str).collect::<Vec<_>>(), 1);
    let msg = pledge(&escrow, call, many);
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "condition's parties: expected 0 to 16, got 17"
    );
    let zero = escrow.if_pledged(&["A"], 0);
    let msg = pledge(&escrow, call, zero);
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "a condition's amount: expected more than 0"
    );
    let nobody = Condition {
        pledgers: Some(PledgersCondition {
            count: 0,
            at_least: Amount(1),
        }),
        ..none()
    };
    let msg = pledge(&escrow, call, nobody);
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "a condition's count: expected more than 0"
    );
    let msg = ExecuteMsg::Pledge {
        project: 9,
        terms_hash: wrong,
        condition: none(),
    };
    assert_eq!(
        refusal(&mut escrow, "B", msg, &coins(10, DENOM)),
        "no project 9; there are 2"
    );
}

#[test]
fn messages_at_the_wrong_time_or_by_the_wrong_sender() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    let (a, contractor) = (escrow.addr("A"), escrow.addr("contractor"));
    let draw = ExecuteMsg::Draw { project };
    assert_eq!(
        refusal(&mut escrow, "A", draw.clone(), &[]),
        format!("sender: expected the contractor {contractor}, got {a}")
    );
    assert_eq!(
        refusal(&mut escrow, "contractor", draw.clone(), &[]),
        "draw: expected more than 0 to pay out, got 0"
    );
    assert_eq!(
        refusal(&mut escrow, "contractor", draw, &coins(3, DENOM)),
        format!("payment: expected none with this message, got 3{DENOM}")
    );
    let refund = ExecuteMsg::ClaimRefund { project };
    assert_eq!(
        refusal(&mut escrow, "A", refund, &[]),
        "refund: expected more than 0 to pay out, got 0"
    );
    let revenue = ExecuteMsg::PayRevenue { project };
    assert_eq!(
        refusal(&mut escrow, "A", revenue, &coins(3, DENOM)),
        "project: expected it built: in its defects period or closed, it is Funded"
    );
    escrow.accept(project).unwrap();
    let terms_hash = escrow.project(project).terms_hash;
    let accept = ExecuteMsg::Accept { project, terms_hash };
    assert_eq!(
        refusal(&mut escrow, "contractor", accept, &[]),
        "project: expected it funded, it is Active"
    );
    let (due, now) = (START + 40 * DAY, START);
    assert_eq!(
        refusal(&mut escrow, "A", ExecuteMsg::Terminate { project }, &[]),
        format!("termination: expected a milestone not submitted by its due date, the next is due {due}, now it is {now}")
    );
    assert_eq!(
        escrow.submit(project, 1).unwrap_err().to_string(),
        "milestone: expected 0, the next one, got 1"
    );
    escrow.go_to(due);
    assert_eq!(
        escrow.submit(project, 0).unwrap_err().to_string(),
        format!("milestone: expected before {due}, now it is {due}")
    );
    let stranger = escrow.addr("stranger");
    assert_eq!(
        refusal(&mut escrow, "stranger", ExecuteMsg::ClaimRevenue { project }, &[]),
        format!("no pledge of {stranger} in project {project}")
    );
}

/// Name of the variant; exhaustive, so that a new one does not compile without a line in the table.
fn name(error: &ContractError) -> &'static str {
    macro_rules! names {
        ($($variant:ident)*) => {
            match error { $(ContractError::$variant { .. } => stringify!($variant),)* }
        };
    }
    names! {
        Std Payment Count Length Hash Zero AssetTwice AssetNotListed CapBelowTarget Minimum Party PartiesBelowTarget Time
        Period Shares Retention UnknownProject TermsHash Phase ContractorPledges NotNamed NamedAmount BelowMinimum TooMuch
        OtherCondition ListFull NotContractor MilestoneOrder Overdue NotOverdue Nothing Limit NoPledge Arithmetic
        Migration
    }
}

/// How many names there are above.
const VARIANTS: usize = 35;

#[test]
fn every_text_names_what_was_expected_and_what_came() {
    use ContractError::*;
    let at = UnixSeconds;
    let (a, b) = (|| "aa".to_owned(), || "bb".to_owned());
    let table = [
        (Std(cosmwasm_std::StdError::generic_err("x")), "Generic error: x"),
        (Payment(PaymentError::Zero), "payment: expected more than 0"),
        (
            Count { what: "assets", min: 1, max: 16, got: 17 },
            "assets: expected 1 to 16, got 17",
        ),
        (
            Length { what: "title", min: 1, max: 128, got: 0 },
            "title: expected 1 to 128 bytes, got 0",
        ),
        (
            Hash { what: "evidence_hash", got: 31 },
            "evidence_hash: expected 32 bytes, got 31",
        ),
        (Zero { what: "target" }, "target: expected more than 0"),
        (
            AssetTwice { got: Asset::native("u") },
            "assets: expected each once, got native:u twice",
        ),
        (
            AssetNotListed { got: Asset::cw20("t") },
            "asset: expected one of the deployment's list, got cw20:t",
        ),
        (
            CapBelowTarget { target: Amount(2), got: Amount(1) },
            "cap: expected at least the target 2, got 1",
        ),
        (
            Minimum { max: 512, least: Amount(2), got: Amount(1) },
            "minimum: expected at least 2, so that 512 pledges reach the target, got 1",
        ),
        (
            Party { got: a() },
            "parties: expected each once and not the contractor, got aa",
        ),
        (
            PartiesBelowTarget { target: Amount(2), got: 1 },
            "parties: expected amounts of at least the target 2 together, got 1",
        ),
        (
            Time { what: "due", after: at(5), latest: at(9), got: at(4) },
            "due: expected a time after 5 and not after 9, got 4",
        ),
        (
            Period { what: "review_period", max: Seconds(5), got: Seconds(6) },
            "review_period: expected at most 5 s, got 6 s",
        ),
        (
            Shares { got: 9_999 },
            "milestones: expected shares of 10000 basis points together, got 9999",
        ),
        (
            Retention { got: 10_001 },
            "retention: expected at most 10000 basis points, got 10001",
        ),
        (
            UnknownProject { project: 3, count: 2 },
            "no project 3; there are 2",
        ),
        (
            TermsHash { expected: a(), got: b() },
            "terms_hash: expected aa, got bb",
        ),
        (
            Phase { expected: "open", got: gridpact_types::escrow::answers::Phase::Failed },
            "project: expected it open, it is Failed",
        ),
        (ContractorPledges, "pledger: the contractor may not pledge"),
        (
            NotNamed { got: b() },
            "pledger: expected one of the named parties, got bb",
        ),
        (
            NamedAmount { expected: Amount(5), first: true, got: 4 },
            "pledge: expected 5 once, got 4",
        ),
        (
            NamedAmount { expected: Amount(5), first: false, got: 5 },
            "pledge: expected 5 once, got 5 on top of an earlier pledge",
        ),
        (
            BelowMinimum { minimum: Amount(5), got: 4 },
            "pledge: expected at least 5, got 4",
        ),
        (TooMuch, "payment: expected less than 2^128 of the asset in all, ever"),
        (
            OtherCondition,
            "condition: expected the one of the earlier pledge, got another",
        ),
        (
            ListFull { max: 512, smallest: Some(Amount(5)), got: 5 },
            "pledges: expected fewer than 512, or more than the smallest outside the set, which is 5, got 5",
        ),
        (
            ListFull { max: 512, smallest: None, got: 5 },
            "pledges: expected fewer than 512, or more than the smallest outside the set, which is none, got 5",
        ),
        (
            NotContractor { expected: a(), got: b() },
            "sender: expected the contractor aa, got bb",
        ),
        (
            MilestoneOrder { expected: 1, got: 2 },
            "milestone: expected 1, the next one, got 2",
        ),
        (
            Overdue { due: at(5), now: at(6) },
            "milestone: expected before 5, now it is 6",
        ),
        (
            NotOverdue { due: at(5), now: at(4) },
            "termination: expected a milestone not submitted by its due date, the next is due 5, now it is 4",
        ),
        (
            Nothing { what: "refund" },
            "refund: expected more than 0 to pay out, got 0",
        ),
        (Limit { max: 100, got: 0 }, "limit: expected 1 to 100, got 0"),
        (
            NoPledge { project: 3, pledger: a() },
            "no pledge of aa in project 3",
        ),
        (Arithmetic { what: "books" }, "arithmetic: books out of range"),
        (
            Migration(MigrationError::Name { expected: "x", got: b() }),
            "migrate: contract: expected x, got bb",
        ),
        (
            Migration(MigrationError::Version { expected: a(), got: b() }),
            "migrate: version: expected one of aa, got bb",
        ),
    ];
    for (error, text) in &table {
        assert_eq!(error.to_string(), *text);
    }
    let mut names: Vec<_> = table.iter().map(|(error, _)| name(error)).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), VARIANTS);
}

#[test]
fn the_bounds_of_terms_are_taken_and_one_beyond_is_not() {
    type Change = fn(&Escrow, &mut Terms);
    let table: [(&str, Change, Change); 8] = [
        (
            "title",
            |_, t| t.title = "x".repeat(128),
            |_, t| t.title = "x".repeat(129),
        ),
        (
            "description_uri",
            |_, t| t.description_uri = "x".repeat(512),
            |_, t| t.description_uri = "x".repeat(513),
        ),
        (
            "deadline",
            |_, t| t.deadline = UnixSeconds(START + 1),
            |_, t| t.deadline = UnixSeconds(START),
        ),
        (
            "due in the order of the work",
            |_, t| t.milestones[1].due = t.milestones[0].due,
            |_, t| t.milestones[1].due = UnixSeconds(t.milestones[0].due.0 - 1),
        ),
        (
            "due after the deadline",
            |_, t| t.milestones[0].due = UnixSeconds(t.deadline.0 + 1),
            |_, t| t.milestones[0].due = t.deadline,
        ),
        (
            "review_period",
            |_, t| t.review_period = gridpact_types::escrow::bounds::MAX_PERIOD,
            |_, t| t.review_period = Seconds(gridpact_types::escrow::bounds::MAX_PERIOD.0 + 1),
        ),
        (
            "milestones",
            |_, t| split(t, gridpact_types::escrow::bounds::MAX_MILESTONES),
            |_, t| split(t, gridpact_types::escrow::bounds::MAX_MILESTONES + 1),
        ),
        (
            "contractor",
            |e, t| t.contractor = e.addr("anyone").into_string(),
            |e, t| t.contractor = e.addr("anyone").into_string().to_uppercase(),
        ),
    ];
    for (what, taken, refused) in table {
        for (change, is_taken) in [(taken, true), (refused, false)] {
            let mut escrow = Escrow::new();
            let mut terms = escrow.founding();
            change(&escrow, &mut terms);
            let outcome = escrow.send("anybody", ExecuteMsg::Open { terms }, &[]);
            assert_eq!(outcome.is_ok(), is_taken, "{what}: {outcome:?}");
        }
    }
}

/// As many milestones, with shares that are the whole together.
fn split(terms: &mut Terms, count: usize) {
    let milestone = terms.milestones[1].clone();
    let mut milestones = vec![milestone; count];
    for (position, milestone) in milestones.iter_mut().enumerate() {
        let rest = u16::try_from(10_000 - (count - 1)).unwrap();
        milestone.share = BasisPoints(if position == 0 { rest } else { 1 });
    }
    terms.milestones = milestones;
}

#[test]
fn deployments_that_are_not_made() {
    let api = cosmwasm_std::testing::MockApi::default();
    let token = Asset::cw20(api.addr_make("token"));
    let table = [
        (vec![], Some("assets: expected 1 to 16, got 0")),
        (
            (0..17)
                .map(|number| Asset::native(format!("u{number}")))
                .collect(),
            Some("assets: expected 1 to 16, got 17"),
        ),
        (
            vec![Asset::native("u"), Asset::native("u")],
            Some("assets: expected each once, got native:u twice"),
        ),
        (
            vec![Asset::native("")],
            Some("denom: expected 1 to 128 bytes, got 0"),
        ),
        (vec![Asset::native("u"), token], None),
    ];
    for (assets, expected) in table {
        let mut deps = cosmwasm_std::testing::mock_dependencies();
        let info = cosmwasm_std::testing::message_info(&api.addr_make("deployer"), &[]);
        let env = cosmwasm_std::testing::mock_env();
        let outcome =
            pledge_escrow::contract::instantiate(deps.as_mut(), env, info, InstantiateMsg { assets });
        assert_eq!(outcome.err().map(|error| error.to_string()).as_deref(), expected);
    }
}
