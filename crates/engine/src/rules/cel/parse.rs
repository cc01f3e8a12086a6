//! CEL's grammar, by the library's parser.
//!
//! Its frames are large: 32 brackets take some megabytes of stack in a debug build, more than a server's thread has. So it
//! runs on a thread of its own, which also keeps a panic in it from going further.

use super::{MAX_DEPTH, Refused};
use cel::{Env, IdedExpr, common::ast::SourceInfo, parser::ParseErrors};

/// Several times what the deepest and longest rule takes that the scan lets through. Only what is used becomes memory.
const STACK: usize = 64 << 20;

/// A rule as the parser sees it, macros unexpanded.
pub(super) struct Tree {
    pub(super) root: IdedExpr,
    pub(super) places: SourceInfo,
}

/// Parses a source that [`super::scan`] let through, and makes something of the tree where it is.
pub(super) fn parsed<T: Send>(
    source: &str,
    then: impl FnOnce(&Tree) -> Result<T, Refused> + Send,
) -> Result<T, Refused> {
    let worker = || {
        let (root, places) =
            parser().parse_with_source_info(source).map_err(|errors| refused(source, &errors))?;
        then(&Tree { root, places })
    };
    let broken = || Refused::new(0, "the rule could not be read", "Write it in another way.");
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("rule".to_owned()).stack_size(STACK);
        thread.spawn_scoped(scope, worker).map_err(|_| broken())?.join().map_err(|_| broken())?
    })
}

/// Without macros: `lower` reads them itself. It stops at the first error and does not try to go on.
fn parser() -> cel::parser::Parser {
    let depth = u16::try_from(2 * MAX_DEPTH).unwrap_or(u16::MAX);
    Env::default().with_optional_support(false).parser().max_recursion_depth(depth).error_recovery_limit(0)
}

/// The parser's first error in our words: its own name every token that would have been right.
fn refused(source: &str, errors: &ParseErrors) -> Refused {
    let Some(first) = errors.errors.first() else {
        return Refused::new(0, "the rule could not be read", "Write it in another way.");
    };
    let at = offset(source, first.pos);
    let rest = &source[at..];
    if rest.trim_start().is_empty() || rest.trim_start().starts_with("//") {
        return Refused::new(at, "the rule ends too early", "Write what is missing.");
    }
    let word = rest.split(|c: char| c.is_whitespace()).next().unwrap_or(rest);
    let word: String = word.chars().take(20).collect();
    if first.msg.starts_with("reserved identifier") {
        return Refused::new(at, format!("“{word}” is a reserved word"), "Use another name.");
    }
    if first.msg.starts_with("invalid") {
        return Refused::new(
            at,
            "this value cannot be represented",
            "Write a smaller number, or a valid text.",
        );
    }
    Refused::new(at, format!("“{word}” does not belong here"), "Look at what stands before it.")
}

/// The byte of a line and column, both from 1, in characters.
fn offset(source: &str, (line, column): (isize, isize)) -> usize {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let start: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = &source[start..];
    start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}
