//! One error type with one closed list of codes. Faces branch on the code, never on text.

use std::{borrow::Cow, fmt};

/// The engine's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was refused or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// No bucket of that id or slug.
    BucketNotFound,
    /// No object of that id or key in the bucket.
    ObjectNotFound,
    /// The object has no version of that number.
    VersionNotFound,
    /// No running transfer of that id.
    TransferNotFound,
    /// The object is not checked out.
    CheckoutNotFound,
    /// A file or folder name that no object can have.
    InvalidName,
    /// An empty, overlong or otherwise impossible bucket title.
    InvalidTitle,
    /// An icon name that is none.
    InvalidIcon,
    /// A media type pattern that is none (E7).
    InvalidType,
    /// A glob that cannot be read.
    InvalidGlob,
    /// A page cursor that this list did not hand out.
    InvalidCursor,
    /// A limit that cannot hold.
    InvalidLimit,
    /// A title that leaves nothing for an address.
    InvalidSlug,
    /// Text that is not JSON.
    InvalidJson,
    /// A merge needs a JSON object on both sides.
    NotAnObject,
    /// The data changed since the revision that was named.
    StaleRevision,
    /// Another object has that name.
    NameTaken,
    /// Two files of one drop meet in one name, and nobody has decided.
    NameConflict,
    /// The bucket is switched off for this face.
    BucketDisabled,
    /// It lies in the trash.
    InTrash,
    /// It does not lie in the trash.
    NotInTrash,
    /// Over the size limit.
    TooLarge,
    /// Over the count limit.
    TooManyFiles,
    /// Over the bucket's quota.
    QuotaExceeded,
    /// The bucket does not take this media type.
    TypeNotAllowed,
    /// The source file is not there (any more).
    SourceMissing,
    /// The source file may not be read.
    SourceUnreadable,
    /// The source file changed while it was read.
    SourceChanged,
    /// A socket, a device, a pipe.
    SourceNotAFile,
    /// A folder that contains itself.
    DirectoryLoop,
    /// Stopped by the person.
    Cancelled,
    /// The caller is known, and may not do this.
    Forbidden,
    /// Nobody signed in, and this is not for everybody.
    SignInNeeded,
    /// A CEL rule that cannot be kept (C3).
    InvalidRule,
    /// A signed link's query that nobody signed, or not for this address (C6).
    InvalidSignature,
    /// A signed link after its time.
    LinkExpired,
    /// A signed link that was taken back.
    LinkRevoked,
    /// No user of that id or name.
    UserNotFound,
    /// No key of that id or name.
    KeyNotFound,
    /// A request that a face cannot read.
    BadRequest,
    /// A secret that is no living key's.
    KeyRefused,
    /// No signed link of that id.
    LinkNotFound,
    /// No webhook of that id.
    WebhookNotFound,
    /// Metadata that is no JSON object, or too large.
    InvalidMetadata,
    /// An id of the caller's choice that cannot be one.
    InvalidId,
    /// An id of the caller's choice that something has.
    IdTaken,
    /// A web address that nothing may be sent to.
    InvalidAddress,
    /// An archive that cannot be taken in.
    InvalidArchive,
    /// A bucket that holds something, where that was not expected.
    NotEmpty,
    /// Deleting buckets through this face is switched off in the settings.
    DeletionOff,
    /// The caller asks too often.
    RateLimited,
    /// The disk is full.
    NoSpace,
    /// The home may not be written.
    ReadOnly,
    /// The home was written by a newer Pail.
    HomeTooNew,
    /// The home cannot be opened.
    HomeUnusable,
    /// A row's content is gone from the files directory.
    ContentMissing,
    /// A content is not what its hash says.
    ContentDamaged,
    /// There is a home already where one is to be made.
    HomeTaken,
    /// The system refused a file operation.
    Io,
    /// The database refused.
    Database,
    /// A fault of ours.
    Internal,
}

/// What went wrong: a code, a sentence that says what happened and what to do next, the values in it, and the cause.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    code: Code,
    message: Cow<'static, str>,
    context: Vec<(&'static str, String)>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A new error.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner { code, message: message.into(), context: Vec::new(), source: None }))
    }

    /// Adds a value that the faces may show or branch on.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.0.context.push((key, value.to_string()));
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The code to branch on.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What happened and what to do next.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The values in the message.
    pub fn context(&self) -> &[(&'static str, String)] {
        &self.0.context
    }

    /// The value of `key`, if the error carries it.
    pub fn detail(&self, key: &str) -> Option<&str> {
        self.0.context.iter().find(|(k, _)| *k == key).map(|(_, value)| value.as_str())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

impl Error {
    /// A refusal: what is wrong with a thing, and what the person can do about it. Both stand alone in the context as
    /// `reason` and `advice`, and together they are the message.
    pub(crate) fn refusal(code: Code, reason: impl Into<String>, advice: impl Into<String>) -> Self {
        let (reason, advice) = (reason.into(), advice.into());
        Self::new(code, format!("{reason}. {advice}")).with("reason", reason).with("advice", advice)
    }

    /// A file operation in the home that the system refused: `no_space`, `read_only` or `io`. `what` completes "Pail could
    /// not …".
    pub fn storage(error: std::io::Error, what: &str) -> Self {
        use std::io::ErrorKind;
        let (code, message) = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
                Code::NoSpace,
                format!("The disk is full, so Pail could not {what}. Free some space and try again."),
            ),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => (
                Code::ReadOnly,
                format!(
                    "Pail may not write in its home, so it could not {what}. Make the home writable and try again."
                ),
            ),
            _ => (Code::Io, format!("Pail could not {what}: {error}. Look at the disk and try again.")),
        };
        Self::new(code, message).because(error)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let (code, message) = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                (Code::NoSpace, "The disk is full. Free some space and try again.".to_owned())
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => (
                Code::ReadOnly,
                "Pail may not write its database. Make the home writable and try again.".to_owned(),
            ),
            Some(ErrorCode::SystemIoFailure) => {
                (Code::Io, format!("The disk refused the database: {error}. Look at the disk and try again."))
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (Code::Database, "Another program holds the database. Try again in a moment.".to_owned())
            }
            _ => (Code::Database, format!("The database refused: {error}.")),
        };
        Self::new(code, message).because(error)
    }
}
