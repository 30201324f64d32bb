//! What an oracle tells of itself: to whoever asks whether it is ready, to Prometheus, and before it runs.

use std::sync::{Arc, Mutex};

use gridpact_oracle::clock::Clock;
use gridpact_oracle::commands::check::findings::Findings;
use gridpact_oracle::commands::check::grid::times;
use gridpact_oracle::config::Config;
use gridpact_oracle::intake::Intake;
use gridpact_oracle::reporting::chain::{Asked, ChainSide};
use gridpact_oracle::reporting::desk::{Desk, Progress};
use gridpact_oracle::sample::Sample;
use gridpact_oracle::service::Service;
use gridpact_oracle::status::shape::Status;
use gridpact_oracle::tally::Tally;
use gridpact_oracle::web::metrics;
use gridpact_units::UnixSeconds;
use tokio::sync::watch;

use super::made_up::{world, FIRST};
use super::support::{arrival, config, open, sample, JUNE};

/// A service whose chain answered just now, by a clock so many seconds ahead; house 2 comes an hour late by its file.
struct Told {
    _folder: tempfile::TempDir,
    service: Service,
    desk: Desk,
    intake: Intake,
    now: u64,
}

async fn told(chain_ahead: i64) -> Told {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::default();
    let now = clock.now().0;
    let store = open(folder.path(), now);
    let mut config: Config = config("");
    config.meters[1].lag.0 .0 = 3_600;
    let asked = world().ask().await.unwrap();
    let progress = Progress {
        asked: Some(Asked {
            time: UnixSeconds(now.saturating_add_signed(chain_ahead)),
            ..asked
        }),
        asked_at: Some(UnixSeconds(now)),
        ..Progress::default()
    };
    let desk = Desk {
        store: store.clone(),
        clock: clock.clone(),
        meters: Arc::new(config.meters.clone()),
        rules: config.report,
        progress: Arc::new(Mutex::new(progress)),
        grid: watch::channel(None).0,
    };
    let tally = Tally::default();
    tally.up("port");
    Told {
        _folder: folder,
        service: Service::new(Arc::new(config), desk.clone(), tally.clone()),
        desk,
        intake: Intake::new(store, clock, tally),
        now,
    }
}

impl Told {
    /// A reading of a meter, by its own clock so many seconds ahead.
    async fn hear(&self, meter: &str, ahead: i64) {
        let at = sample(self.intake.now().0.saturating_add_signed(ahead), 1);
        let samples: Vec<Sample> = vec![at];
        self.intake
            .take("port", vec![arrival(meter, samples)])
            .await
            .unwrap();
    }

    async fn clocks(&self) -> Vec<String> {
        let troubles = self.service.troubles().await;
        troubles
            .into_iter()
            .filter(|line| line.starts_with("clocks:"))
            .collect()
    }
}

