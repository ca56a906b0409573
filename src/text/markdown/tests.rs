//! What editors write and what readers get.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{LinkKey, Rendered, Target, WikiLink, parse, rewrite_links};

fn page(link: &WikiLink) -> Option<Target> {
    let known = matches!(&link.key, LinkKey::Slug(slug) if slug.as_str() == "stay-with-me")
        || link.key == LinkKey::Id(12);
    (known && link.kind == "song").then(|| Target {
        href: "/songs/stay-with-me".to_owned(),
        title: "Stay With Me".to_owned(),
        native: Some("스테이 위드 미".to_owned()),
        detail: "Chanyeol & Punch · 도깨비 · 2016".to_owned(),
        art: Some("/art/12.webp".to_owned()),
        kind: "song".to_owned(),
    })
}

fn render(source: &str) -> Rendered {
    parse(source).unwrap().render(&page)
}

fn html(source: &str) -> String {
    render(source).html.to_string().trim_end().to_owned()
}

#[test]
fn links_lead_to_pages_or_are_marked_as_missing() {
    assert_eq!(
        html("[[song:stay-with-me]]"),
        "<p><a href=\"/songs/stay-with-me\">Stay With Me</a></p>"
    );
    assert_eq!(
        html("[[song#12|the *song*]]"),
        "<p><a href=\"/songs/stay-with-me\">the song</a></p>"
    );
    assert_eq!(
        html("[[Song: Stay With Me]]"),
        "<p><a href=\"/songs/stay-with-me\">Stay With Me</a></p>"
    );
    let missing = |form: &str, words: &str| {
        format!(
            "<p><a class=\"missing\" title=\"This page does not exist yet: write it\" href=\"{form}\">{words}</a></p>"
        )
    };
    assert_eq!(
        html("[[song:other-song]]"),
        missing(
            "/songs/new?name=other%20song&amp;at=other-song",
            "other song"
        )
    );
    assert_eq!(
        html("[[artist:punch|Punch]]"),
        missing("/artists/new?name=Punch&amp;at=punch", "Punch")
    );
    assert_eq!(
        html("[[nothing]]"),
        "<p><span class=\"missing\" title=\"This page does not exist\">nothing</span></p>"
    );
    assert_eq!(html("`[[song#12]]`"), "<p><code>[[song#12]]</code></p>");
    let cell = "<td><a href=\"/songs/stay-with-me\">it</a></td><td>b</td>";
    assert!(html("| a | b |\n|---|---|\n| [[song#12|it]] | b |").contains(cell));
    assert!(html("| a | b |\n|---|---|\n| [[song#12\\|it]] | b |").contains(cell));
}

#[test]
fn links_are_listed_with_kind_key_and_words() {
    let prose = parse("[[song:a|b]] ![[drama#7]] [[x]] `[[song:c]]`\n\n[^1]: [[artist:d]]\n\n    [[album:code|x]]\n\n[^1]").unwrap();
    let links = prose.links();
    let kinds: Vec<_> = links.iter().map(|link| link.kind.as_str()).collect();
    assert_eq!(kinds, ["song", "drama", "", "artist", "album"]);
    let first = links.first().unwrap();
    assert_eq!((first.text.as_deref(), first.embed), (Some("b"), false));
    assert_eq!(
        links.get(1).map(|link| (&link.key, link.embed)),
        Some((&LinkKey::Id(7), true))
    );
    assert_eq!(
        links.get(2).map(|link| &link.key),
        Some(&LinkKey::Bad("x".to_owned()))
    );
}

