//! The tags of partials, inline partials and raw blocks.

use super::arguments::Arguments;
use super::error::{Form, SyntaxErrorKind};
use super::lexer::{is_identifier, is_partial_symbol, is_symbol};
use super::parser::{Failed, Parser};
use super::structure::{Frame, Head};
use super::tree::{
    Block, BlockKind, Expression, Inline, Literal, Name, Node, Partial, PartialName, Span,
};

const PARTIAL_NAME: &str =
    "the name of a partial consists of letters, digits, `-`, `_`, `.`, `/` and `@`";

impl Parser<'_> {
    pub(super) fn partial(&mut self, block: bool) -> Result<(), Failed> {
        self.refuse_empty()?;
        let start = self.cursor.at();
        let name = self.partial_name()?;
        let name_span = self.cursor.since(start);
        let mut arguments = Arguments::default();
        let mut read = self.arguments(&mut arguments, 0, false);
        if let (Ok(()), Some(second)) = (&read, arguments.params.get(1)) {
            let span = second.span();
            let advice =
                "a partial takes one context; other values are handed over as `name=value`";
            let kind = SyntaxErrorKind::Unexpected {
                found: self.quote(span.start, span.end),
                advice,
            };
            read = Err(self.error(kind, span, None));
        }
        let (span, quote) = self.end_head(read);
        if name == PartialName::Dynamic {
            self.error(
                SyntaxErrorKind::DynamicPartial { tag: quote.clone() },
                name_span,
                None,
            );
        }
        let context = arguments.params.into_iter().next();
        let close = if let PartialName::Static(name) = &name {
            name.clone()
        } else {
            String::new()
        };
        let partial = Partial {
            name,
            name_span,
            context,
            hash: arguments.hash,
            block: None,
            span,
            close: None,
        };
        if block {
            return self.open(Frame::new(
                Head::Partial(Box::new(partial)),
                close,
                quote,
                span,
            ));
        }
        self.structure.push(Node::Partial(Box::new(partial)));
        Ok(())
    }

    fn partial_name(&mut self) -> Result<PartialName, Failed> {
        let start = self.cursor.at();
        let name = match self.cursor.peek() {
            Some('(') => {
                self.subexpression(1)?;
                return Ok(PartialName::Dynamic);
            }
            Some('"' | '\'') => self.string()?,
            Some('[') => {
                let Some(end) = self.cursor.find("]") else {
                    return Err(self.unexpected(PARTIAL_NAME));
                };
                self.cursor.jump(end + 1);
                self.cursor.slice(start + 1, end).to_owned()
            }
            _ => {
                let name = self.cursor.take_while(is_partial_symbol).to_owned();
                if name.is_empty() || self.cursor.rest().starts_with(is_symbol) {
                    return Err(self.unexpected(PARTIAL_NAME));
                }
                return Ok(PartialName::Static(name));
            }
        };
        self.unsupported(Form::QuotedPartial, self.cursor.since(start));
        Ok(PartialName::Static(name))
    }

    pub(super) fn inline(&mut self) -> Result<(), Failed> {
        let start = self.cursor.at();
        self.cursor.skip_space();
        if self.cursor.take_while(is_symbol) != "inline" {
            self.cursor.jump(start);
            return Err(
                self.unexpected("of the blocks with `*` only `{{#*inline \"name\"}}` exists")
            );
        }
        let mut arguments = Arguments::default();
        let read = self.arguments(&mut arguments, 0, false);
        let name = match arguments.params.first() {
            Some(Expression::Literal(Literal::String(name), span)) => Some(Name {
                text: name.clone(),
                span: *span,
            }),
            _ => None,
        };
        let right = name.is_some() && arguments.params.len() == 1 && arguments.hash.is_empty();
        let read = match read {
            Ok(()) if !right => {
                self.cursor.jump(start);
                Err(self.unexpected("an inline partial is written `{{#*inline \"name\"}}`"))
            }
            read => read,
        };
        let (open, quote) = self.end_head(read);
        let (name, name_span) = name.map_or((String::new(), open), |name| (name.text, name.span));
        let inline = Inline {
            name,
            name_span,
            body: Vec::new(),
            open,
            close: None,
        };
        self.open(Frame::new(
            Head::Inline(inline),
            "inline".to_owned(),
            quote,
            open,
        ))
    }

    /// Reads `{{{{name}}}} .. {{{{/name}}}}`, in which no other tag counts.
    pub(super) fn raw_block(&mut self) -> Result<(), Failed> {
        self.closer = "}}}}";
        self.cursor.eat("{{{{");
        self.cursor.skip_space();
        self.cursor.eat("~");
        self.refuse_empty()?;
        let name = self.path("a raw block begins with a name, as in `{{{{raw}}}}`")?;
        if !is_identifier(&name.raw) {
            self.unsupported(Form::PathCallee, name.span);
        }
        let word = name.raw.clone();
        let (call, block_params, read) = self.call(name, 0, true);
        let (open, quote) = self.end_head(read);
        let text = self.cursor.raw_text();
        let close = self.raw_end(&word, &quote, open);
        let body = vec![Node::Text(text)];
        let block = Block {
            call,
            block_params,
            kind: BlockKind::Raw,
            body,
            inverse: None,
            open,
            close: close.as_ref().ok().copied(),
        };
        self.structure.push(Node::Block(Box::new(block)));
        close.map(|_| ())
    }

    fn raw_end(&mut self, word: &str, quote: &str, open: Span) -> Result<Span, Failed> {
        let start = self.cursor.at();
        let close = format!("{{{{{{{{/{word}}}}}}}}}");
        self.cursor.eat("{{{{");
        self.cursor.skip_space();
        self.cursor.eat("~");
        self.cursor.skip_space();
        let slash = self.cursor.eat("/");
        self.cursor.skip_space();
        if slash && self.cursor.take_while(is_symbol) == word {
            self.tag = start;
            return self.end_tag();
        }
        self.cursor.jump(self.cursor.len());
        let kind = SyntaxErrorKind::UnclosedBlock {
            open: quote.to_owned(),
            close,
        };
        Err(self.error(kind, open, None))
    }
}
