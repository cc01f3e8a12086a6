//! Pictures that are made small. Input: which format and side, then the picture.

use crate::Target;
use crate::input::Input;
use engine::Side;
use engine::fuzzing::picture::{format_of, kind, small};

pub const TARGET: Target = Target {
    name: "pictures",
    holds,
    words: &[
        "\u{89}PNG\r\n\u{1a}\n",
        "IHDR",
        "IDAT",
        "IEND",
        "acTL",
        "eXIf",
        "GIF89a",
        "RIFF",
        "WEBPVP8 ",
        "VP8L",
        "VP8X",
        "BM",
        "Exif\0\0",
        "MM\0*",
        "II*\0",
        "JFIF\0",
        "\0\0\0\u{1}",
        "\u{7f}",
    ],
    tries: 300,
};

const TYPES: [&str; 5] = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"];
const SIDES: [Side; 3] = [Side::Row, Side::Cell, Side::Preview];

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let which = usize::try_from(input.number() % 15).unwrap();
    let (format, side) = (format_of(TYPES[which % 5]).unwrap(), SIDES[which / 5]);
    let Ok(made) = small(input.rest().to_vec(), format, side) else { return };
    let expected =
        if kind(&made) == "image/png" { image::ImageFormat::Png } else { image::ImageFormat::Jpeg };
    let shown = image::load_from_memory_with_format(&made, expected).expect("what is made can be shown");
    let longest = shown.width().max(shown.height());
    assert!(shown.width() > 0 && shown.height() > 0 && longest <= side as u32, "{} is too large", longest);
}
