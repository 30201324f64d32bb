//! A grid on a made-up chain is read back over gRPC from its index and its blocks, and compared.

use gridpact_client::{BooksError, Counts, GridBooks, Message};

use super::life::Life;
use super::messages::transaction;
use crate::books::telling::Done;

async fn differences(books: &GridBooks) -> Vec<String> {
    let compared = books.compare(|_, _| {}).await.unwrap();
    let different = compared.into_iter().filter(|one| !one.is_same());
    different
        .map(|one| format!("{}: {} is told as {}", one.what, one.recomputed, one.told))
        .collect()
}

#[tokio::test]
async fn a_grid_is_read_back_from_index_and_blocks_in_their_order() {
    let mut life = Life::new();
    life.happens();
    // The index has all blocks but the newest twenty: this is the first of those.
    life.withdraw_on_behalf();
    for _ in 0..19 {
        let foreign = life.foreign();
        life.block(vec![vec![foreign]]);
    }

    let mut books = life.begin().await;
    assert_eq!((books.from(), books.height()), (3, 2));
    let (last, mut effects) = (life.height(), 0);
    while books.height() < last {
        books.read_on(last, |_, _| effects += 1).await.unwrap();
    }
    assert_eq!(differences(&books).await, Vec::<String>::new());
    // Three admissions, 24 deposits, a withdrawal, a deposit, a report, an admission, finality, a withdrawal.
    let counts = Counts {
        transactions: 3 + 24 + 1 + 3 + 1 + 1,
        events: 3 + 24 + 1 + 3 + 1 + 1,
        believed: 0,
    };
    assert_eq!((books.counts(), effects), (counts, 33));
    let known = life.node.0.lock().unwrap();
    assert!(known.pages > 4, "the index was read in {} pages", known.pages);
    // Everything was asked for as of the last block that was read.
    assert!(!known.asked_as_of.is_empty());
    assert!(
        known.asked_as_of.iter().all(|height| *height == Some(last)),
        "{:?}",
        known.asked_as_of
    );
}

#[tokio::test]
async fn a_grid_is_read_on_as_blocks_come() {
    let mut life = Life::new();
    life.happens();
    let mut books = life.begin().await;
    let last = life.height();
    books.read_on(last, |_, _| {}).await.unwrap();
    assert_eq!(differences(&books).await, Vec::<String>::new());
    life.withdraw_on_behalf();
    // As of the block before, nothing has changed: the contracts' answers are of the newest here.
    let chain = life.connect().await;
    assert!(!differences(&books).await.is_empty());
    let newest = chain.latest().await.unwrap().height;
    books.read_on(newest, |_, _| {}).await.unwrap();
    assert_eq!((books.height(), differences(&books).await), (last + 1, vec![]));
}

#[tokio::test]
async fn what_other_contracts_made_and_admitted_is_asked_for() {
    let mut life = Life::new();
    let hidden = |(_, events): Done| (Message::Other("/another.contracts.doing".to_owned()), events);
    {
        let mut known = life.node.0.lock().unwrap();
        for entry in &mut known.transactions {
            if entry.events.iter().any(|event| event.kind == "instantiate") {
                entry.bytes = transaction(&[Message::Other("/a.factory".to_owned())], "made");
            }
        }
    }
    let [proposed, admitted] = life.chronicle.join(0, None, 7);
    life.block(vec![vec![hidden(proposed), hidden(admitted)]]);
    let mut books = life.begin().await;
    books.read_on(life.height(), |_, _| {}).await.unwrap();
    assert_eq!(differences(&books).await, Vec::<String>::new());
    // Both contracts, and the meter.
    assert_eq!(books.counts().believed, 3);
    let seats = books.replay().books().seats(1).unwrap();
    assert_eq!(seats[0].terms.unwrap().weight, 7);
}

#[tokio::test]
async fn what_cannot_be_names_its_transaction_and_its_block() {
    let mut life = Life::new();
    let [proposed, admitted] = life.chronicle.join(0, None, 1);
    life.block(vec![vec![proposed, admitted]]);
    let deposit = life.chronicle.deposit(0, 10).unwrap();
    life.block(vec![vec![deposit]]);
    let withdrawal = life.chronicle.withdraw(0, Some(10)).unwrap();
    life.block(vec![vec![withdrawal.clone(), withdrawal]]);
    let mut books = life.begin().await;
    let error = books.read_on(life.height(), |_, _| {}).await.unwrap_err();
    let BooksError::Transaction { height, cause, .. } = &error else {
        panic!("{error:?}")
    };
    assert_eq!(*height, 6);
    let said = cause.to_string();
    assert!(said.starts_with("event 3, at unix second "), "{said}");
    assert!(
        said.ends_with("slot 0: expected at most 0, which is free, got 10"),
        "{said}"
    );
    // What was read before stays.
    assert_eq!(books.height(), 2);
    let nobody = GridBooks::begin(&life.connect().await, "wasm1nobody", "wasm1nobody").await;
    assert!(matches!(nobody, Err(BooksError::NoContract { .. })), "{nobody:?}");
}
