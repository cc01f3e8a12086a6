//! The operators, functions and macros of a rule: which there are, and what they take.

use super::Refused;
use super::lower::{Lower, Typed};
use super::rule::{Function, Kind, Macro, Node, Operator};
use super::types::Type;
use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, operators};

const KNOWN: &str = "Rules know isMemberOf, hasRole, has, size, startsWith, endsWith, contains, all, exists, exists_one, filter and map.";

/// A function as it may be called: on something (`text.contains(part)`) or not, with so many arguments of such kinds.
struct Signature {
    name: &'static str,
    function: Function,
    method: bool,
    takes: &'static [Type],
    gives: Type,
    usage: &'static str,
}

const ONE: &[Type] = &[Type::Text];
const TWO: &[Type] = &[Type::Text, Type::Text];

const fn method(name: &'static str, function: Function, usage: &'static str) -> Signature {
    Signature { name, function, method: true, takes: TWO, gives: Type::Bool, usage }
}

const SIGNATURES: &[Signature] = &[
    Signature {
        name: "isMemberOf",
        function: Function::IsMemberOf,
        method: false,
        takes: TWO,
        gives: Type::Bool,
        usage: "Write isMemberOf(type, id), with texts.",
    },
    Signature {
        name: "hasRole",
        function: Function::HasRole,
        method: false,
        takes: ONE,
        gives: Type::Bool,
        usage: "Write hasRole(role), with a text.",
    },
    method("startsWith", Function::StartsWith, "Write text.startsWith(text)."),
    method("endsWith", Function::EndsWith, "Write text.endsWith(text)."),
    method("contains", Function::Contains, "Write text.contains(text); for lists and maps, write “in”."),
];

