//! What every backend must do, whatever it stands on.

use super::{Address, Blobs, Content, Durability, Local, Memory, Ticket};
use std::io;

fn address(content: &str, name: &str) -> Address {
    Address { bucket: "bone".into(), content: content.into(), name: name.into() }
}

fn stage(blobs: &dyn Blobs, bytes: &[u8], durability: Durability) -> Ticket {
    let mut staging = blobs.stage().unwrap();
    staging.write_all(bytes).unwrap();
    staging.seal(durability).unwrap()
}

fn read(blobs: &dyn Blobs, address: &Address) -> io::Result<Vec<u8>> {
    let content = blobs.open(address)?;
    let mut bytes = vec![0; usize::try_from(content.size()).unwrap()];
    let mut at = 0;
    while at < bytes.len() {
        match content.read_at(&mut bytes[at..], at as u64)? {
            0 => break,
            count => at += count,
        }
    }
    Ok(bytes)
}

fn all(blobs: &dyn Blobs) -> Vec<Address> {
    let mut all = Vec::new();
    blobs
        .list(&mut |address| {
            all.push(address);
            true
        })
        .unwrap();
    all.sort();
    all
}

fn placed_content_is_read_whole_and_at_offsets(blobs: &dyn Blobs) {
    let at = address("c1", "hello.txt");
    let ticket = stage(blobs, b"hello, pail", Durability::Alone);
    assert!(all(blobs).is_empty(), "staged is not placed");
    blobs.place(&[(ticket, at.clone())]).unwrap();
    assert_eq!(read(blobs, &at).unwrap(), b"hello, pail");
    let content = blobs.open(&at).unwrap();
    let mut four = [0; 4];
    assert_eq!((content.read_at(&mut four, 7).unwrap(), &four), (4, b"pail"));
    assert_eq!(content.read_at(&mut four, 9).unwrap(), 2);
    assert_eq!(content.read_at(&mut four, 11).unwrap(), 0);
    assert_eq!(content.read_at(&mut four, u64::MAX >> 1).unwrap(), 0);
    what_is_at_hand_is_what_is_read(content.as_ref());
    blobs.remove(&at).unwrap();
}

/// Content that never has anything at hand is right, if slow; here it was written a moment ago and lies in memory.
fn what_is_at_hand_is_what_is_read(content: &dyn Content) {
    for offset in [0, 7, 9, 11, u64::MAX >> 1] {
        let (mut read, mut at_hand) = ([0; 4], [0; 4]);
        let count = content.read_at(&mut read, offset).unwrap();
        if let Some(found) = content.read_at_hand(&mut at_hand, offset).unwrap() {
            assert_eq!((found, at_hand), (count, read), "{offset}");
        }
    }
}

fn an_empty_content_is_a_content(blobs: &dyn Blobs) {
    let at = address("c2", "empty");
    blobs.place(&[(stage(blobs, b"", Durability::Alone), at.clone())]).unwrap();
    assert_eq!(read(blobs, &at).unwrap(), b"");
    blobs.remove(&at).unwrap();
}

fn a_batch_of_any_size_is_placed_together(blobs: &dyn Blobs) {
    for count in [1, 15, 16, 100] {
        let batch: Vec<_> = (0..count)
            .map(|n| {
                let bytes = format!("content {n}");
                (stage(blobs, bytes.as_bytes(), Durability::Together), address(&format!("d{n:03}"), "x.txt"))
            })
            .collect();
        blobs.place(&batch).unwrap();
        assert_eq!(all(blobs).len(), count);
        for (n, (_, at)) in batch.iter().enumerate() {
            assert_eq!(read(blobs, at).unwrap(), format!("content {n}").into_bytes());
            blobs.remove(at).unwrap();
        }
        assert!(all(blobs).is_empty());
    }
}

