//! Many readings in little memory: a year of a thousand homes is 35 million of them. An energy of an interval nearly always fits 32
//! bits (4,294 kWh); those that do not stand aside.

use core::ops::Range;
use std::collections::BTreeMap;

use gridpact_units::{Energy, Quality, Reading};
use serde::{Deserialize, Serialize};

/// Energies in mWh.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Energies {
    small: Vec<u32>,
    /// By position, those beyond 32 bits.
    large: BTreeMap<usize, u64>,
}

impl Energies {
    /// None yet, with room for so many.
    pub fn with_capacity(count: usize) -> Self {
        Self {
            small: Vec::with_capacity(count),
            large: BTreeMap::new(),
        }
    }

    /// So many zeros.
    pub fn zeros(count: usize) -> Self {
        Self {
            small: vec![0; count],
            large: BTreeMap::new(),
        }
    }

    /// Adds one.
    pub fn push(&mut self, energy: u64) {
        let position = self.small.len();
        self.small.push(u32::try_from(energy).unwrap_or_else(|_| {
            self.large.insert(position, energy);
            u32::MAX
        }));
    }

    /// One; 0 where there is none.
    pub fn at(&self, position: usize) -> u64 {
        match self.small.get(position) {
            Some(&u32::MAX) => self.large.get(&position).copied().unwrap_or(u32::MAX.into()),
            Some(small) => (*small).into(),
            None => 0,
        }
    }

    /// Some, one after the other; none where the range ends beyond them.
    fn range(&self, range: Range<usize>) -> impl Iterator<Item = u64> + '_ {
        let small = self.small.get(range.clone()).unwrap_or_default();
        small
            .iter()
            .zip(range.start..)
            .map(|(small, position)| match *small {
                u32::MAX => self.at(position),
                small => small.into(),
            })
    }

    /// Puts another in place of one that is there.
    fn set(&mut self, position: usize, energy: u64) {
        self.large.remove(&position);
        if let Some(place) = self.small.get_mut(position) {
            *place = u32::try_from(energy).unwrap_or_else(|_| {
                self.large.insert(position, energy);
                u32::MAX
            });
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.small.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.small.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        (0..self.len()).map(|position| self.at(position))
    }
}

impl FromIterator<u64> for Energies {
    fn from_iter<I: IntoIterator<Item = u64>>(energies: I) -> Self {
        let mut all = Self::default();
        energies.into_iter().for_each(|energy| all.push(energy));
        all
    }
}

/// Readings.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    import: Energies,
    export: Energies,
    quality: Vec<Quality>,
}

impl Readings {
    /// So many without a value.
    pub fn missing(count: usize) -> Self {
        Self {
            import: Energies::zeros(count),
            export: Energies::zeros(count),
            quality: vec![Quality::Missing; count],
        }
    }

    /// Adds one.
    pub fn push(&mut self, reading: Reading) {
        self.import.push(reading.import.0);
        self.export.push(reading.export.0);
        self.quality.push(reading.quality);
    }

    /// One; missing where there is none.
    pub fn at(&self, position: usize) -> Reading {
        Reading {
            import: Energy(self.import.at(position)),
            export: Energy(self.export.at(position)),
            quality: self.quality.get(position).copied().unwrap_or(Quality::Missing),
        }
    }

    /// Puts another in place of one that is there.
    pub fn set(&mut self, position: usize, reading: Reading) {
        if let Some(place) = self.quality.get_mut(position) {
            *place = reading.quality;
            self.import.set(position, reading.import.0);
            self.export.set(position, reading.export.0);
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.quality.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.quality.is_empty()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Reading> + '_ {
        (0..self.len()).map(|position| self.at(position))
    }

    /// Some, one after the other; as many as are there.
    pub fn range(&self, range: Range<usize>) -> Vec<Reading> {
        let range = range.start..range.end.min(self.len());
        let quality = self.quality.get(range.clone()).unwrap_or_default();
        let energies = self.import.range(range.clone()).zip(self.export.range(range));
        let readings = energies.zip(quality).map(|((import, export), quality)| Reading {
            import: Energy(import),
            export: Energy(export),
            quality: *quality,
        });
        readings.collect()
    }
}

impl FromIterator<Reading> for Readings {
    fn from_iter<I: IntoIterator<Item = Reading>>(readings: I) -> Self {
        let mut all = Self::default();
        readings.into_iter().for_each(|reading| all.push(reading));
        all
    }
}
