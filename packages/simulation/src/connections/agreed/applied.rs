//! What is agreed, applied to readings.

use gridpact_readings::dataset::Dataset;
use gridpact_readings::findings::what::What;
use gridpact_readings::findings::Finding;
use gridpact_readings::selection::Beginning;
use gridpact_units::{Energy, IntervalIndex, Power, Reading};

use super::{Agreed, Meter};
use crate::connections::file::MistakesInFile;

impl Agreed {
    /// Takes out readings of times in which meters do not take part and those beyond a direction's limit, and lets meters that
    /// followed others go on as these: a household whose meter was replaced is one household with one connection.
    ///
    /// # Errors
    /// A time before 1970, or one that the local clock skips; two meters of one connection that both read an interval.
    pub fn apply(&self, dataset: &mut Dataset) -> Result<(), MistakesInFile> {
        let mut mistakes = Vec::new();
        for meter in &self.meters {
            if let Some(slot) = position(dataset, &meter.name) {
                self.cut(dataset, slot, meter, &mut mistakes);
            }
        }
        for meter in &self.meters {
            let first = self.chain(meter).filter(|first| first.name != meter.name);
            let slots = first
                .and_then(|first| Some((position(dataset, &first.name)?, position(dataset, &meter.name)?)));
            if let Some((into, from)) = slots {
                merge(dataset, into, from).unwrap_or_else(|at| {
                    mistakes.push(format!(
                        "{}, line {}: `{}` and the meter that it follows both have a reading of the interval at {}: state from when it counts in `from`",
                        self.file,
                        meter.line,
                        meter.name,
                        gridpact_readings::rfc3339::show(gridpact_units::UnixSeconds(at))
                    ));
                });
            }
        }
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(MistakesInFile(mistakes))
        }
    }

    fn cut(&self, dataset: &mut Dataset, slot: usize, meter: &Meter, mistakes: &mut Vec<String>) {
        let mut index = |at: Option<Beginning>| {
            let at = at?;
            let moment = at.moment(dataset.zone);
            if moment.is_none() {
                mistakes.push(format!(
                    "{}, line {}: expected a time in 1970 or later that the local clock shows, got {at}",
                    self.file, meter.line
                ));
            }
            moment.map(|moment| dataset.interval.index_at(moment.0))
        };
        // A meter that another follows ends where that one begins.
        let next = self
            .meters
            .iter()
            .find(|other| other.follows.as_ref() == Some(&meter.name));
        let (from, until) = (
            index(meter.from),
            index(meter.until.or(next.and_then(|next| next.from))),
        );
        let most = |limit: Option<Power>| limit.map(|limit| limit.energy_over(dataset.interval.seconds()));
        let (import, export) = (most(meter.limits.0), most(meter.limits.1));
        let mut above: Option<(Energy, Energy, u64)> = None;
        for_each(dataset, slot, |interval, reading| {
            if from.is_some_and(|from| interval < from) || until.is_some_and(|until| interval >= until) {
                *reading = Reading::MISSING;
            }
            let beyond =
                |got: Energy, most: Option<Energy>| most.filter(|most| got > *most).map(|most| (got, most));
            if let Some((got, most)) =
                beyond(reading.import, import).or_else(|| beyond(reading.export, export))
            {
                let (first, limit, count) = above.unwrap_or((got, most, 0));
                above = Some((first, limit, count.saturating_add(1)));
                *reading = Reading::MISSING;
            }
        });
        if let Some((got, most, count)) = above {
            dataset.findings.push(Finding {
                file: self.file.clone(),
                meter: Some(format!("meter {}", meter.name)),
                lines: vec![meter.line],
                count,
                what: What::AboveLimit { got, most },
            });
        }
    }
}

fn position(dataset: &Dataset, name: &str) -> Option<usize> {
    dataset.meters.iter().position(|meter| meter.name == name)
}

/// Goes through all readings of a meter.
fn for_each(dataset: &mut Dataset, slot: usize, mut each: impl FnMut(IntervalIndex, &mut Reading)) {
    let width = dataset.meters.len().max(1);
    let indices = dataset.stretches.iter().flat_map(|stretch| {
        let first = stretch.first;
        (0..stretch.intervals as u64).map(move |offset| first.plus(offset))
    });
    let indices: Vec<IntervalIndex> = indices.collect();
    for (row, index) in indices.into_iter().enumerate() {
        let position = row.saturating_mul(width).saturating_add(slot);
        let before = dataset.readings.at(position);
        let mut reading = before;
        each(index, &mut reading);
        if reading != before {
            dataset.readings.set(position, reading);
        }
    }
}

/// Lets a meter's readings be another's, and takes it out. Fails with the start of an interval that both read.
fn merge(dataset: &mut Dataset, into: usize, from: usize) -> Result<(), u64> {
    let width = dataset.meters.len();
    let mut both = None;
    let mut moved: Vec<Reading> = Vec::with_capacity(dataset.intervals());
    for_each(dataset, from, |_, reading| moved.push(*reading));
    let mut others = moved.iter();
    let length = dataset.interval;
    for_each(dataset, into, |index, reading| {
        let other = others.next().copied().unwrap_or(Reading::MISSING);
        match (reading.is_missing(), other.is_missing()) {
            (true, _) => *reading = other,
            (false, false) => both = both.or(Some(length.start_of(index))),
            (false, true) => {}
        }
    });
    if let Some(at) = both {
        return Err(at);
    }
    let kept = || (0..dataset.readings.len()).filter(|position| position.checked_rem(width) != Some(from));
    let readings = kept().map(|position| dataset.readings.at(position)).collect();
    let own_use = dataset.own_use.as_ref();
    let own_use = own_use.map(|own_use| kept().map(|position| own_use.at(position)).collect());
    dataset.readings = readings;
    dataset.own_use = own_use;
    let gone = dataset.meters.remove(from);
    let into = if from < into { into.saturating_sub(1) } else { into };
    if let Some(meter) = dataset.meters.get_mut(into) {
        meter.has_pv |= gone.has_pv;
        meter.producer &= gone.producer;
    }
    Ok(())
}
