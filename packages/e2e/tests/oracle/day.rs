//! A day of 100 meters, whose oracle, broker and node are killed on the way; over TLS, with a password.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{ensure, Result};
use gridpact_e2e::{Broker, OracleService, Recomputed};
use gridpact_report::decode;

use crate::feeds::{Feeds, Ways, DAY};
use crate::kept::{ask, put, until_said};
use crate::scene::{devnet, Rules, Scene};

const WAYS: Ways = Ways {
    mqtt: 60,
    p1: 10,
    files: 30,
};
const RULES: Rules = Rules {
    window: 86_400,
    delay: 7_800,
};
/// Points of a report's way. A report that was left with a node may be in a block before the service is back: "sent" is then
/// never passed, so that "broadcast" is for the other day.
const ON_THE_WAY: [&str; 6] = [
    "drafted",
    "signed_committed",
    "certified",
    "sent",
    "archived",
    "accepted_noted",
];

#[tokio::test]
async fn a_day_survives_every_kill_and_the_books_are_what_the_registers_say() -> Result<()> {
    a_day(true).await
}

/// A broker that keeps nothing loses with its end what it had told the meters that it has: they send again, as after any silence.
#[tokio::test]
async fn a_broker_that_keeps_nothing_costs_no_reading_where_meters_send_again() -> Result<()> {
    a_day(false).await
}

