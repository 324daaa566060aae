//! Everything about one template that must hold before it is rendered or published.

use std::ops::Range;

use super::helper::{Helper, Use};
use super::names::{check_inlines, check_names};
use super::syntax::{Limits, Parsed, parse};
use super::tree::{Base, Expression, Literal, Path, Span, Template, visit_paths};
use super::walk::{CallPlace, CallSite};
use crate::text::fault::Fault;
use crate::text::suggest::nearest;

/// The roles that a message can have.
const ROLES: [&str; 4] = ["user", "model", "system", "tool"];

/// Reads a template and checks it: syntax, limits, helpers, roles, inline partials.
pub fn check(source: &str, limits: &Limits) -> Result<Template, Vec<Fault>> {
    let Parsed { template, errors } = parse(source, limits);
    let mut faults: Vec<Fault> = errors
        .iter()
        .map(|error| {
            let mut fault = Fault::new(error.kind.rule(), range(error.span), error.to_string());
            let related = error.related.as_ref();
            fault.related = related.map(|related| (range(related.span), related.what.clone()));
            fault
        })
        .collect();
    if faults.is_empty() {
        template.calls(&mut |site| faults.extend(check_call(site)));
        visit_paths(&template.nodes, &mut |path| {
            faults.extend(internal_name(path));
        });
        check_names(&template.nodes, &mut Vec::new(), &mut faults);
        check_inlines(&template, &mut faults);
        faults.sort_by_key(|fault| fault.span.start);
    }
    if faults.is_empty() {
        Ok(template)
    } else {
        Err(faults)
    }
}

/// Tells whether a template makes messages of its own: it uses roles, history or media.
#[must_use]
pub fn is_chat(template: &Template) -> bool {
    let mut found = false;
    template.calls(&mut |site| {
        let makes = [Helper::Role, Helper::History, Helper::Media];
        found |= site.helper.is_some_and(|helper| makes.contains(&helper));
    });
    found
}

pub(super) fn range(span: Span) -> Range<usize> {
    span.start..span.end
}

/// Checks one call: that there is such a helper, that it may stand there, and its arguments.
fn check_call(site: &CallSite) -> Option<Fault> {
    let has_arguments = !site.params.is_empty() || !site.hash.is_empty();
    let Some(helper) = site.helper else {
        return match site.place {
            CallPlace::Block(_) if !has_arguments => None,
            _ if site.name.helper.is_some() => Some(hidden_helper(site)),
            _ => Some(unknown_helper(site)),
        };
    };
    if site.name.base != Base::Context {
        return Some(hidden_data(site, helper));
    }
    wrong_place(site, helper)
        .or_else(|| wrong_arguments(site, helper))
        .or_else(|| match helper {
            Helper::Role => wrong_role(site),
            Helper::Section => wrong_section(site),
            _ => None,
        })
}

/// Names that mean something inside handlebars.js, and nothing that a prompt could want.
fn internal_name(path: &Path) -> Option<Fault> {
    let first = path.segments.first()?.as_str();
    if path.base == Base::Data && first == "partial-block" {
        let message = "`@partial-block` is included, it has no value: `{{> @partial-block}}`";
        let hint =
            "`{{#> @partial-block}}default{{/@partial-block}}` shows a default where there is none";
        return Some(Fault::new("helper-arguments", range(path.span), message).hint(hint));
    }
    let is_internal = match path.base {
        Base::Data => first == "_parent",
        Base::Context => matches!(path.simple(), Some("helperMissing" | "blockHelperMissing")),
        Base::Root => false,
    };
    let message = format!("`{}` is a name inside handlebars.js", path.original);
    is_internal.then(|| Fault::new("helper-arguments", range(path.span), message))
}

fn unknown_helper(site: &CallSite) -> Fault {
    let is_block = matches!(site.place, CallPlace::Block(_));
    let rule = if is_block {
        "unknown-block-helper"
    } else {
        "unknown-helper"
    };
    let name = &site.name.original;
    let fault = Fault::new(
        rule,
        range(site.name.span),
        format!("there is no helper `{name}`"),
    );
    let hint = match name.as_str() {
        "eq" => Some("write `{{#ifEquals a b}} .. {{/ifEquals}}`"),
        "ne" => Some("write `{{#unlessEquals a b}} .. {{/unlessEquals}}`"),
        "and" => Some("write one `{{#if}}` inside the other"),
        "or" => Some("write `{{#if a}} .. {{else if b}} .. {{/if}}`"),
        "not" => Some("write `{{#unless a}} .. {{/unless}}`"),
        "len" => Some("write `{{items.length}}`"),
        "elseif" | "elif" | "elsif" => Some("write `{{else if x}}`"),
        _ => None,
    };
    match (hint, nearest(name, Helper::names())) {
        (Some(hint), _) => fault.hint(hint),
        (None, Some(meant)) => fault.hint(format!("did you mean `{meant}`?")),
        (None, None) => {
            let names: Vec<&str> = Helper::names().collect();
            fault.hint(format!("the helpers are {}", names.join(", ")))
        }
    }
}

