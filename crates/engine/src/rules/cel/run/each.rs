//! Evaluates macros: `all`, `exists`, `exists_one`, `filter` and `map`.

use super::steps::Halt;
use super::{Got, Run, fault};
use crate::rules::cel::rule::{Macro, Node};
use crate::rules::cel::value::Value;
use std::sync::Arc;

impl Run<'_> {
    /// Goes through the items of a list, or the keys of a map.
    pub(super) fn each(&mut self, what: Macro, range: &Node, body: &[Node]) -> Got {
        let items: Vec<Value> = match self.value(range)? {
            Value::List(list) => list.to_vec(),
            Value::Map(map) => map.keys().cloned().map(Value::Text).collect(),
            other => return Err(fault(range.at, format!("{} cannot be gone through", other.words()))),
        };
        self.steps.take(items.len())?;
        let result = match what {
            Macro::All => self.decide(items, body, false),
            Macro::Exists => self.decide(items, body, true),
            Macro::ExistsOne => self.pick(items, body).map(|kept| Value::Bool(kept.len() == 1)),
            Macro::Filter => self.pick(items, body).map(|kept| Value::List(Arc::new(kept))),
            Macro::Map => self.turn(items, body),
        };
        self.item = None;
        result
    }

    /// `exists` if `decides` is true, `all` if not: as [`Self::either`] with many sides.
    fn decide(&mut self, items: Vec<Value>, body: &[Node], decides: bool) -> Got {
        let mut first = None;
        for item in items {
            match self.ask(item, &body[0]) {
                Ok(truth) if truth == decides => return Ok(Value::Bool(decides)),
                Ok(_) => {}
                Err(Halt::Spent(what)) => return Err(Halt::Spent(what)),
                Err(halt) => first = first.or(Some(halt)),
            }
        }
        first.map_or(Ok(Value::Bool(!decides)), Err)
    }

    fn ask(&mut self, item: Value, about: &Node) -> Got<bool> {
        self.item = Some(item);
        self.truth(about)
    }

    /// The items of which the first part holds.
    fn pick(&mut self, items: Vec<Value>, body: &[Node]) -> Got<Vec<Value>> {
        let mut kept = Vec::new();
        for item in items {
            if self.ask(item.clone(), &body[0])? {
                kept.push(item);
            }
        }
        Ok(kept)
    }

    fn turn(&mut self, items: Vec<Value>, body: &[Node]) -> Got {
        let (condition, into) = match body {
            [into] => (None, into),
            [condition, into, ..] => (Some(condition), into),
            [] => return Ok(Value::List(Arc::default())),
        };
        let mut made = Vec::new();
        for item in items {
            self.item = Some(item);
            if condition.map_or(Ok(true), |condition| self.truth(condition))? {
                made.push(self.value(into)?);
            }
        }
        Ok(Value::List(Arc::new(made)))
    }
}