impl Lower<'_> {
    pub(super) fn call(&mut self, call: &CallExpr, at: usize) -> Result<Typed, Refused> {
        let name = call.func_name.as_str();
        if let Some(typed) = self.sign(name, &call.args, at) {
            return typed;
        }
        let at = self.name_before(at, name);
        match (name, call.target.as_deref(), &call.args[..]) {
            ("has", None, [argument]) => return self.has(argument, at),
            ("has", None, _) => {
                return Err(Refused::new(at, "“has” takes one field", "Write has(blob.metadata.name)."));
            }
            ("size", target, arguments) => return self.size(target, arguments, at),
            (name, Some(range), arguments) => {
                if let Some(what) = named(name) {
                    return self.each(what, range, arguments, at);
                }
            }
            _ => {}
        }
        self.function(call, at)
    }

    /// A call by the parser's name for an operator.
    fn sign(&mut self, name: &str, sides: &[IdedExpr], at: usize) -> Option<Result<Typed, Refused>> {
        let binary = match (name, sides) {
            (operators::LOGICAL_AND, [one, other]) => {
                return Some(self.either("“&&”", Kind::And, one, other, at));
            }
            (operators::LOGICAL_OR, [one, other]) => {
                return Some(self.either("“||”", Kind::Or, one, other, at));
            }
            (operators::LOGICAL_NOT, [inner]) => {
                let not = self.truth(inner, "“!”").map(|node| Node { at, kind: Kind::Not(Box::new(node)) });
                return Some(not.map(|node| (node, Type::Bool)));
            }
            (operators::NEGATE, [inner]) => return Some(self.minus(inner, at)),
            (operators::CONDITIONAL, [condition, yes, no]) => {
                return Some(self.choose(condition, yes, no, at));
            }
            (operators::INDEX, [of, by]) => return Some(self.element(of, by, at)),
            (operators::EQUALS, _) => Operator::Equal,
            (operators::NOT_EQUALS, _) => Operator::NotEqual,
            (operators::LESS, _) => Operator::Less,
            (operators::LESS_EQUALS, _) => Operator::LessOrEqual,
            (operators::GREATER, _) => Operator::Greater,
            (operators::GREATER_EQUALS, _) => Operator::GreaterOrEqual,
            (operators::ADD, _) => Operator::Add,
            (operators::SUBSTRACT, _) => Operator::Subtract,
            (operators::MULTIPLY, _) => Operator::Multiply,
            (operators::DIVIDE, _) => Operator::Divide,
            (operators::MODULO, _) => Operator::Remainder,
            (operators::IN, _) => Operator::In,
            _ => return None,
        };
        let [one, other] = sides else { return None };
        Some(self.binary(binary, one, other, at))
    }

    fn either(
        &mut self,
        sign: &str,
        kind: impl FnOnce(Box<[Node; 2]>) -> Kind,
        one: &IdedExpr,
        other: &IdedExpr,
        at: usize,
    ) -> Result<Typed, Refused> {
        let sides = Box::new([self.truth(one, sign)?, self.truth(other, sign)?]);
        Ok((Node { at, kind: kind(sides) }, Type::Bool))
    }

    fn minus(&mut self, inner: &IdedExpr, at: usize) -> Result<Typed, Refused> {
        let (node, kind) = self.node(inner)?;
        if !kind.is_number() && kind != Type::Any {
            let reason = format!("“-” cannot take {}", kind.words());
            return Err(Refused::new(at, reason, "Put it before a number."));
        }
        Ok((Node { at, kind: Kind::Minus(Box::new(node)) }, kind))
    }

    fn choose(
        &mut self,
        condition: &IdedExpr,
        yes: &IdedExpr,
        no: &IdedExpr,
        at: usize,
    ) -> Result<Typed, Refused> {
        let condition = self.truth(condition, "“?”")?;
        let ((yes, one), (no, other)) = (self.node(yes)?, self.node(no)?);
        Ok((Node { at, kind: Kind::Choose(Box::new([condition, yes, no])) }, one.or(other)))
    }

    fn element(&mut self, of: &IdedExpr, by: &IdedExpr, at: usize) -> Result<Typed, Refused> {
        let ((of, holder), (by, key)) = (self.node(of)?, self.node(by)?);
        let kind = match holder {
            Type::List(items) if key.fits(&Type::Int) => *items,
            Type::Map(values) if key.fits(&Type::Text) => *values,
            Type::Any if key.fits(&Type::Int) || key.fits(&Type::Text) => Type::Any,
            holder => {
                let reason = format!("{} has nothing at {}", holder.words(), key.words());
                return Err(Refused::new(at, reason, "Lists have items at numbers, maps at texts."));
            }
        };
        Ok((Node { at, kind: Kind::Element(Box::new([of, by])) }, kind))
    }

    fn binary(
        &mut self,
        operator: Operator,
        one: &IdedExpr,
        other: &IdedExpr,
        at: usize,
    ) -> Result<Typed, Refused> {
        let ((one, left), (other, right)) = (self.node(one)?, self.node(other)?);
        let kind = outcome(operator, &left, &right).ok_or_else(|| {
            let reason = format!("“{}” cannot take {} and {}", operator.sign(), left.words(), right.words());
            Refused::new(at, reason, advice(operator, &left, &right))
        })?;
        Ok((Node { at, kind: Kind::Binary(operator, Box::new([one, other])) }, kind))
    }

    fn size(
        &mut self,
        target: Option<&IdedExpr>,
        arguments: &[IdedExpr],
        at: usize,
    ) -> Result<Typed, Refused> {
        const ADVICE: &str = "Write size(text), size(list) or size(map).";
        let (of, kind) = match (target, arguments) {
            (None, [of]) | (Some(of), []) => self.node(of)?,
            _ => return Err(Refused::new(at, "“size” takes one value", ADVICE)),
        };
        if !matches!(kind, Type::Text | Type::List(_) | Type::Map(_) | Type::Any) {
            return Err(Refused::new(at, format!("“size” cannot take {}", kind.words()), ADVICE));
        }
        Ok((Node { at, kind: Kind::Call(Function::Size, vec![of]) }, Type::Int))
    }

    fn function(&mut self, call: &CallExpr, at: usize) -> Result<Typed, Refused> {
        let name = call.func_name.as_str();
        let Some(signature) = SIGNATURES.iter().find(|known| known.name == name) else {
            return Err(Refused::new(at, format!("there is no function “{name}”"), KNOWN));
        };
        let arguments: Vec<&IdedExpr> = call.target.as_deref().into_iter().chain(&call.args).collect();
        if call.target.is_some() != signature.method || arguments.len() != signature.takes.len() {
            return Err(Refused::new(at, format!("“{name}” is called in another way"), signature.usage));
        }
        let mut nodes = Vec::new();
        for (argument, wanted) in arguments.into_iter().zip(signature.takes) {
            let (node, kind) = self.node(argument)?;
            if !kind.fits(wanted) {
                let reason = format!("“{name}” takes {} here, and this is {}", wanted.words(), kind.words());
                return Err(Refused::new(node.at, reason, signature.usage));
            }
            nodes.push(node);
        }
        Ok((Node { at, kind: Kind::Call(signature.function, nodes) }, signature.gives.clone()))
    }

    /// A macro: its range, the name of an item, and what is asked of each.
    fn each(
        &mut self,
        what: Macro,
        range: &IdedExpr,
        arguments: &[IdedExpr],
        at: usize,
    ) -> Result<Typed, Refused> {
        const ADVICE: &str = "Write list.exists(item, item == 'a'), and so on.";
        let (range, kind) = self.node(range)?;
        let item = match kind {
            Type::List(items) => *items,
            Type::Map(_) => Type::Text,
            Type::Any => Type::Any,
            other => {
                let reason = format!("{} cannot be gone through", other.words());
                return Err(Refused::new(range.at, reason, "Write it after a list or a map."));
            }
        };
        let most = if what == Macro::Map { 3 } else { 2 };
        let [name, body @ ..] = arguments else {
            return Err(Refused::new(at, "a name and what to ask of it are missing", ADVICE));
        };
        if body.is_empty() || arguments.len() > most {
            return Err(Refused::new(at, "this is called in another way", ADVICE));
        }
        let Expr::Ident(name) = &name.expr else {
            return Err(Refused::new(self.at(name), "a name for the items stands here", ADVICE));
        };
        if name.starts_with('.') || name == "user" || name == "blob" {
            return Err(Refused::new(at, format!("“{name}” cannot be the name of the items"), ADVICE));
        }
        if self.item.is_some() {
            let reason = "lists are gone through within another list here";
            return Err(Refused::new(at, reason, "Rules do that one at a time."));
        }
        self.item = Some((name.clone(), item.clone()));
        let parts = self.body(what, body);
        self.item = None;
        let (parts, last) = parts?;
        let kind = match what {
            Macro::All | Macro::Exists | Macro::ExistsOne => Type::Bool,
            Macro::Filter => Type::List(Box::new(item)),
            Macro::Map => Type::List(Box::new(last)),
        };
        Ok((Node { at, kind: Kind::Each(what, Box::new(range), parts) }, kind))
    }

    /// The parts of a macro, and what the last of them is.
    fn body(&mut self, what: Macro, body: &[IdedExpr]) -> Result<(Vec<Node>, Type), Refused> {
        let (mut parts, mut last) = (Vec::new(), Type::Bool);
        for (place, part) in body.iter().enumerate() {
            if what == Macro::Map && place + 1 == body.len() {
                let (node, kind) = self.node(part)?;
                parts.push(node);
                last = kind;
            } else {
                parts.push(self.truth(part, "What is asked of an item")?);
            }
        }
        Ok((parts, last))
    }
}