fn hidden_helper(site: &CallSite) -> Fault {
    let name = &site.name.original;
    let message = format!("`{name}` is the name that the block around gave to a value, no helper");
    Fault::new("unknown-helper", range(site.name.span), message)
        .hint("give the value another name in `as |..|`")
}

fn hidden_data(site: &CallSite, helper: Helper) -> Fault {
    let message = format!(
        "handlebars.js takes `{}` for the helper `{}`",
        site.name.original,
        helper.name()
    );
    Fault::new("helper-arguments", range(site.name.span), message)
        .hint("give the context variable another name")
}

fn wrong_place(site: &CallSite, helper: Helper) -> Option<Fault> {
    let name = helper.name();
    let pattern = helper.pattern();
    let (rule, message) = match (helper.usage(), site.place) {
        (Use::Block, CallPlace::Block(_))
        | (Use::Value, CallPlace::Output | CallPlace::Argument)
        | (Use::Marker, CallPlace::Output) => return None,
        (Use::Block, _) => (
            "helper-arguments",
            format!("`{name}` is a block: `{pattern}`"),
        ),
        (Use::Marker, _) => (
            "helper-arguments",
            format!("`{name}` stands alone, as in `{pattern}`: it gives no value"),
        ),
        (Use::Value, CallPlace::Block(_)) => (
            "unknown-block-helper",
            format!("`{name}` is no block: `{pattern}`"),
        ),
    };
    Some(Fault::new(rule, range(site.span), message))
}

fn wrong_arguments(site: &CallSite, helper: Helper) -> Option<Fault> {
    let name = helper.name();
    let is_bare = site.params.is_empty() && site.hash.is_empty();
    if is_bare && matches!(site.place, CallPlace::Output) && !helper.takes(0) {
        let message = format!("`{name}` is a helper: `{}`", helper.pattern());
        let fault = Fault::new("helper-arguments", range(site.span), message);
        return Some(fault.hint(format!("the value of that name is `{{{{this.{name}}}}}`")));
    }
    if helper == Helper::Role && site.params.len() != 1 {
        return Some(role_fault(site.span, NOT_WRITTEN_OUT));
    }
    if !helper.takes(site.params.len()) {
        let count = site.params.len();
        let plural = if count == 1 { "argument" } else { "arguments" };
        let message = format!(
            "`{name}` cannot take {count} {plural}: `{}`",
            helper.pattern()
        );
        let is_word = |word: &str| {
            let mut params = site.params.iter();
            params.any(|param| matches!(param, Expression::Path(path) if path.original == word))
        };
        if helper == Helper::Each && (is_word("in") || is_word("as")) {
            let fault = Fault::new("helper-arguments", range(site.span), message);
            return Some(fault.hint("a name is given by `{{#each items as |item|}}`"));
        }
        return Some(Fault::new("helper-arguments", range(site.span), message));
    }
    let known = helper.named_arguments();
    if let Some(wrong) = site
        .hash
        .iter()
        .find(|named| !known.contains(&named.key.text.as_str()))
    {
        let key = &wrong.key.text;
        let message = format!("`{name}` has no argument `{key}=`");
        let fault = Fault::new("helper-arguments", range(wrong.key.span), message);
        return Some(match (nearest(key, known.iter().copied()), known) {
            (Some(meant), _) => fault.hint(format!("did you mean `{meant}=`?")),
            (None, []) => fault.hint(format!("it is written `{}`", helper.pattern())),
            (None, known) => fault.hint(format!("it takes {}", known.join("= and ") + "=")),
        });
    }
    if helper == Helper::Media && !site.hash.iter().any(|named| named.key.text == "url") {
        let message = "`media` needs the address: `{{media url=x}}`";
        return Some(Fault::new("helper-arguments", range(site.span), message));
    }
    None
}

