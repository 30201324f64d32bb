//! What the tests against a real node share.
