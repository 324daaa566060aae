//! dotprompt's helpers: `role`, `history`, `media`, `section`, `json`, `ifEquals`, `unlessEquals`,
//! and sections.

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, Output, RenderContext,
    RenderErrorReason, Renderable,
};
use serde_json::Value;

use super::markers::Markers;
use super::message::{Marker, Media, MessagePart, Pending};

pub(super) fn register_helpers(engine: &mut Handlebars, markers: &Markers) {
    let mut register = |name: &str, say: fn(&Helper) -> Result<Marker, RenderErrorReason>| {
        let markers = markers.clone();
        engine.register_helper(name, Box::new(Says { markers, say }));
    };
    register("role", |helper| Ok(Marker::Role(text_param(helper, 0))));
    register("history", |_| Ok(Marker::History));
    register("media", |helper| {
        let url = text_hash(helper, "url")
            .ok_or_else(|| RenderErrorReason::Other("`{{media}}` needs `url=`".to_owned()))?;
        let content_type = text_hash(helper, "contentType");
        let media = Media { url, content_type };
        Ok(Marker::Part(MessagePart::Media { media }))
    });
    register("section", |helper| {
        let metadata = Pending {
            purpose: text_param(helper, 0),
            pending: true,
        };
        Ok(Marker::Part(MessagePart::Pending { metadata }))
    });
    engine.register_helper("json", Box::new(json));
    engine.register_helper("ifEquals", Box::new(Equality { wanted: true }));
    engine.register_helper("unlessEquals", Box::new(Equality { wanted: false }));
    engine.register_helper("blockHelperMissing", Box::new(Section));
}

/// A helper that says something beside the text.
struct Says {
    markers: Markers,
    say: fn(&Helper) -> Result<Marker, RenderErrorReason>,
}

impl HelperDef for Says {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let marker = (self.say)(helper)?;
        Ok(out.write(&self.markers.say(marker))?)
    }
}

fn text_param(helper: &Helper, place: usize) -> String {
    helper
        .param(place)
        .map_or_else(String::new, |param| plain(param.value()))
}

fn text_hash(helper: &Helper, name: &str) -> Option<String> {
    helper.hash_get(name).map(|param| plain(param.value()))
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// `{{json value indent=2}}`
fn json(
    helper: &Helper,
    _: &Handlebars,
    _: &Context,
    _: &mut RenderContext,
    out: &mut dyn Output,
) -> HelperResult {
    let value = helper.param(0).map_or(&Value::Null, |param| param.value());
    let indent = helper
        .hash_get("indent")
        .and_then(|param| param.value().as_u64())
        .and_then(|indent| usize::try_from(indent).ok())
        .unwrap_or(0)
        .min(10);
    let text = if indent == 0 {
        value.to_string()
    } else {
        indented(value, &" ".repeat(indent))?
    };
    Ok(out.write(&text)?)
}

fn indented(value: &Value, indent: &str) -> Result<String, RenderErrorReason> {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    serde::Serialize::serialize(value, &mut serializer)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// `{{#ifEquals a b}}`: JavaScript's `===`.
struct Equality {
    wanted: bool,
}

impl HelperDef for Equality {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render_context: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = |place| {
            helper
                .param(place)
                .map_or(&Value::Null, |param| param.value())
        };
        let body = if strictly_equal(value(0), value(1)) == self.wanted {
            helper.template()
        } else {
            helper.inverse()
        };
        match body {
            Some(body) => body.render(engine, context, render_context, out),
            None => Ok(()),
        }
    }
}

/// Numbers compare as JavaScript's do; two objects are never the same one.
fn strictly_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(_) | Value::Object(_), _) => false,
        _ => one == other,
    }
}

/// `{{#items}} .. {{/items}}`: each element of a list, an object itself, or a condition.
struct Section;

impl HelperDef for Section {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        engine: &'reg Handlebars<'reg>,
        context: &'rc Context,
        render_context: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = render_context
            .evaluate(context, helper.name())?
            .as_json()
            .clone();
        let items = match value {
            Value::Null | Value::Bool(false) => Vec::new(),
            Value::Array(items) => items,
            Value::Bool(true) => {
                return match helper.template() {
                    Some(body) => body.render(engine, context, render_context, out),
                    None => Ok(()),
                };
            }
            other => vec![other],
        };
        if items.is_empty() {
            return match helper.inverse() {
                Some(inverse) => inverse.render(engine, context, render_context, out),
                None => Ok(()),
            };
        }
        for item in items {
            let mut block = BlockContext::new();
            block.set_base_value(item);
            render_context.push_block(block);
            let result = match helper.template() {
                Some(body) => body.render(engine, context, render_context, out),
                None => Ok(()),
            };
            render_context.pop_block();
            result?;
        }
        Ok(())
    }
}
