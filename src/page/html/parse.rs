//! HTML → DOM, in bounded time and memory.
//!
//! The parser is that of `scraper`, so that a page means what browsers make of it.
//! A guard stands between its tokenizer and its tree builder. It leaves out what
//! is never shown, which is faster, and it keeps away from the builder what would
//! take quadratic time: elements nested thousands deep, and unclosed formatting
//! that every paragraph would repeat. Such a page loses structure, but no text.

use std::cell::RefCell;

use ego_tree::NodeId;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::{Html, HtmlTreeSink};

use super::{attributes, shortcut};
use crate::tags::names::{EndDrawing, Flat, Formatting, LeftOut};

/// Open elements from which on tags are left out: as many as Blink, the engine
/// of Chromium, allows a tree to be deep.
const MAX_DEPTH: usize = 512;

/// Unclosed formatting elements of one name.
const MAX_FORMATTING: u8 = 16;

/// Nodes of a tree, of about 140 bytes each.
const MAX_NODES: usize = 4 << 20;

/// Nodes that a short page may have beside half as many as it has bytes: no
/// tag or text of two bytes makes more than one by itself.
const MIN_NODES: usize = 64 << 10;

/// Bytes of text that are handed over at a time.
const PART: usize = 1 << 20;

/// Parses a page. Scripts are left out unless they are JSON-LD, and so are
/// styles, comments and drawings.
pub(crate) fn parse(source: &str) -> Html {
    let source = attributes::bounded(source);
    build(shortcut::without_unread(&source), max_nodes(source.len()))
}

