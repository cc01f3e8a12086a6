//! The operators of a rule: what they take, and what comes of it.

use super::{Lower, Typed};
use crate::rules::cel::Refused;
use crate::rules::cel::rule::{Kind, Node, Operator};
use crate::rules::cel::types::Type;
use cel::IdedExpr;
use cel::common::ast::operators;

impl Lower<'_> {
    /// A call by the parser's name for an operator.
    pub(super) fn sign(
        &mut self,
        name: &str,
        sides: &[IdedExpr],
        at: usize,
    ) -> Option<Result<Typed, Refused>> {
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
        Operator::In if matches!(right, Type::List(_)) => "The items of this list are of another kind.",
        Operator::In => "“in” looks for an item in a list, or for a key in a map.",
        Operator::Equal | Operator::NotEqual => "They can never be equal. Compare values of one kind.",
        _ => "Use values of one kind.",
    }
}
