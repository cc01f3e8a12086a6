//! Forms as browsers and curl send them.

const BOUNDARY: &str = "----pail-test-8f2c1d";

/// A `multipart/form-data` body under construction.
#[derive(Default)]
pub struct Form(Vec<u8>);

impl Form {
    pub fn text(mut self, field: &str, value: &str) -> Self {
        self.open(&format!("name=\"{field}\""));
        self.0.extend_from_slice(value.as_bytes());
        self.0.extend_from_slice(b"\r\n");
        self
    }

    pub fn file(mut self, field: &str, filename: &str, content: &[u8]) -> Self {
        self.open(&format!(
            "name=\"{field}\"; filename=\"{filename}\"\r\nContent-Type: application/octet-stream"
        ));
        self.0.extend_from_slice(content);
        self.0.extend_from_slice(b"\r\n");
        self
    }

    fn open(&mut self, disposition: &str) {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n");
        self.0.extend_from_slice(head.as_bytes());
    }

    /// The body, and its content type.
    pub fn close(mut self) -> (Vec<u8>, String) {
        self.0.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        (self.0, format!("multipart/form-data; boundary={BOUNDARY}"))
    }
}
