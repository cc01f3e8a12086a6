//! The engine's own files of group commit, on the locks and channels of this test.

#[path = "../../../src/db/commits.rs"]
pub mod commits;
#[path = "../../../src/db/group.rs"]
pub mod group;
#[path = "../../../src/db/writer.rs"]
pub mod writer;
