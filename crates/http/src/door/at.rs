//! Where a request goes: the named parts of its address, decoded once. An address that is no text after decoding is refused
//! in the words of the dialect that it belongs to.

/// Declares `At` for a dialect: an extractor that answers the second to what is no text, which has the type of the first.
macro_rules! at {
    ($failure:ty, $nowhere:expr) => {
        /// The named parts of an address.
        pub struct At<T>(pub T);

        impl<T: serde::de::DeserializeOwned + Send> axum::extract::FromRequestParts<crate::door::Face>
            for At<T>
        {
            type Rejection = $failure;

            async fn from_request_parts(
                parts: &mut axum::http::request::Parts,
                face: &crate::door::Face,
            ) -> Result<Self, $failure> {
                let at = axum::extract::Path::from_request_parts(parts, face).await;
                at.map(|axum::extract::Path(at)| Self(at)).map_err(|_| $nowhere.into())
            }
        }
    };
}

pub(crate) use at;

/// What an address is that cannot be decoded, where the dialect has no word for it.
pub fn undecodable() -> engine::Error {
    super::unreadable("its address is no text in UTF-8 after decoding")
}