fn named(name: &str) -> Option<Macro> {
    match name {
        operators::ALL => Some(Macro::All),
        operators::EXISTS => Some(Macro::Exists),
        operators::EXISTS_ONE => Some(Macro::ExistsOne),
        operators::FILTER => Some(Macro::Filter),
        operators::MAP => Some(Macro::Map),
        _ => None,
    }
}

/// What an operator makes of two kinds; `None` if it takes no such two.
fn outcome(operator: Operator, left: &Type, right: &Type) -> Option<Type> {
    use Operator::{Add, Equal, Greater, GreaterOrEqual, In, Less, LessOrEqual, NotEqual, Remainder};
    match operator {
        Equal | NotEqual => left.compares_with(right).then_some(Type::Bool),
        Less | LessOrEqual | Greater | GreaterOrEqual => {
            let ordered = |kind: &Type| kind.is_number() || matches!(kind, Type::Text | Type::Any);
            (ordered(left) && ordered(right) && left.compares_with(right)).then_some(Type::Bool)
        }
        In => match right {
            Type::List(items) => left.compares_with(items).then_some(Type::Bool),
            Type::Map(_) => left.fits(&Type::Text).then_some(Type::Bool),
            Type::Any => Some(Type::Bool),
            _ => None,
        },
        _ => {
            let takes = |kind: &Type| match kind {
                Type::Int | Type::Any => true,
                Type::Double => operator != Remainder,
                Type::Text | Type::List(_) => operator == Add,
                _ => false,
            };
            let kind = match (left, right) {
                (Type::List(_), Type::Any) | (Type::Any, Type::List(_)) => Type::list_of_any(),
                (Type::Any, kind) | (kind, Type::Any) => kind.clone(),
                (Type::List(_), Type::List(_)) => left.clone().or(right.clone()),
                _ if left == right => left.clone(),
                _ => return None,
            };
            (takes(left) && takes(right)).then_some(kind)
        }
    }
}

fn advice(operator: Operator, left: &Type, right: &Type) -> &'static str {
    match operator {
        _ if left.is_number() && right.is_number() => {
            "Write both with a decimal point, or both without: 1.0."
        }
        Operator::In if *right == Type::Text => "Look for a part of a text with text.contains(part).",
        Operator::In => "“in” looks for an item in a list, or for a key in a map.",
        Operator::Equal | Operator::NotEqual => "They can never be equal. Compare values of one kind.",
        _ => "Use values of one kind.",
    }
}