#[test]
fn only_targets_of_links_are_rewritten() {
    let source = "a [[song:x|words]] `[[song:x]]`\r\n\n:::spoiler ep=2\n![[song:x]]\n:::\n```\n[[song:x]]\n:::\n```\n\
                  | [[song:x|a]] | [[ song:x ]] |\n|-|-|\n| [[song:x\\|b]] | 1 |\n\n    [[song:x]]\n<!-- [[song:x]] -->\n";
    let stored = rewrite_links(source, |link| {
        (link.kind == "song").then(|| "song#12".to_owned())
    });
    assert_eq!(
        stored,
        "a [[song#12|words]] `[[song:x]]`\r\n\n:::spoiler ep=2\n![[song#12]]\n:::\n```\n[[song:x]]\n:::\n```\n\
         | [[song#12|a]] | [[ song#12 ]] |\n|-|-|\n| [[song#12\\|b]] | 1 |\n\n    [[song:x]]\n<!-- [[song:x]] -->\n"
    );
    assert_eq!(
        rewrite_links(&stored, |_| Some("song:x".to_owned())),
        source
    );
}

#[test]
fn an_embed_alone_is_a_card() {
    assert_eq!(
        html("![[song#12]]"),
        "<a class=\"card card-song\" href=\"/songs/stay-with-me\"><img class=\"card-art\" src=\"/art/12.webp\" alt=\"\" \
         width=\"96\" height=\"96\" loading=\"lazy\"><span class=\"card-title\">Stay With Me</span><span \
         class=\"card-native\" lang=\"ko\">스테이 위드 미</span><span class=\"card-detail\">Chanyeol &amp; Punch · <span \
         lang=\"ko\">도깨비</span> · 2016</span></a>"
    );
    assert_eq!(
        html("See ![[song#12]]"),
        "<p>See <a href=\"/songs/stay-with-me\">Stay With Me</a></p>"
    );
    assert!(html("![[song:no]]").starts_with("<p><a "));
}

#[test]
fn spoilers_are_folded() {
    let rendered = render(":::spoiler ep=9\nHe **dies**.\n\n## End\n:::\nAfter.");
    assert_eq!(
        rendered.html.as_str(),
        "<details class=\"spoiler\" data-episode=\"9\"><summary>Spoiler: episode 9</summary><p>He \
         <strong>dies</strong>.</p><h2 id=\"s-end\">End</h2></details><p>After.</p>"
    );
    assert_eq!(rendered.text_start, "After.");
    assert_eq!(
        html("a\n:::spoiler\nb\n:::spoiler ep=2\n- c")
            .matches("<details")
            .count(),
        2
    );
    assert!(html("a\n:::spoiler\nb").ends_with("<p>b</p></details>"));
    assert_eq!(html(":::"), "<p>:::</p>");
    assert_eq!(
        html("```\n:::spoiler\n```"),
        "<pre tabindex=\"0\"><code>:::spoiler\n</code></pre>"
    );
    assert!(!html(" :::spoiler ep=1\nx").contains("<details"));
    assert!(html(":::spoiler ep=many\nx").contains("<summary>Spoiler</summary>"));
}

#[test]
fn headings_have_ids_and_skip_no_level() {
    let rendered = render(
        "# 도깨비\n#### Deep *one*\n## Same\n## Same\n### Under [[song#12]]\n##\n## Same 2\n## ♥",
    );
    let outline: Vec<_> = rendered
        .headings
        .iter()
        .map(|h| (h.level, h.id.as_str(), h.text.as_str()))
        .collect();
    assert_eq!(
        outline,
        [
            (2, "s-dokkaebi", "도깨비"),
            (3, "s-deep-one", "Deep one"),
            (2, "s-same", "Same"),
            (2, "s-same-2", "Same"),
            (3, "s-under-stay-with-me", "Under Stay With Me"),
            (2, "s-same-2-2", "Same 2"),
            (2, "s-section", "♥"),
        ]
    );
    assert!(
        rendered
            .html
            .as_str()
            .contains("<h2 id=\"s-dokkaebi\"><span lang=\"ko\">도깨비</span></h2>")
    );
}

