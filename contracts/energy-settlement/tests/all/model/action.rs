//! What can happen, and what happens next.

use gridpact_chance::Chance;
use gridpact_market::FeeId;

use super::books::Model;
use crate::harness::DAY;

/// What can be done; a slot may be one that does not exist.
#[derive(Clone, Debug)]
pub enum Action {
    Deposit {
        slot: u32,
        amount: u128,
    },
    Withdraw {
        slot: u32,
        by: u32,
        amount: Option<u128>,
    },
    /// A window of the newest roster, or of the one before it, final so many seconds from now.
    Report {
        seed: u64,
        intervals: u16,
        older: bool,
        ends_in: u64,
    },
    Finalise {
        limit: Option<u32>,
    },
    Sweep {
        part: Option<FeeId>,
    },
    Join {
        seed: u64,
        homes: u16,
    },
    Wait {
        seconds: u64,
    },
}

/// What may happen next: mostly something that has an effect, now and then something that must be refused.
pub fn next(model: &Model, now: u64, draw: &mut Chance) -> Action {
    let slots = model.purses.len() as u64;
    let unknown = u64::from(draw.percent(3));
    let slot = draw.below(slots + unknown) as u32;
    match draw.below(20) {
        0..=4 => Action::Deposit {
            slot,
            amount: 1 + u128::from(draw.below(1_000_000)),
        },
        5..=7 => Action::Withdraw {
            slot,
            by: if draw.percent(90) {
                slot
            } else {
                draw.below(slots) as u32
            },
            amount: asked(model, now, draw, slot),
        },
        8..=13 => Action::Report {
            seed: draw.number(),
            intervals: 1 + draw.below(3) as u16,
            older: draw.percent(20),
            ends_in: 1 + draw.below(3 * DAY),
        },
        14 => Action::Finalise {
            limit: draw.one_of(&[None, Some(1), Some(3), Some(16)]),
        },
        15 => Action::Sweep {
            part: draw.one_of(&[
                None,
                Some(FeeId(1)),
                Some(FeeId(3)),
                Some(FeeId(7)),
                Some(FeeId(250)),
            ]),
        },
        16 if slots < 200 => Action::Join {
            seed: draw.number(),
            homes: 1 + draw.below(3) as u16,
        },
        _ => Action::Wait {
            seconds: pause(model, now, draw),
        },
    }
}

/// All, a part, exactly what is free, or one unit more.
fn asked(model: &Model, now: u64, draw: &mut Chance, slot: u32) -> Option<u128> {
    let free = model.free_at(now).get(slot as usize).copied().unwrap_or_default();
    match draw.below(5) {
        0 => None,
        1 => Some(free),
        2 => Some(free + 1),
        _ => Some(u128::from(draw.below(1_000_000))),
    }
}

/// Some time; or until the very second at which the next window ends, or one before it.
fn pause(model: &Model, now: u64, draw: &mut Chance) -> u64 {
    let ends = model.windows.values().map(|window| window.final_at);
    match (ends.filter(|end| *end > now).min(), draw.below(4)) {
        (Some(end), 0) => end - now,
        (Some(end), 1) => end - now - 1,
        _ => 1 + draw.below(DAY),
    }
}