/// The tree of a page that is handed over in parts.
fn build<'s>(parts: impl Iterator<Item = &'s str>, max_nodes: usize) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    let guard = Guard {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        state: RefCell::new(State { max_nodes, ..State::default() }),
    };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let buffer = BufferQueue::default();
    for mut rest in parts {
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(rest.floor_char_boundary(PART));
            buffer.push_back(StrTendril::from_slice(part));
            rest = behind;
        }
    }
    while !matches!(tokenizer.feed(&buffer), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// Nodes of the tree of a page of `length` bytes; what comes then makes none.
pub(crate) fn max_nodes(length: usize) -> usize {
    MAX_NODES.min(MIN_NODES + length / 2)
}

/// Decides which tokens the tree builder sees.
struct Guard {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    state: RefCell<State>,
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let verdict = match &token {
            Token::TagToken(tag) => {
                let nodes = self.builder.sink.0.borrow().tree.nodes().len();
                self.state.borrow_mut().tag(tag, nodes)
            }
            Token::CharacterTokens(_) | Token::DoctypeToken(_) if self.state.borrow().unseen.is_some() => {
                Verdict::Drop
            }
            Token::CommentToken(_) | Token::NullCharacterToken | Token::ParseError(_) => Verdict::Drop,
            _ => Verdict::Pass,
        };
        match verdict {
            Verdict::Pass => self.builder.process_token(token, line),
            Verdict::Drop => TokenSinkResult::Continue,
            Verdict::Raw(kind) => TokenSinkResult::RawData(kind),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What becomes of a token.
enum Verdict {
    Pass,
    Drop,
    /// The tag is dropped; what follows is text up to its end tag.
    Raw(RawKind),
}

#[derive(Default)]
struct State {
    max_nodes: usize,
    /// The element that is left out, and how often it is open.
    unseen: Option<(LocalName, u32)>,
    /// Open elements, to the extent that their ends count: see [`Flat`].
    open: Vec<LocalName>,
    /// Start tags left out because of the depth, their ends yet to come.
    too_deep: u32,
    /// Unclosed formatting elements by name, and those left out.
    formatting: Vec<(LocalName, (u8, u32))>,
    has_html: bool,
    has_body: bool,
}

impl State {
    fn tag(&mut self, tag: &Tag, nodes: usize) -> Verdict {
        if self.unseen.is_some() {
            return self.in_unseen(tag);
        }
        if tag.kind == TagKind::EndTag {
            return self.end(&tag.name);
        }
        if let Some(verdict) = self.leave_out(tag) {
            return verdict;
        }
        if nodes >= self.max_nodes {
            return Verdict::Drop;
        }
        self.start(tag)
    }

    /// Inside of an element that is left out.
    fn in_unseen(&mut self, tag: &Tag) -> Verdict {
        let Some((name, depth)) = &mut self.unseen else { return Verdict::Pass };
        if tag.name == *name {
            match tag.kind {
                TagKind::StartTag => *depth += u32::from(!tag.self_closing),
                TagKind::EndTag => *depth -= 1,
            }
            if *depth == 0 {
                self.unseen = None;
            }
        } else if *name == local_name!("svg") && tag.kind == TagKind::StartTag && EndDrawing::has(&tag.name) {
            self.unseen = None;
            return self.start(tag);
        }
        Verdict::Drop
    }

    /// Leaves out the elements that are never shown.
    fn leave_out(&mut self, tag: &Tag) -> Option<Verdict> {
        let verdict = match tag.name {
            local_name!("script") if !is_data(tag) => Verdict::Raw(RawKind::ScriptData),
            _ if LeftOut::has(&tag.name) => Verdict::Raw(RawKind::Rawtext),
            local_name!("svg") if tag.self_closing => return Some(Verdict::Drop),
            local_name!("svg") => Verdict::Drop,
            // The attributes of a second one would be joined to the first one's.
            local_name!("html") if std::mem::replace(&mut self.has_html, true) => return Some(Verdict::Drop),
            local_name!("body") if std::mem::replace(&mut self.has_body, true) => return Some(Verdict::Drop),
            _ => return None,
        };
        self.unseen = Some((tag.name.clone(), 1));
        Some(verdict)
    }

    fn start(&mut self, tag: &Tag) -> Verdict {
        if Flat::has(&tag.name) {
            return Verdict::Pass;
        }
        if self.open.len() >= MAX_DEPTH {
            self.too_deep += 1;
            return Verdict::Drop;
        }
        if let Some((open, left_out)) = self.formatting(&tag.name) {
            if *open >= MAX_FORMATTING {
                *left_out += 1;
                return Verdict::Drop;
            }
            *open += 1;
        }
        self.open.push(tag.name.clone());
        Verdict::Pass
    }

    fn end(&mut self, name: &LocalName) -> Verdict {
        if Flat::has(name) {
            return Verdict::Pass;
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return Verdict::Drop;
        }
        if let Some((open, left_out)) = self.formatting(name) {
            if *left_out > 0 {
                *left_out -= 1;
                return Verdict::Drop;
            }
            *open = open.saturating_sub(1);
        }
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.open.truncate(at);
        }
        Verdict::Pass
    }

    /// How many elements of a name continue across the ends of paragraphs, and how many were left out.
    fn formatting(&mut self, name: &LocalName) -> Option<&mut (u8, u32)> {
        if !Formatting::has(name) {
            return None;
        }
        let known = self.formatting.iter().position(|(known, _)| known == name);
        let at = known.unwrap_or_else(|| {
            self.formatting.push((name.clone(), (0, 0)));
            self.formatting.len() - 1
        });
        Some(&mut self.formatting[at].1)
    }
}

/// Whether a script holds data that says what the page means.
fn is_data(tag: &Tag) -> bool {
    let kind = tag.attrs.iter().find(|attribute| attribute.name.local == local_name!("type"));
    kind.is_some_and(|kind| kind.value.to_ascii_lowercase().contains("ld+json"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Parts of pages, right and wrong, of which parsers read some as text.
    const PARTS: &[&str] = &[
        "<p class=a>",
        "</p>",
        "<div hidden>",
        "</div>",
        "text ",
        "a < b",
        "&am",
        "p;",
        "<script>",
        "<script type='application/ld+json'>",
        "<script type='&#108;d+json'>",
        "<SCRIPT src=a />",
        "</script>",
        "</script ",
        "<style>",
        "</style>",
        "</style/>",
        "<noscript>",
        "</noscript>",
        "<iframe>",
        "</iframe>",
        "<svg>",
        "<svg/>",
        "<svg a=/>",
        "</svg>",
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<select><option>",
        "</select>",
        "<template>",
        "</template>",
        "<table><tr><td>",
        "</table>",
        "<math>",
        "<xmp>",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "-",
        ">",
        "<!DOCTYPE html>",
        "<![CDATA[",
        "]]>",
        "<body>",
        "<html>",
        "'\"",
        "\r\n",
        "\0",
        "a part that is long enough to be left out by itself, and longer",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn what_is_not_parsed_is_not_missed(parts in prop::collection::vec(prop::sample::select(PARTS), 0..40)) {
            let page = parts.concat();
            let whole = build(std::iter::once(page.as_str()), max_nodes(page.len()));
            prop_assert_eq!(parse(&page).html(), whole.html());
        }
    }
}
