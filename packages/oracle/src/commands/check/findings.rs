//! What was found, line by line.

/// What was found, line by line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What keeps it from working.
    pub wrong: Vec<String>,
    /// What somebody should know.
    pub doubtful: Vec<String>,
    /// What is as it should be.
    pub good: Vec<String>,
}
