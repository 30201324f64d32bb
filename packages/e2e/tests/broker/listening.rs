//! Nothing is lost, nothing counts twice, and nothing without a time of its own is believed late.

use gridpact_oracle::sample::Register::{Export, Import};
use gridpact_oracle::tally::Outcome;

use gridpact_e2e::Broker;

use super::reading::{config, message, messages, values, Reading};

#[tokio::test]
async fn what_is_published_while_away_comes_on_return() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path(), false);
    let config = config(folder.path(), &format!("mqtt://127.0.0.1:{}", broker.port), "");
    let reading = Reading::start(&config).await;
    reading.until_up().await;
    broker.publish("timed", &messages(0..5), &[]);
    reading.until_kept(Import, 5).await;
    drop(reading);
    broker.publish("timed", &messages(5..50), &[]);
    let reading = Reading::start(&config).await;
    assert_eq!(reading.until_kept(Import, 50).await, values(0..50));
    // What was not acknowledged before the end comes again, and is known.
    assert_eq!(reading.count(Outcome::Kept), 45);
    assert_eq!(reading.count(Outcome::Contradicted), 0);
}

#[tokio::test]
async fn a_retained_message_counts_only_with_its_own_time() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path(), false);
    broker.publish("now", &["111".to_owned()], &["-r"]);
    broker.publish("timed", &messages(1..2), &["-r"]);
    let reading = Reading::start(&config(
        folder.path(),
        &format!("mqtt://127.0.0.1:{}", broker.port),
        "",
    ))
    .await;
    reading
        .until("the retained one", || async {
            reading.count(Outcome::Retained) == 1
        })
        .await;
    assert_eq!(reading.until_kept(Import, 1).await, [1_000]);
    broker.publish("now", &["222".to_owned()], &[]);
    assert_eq!(reading.until_kept(Export, 1).await, [222_000], "and not 111");
}

#[tokio::test]
async fn topics_without_time_bring_no_backlog() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path(), false);
    let config = config(folder.path(), &format!("mqtt://127.0.0.1:{}", broker.port), "");
    let reading = Reading::start(&config).await;
    reading.until_up().await;
    broker.publish("now", &["1".to_owned()], &[]);
    reading.until_kept(Export, 1).await;
    drop(reading);
    broker.publish("now", &["2".to_owned()], &[]);
    let reading = Reading::start(&config).await;
    reading.until_up().await;
    broker.publish("timed", &messages(0..1), &[]);
    reading.until_kept(Import, 1).await;
    // The clean session asked after it was up: only what came from then on.
    let since = std::time::Instant::now();
    let mut number = 3;
    while reading.kept(Export).await.len() < 2 {
        assert!(since.elapsed() < super::reading::LIMIT);
        broker.publish("now", &[number.to_string()], &[]);
        number += 1;
    }
    let kept = reading.kept(Export).await;
    assert!(!kept.contains(&2_000), "{kept:?}");
}

#[tokio::test]
async fn a_broker_that_keeps_its_sessions_loses_nothing_by_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::start(folder.path(), true);
    let config = config(folder.path(), &format!("mqtt://127.0.0.1:{}", broker.port), "");
    let reading = Reading::start(&config).await;
    reading.until_up().await;
    broker.publish("timed", &messages(0..5), &[]);
    reading.until_kept(Import, 5).await;
    drop(reading);
    broker.publish("timed", &messages(5..25), &[]);
    broker.until_saved();
    broker.kill();
    broker.run();
    let reading = Reading::start(&config).await;
    assert_eq!(reading.until_kept(Import, 25).await, values(0..25));
}

#[tokio::test]
async fn a_broker_that_forgot_the_session_is_subscribed_at_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut broker = Broker::start(folder.path(), false);
    let reading = Reading::start(&config(
        folder.path(),
        &format!("mqtt://127.0.0.1:{}", broker.port),
        "",
    ))
    .await;
    reading.until_up().await;
    broker.publish("timed", &messages(0..5), &[]);
    reading.until_kept(Import, 5).await;
    broker.kill();
    reading
        .until("the end of the connection", || async { !reading.up() })
        .await;
    broker.run();
    reading.until_up().await;
    // It is up a moment before it has subscribed: meters publish again and again.
    let since = std::time::Instant::now();
    let mut last = 5;
    while reading.kept(Import).await.len() < 6 {
        assert!(since.elapsed() < super::reading::LIMIT);
        broker.publish("timed", &[message(last)], &[]);
        last += 1;
    }
}

#[tokio::test]
async fn what_is_no_reading_is_told_once_and_holds_up_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path(), false);
    let config = config(folder.path(), &format!("mqtt://127.0.0.1:{}", broker.port), "");
    let reading = Reading::start(&config).await;
    reading.until_up().await;
    // A home automation's discovery message is long.
    let bad = [
        "no JSON".to_owned(),
        format!("{{\"x\":\"{}\"}}", "y".repeat(200_000)),
        message(1),
    ];
    broker.publish("timed", &bad, &[]);
    assert_eq!(reading.until_kept(Import, 1).await, values(1..2));
    assert_eq!(reading.count(Outcome::Unreadable), 2);
    drop(reading);
    let reading = Reading::start(&config).await;
    broker.publish("timed", &messages(2..3), &[]);
    reading.until_kept(Import, 2).await;
    assert_eq!(reading.count(Outcome::Unreadable), 0, "it was acknowledged");
}
