//! The functions of a rule: which there are, and what they take.

use super::{Lower, Typed, each};
use crate::rules::cel::Refused;
use crate::rules::cel::rule::{Function, Kind, Node};
use crate::rules::cel::types::Type;
use cel::IdedExpr;
use cel::common::ast::CallExpr;

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
    /// Whatever the parser gives as a call: an operator, a macro, or a function.
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
                if let Some(what) = each::named(name) {
                    return self.each(what, range, arguments, at);
                }
            }
            _ => {}
        }
        self.function(call, at)
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
}