async fn a_day(keeps: bool) -> Result<()> {
    let begun = Instant::now();
    let scene = Scene::new("oracle day", WAYS.meters(), |_| ()).await?;
    let feeds = Feeds::from(scene.next_start().await?, WAYS)?;
    let mut broker = scene.broker(keeps)?;
    let lines = scene.lines(WAYS).await?;
    for (meter, line) in WAYS.by_p1().zip(&lines) {
        line.say(feeds.telegrams(meter, 0..=DAY));
    }
    scene.write_config(&feeds, &broker, &lines, RULES)?;

    // It is there before the day begins, so that it knows every signature; and its session at the broker begins.
    let mut service = scene.service("")?;
    until_said(scene.local, "/metrics", "source_up{source=\"broker\"} 1").await?;
    scene.until(feeds.at(DAY) + 60).await?;
    let one = feeds.messages(0, 0..=0);
    let since = Instant::now();
    // It is up a moment before it has subscribed.
    while scene.kept.count("registers") == 0 {
        ensure!(since.elapsed() < Duration::from_secs(60), "the first reading");
        broker.publish("meters/0", &one, &[]);
    }
    service.kill();

    // The whole day comes while nobody is there.
    publish(&broker, &feeds);
    put(&scene.path().join("in"), "day.csv", &feeds.file(0..DAY))?;
    for point in ["received", "stored"] {
        scene.killed_at(point)?;
    }
    // Most of it is still the broker's.
    if keeps {
        broker.until_saved();
    }
    broker.kill();
    for point in ["file_stored", "file_moved"] {
        scene.killed_at(point)?;
    }
    let mut service = scene.service("")?;
    devnet(&["kill", "0"])?;
    broker.run();
    devnet(&["start"])?;
    let sent_again = if keeps {
        0
    } else {
        send_again(&scene, &broker, &feeds).await?
    };
    let registers = 2 * (DAY as u64 + 1) * WAYS.by_register().len() as u64;
    let energies = (DAY * WAYS.files) as u64;
    let all = [
        ("registers", registers),
        ("energies", energies),
        ("files", 1),
        ("signed", 0),
    ];
    scene.kept.until(&all).await?;
    service.kill();

    // The report's way, killed between steps: between all of them where the broker keeps, else between some.
    scene.chain().advance(RULES.delay).await?;
    let points = if keeps {
        &ON_THE_WAY[..]
    } else {
        &["signed_committed", "broadcast"]
    };
    for point in points {
        scene.killed_at(point)?;
        let drafts = u64::from(*point != "drafted");
        ensure!(scene.kept.count("signed") == drafts, "{point}: {drafts} draft");
    }
    let service: OracleService = scene.service("")?;
    let row = scene.kept.until_accepted().await?;
    drop(service);
    ensure!((row.signed.revision, row.refusals) == (0, 0), "{row:?}");

    // The report says what the registers say; the books are what the market makes of it.
    let report = decode(&row.signed.draft)?;
    let meters = WAYS.meters();
    ensure!(report.readings.len() == DAY * meters);
    for (at, reading) in report.readings.iter().enumerate() {
        let (interval, meter) = (at / meters, at % meters);
        ensure!(
            *reading == feeds.expected(meter, interval),
            "meter {meter}, interval {interval}: {reading:?}"
        );
    }
    let recomputed = Recomputed::read(scene.chain(), &scene.grid.registry, &scene.grid.settlement).await?;
    recomputed.check(scene.chain()).await?;
    ensure!(recomputed.windows.len() == 1);
    let archive = std::fs::read_dir(scene.path().join("data/archive/reports"))?.count();
    ensure!(archive == 1, "one report in the archive, got {archive}");

    let by_register = scene.kept.registers(&feeds, &(0..=DAY).collect())?;
    let by_file = scene.kept.energies(&feeds, &(0..DAY).collect::<BTreeSet<_>>())?;
    ensure!(by_register.is_whole(), "{by_register:?}");
    ensure!(by_file.is_whole(), "{by_file:?}");
    let totals = &recomputed.windows[0].totals;
    println!(
        "\nA day of {meters} meters over TLS with a password, by a broker that keeps {}:\n\
         registers  {} sent by {} meters over MQTT and {} over P1, {} kept once, {} lost, {} twice\n\
         files      {} energies of {} meters, {} kept once, {} lost, {} twice\n\
         kills      {} of the service, each at a point of its own; 1 of the broker, which lost {sent_again} registers that it had \
         taken, sent again; 1 of the node\n\
         report     {} bytes, revision 0, 1 draft signed, carried once\n\
         books      {} mWh taken, {} given, {} traded; {} paid = {} earned + rounding, in base units; as recomputed\n\
         time       {} s",
        if keeps { "its sessions" } else { "nothing" },
        by_register.sent, WAYS.mqtt, WAYS.p1, by_register.kept, by_register.lost, by_register.twice,
        by_file.sent, WAYS.files, by_file.kept, by_file.lost, by_file.twice,
        2 + 4 + points.len(),
        row.signed.draft.len(),
        totals.demand.0, totals.supply.0, totals.traded.0, totals.debit.0, totals.credit.0,
        begun.elapsed().as_secs()
    );
    Ok(())
}

fn publish(broker: &Broker, feeds: &Feeds) {
    for meter in WAYS.by_mqtt() {
        broker.publish(&format!("meters/{meter}"), &feeds.messages(meter, 0..=DAY), &[]);
    }
}

/// The meters send the day once more, when the service has subscribed anew. Says how many registers the broker had lost.
async fn send_again(scene: &Scene, broker: &Broker, feeds: &Feeds) -> Result<u64> {
    let by_mqtt = 2 * (DAY as u64 + 1) * WAYS.mqtt as u64;
    let known = "readings_total{source=\"broker\",result=\"known\"}";
    let since = Instant::now();
    // What is known already tells that it listens.
    while !ask(scene.local, "/metrics")
        .await
        .is_ok_and(|said| said.contains(known))
    {
        ensure!(since.elapsed() < Duration::from_secs(120), "subscribed anew");
        broker.publish("meters/0", &feeds.messages(0, 0..=0), &[]);
    }
    let kept = scene
        .kept
        .count("registers r JOIN sources s ON s.id = r.source WHERE s.name = 'broker'");
    publish(broker, feeds);
    Ok(by_mqtt - kept)
}
