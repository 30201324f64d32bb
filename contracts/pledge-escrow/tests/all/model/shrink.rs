//! Of what came before a failure, the least that still fails.

use std::time::{Duration, Instant};

/// Leaves out ever smaller pieces, as long as what is left still fails; until nothing more can be left out, or time is up.
pub fn least<T: Clone>(all: &[T], time: Duration, mut fails: impl FnMut(&[T]) -> bool) -> Vec<T> {
    let until = Instant::now() + time;
    let mut left = all.to_vec();
    let mut piece = left.len().div_ceil(2);
    while piece > 0 {
        let (mut start, before) = (0, left.len());
        while start < left.len() {
            if Instant::now() >= until {
                return left;
            }
            let end = (start + piece).min(left.len());
            let without = [&left[..start], &left[end..]].concat();
            if fails(&without) {
                left = without;
            } else {
                start = end;
            }
        }
        // Single ones are tried again as long as one of them went.
        if piece > 1 || left.len() == before {
            piece /= 2;
        }
    }
    left
}

#[test]
fn what_is_not_needed_is_left_out() {
    let all: Vec<u32> = (0..150).collect();
    let needs = [3, 4, 97, 149];
    let mut tries = 0;
    let found = least(&all, Duration::from_secs(60), |some| {
        tries += 1;
        needs.iter().all(|number| some.contains(number))
    });
    assert_eq!(found, needs);
    assert!(tries < 150, "{tries}");
    let found = least(&all, Duration::ZERO, |_| true);
    assert_eq!(found, all, "time is up");
}
