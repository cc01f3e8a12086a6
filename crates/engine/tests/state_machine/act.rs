//! What can be done, and how often.

use proptest::prelude::*;
use proptest::sample::Index;

/// An operation, or what happens to a program. Indices choose among what is there.
#[derive(Debug, Clone)]
pub enum Act {
    Put { key: usize, size: usize },
    Upload { keys: Vec<usize>, size: usize },
    Drop { keys: Vec<usize>, size: usize, meeting: Meeting },
    Edit(Index, usize),
    Annotate(Index, i32),
    Delete(Vec<Index>),
    DeleteFolder(usize),
    Restore(Index),
    Purge(Index),
    Rename(Index, usize),
    Move(Vec<Index>, usize),
    Revert(Index, Index),
    Merge(u8, i32),
    Set(i32),
    Settle(u8),
    Empty,
    EmptyTrash,
    TrashBucket,
    OtherBucket,
    PurgeBucket(Index),
    EraseBucket,
    Sign(Index),
    RevokeLink(Index),
    RotateKeys(bool),
    Admit,
    Dismiss(Index),
    Hook,
    Unhook(Index),
    Pass(Lapse),
    Sweep,
    Verify,
    Restart,
    Crash,
    Backup,
    Archive,
}

/// What becomes of a dropped file whose name is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    Replace,
    KeepBoth,
    Skip,
}

/// How much time passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lapse {
    /// Less than anything lives.
    Minute,
    /// More than any link and any object with an end lives.
    Season,
}

pub const NAMES: [&str; 5] = ["a.txt", "b.txt", "Ä c.txt", "d", "a-2.txt"];
pub const FOLDERS: [&str; 3] = ["", "x", "x/y"];
/// Names in folders.
pub const PLACES: usize = NAMES.len() * FOLDERS.len();

pub fn act() -> impl Strategy<Value = Act> {
    let which = any::<Index>;
    let some = || proptest::collection::vec(any::<Index>(), 1..4);
    let keys = || proptest::collection::vec(0..PLACES, 1..5);
    let meeting =
        prop_oneof![2 => Just(Meeting::Replace), 1 => Just(Meeting::KeepBoth), 1 => Just(Meeting::Skip)];
    let files = prop_oneof![
        6 => (0..PLACES, 0..3000_usize).prop_map(|(key, size)| Act::Put { key, size }),
        2 => (keys(), 0..500_usize).prop_map(|(keys, size)| Act::Upload { keys, size }),
        3 => (keys(), 0..500_usize, meeting).prop_map(|(keys, size, meeting)| Act::Drop { keys, size, meeting }),
        1 => (which(), 0..500_usize).prop_map(|(object, size)| Act::Edit(object, size)),
        1 => (which(), any::<i32>()).prop_map(|(object, value)| Act::Annotate(object, value)),
        4 => some().prop_map(Act::Delete),
        1 => (1..FOLDERS.len()).prop_map(Act::DeleteFolder),
        3 => which().prop_map(Act::Restore),
        2 => which().prop_map(Act::Purge),
        2 => (which(), 0..NAMES.len()).prop_map(|(object, name)| Act::Rename(object, name)),
        2 => (some(), 0..FOLDERS.len()).prop_map(|(objects, folder)| Act::Move(objects, folder)),
        2 => (which(), which()).prop_map(|(object, version)| Act::Revert(object, version)),
    ];
    let buckets = prop_oneof![
        3 => (0..4_u8, any::<i32>()).prop_map(|(key, value)| Act::Merge(key, value)),
        1 => any::<i32>().prop_map(Act::Set),
        2 => any::<u8>().prop_map(Act::Settle),
        1 => Just(Act::Empty),
        1 => Just(Act::EmptyTrash),
        1 => Just(Act::TrashBucket),
        1 => Just(Act::OtherBucket),
        1 => which().prop_map(Act::PurgeBucket),
        1 => Just(Act::EraseBucket),
    ];
    let people = prop_oneof![
        3 => which().prop_map(Act::Sign),
        1 => which().prop_map(Act::RevokeLink),
        1 => any::<bool>().prop_map(Act::RotateKeys),
        2 => Just(Act::Admit),
        1 => which().prop_map(Act::Dismiss),
        1 => Just(Act::Hook),
        1 => which().prop_map(Act::Unhook),
    ];
    let homes = prop_oneof![
        1 => Just(Act::Pass(Lapse::Minute)),
        1 => Just(Act::Pass(Lapse::Season)),
        2 => Just(Act::Sweep),
        1 => Just(Act::Verify),
        4 => Just(Act::Restart),
        4 => Just(Act::Crash),
        1 => Just(Act::Backup),
        1 => Just(Act::Archive),
    ];
    prop_oneof![29 => files, 12 => buckets, 6 => people, 8 => homes]
}
