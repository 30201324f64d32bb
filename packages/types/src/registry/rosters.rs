//! When rosters may begin.

use cosmwasm_schema::cw_serde;
use gridpact_units::Seconds;

/// When rosters may begin: at every multiple of `every` since 1970-01-01T00:00Z, moved by `offset`. No report spans a change of
/// roster, so windows are as long as rosters last: a day, say, and beginning where a day does.
#[cw_serde]
#[derive(Copy, Eq)]
pub struct RostersBegin {
    /// Time between two beginnings, in whole intervals: one to 30 days. 86,400 s is a day.
    pub every: Seconds,
    /// How long after a multiple of `every` they are, in whole intervals, less than `every`. 82,800 s is an hour before
    /// midnight UTC: midnight an hour east.
    pub offset: Seconds,
}
