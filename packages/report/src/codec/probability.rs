//! Probabilities that learn from the decisions they are used for.

/// The slowest rate of learning: a well-used probability moves 1/32 of the way. Slower ones measured no smaller on
/// real homes.
const SLOWEST_SHIFT: u32 = 5;

/// Uses after which the rate no longer falls.
const USES_COUNTED: u16 = 15;

/// How likely a decision is false, in 1/65,536.
///
/// The first use moves it half of the way to what was decided, uses 2 and 3 a quarter, 4 to 7 an eighth, 8 to 15 a
/// sixteenth, later ones 1/32: a report of one interval has no time for less. It stays from 31 to 65,505, so that
/// either outcome can always be coded.
#[derive(Clone, Copy)]
pub(crate) struct Probability {
    of_false: u16,
    uses: u16,
}

impl Probability {
    pub(crate) const EVEN: Self = Self {
        of_false: 1 << 15,
        uses: 0,
    };

    #[inline(always)]
    pub(crate) fn learn(&mut self, decision: bool) {
        let bits = u16::BITS.wrapping_sub(self.uses.wrapping_add(1).leading_zeros());
        let shift = bits.min(SLOWEST_SHIFT);
        self.uses = self.uses.wrapping_add(u16::from(self.uses < USES_COUNTED));
        // Between 0 and 65,536 without either end: negation is the distance to 65,536. True moves it down by a part of
        // itself, false up by a part of that distance. `flip` negates for false: (x ^ flip) - flip. A branch costs a
        // chain's virtual machine 14 operations.
        let flip = u16::from(decision).wrapping_sub(1);
        let distance = (self.of_false ^ flip).wrapping_sub(flip);
        let step = ((distance >> shift) ^ flip).wrapping_sub(flip);
        self.of_false = self.of_false.wrapping_sub(step);
    }

    /// The part of `range` that belongs to false: above 0 and below `range` for every `range` from 2^16.
    #[inline(always)]
    pub(crate) fn split(self, range: u32) -> u32 {
        (range >> 16).wrapping_mul(u32::from(self.of_false))
    }
}

/// Probabilities, one a context.
pub(crate) struct Table {
    contexts: Vec<Probability>,
    /// Answers for contexts outside the table, of which there are none: it stands in for a panic.
    spare: Probability,
}

impl Table {
    pub(crate) fn new(contexts: usize) -> Self {
        Self {
            contexts: vec![Probability::EVEN; contexts],
            spare: Probability::EVEN,
        }
    }

    #[inline(always)]
    pub(crate) fn at(&mut self, context: usize) -> &mut Probability {
        match self.contexts.get_mut(context) {
            Some(probability) => probability,
            None => &mut self.spare,
        }
    }
}