#[test]
fn footnotes_stand_at_the_end_in_order_of_reference() {
    let rendered = render(
        "One[^b] two[^a] three[^b].\n\n[^a]: First, see[^c].\n[^b]: Second.\n[^c]: Third.\n[^d]: Never.",
    );
    assert!(rendered.has_footnotes);
    assert_eq!(
        rendered.html.as_str(),
        "<p>One<sup id=\"fnref-1\"><a href=\"#fn-1\" aria-label=\"Note 1\">1</a></sup> two<sup id=\"fnref-2\"><a \
         href=\"#fn-2\" aria-label=\"Note 2\">2</a></sup> three<sup id=\"fnref-1-2\"><a href=\"#fn-1\" \
         aria-label=\"Note 1\">1</a></sup>.</p><section class=\"footnotes\" aria-labelledby=\"footnotes\"><h2 \
         id=\"footnotes\">Notes</h2><ol><li id=\"fn-1\"><p>Second. <a href=\"#fnref-1\" class=\"fn-back\" \
         aria-label=\"Back to reference 1\">↩</a> <a href=\"#fnref-1-2\" class=\"fn-back\" aria-label=\"Back to \
         reference 1-2\">↩</a></p></li><li id=\"fn-2\"><p>First, see<sup id=\"fnref-3\"><a href=\"#fn-3\" \
         aria-label=\"Note 3\">3</a></sup>. <a href=\"#fnref-2\" class=\"fn-back\" aria-label=\"Back to reference \
         2\">↩</a></p></li><li id=\"fn-3\"><p>Third. <a href=\"#fnref-3\" class=\"fn-back\" aria-label=\"Back to \
         reference 3\">↩</a></p></li></ol></section>"
    );
    assert_eq!(rendered.text_start, "One two three.");
    assert_eq!(html("[^x]"), "<p>[^x]</p>");
}

#[test]
fn links_leave_the_site_only_openly() {
    assert_eq!(
        html("[a](https://example.org \"T\")"),
        "<p><a href=\"https://example.org\" title=\"T\" rel=\"nofollow ugc noopener external\">a</a></p>"
    );
    assert_eq!(
        html("[a](/songs/b#s-c)"),
        "<p><a href=\"/songs/b#s-c\">a</a></p>"
    );
    assert_eq!(
        html("<me@example.org>"),
        "<p><a href=\"mailto:me@example.org\">me@example.org</a></p>"
    );
    assert_eq!(html("[a](javascript:alert(1)) <data:x>"), "<p>a data:x</p>");
    assert_eq!(
        html("![a cat](https://example.org/c.png)")
            .matches("<img")
            .count(),
        0
    );
    assert_eq!(html("[![alt](/b)](/c)"), "<p><a href=\"/c\">alt</a></p>");
    assert_eq!(html("[](/c)"), "<p><a href=\"/c\">/c</a></p>");
}

#[test]
fn raw_html_is_text() {
    assert_eq!(
        html("a <b onclick=x>b</b>"),
        "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"
    );
    assert_eq!(
        html("<script>\nalert(1)\n</script>"),
        "<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>"
    );
}

#[test]
fn korean_is_marked_everywhere_but_in_code_and_attributes() {
    assert_eq!(
        html("*도깨비* `도깨비` [도깨비](/a \"도깨비\")"),
        "<p><em><span lang=\"ko\">도깨비</span></em> <code>도깨비</code> <a href=\"/a\" title=\"도깨비\"><span \
         lang=\"ko\">도깨비</span></a></p>"
    );
    assert_eq!(
        html("|가|b|\n|:-:|-|\n|나|\n||c|"),
        "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table\"><table><thead><tr><th \
         scope=\"col\" class=\"align-center\"><span lang=\"ko\">가</span></th><th scope=\"col\">b</th></tr></thead><tbody>\
         <tr><td class=\"align-center\"><span lang=\"ko\">나</span></td><td></td></tr><tr><td></td><td>c</td></tr>\
         </tbody></table></div>"
    );
}

#[test]
fn a_text_begins_with_its_first_paragraph() {
    assert_eq!(
        render("## H\n\n![[song#12]]\n\n> q\n\nThe [[song#12]]\nby `x` &amp; **y**.\n\nB")
            .text_start,
        "The Stay With Me by x & y."
    );
    assert_eq!(render("- a\n\n  b").text_start, "");
}
