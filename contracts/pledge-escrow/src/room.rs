//! Who fills the room that is left up to the cap. Pure.
//!
//! Who was in the set before the message that reached the target pays in full: together they were below the target, and so
//! below the cap. The others fill the room in the order of pledging. So nobody who comes last, with however much, takes the
//! project from those who came before.

/// What of each of these amounts, in their order, finds no room any more.
pub fn above(room: u128, amounts: impl IntoIterator<Item = u128>) -> Vec<u128> {
    let mut left = room;
    let fill = |amount: u128| {
        let taken = amount.min(left);
        left = left.saturating_sub(taken);
        amount.saturating_sub(taken)
    };
    amounts.into_iter().map(fill).collect()
}
