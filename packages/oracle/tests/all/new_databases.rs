//! A database that is new, lost or put back does not know what its key signed for windows that began before it.

use gridpact_oracle::clock::Clock;
use gridpact_oracle::reporting::plan::Wait;
use gridpact_oracle::reporting::reporter::Step;
use gridpact_oracle::store::signed::newest;
use gridpact_oracle::store::Store;
use gridpact_units::UnixSeconds;

use super::made_up::{world, MadeUp};
use super::reporting::{report, reporter};
use super::support::open;

const DAY_LENGTH: u64 = 86_400;

/// A window of a day that began three days and a bit ago, and a database that began at a moment of those days.
async fn begun_later(clean_from: impl Fn(u64) -> u64) -> (tempfile::TempDir, MadeUp, Store, u64) {
    let folder = tempfile::tempdir().unwrap();
    let now = Clock::default().now().0;
    let start = (now - 3 * DAY_LENGTH - 60) / 900 * 900;
    let store = open(folder.path(), clean_from(start));
    let world = world();
    world.world().next = start / 900;
    world.world().time = now;
    (folder, world, store, start)
}

#[tokio::test]
async fn a_new_database_signs_nothing_of_an_old_window_on_the_day_in_which_it_began() {
    // It began on the window's fourth day, which is not over: another may have signed a revision of this very day.
    let (_folder, world, store, start) = begun_later(|start| start + 3 * DAY_LENGTH + 1).await;
    let mut reporter = reporter(&world, &store);
    let whole_day = UnixSeconds(start + 4 * DAY_LENGTH);
    for _ in 0..3 {
        let step = reporter.step().await.unwrap();
        assert_eq!(step, Step::Waited(Wait::Unknown(whole_day)));
    }
    assert!(world.world().came.is_empty());
    let rows = store.read(|connection| newest(connection, 1)).await.unwrap();
    assert!(rows.is_empty(), "nothing is recorded, so that nothing is signed");
    let told = Wait::Unknown(whole_day).to_string();
    let shown = gridpact_readings::rfc3339::show(whole_day);
    assert!(
        told.contains("another may have signed") && told.contains(&shown),
        "{told}"
    );
}

#[tokio::test]
async fn a_new_database_signs_an_old_window_under_a_revision_of_a_day_that_it_saw_whole() {
    // It began on the window's third day; the fourth is its own.
    let (_folder, world, store, start) = begun_later(|start| start + 2 * DAY_LENGTH + 1).await;
    let step = reporter(&world, &store).step().await.unwrap();
    assert!(matches!(step, Step::Carried(_)), "{step:?}");
    assert_eq!(report(&world, start / 900).header.revision, 128 + 2 * 3);
    // A third database of this key, begun since, has no revision of that day.
    let other = tempfile::tempdir().unwrap();
    let third = open(other.path(), start + 3 * DAY_LENGTH + 30);
    let again = MadeUp::clone(&world);
    again.world().next = start / 900;
    again.world().windows.clear();
    let step = reporter(&again, &third).step().await.unwrap();
    assert!(matches!(step, Step::Waited(Wait::Unknown(_))), "{step:?}");
    assert_eq!(world.world().came.len(), 1);
}

#[tokio::test]
async fn a_new_database_signs_a_window_that_began_after_it_as_any_other() {
    let (_folder, world, store, start) = begun_later(|start| start).await;
    let step = reporter(&world, &store).step().await.unwrap();
    assert!(matches!(step, Step::Carried(_)), "{step:?}");
    assert_eq!(report(&world, start / 900).header.revision, 0);
}
