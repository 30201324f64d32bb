//! The cw-multi-test harness: builder, typed handles, fixtures, hostile counterparts, invariants.
