//! Whether numbers look as if the sign of decimals stood between thousands.

/// How numbers were written so far: `1.234` and `567`, and nothing else, may be thousands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shapes {
    /// With three digits behind the sign of decimals.
    with: u32,
    /// Without one, and below a thousand.
    without: u32,
    /// Others, after which nothing more is counted.
    pub other: bool,
}

/// Numbers of either shape that make it likely.
const LIKELY: u32 = 10;

impl Shapes {
    pub fn and(mut self, text: &str, point: char) -> Self {
        match text.split_once(point) {
            Some((whole, behind)) => {
                self.with = self.with.saturating_add(1);
                self.other = behind.len() != 3 || whole.len() > 3 || whole.starts_with('0');
            }
            None => {
                self.without = self.without.saturating_add((text != "0").into());
                self.other = text.len() > 3;
            }
        }
        self
    }

    pub fn are_thousands(self) -> bool {
        !self.other && self.with >= LIKELY && self.without >= LIKELY
    }
}
