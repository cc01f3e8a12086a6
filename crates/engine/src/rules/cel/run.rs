//! Evaluates a rule, and stops when it takes too much.

use super::operate::{binary, minus};
use super::rule::{Function, Kind, Known, Macro, Node, Rule};
use super::value::Value;
use crate::rules::policy::{Asker, Subject};
use std::{collections::BTreeMap, sync::Arc};

/// The most steps. A step looks at about 32 bytes; all of them take a few milliseconds.
const STEPS: usize = 100_000;
/// The most metadata that a rule looks into, in bytes. What objects may have is less.
const METADATA: usize = 64 << 10;
/// The longest text that a rule makes, in bytes.
pub(super) const TEXT: usize = 64 << 10;

/// What is left of the steps.
#[derive(Debug)]
pub(super) struct Steps(usize);

impl Default for Steps {
    fn default() -> Self {
        Self(STEPS)
    }
}

impl Steps {
    pub(super) fn take(&mut self, count: usize) -> Result<(), Halt> {
        self.0 = self.0.checked_sub(count).ok_or(Halt::Spent("the rule takes too many steps"))?;
        Ok(())
    }

    /// What looking at so many bytes takes.
    pub(super) fn take_for(&mut self, bytes: usize) -> Result<(), Halt> {
        self.take(bytes / 32 + 1)
    }
}

/// Why a part has no value.
#[derive(Debug)]
pub(super) enum Halt {
    /// An error of CEL: `||` and `&&` pass over it if the other side decides.
    Fault(Stop),
    /// A limit. Nothing passes over it.
    Spent(&'static str),
}

/// What stopped a rule, and at which byte.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) at: usize,
    pub(super) what: String,
}

pub(super) fn fault(at: usize, what: impl Into<String>) -> Halt {
    Halt::Fault(Stop { at, what: what.into() })
}

/// Whether the rule holds.
pub(super) fn run(rule: &Rule, asker: &Asker<'_>, subject: &Subject<'_>) -> Result<bool, Stop> {
    let mut run = Run { asker, subject, steps: Steps::default(), item: None, metadata: None };
    run.truth(&rule.root).map_err(|halt| match halt {
        Halt::Fault(stop) => stop,
        Halt::Spent(what) => Stop { at: 0, what: what.to_owned() },
    })
}

struct Run<'a> {
    asker: &'a Asker<'a>,
    subject: &'a Subject<'a>,
    steps: Steps,
    /// What the macro around is looking at; there is at most one around.
    item: Option<Value>,
    /// Read at the first use.
    metadata: Option<Value>,
}

type Got<T = Value> = Result<T, Halt>;

