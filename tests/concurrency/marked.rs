//! Content that says what it is, so that whoever reads it anywhere can tell whether it is whole and the right one.

use engine::blob::Content;

/// Bytes read at once: less than most contents have.
const PIECE: usize = 4096;

/// The content of something, in its nth form.
pub fn make(of: &str, n: u64, length: usize) -> Vec<u8> {
    let body = format!("{of}\n{n}\n").into_bytes();
    let filling = body.iter().copied().cycle().skip(n as usize % 7).take(length);
    let rest: Vec<u8> = body.iter().copied().chain(filling).collect();
    [engine::blob::hash(&rest).as_bytes(), b"\n", &rest].concat()
}

/// Of what it is the content, and in which form. A content that is not whole fails the test.
pub fn read(bytes: &[u8]) -> (String, u64) {
    assert!(bytes.len() > 65, "a short read: {} bytes", bytes.len());
    let (hash, rest) = bytes.split_at(65);
    assert_eq!(engine::blob::hash(rest).as_bytes(), &hash[..64], "a content that is not whole");
    let mut lines = std::str::from_utf8(rest).unwrap().lines();
    let (of, n) = (lines.next().unwrap(), lines.next().unwrap());
    (of.to_owned(), n.parse().unwrap())
}

/// All bytes of an opened content.
pub fn whole(content: &dyn Content) -> Vec<u8> {
    let (mut bytes, mut piece) = (Vec::new(), [0; PIECE]);
    loop {
        match content.read_at(&mut piece, bytes.len() as u64).expect("what is open can be read") {
            0 => break,
            count => bytes.extend_from_slice(&piece[..count]),
        }
    }
    assert_eq!(bytes.len() as u64, content.size(), "another length than it said");
    bytes
}
