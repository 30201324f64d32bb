//! Hostile bytes by the thousand, for everything that reads what others send: telegrams, payloads of a broker, bodies of senders.
//! What is whole gives exactly what was put into it; what is harmed gives an error, or a reading that its bytes really say.
//! GRIDPACT_STEPS says how many inputs each, GRIDPACT_SEED which.

mod bodies;
mod lines;
mod payloads;

use std::hash::{BuildHasher, Hasher, RandomState};

use gridpact_chance::Chance;

/// Inputs, where GRIDPACT_STEPS does not say another number.
const INPUTS: u64 = 20_000;

/// What inputs are made of.
struct Draw(Chance);

impl Draw {
    fn new(seed: u64) -> Self {
        Self(Chance::new(seed))
    }

    fn number(&mut self) -> u64 {
        self.0.number()
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0.below(bound)
    }

    fn bytes(&mut self, most: u64) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.number() as u8).collect()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    /// A register's value, mWh: whole Wh, as meters show it.
    fn register(&mut self) -> u64 {
        1_000 * self.below(1_000_000_000)
    }
}

/// A little harm: a byte, a bit, a cut, one more, one less, some behind.
fn harm(draw: &mut Draw, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let place = draw.below(bytes.len() as u64) as usize;
    match draw.below(7) {
        0 => bytes[place] = draw.number() as u8,
        1 => bytes[place] ^= 1 << draw.below(8),
        2 => bytes.truncate(place),
        3 => bytes.insert(
            place,
            draw.one(&["/", "!", "\n", "(", "\"", "{", "9", "-", "e"])
                .as_bytes()[0],
        ),
        4 => drop(bytes.remove(place)),
        5 => bytes.extend(draw.bytes(4)),
        // A part of it once more, somewhere else.
        _ => {
            let from = draw.below(place as u64 + 1) as usize;
            let part = bytes[from..place].to_vec();
            bytes.splice(place..place, part);
        }
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name}: expected a number, got {text}")),
    )
}

/// What became of an input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Taken,
    Refused,
}

/// Tries all inputs; a failure names the seed that repeats it with one step.
fn all(what: &str, input: impl Fn(&mut Draw) -> Fate + std::panic::RefUnwindSafe) {
    let inputs = number("GRIDPACT_STEPS").unwrap_or(INPUTS);
    let seed = number("GRIDPACT_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={inputs}");
    let (mut taken, mut refused) = (0_u64, 0_u64);
    for step in 0..inputs {
        let seed = seed.wrapping_add(step);
        match std::panic::catch_unwind(|| input(&mut Draw::new(seed))) {
            Ok(Fate::Taken) => taken += 1,
            Ok(Fate::Refused) => refused += 1,
            Err(_) => panic!("{what}: GRIDPACT_SEED={seed} GRIDPACT_STEPS=1 repeats it"),
        }
        if step % 100_000 == 99_999 {
            println!("{} {what}: {taken} taken, {refused} refused", step + 1);
        }
    }
    println!("GRIDPACT_TOLD={what}: {taken} taken, {refused} refused");
    // Neither would show much alone.
    if inputs >= INPUTS {
        assert!(
            taken > inputs / 10 && refused > inputs / 10,
            "{what}: {taken} taken, {refused} refused"
        );
    }
}

fn kwh(register: u64) -> String {
    format!("{:06}.{:03}", register / 1_000_000, register % 1_000_000 / 1_000)
}