#[tokio::test]
async fn clocks_that_agree_are_not_spoken_of() {
    let told = told(3).await;
    told.hear("house 1", -50).await;
    // An hour late is what is stated of it.
    told.hear("house 2", -3_600).await;
    assert_eq!(told.service.troubles().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_meter_ahead_is_told_and_whether_its_readings_count() {
    let told = told(0).await;
    told.hear("house 1", 90).await;
    told.hear("house 2", 3_600).await;
    let clocks = told.clocks().await;
    assert_eq!(clocks.len(), 2, "{clocks:?}");
    assert_eq!(
        clocks[0],
        "clocks: house 1 by port is 90 s ahead of this machine's time"
    );
    assert!(
        clocks[1].starts_with("clocks: house 2 by port is 3600 s ahead"),
        "{clocks:?}"
    );
    assert!(clocks[1].ends_with("; its readings are left out"), "{clocks:?}");
}

#[tokio::test]
async fn a_meter_behind_what_is_stated_of_it_is_told() {
    let told = told(0).await;
    told.hear("house 1", -120).await;
    told.hear("house 2", -3_700).await;
    let clocks = told.clocks().await;
    assert_eq!(
        clocks,
        [
            "clocks: house 1 by port is 120 s behind this machine's time, or comes late: its stated lag is 0 s",
            "clocks: house 2 by port is 3700 s behind this machine's time, or comes late: its stated lag is 3600 s",
        ]
    );
    // Also one whose battery died; and a fresh reading mends it.
    told.hear("house 1", -800_000_000).await;
    told.hear("house 1", 0).await;
    assert!(told.clocks().await.iter().all(|line| !line.contains("house 1")));
}

#[tokio::test]
async fn a_machine_whose_clock_is_wrong_hears_it_from_the_chain_and_from_every_meter() {
    let told = told(600).await;
    told.hear("house 1", 600).await;
    told.hear("house 2", 600).await;
    let clocks = told.clocks().await;
    assert_eq!(clocks.len(), 3, "{clocks:?}");
    assert_eq!(
        clocks[0],
        "clocks: the chain's newest block is 600 s from this machine's time"
    );
}

#[tokio::test]
async fn metrics_have_the_skew_of_every_meter_by_its_source_and_of_the_chain() {
    let told = told(-7).await;
    told.hear("house 1", 5).await;
    told.hear("house 2", -40).await;
    let status = told.service.status().await.unwrap();
    let page = metrics::text(&status, &told.service.tally().counts());
    let line = |name: &str| {
        page.lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default()
            .to_owned()
    };
    let skew = "gridpact_oracle_source_skew_seconds{source=\"port\",meter=";
    // A second may pass between a reading and the look at the clock that it is compared with.
    assert!(
        [5, 4]
            .map(|s| format!("{skew}\"house 1\"}} {s}"))
            .contains(&line(&format!("{skew}\"house 1\""))),
        "{page}"
    );
    assert!(
        [-40, -41]
            .map(|s| format!("{skew}\"house 2\"}} {s}"))
            .contains(&line(&format!("{skew}\"house 2\""))),
        "{page}"
    );
    assert_eq!(
        line("gridpact_oracle_chain_skew_seconds "),
        "gridpact_oracle_chain_skew_seconds -7"
    );
    assert_eq!(status.chain.unwrap().asked_at, told.now);
}

#[tokio::test]
async fn what_can_never_be_in_time_is_told_before_it_runs() {
    let basis = world().ask().await.unwrap().basis;
    let checked = |more: &str, lags: [u64; 2]| {
        let mut config = config(more);
        for (meter, lag) in config.meters.iter_mut().zip(lags) {
            meter.lag.0 .0 = lag;
        }
        let mut found = Findings::default();
        times(&config, &basis, &mut found);
        found
    };
    assert_eq!(
        checked("", [7_800, 0]),
        Findings::default(),
        "as late as the report"
    );
    let late = checked("", [86_400, 86_400 + 7_800]);
    assert!(late.wrong.is_empty());
    assert_eq!(
        late.doubtful,
        [
            "house 1: comes 24h late, and reports are made 2h10m after their end: its last readings are never in time",
            "house 2: comes 26h10m late, and reports are made 2h10m after their end: none of its readings is ever in time",
        ]
    );
    // The registry of this grid takes intervals for 16 days, of a quarter hour each.
    let never = checked("[report]\nwindow = \"7d\"\ndelay = \"10d\"\n", [0, 0]).wrong;
    assert!(never[0].contains("the registry takes none above"), "{never:?}");
    let odd = checked("[report]\nwindow = \"20m\"\noffset = \"7m\"\n", [0, 0]).wrong;
    assert!(
        odd[0].contains("report.window: expected a multiple of the grid's interval, 900 s, got 20m"),
        "{odd:?}"
    );
    assert!(odd[1].contains("report.offset"), "{odd:?}");
}

#[tokio::test]
async fn who_read_otherwise_and_what_rests_on_this_member_is_told_to_people_programs_and_prometheus() {
    let told = told(0).await;
    {
        let mut progress = told.desk.progress();
        let committee = progress.committee.get_or_insert_default();
        committee.outliers = [("North \"1\"".to_owned(), 7)].into();
        committee.lacking = 3;
        progress.rests_on_this = vec!["if you stop, 25 homes have no reading".to_owned()];
    }
    let status = told.service.status().await.unwrap();
    let json = serde_json::to_value(&status).unwrap();
    assert_eq!(json["rests_on_this"][0], "if you stop, 25 homes have no reading");
    assert_eq!(json["committee"]["outliers"]["North \"1\""], 7);
    let text = status.text();
    for line in [
        "outliers   North \"1\": 7 readings since the start, beyond the tolerance of what was attested",
        "archive    3 accepted reports are not in it yet; peers are asked",
        "mind       if you stop, 25 homes have no reading",
    ] {
        assert!(text.lines().any(|told| told == line), "{text}");
    }
    let page = metrics::text(&status, &Tally::default().counts());
    let line = r#"gridpact_oracle_outlying_readings_total{member="North \"1\""} 7"#;
    assert!(page.lines().any(|told| told == line), "{page}");
    let line = "gridpact_oracle_reports_lacking 3";
    assert!(page.lines().any(|told| told == line), "{page}");
    // Somebody to talk to is nothing that keeps this member from signing.
    assert_eq!(told.service.troubles().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_interval_that_is_not_over_has_not_ended() {
    let told = told(0).await;
    told.desk.progress().asked.as_mut().unwrap().time = UnixSeconds(JUNE + 899);
    let text = told.service.status().await.unwrap().text();
    assert!(
        text.contains(&format!("next       interval {FIRST}, not over yet")),
        "{text}"
    );
    told.desk.progress().asked.as_mut().unwrap().time = UnixSeconds(JUNE + 960);
    let text = told.service.status().await.unwrap().text();
    assert!(
        text.contains(&format!("next       interval {FIRST}, ended 1m ago")),
        "{text}"
    );
}

#[tokio::test]
async fn people_hear_whether_the_service_runs_and_what_keeps_it_from_being_ready() {
    let told = told(0).await;
    told.hear("house 1", 0).await;
    let mut status = told.service.status().await.unwrap();
    assert!(
        status.text().contains("\nservice    runs, and is ready\n"),
        "{}",
        status.text()
    );
    told.desk.progress().trouble = Some("no fees".to_owned());
    status = told.service.status().await.unwrap();
    let words = "\nservice    runs, and is not ready:\n           report: no fees\n";
    assert!(status.text().contains(words), "{}", status.text());
    // What a program reads of it comes back whole.
    let json = serde_json::to_string(&status).unwrap();
    assert_eq!(serde_json::from_str::<Status>(&json).unwrap(), status);
    status.not_ready = None;
    assert!(
        status.text().contains("\nservice    does not run here\n"),
        "{}",
        status.text()
    );
}