const NOT_WRITTEN_OUT: &str = "a role is written out, as in `{{role \"system\"}}`";

fn role_fault(span: Span, message: &str) -> Fault {
    let fault = Fault::new("unknown-role", range(span), message);
    fault.hint(format!("the roles are {}", ROLES.join(", ")))
}

/// A role is written out: what a variable brings in never decides who speaks.
fn wrong_role(site: &CallSite) -> Option<Fault> {
    let message = match site.params {
        [Expression::Literal(Literal::String(role), _)] if ROLES.contains(&role.as_str()) => {
            return None;
        }
        [Expression::Literal(Literal::String(role), _)] => {
            let fault = role_fault(site.span, &format!("there is no role `{role}`"));
            let meant = match role.to_lowercase().as_str() {
                "assistant" | "ai" | "bot" => Some("model"),
                "human" => Some("user"),
                "developer" => Some("system"),
                "function" => Some("tool"),
                role => nearest(role, ROLES),
            };
            let hint = meant.map(|meant| format!("did you mean `{{{{role \"{meant}\"}}}}`?"));
            return Some(match hint {
                Some(hint) => fault.hint(hint),
                None => fault,
            });
        }
        _ => NOT_WRITTEN_OUT.to_owned(),
    };
    Some(role_fault(site.span, &message))
}

fn wrong_section(site: &CallSite) -> Option<Fault> {
    let [Expression::Literal(Literal::String(name), span)] = site.params else {
        return None;
    };
    let message = "the name of a section has no white space";
    let is_wrong = name.is_empty() || name.contains(char::is_whitespace);
    is_wrong.then(|| Fault::new("helper-arguments", range(*span), message))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::text::template::Limits;

    fn rules(source: &str) -> Vec<&'static str> {
        check(source, &Limits::default())
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|fault| fault.rule)
            .collect()
    }

    #[test]
    fn accepts_what_prompts_use() {
        for source in [
            "{{role \"system\"}}Be kind.{{role \"user\"}}{{ask}}",
            "{{#each items}}{{this.name}}{{/each}}",
            "{{#each items as |item i|}}{{item.name}}{{i}}{{/each}}",
            "{{#if a}}x{{else}}y{{/if}}{{history}}",
            "{\"a\":{\"b\":1}}",
            "{{{{raw}}}}{{x}}{{{{/raw}}}}",
            "{{.}}{{> \"a/b\"}}{{^x}}y{{/x}}",
        ] {
            assert_eq!(rules(source), Vec::<&str>::new(), "{source}");
        }
    }

    #[test]
    fn names_the_rule_that_is_broken() {
        for (source, rule) in [
            ("{{#if a}}x", "unclosed-block"),
            ("x{{/if}}", "unmatched-closing-block"),
            ("{{upper a}}", "unknown-helper"),
            ("{{#if (eq a b)}}x{{/if}}", "unknown-helper"),
            ("{{a.b c}}", "unknown-helper"),
            ("{{this.json c}}", "unknown-helper"),
            ("{{#iff a}}x{{/iff}}", "unknown-block-helper"),
            ("{{#json a}}x{{/json}}", "unknown-block-helper"),
            ("{{if a}}", "helper-arguments"),
            ("{{json (if a)}}", "helper-arguments"),
            ("{{#if a b}}x{{/if}}", "helper-arguments"),
            ("{{json}}", "helper-arguments"),
            ("{{json a indnt=2}}", "helper-arguments"),
            ("{{media}}", "helper-arguments"),
            ("{{section \"a b\"}}", "helper-arguments"),
            ("{{@role}}", "helper-arguments"),
            ("{{#if a as |b|}}x{{/if}}", "helper-arguments"),
            ("{{role \"sytem\"}}", "unknown-role"),
            ("{{role who}}", "unknown-role"),
            ("{{role}}", "helper-arguments"),
            ("{{#with (role who)}}{{this}}{{/with}}", "helper-arguments"),
            ("{{json (media url=u)}}", "helper-arguments"),
            ("{{#role \"user\"}}x{{/role}}", "helper-arguments"),
            ("{{> (dyn)}}", "dynamic-partial"),
            ("{{#*inline \"a\"}}{{> a}}{{/inline}}", "circular-partial"),
            (
                "{{#each x as |y|}}{{#*inline \"a\"}}{{y}}{{/inline}}{{> a}}{{/each}}",
                "helper-arguments",
            ),
        ] {
            assert_eq!(rules(source), [rule], "{source}");
        }
    }
}
