//! The commands, each in a file of its own.

pub mod backup;
pub mod check;
pub mod committee;
pub mod explain;
pub mod init;
pub mod look;
pub mod options;
pub mod readings;
pub mod resume;
pub mod running;
pub mod status;
pub mod token;
