//! The tree of a template: what was written, where, and nothing of what it means.
//!
//! Its depth is bounded by the limits of the parser, so walking it by recursion is safe.

use super::helper::Helper;

/// Marks a range of bytes in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    /// Covers the bytes from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Takes these bytes out of the text that they were read from.
    #[must_use]
    pub fn of(self, source: &str) -> &str {
        &source[self.start..self.end]
    }
}

/// Holds a parsed template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// What stands at the top, in order.
    pub nodes: Vec<Node>,
}

/// Is one piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text, without the backslash of an escaped `\{{`.
    Text(Text),
    /// `{{! .. }}` or `{{!-- .. --}}`.
    Comment(Comment),
    /// `{{x}}`, `{{helper a k=b}}`, `{{{x}}}` or `{{&x}}`, which all write without escaping.
    Output(Output),
    /// `{{#helper ..}} .. {{/helper}}` and its relatives.
    Block(Box<Block>),
    /// `{{> name}}` or `{{#> name}} .. {{/name}}`.
    Partial(Box<Partial>),
    /// `{{#*inline "name"}} .. {{/inline}}`.
    Inline(Inline),
}

/// Is text between tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// All of it.
    pub span: Span,
    /// What is left when `~` and the tags that have a line to themselves have taken their space.
    pub shown: Span,
}

/// Is a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The tag.
    pub span: Span,
    /// Its `~`.
    pub strip: Strip,
}

/// Tells on which sides of a tag a `~` takes the white space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    /// `{{~`
    pub before: bool,
    /// `~}}`
    pub after: bool,
}

/// Writes a value: a path, or the result of a helper.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// A path, or a [`Expression::Sub`] when arguments follow the name.
    pub value: Expression,
    /// The tag.
    pub span: Span,
    /// Its `~`.
    pub strip: Strip,
}

/// Tells the spellings of a block apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `{{#name}}`.
    Plain,
    /// `{{^name}}`: the first part stands for what is absent.
    Inverted,
    /// `{{else name}}`: closed together with the block it belongs to.
    Chained,
    /// `{{{{name}}}}`: the body is text.
    Raw,
}

/// Is a block and what it encloses.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The helper, or the path of a section, with its arguments.
    pub call: Call,
    /// The names between the bars of `as |item index|`.
    pub block_params: Vec<Name>,
    /// How it was spelt.
    pub kind: BlockKind,
    /// What stands before `{{else}}`.
    pub first: Vec<Node>,
    /// What stands after `{{else}}`; for `{{else if}}` one [`BlockKind::Chained`] block.
    pub second: Option<Vec<Node>>,
    /// The opening tag.
    pub open: Span,
    /// The closing tag; none when it is missing or belongs to the head of the chain.
    pub close: Option<Span>,
    /// The `~` of the opening tag, of `{{else}}` and of the closing tag.
    pub strips: [Strip; 3],
}

impl Block {
    /// Returns what the helper writes when it holds.
    #[must_use]
    pub fn body(&self) -> &[Node] {
        match self.kind {
            BlockKind::Inverted => self.second.as_deref().unwrap_or_default(),
            _ => &self.first,
        }
    }

    /// Returns what the helper writes otherwise.
    #[must_use]
    pub fn inverse(&self) -> &[Node] {
        match self.kind {
            BlockKind::Inverted => &self.first,
            _ => self.second.as_deref().unwrap_or_default(),
        }
    }
}

/// Includes another template.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// Which template.
    pub name: PartialName,
    /// Where the name stands.
    pub name_span: Span,
    /// The context handed over, where one is written.
    pub context: Option<Expression>,
    /// The values handed over by name.
    pub hash: Vec<NamedArgument>,
    /// What `{{#> name}}` encloses.
    pub block: Option<Vec<Node>>,
    /// The opening tag.
    pub span: Span,
    /// The closing tag of a `{{#> name}}`.
    pub close: Option<Span>,
    /// The `~` of the opening and of the closing tag.
    pub strips: [Strip; 2],
    /// The white space before a `{{> name}}` that has a line to itself: it indents every line.
    pub indent: Option<Span>,
}

