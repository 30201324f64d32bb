//! The byte format of a report of meter readings, its digest and its quorum; pure.