impl Run<'_> {
    /// Recurses no deeper than `lower` let the tree become.
    fn value(&mut self, node: &Node) -> Got {
        self.steps.take(1)?;
        match &node.kind {
            Kind::Constant(value) => Ok(value.clone()),
            Kind::Known(known) => self.known(*known, node.at),
            Kind::Item => Ok(self.item.clone().unwrap_or(Value::Null)),
            Kind::Not(inner) => Ok(Value::Bool(!self.truth(inner)?)),
            Kind::Minus(inner) => minus(self.value(inner)?, node.at),
            Kind::And(sides) => self.either(sides, false),
            Kind::Or(sides) => self.either(sides, true),
            Kind::Choose(parts) => {
                let [condition, yes, no] = &**parts;
                if self.truth(condition)? { self.value(yes) } else { self.value(no) }
            }
            Kind::Binary(operator, sides) => {
                let (one, other) = (self.value(&sides[0])?, self.value(&sides[1])?);
                binary(*operator, &one, &other, node.at, &mut self.steps)
            }
            Kind::Field(of, key) => self.field(of, key, node.at),
            Kind::Has(of, key) => self.has(of, key, node.at),
            Kind::Element(sides) => self.element(sides, node.at),
            Kind::List(items) => {
                let items: Result<Vec<Value>, Halt> = items.iter().map(|item| self.value(item)).collect();
                Ok(Value::List(Arc::new(items?)))
            }
            Kind::Map(entries) => self.map(entries),
            Kind::Each(what, range, body) => self.each(*what, range, body),
            Kind::Call(function, arguments) => self.call(*function, arguments, node.at),
        }
    }

    fn truth(&mut self, node: &Node) -> Got<bool> {
        match self.value(node)? {
            Value::Bool(truth) => Ok(truth),
            other => Err(fault(node.at, format!("this is {}, and true or false is needed", other.words()))),
        }
    }

    /// `||` if `decides` is true, `&&` if not: one side that decides is enough, even if the other is a fault.
    fn either(&mut self, sides: &[Node; 2], decides: bool) -> Got {
        let one = self.truth(&sides[0]);
        match one {
            Ok(truth) if truth == decides => return Ok(Value::Bool(decides)),
            Err(Halt::Spent(what)) => return Err(Halt::Spent(what)),
            _ => {}
        }
        let other = self.truth(&sides[1])?;
        if other == decides { Ok(Value::Bool(decides)) } else { one.map(Value::Bool) }
    }

    fn known(&mut self, known: Known, at: usize) -> Got {
        match known {
            Known::UserId => Ok(Value::text(self.asker.user_id)),
            Known::Role => Ok(Value::text(self.asker.role)),
            Known::UploaderId => Ok(Value::text(self.subject.uploader_id)),
            Known::Metadata => {
                if self.metadata.is_none() {
                    self.metadata = Some(metadata(self.subject.metadata, at)?);
                }
                Ok(self.metadata.clone().unwrap_or(Value::Null))
            }
        }
    }

    fn field(&mut self, of: &Node, key: &Arc<str>, at: usize) -> Got {
        match self.value(of)? {
            Value::Map(map) => {
                self.steps.take_for(key.len())?;
                map.get(key).cloned().ok_or_else(|| missing(key, at))
            }
            other => Err(fault(at, format!("{} has no “{key}”", other.words()))),
        }
    }

    fn has(&mut self, of: &Node, key: &Arc<str>, at: usize) -> Got {
        match self.value(of)? {
            Value::Map(map) => Ok(Value::Bool(map.contains_key(key))),
            other => Err(fault(at, format!("{} has no fields", other.words()))),
        }
    }

    fn element(&mut self, sides: &[Node; 2], at: usize) -> Got {
        match (self.value(&sides[0])?, self.value(&sides[1])?) {
            (Value::Map(map), Value::Text(key)) => {
                self.steps.take_for(key.len())?;
                map.get(&key).cloned().ok_or_else(|| missing(&key, at))
            }
            (Value::List(list), Value::Int(place)) => {
                let item = usize::try_from(place).ok().and_then(|place| list.get(place)).cloned();
                item.ok_or_else(|| fault(at, format!("the list has {} items, none at {place}", list.len())))
            }
            (of, by) => Err(fault(at, format!("{} has nothing at {}", of.words(), by.words()))),
        }
    }

    fn map(&mut self, entries: &[[Node; 2]]) -> Got {
        let mut map = BTreeMap::new();
        for [key, value] in entries {
            let Value::Text(name) = self.value(key)? else {
                return Err(fault(key.at, "a key of a map must be a text"));
            };
            self.steps.take_for(name.len())?;
            if map.insert(name, self.value(value)?).is_some() {
                return Err(fault(key.at, "this key stands twice in the map"));
            }
        }
        Ok(Value::Map(Arc::new(map)))
    }

    fn each(&mut self, what: Macro, range: &Node, body: &[Node]) -> Got {
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

    fn call(&mut self, function: Function, arguments: &[Node], at: usize) -> Got {
        let values: Result<Vec<Value>, Halt> = arguments.iter().map(|node| self.value(node)).collect();
        let result = match (function, &values?[..]) {
            (Function::HasRole, [Value::Text(role)]) => {
                Value::Bool(!role.is_empty() && **role == *self.asker.role)
            }
            (Function::IsMemberOf, [Value::Text(kind), Value::Text(id)]) => {
                self.steps.take(self.asker.groups.len())?;
                let member = |group: &crate::model::Group| *group.kind == **kind && *group.id == **id;
                Value::Bool(self.asker.groups.iter().any(member))
            }
            (Function::Size, [Value::Text(text)]) => {
                self.steps.take_for(text.len())?;
                size(text.chars().count())
            }
            (Function::Size, [Value::List(list)]) => size(list.len()),
            (Function::Size, [Value::Map(map)]) => size(map.len()),
            (Function::StartsWith, [Value::Text(text), Value::Text(part)]) => {
                self.steps.take_for(part.len())?;
                Value::Bool(text.starts_with(&**part))
            }
            (Function::EndsWith, [Value::Text(text), Value::Text(part)]) => {
                self.steps.take_for(part.len())?;
                Value::Bool(text.ends_with(&**part))
            }
            (Function::Contains, [Value::Text(text), Value::Text(part)]) => {
                self.steps.take_for(text.len() + part.len())?;
                Value::Bool(text.contains(&**part))
            }
            (_, values) => {
                let given: Vec<&str> = values.iter().map(Value::words).collect();
                return Err(fault(at, format!("this function cannot take {}", given.join(" and "))));
            }
        };
        Ok(result)
    }
}

fn size(count: usize) -> Value {
    Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
}

fn missing(key: &str, at: usize) -> Halt {
    fault(at, format!("there is no “{key}”"))
}

fn metadata(text: &str, at: usize) -> Got {
    if text.len() > METADATA {
        return Err(Halt::Spent("the object's metadata is too long for a rule"));
    }
    if text.is_empty() {
        return Ok(Value::Map(Arc::default()));
    }
    match serde_json::from_str(text) {
        Ok(json @ serde_json::Value::Object(_)) => Ok(Value::of(json)),
        _ => Err(fault(at, "the object's metadata is not a JSON object that a rule can read")),
    }
}