/// Names a partial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartialName {
    /// Known before rendering.
    Static(String),
    /// Computed while rendering, which is refused.
    Dynamic,
}

/// Defines a partial inside the template.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// The name; empty when it could not be read.
    pub name: String,
    /// Where the name stands.
    pub name_span: Span,
    /// What the partial consists of.
    pub body: Vec<Node>,
    /// The opening tag.
    pub open: Span,
    /// The closing tag.
    pub close: Option<Span>,
    /// The `~` of the opening and of the closing tag.
    pub strips: [Strip; 2],
}

/// Calls a helper; also the head of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The helper's name as a path, since a section may be one.
    pub name: Path,
    /// The arguments by position.
    pub params: Vec<Expression>,
    /// The arguments by name, in order.
    pub hash: Vec<NamedArgument>,
    /// The name with its arguments.
    pub span: Span,
}

/// Is an argument `key=value`.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedArgument {
    /// The name before `=`.
    pub key: Name,
    /// The value after it.
    pub value: Expression,
}

/// Is a plain name with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Is something that has a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `user.name`.
    Path(Path),
    /// `"text"`, `1`, `true`, `null`, `undefined`.
    Literal(Literal, Span),
    /// `(helper a k=b)`.
    Sub(Call),
}

impl Expression {
    /// Tells where it stands.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Path(path) => path.span,
            Self::Literal(_, span) => *span,
            Self::Sub(call) => call.span,
        }
    }
}

/// Is a value written out.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// Text, its escaped quotes resolved.
    String(String),
    /// A number, read as every JSON number is by JavaScript.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// `undefined`.
    Undefined,
}

/// Tells where a path starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// At the current context: `x`, `this.x`, `./x`, `../x`.
    Context,
    /// At the data around it: `@index`, `@auth.email`.
    Data,
    /// At the whole input: `@root.x`.
    Root,
}

/// Leads to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// Where it starts.
    pub base: Base,
    /// How many `../` precede it.
    pub parents: usize,
    /// The names to follow; every `this` is left out and `[a b]` stands without its brackets.
    pub segments: Vec<String>,
    /// Its words without brackets, as closing tags repeat them.
    pub original: String,
    /// Whether it says `this.`, `./` or `../`, so that it names neither a helper nor a block's name.
    pub scoped: bool,
    /// The helper that handlebars.js calls for it.
    pub helper: Option<Helper>,
    /// Where it stands.
    pub span: Span,
}

impl Path {
    /// Returns the name where the path is nothing else: `x`, not `x.y`, `../x` or `this.x`.
    #[must_use]
    pub fn simple(&self) -> Option<&str> {
        match self.segments.as_slice() {
            [name] if self.parents == 0 && !self.scoped => Some(name),
            _ => None,
        }
    }
}

/// Visits every path that the nodes name, in order.
pub(super) fn visit_paths(nodes: &[Node], visit: &mut dyn FnMut(&Path)) {
    for node in nodes {
        match node {
            Node::Text(_) | Node::Comment(_) => {}
            Node::Output(output) => expression_paths(&output.value, visit),
            Node::Block(block) => {
                call_paths(&block.call, visit);
                visit_paths(&block.first, visit);
                visit_paths(block.second.as_deref().unwrap_or_default(), visit);
            }
            Node::Partial(partial) => {
                let named = partial.hash.iter().map(|named| &named.value);
                let values = partial.context.iter().chain(named);
                values.for_each(|value| expression_paths(value, visit));
                visit_paths(partial.block.as_deref().unwrap_or_default(), visit);
            }
            Node::Inline(inline) => visit_paths(&inline.body, visit),
        }
    }
}

fn call_paths(call: &Call, visit: &mut dyn FnMut(&Path)) {
    visit(&call.name);
    let named = call.hash.iter().map(|named| &named.value);
    let values = call.params.iter().chain(named);
    values.for_each(|value| expression_paths(value, visit));
}

fn expression_paths(expression: &Expression, visit: &mut dyn FnMut(&Path)) {
    match expression {
        Expression::Path(path) => visit(path),
        Expression::Literal(..) => {}
        Expression::Sub(call) => call_paths(call, visit),
    }
}
