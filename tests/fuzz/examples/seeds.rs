#![allow(clippy::unwrap_used, missing_docs)]
use image::*;
use std::io::Cursor;
fn main() {
    let out = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let mut rgb = RgbImage::new(13, 7);
    for (x, y, p) in rgb.enumerate_pixels_mut() { *p = Rgb([(x * 19) as u8, (y * 36) as u8, (x ^ y) as u8]); }
    let rgb = DynamicImage::ImageRgb8(rgb);
    let kinds = [("jpeg", ImageFormat::Jpeg, 0), ("png", ImageFormat::Png, 1), ("gif", ImageFormat::Gif, 2), ("webp", ImageFormat::WebP, 3), ("bmp", ImageFormat::Bmp, 4)];
    for (name, format, which) in kinds {
        for (color, picture) in [("rgb", rgb.clone()), ("rgba", DynamicImage::ImageRgba8(rgb.to_rgba8())), ("luma", DynamicImage::ImageLuma8(rgb.to_luma8())), ("la", DynamicImage::ImageLumaA8(rgb.to_luma_alpha8())), ("l16", DynamicImage::ImageLuma16(rgb.to_luma16())), ("rgb16", DynamicImage::ImageRgb16(rgb.to_rgb16()))] {
            let mut bytes = Cursor::new(Vec::new());
            if picture.write_to(&mut bytes, format).is_err() { continue; }
            let side = match color { "rgb" => 0, "rgba" => 5, _ => 10 };
            let mut all = format!("{}\n", which + side).into_bytes();
            all.extend(bytes.into_inner());
            std::fs::write(out.join(format!("{name}-{color}")), all).unwrap();
        }
    }
}