fn what_is_removed_is_gone_but_open_readers_read_on(blobs: &dyn Blobs) {
    let at = address("c3", "x");
    blobs.place(&[(stage(blobs, b"still here", Durability::Alone), at.clone())]).unwrap();
    let open = blobs.open(&at).unwrap();
    blobs.remove(&at).unwrap();
    blobs.remove(&at).unwrap();
    assert_eq!(blobs.open(&at).err().map(|error| error.kind()), Some(io::ErrorKind::NotFound));
    let mut bytes = [0; 10];
    assert_eq!(open.read_at(&mut bytes, 0).unwrap(), 10);
    assert_eq!(&bytes, b"still here");
}

fn what_is_thrown_away_leaves_nothing_and_cannot_be_placed(blobs: &dyn Blobs) {
    let mut staging = blobs.stage().unwrap();
    staging.write_all(b"half").unwrap();
    drop(staging);
    let ticket = stage(blobs, b"whole", Durability::Alone);
    blobs.discard(&ticket);
    blobs.discard(&ticket);
    assert!(blobs.place(&[(ticket, address("c4", "x"))]).is_err());
    assert!(all(blobs).iter().all(|at| blobs.open(at).is_err()) || all(blobs).is_empty());
}

fn a_batch_with_a_lost_content_places_none(blobs: &dyn Blobs) {
    let good = stage(blobs, b"good", Durability::Alone);
    let lost = stage(blobs, b"lost", Durability::Alone);
    blobs.discard(&lost);
    assert!(blobs.place(&[(good, address("c5", "x")), (lost, address("c6", "x"))]).is_err());
    assert!(blobs.open(&address("c5", "x")).is_err());
    assert!(blobs.open(&address("c6", "x")).is_err());
}

fn a_sweep_waits_for_those_who_hold(blobs: &dyn Blobs) {
    let one = blobs.hold_sweeps().unwrap();
    let two = blobs.hold_sweeps().unwrap();
    assert!(blobs.begin_sweep().unwrap().is_none());
    drop((one, two));
    assert!(blobs.begin_sweep().unwrap().is_some());
}

fn conforms(blobs: &dyn Blobs) {
    placed_content_is_read_whole_and_at_offsets(blobs);
    an_empty_content_is_a_content(blobs);
    a_batch_of_any_size_is_placed_together(blobs);
    what_is_removed_is_gone_but_open_readers_read_on(blobs);
    what_is_thrown_away_leaves_nothing_and_cannot_be_placed(blobs);
    a_batch_with_a_lost_content_places_none(blobs);
    a_sweep_waits_for_those_who_hold(blobs);
}

#[test]
fn memory_conforms() {
    conforms(&Memory::default());
}

#[test]
fn local_conforms() {
    let home = tempfile::tempdir().unwrap();
    conforms(&Local::open(&home.path().join("files")).unwrap());
}

#[test]
fn local_content_is_read_only_under_its_own_name() {
    let home = tempfile::tempdir().unwrap();
    let blobs = Local::open(&home.path().join("files")).unwrap();
    blobs.place(&[(stage(&blobs, b"x", Durability::Alone), address("c1", "plan.pdf"))]).unwrap();
    let file = home.path().join("files/bone/c1/plan.pdf");
    assert!(std::fs::metadata(file).unwrap().permissions().readonly());
}

#[test]
fn stagings_of_ended_processes_are_cleared_and_those_of_living_ones_stay() {
    let home = tempfile::tempdir().unwrap();
    let files = home.path().join("files");
    let living = Local::open(&files).unwrap();
    let kept = stage(&living, b"kept", Durability::Alone);
    let ended = files.join(".staging/pended");
    std::fs::create_dir_all(&ended).unwrap();
    std::fs::write(ended.join(".alive"), b"").unwrap();
    std::fs::write(ended.join("half"), b"half").unwrap();
    let starting = Local::open(&files).unwrap();
    assert_eq!(starting.clear_stagings().unwrap(), 1);
    assert!(!ended.exists());
    living.place(&[(kept, address("c1", "x"))]).unwrap();
}
