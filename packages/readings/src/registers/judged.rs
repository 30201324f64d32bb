//! All readings of one meter's register at once, judged.

use super::plausible::Plausible;
use super::quarantine::{Quarantine, Verdict};
use super::RegisterReading;

/// What became of a meter's readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// The registers that the meter had, one after the other, each with its trusted readings in order of time. Nothing ties
    /// the values of one to those of the next.
    pub registers: Vec<Vec<RegisterReading>>,
    /// Readings that were wrong: a fall or a jump that nothing confirmed, or a second value of one moment.
    pub dropped: Vec<RegisterReading>,
    /// Readings at the end that are doubted, and that later ones may confirm.
    pub held: Vec<RegisterReading>,
}

/// Judges readings, in any order; of two at the same second the first counts.
pub fn judge(mut readings: Vec<RegisterReading>, plausible: Plausible) -> Judged {
    readings.sort_by_key(|reading| reading.at);
    let mut quarantine = Quarantine::new(plausible);
    let mut judged = Judged::default();
    for reading in readings {
        let taken = quarantine.take(reading);
        judged.dropped.extend(taken.dropped);
        match taken.verdict {
            Verdict::Baseline => judged.registers.push(vec![reading]),
            Verdict::Trusted(follows) => {
                if let Some(register) = judged.registers.last_mut() {
                    register.push(follows);
                }
            }
            Verdict::NewRegister(readings) => judged.registers.push(readings),
            // In order of time nothing is late.
            Verdict::Contradicts(_) | Verdict::Late => judged.dropped.push(reading),
            Verdict::Held(_) | Verdict::Repeated => {}
        }
    }
    judged.held = quarantine.held().to_vec();
    judged
}
