#![expect(clippy::unwrap_used, reason = "tests")]
use proptest::prelude::*;

use super::sites::SITES;
use super::{LinkError, fold, key_of, name_of, untracked};

/// Site, an address as it may be copied, and its canonical form.
const TABLE: &[(&str, &str, &str)] = &[
    (
        "youtube",
        "https://youtu.be/pcKR0LPwoYs?si=abc",
        "https://www.youtube.com/watch?v=pcKR0LPwoYs",
    ),
    (
        "youtube",
        "http://m.youtube.com/watch?feature=share&v=pcKR0LPwoYs&t=40s&list=PLx",
        "https://www.youtube.com/watch?v=pcKR0LPwoYs",
    ),
    (
        "youtube",
        "https://www.youtube.com/shorts/pcKR0LPwoYs",
        "https://www.youtube.com/watch?v=pcKR0LPwoYs",
    ),
    (
        "youtube",
        "https://www.youtube-nocookie.com/embed/pcKR0LPwoYs?start=4",
        "https://www.youtube.com/watch?v=pcKR0LPwoYs",
    ),
    (
        "youtube",
        "https://youtu.be/embed/videoseries?list=PL-1_2",
        "https://www.youtube.com/playlist?list=PL-1_2",
    ),
    (
        "youtube",
        "https://www.youtube.com/playlist?list=PL-1_2&feature=x",
        "https://www.youtube.com/playlist?list=PL-1_2",
    ),
    (
        "youtube",
        "https://www.youtube.com/@STONEMUSIC/videos",
        "https://www.youtube.com/@STONEMUSIC",
    ),
    (
        "youtube-music",
        "https://music.youtube.com/watch?v=pcKR0LPwoYs&si=abc",
        "https://music.youtube.com/watch?v=pcKR0LPwoYs",
    ),
    (
        "spotify",
        "https://open.spotify.com/intl-ko/track/1Is8gDYLYBZkVbLKP4CUTc?si=1",
        "https://open.spotify.com/track/1Is8gDYLYBZkVbLKP4CUTc",
    ),
    (
        "spotify",
        "https://open.spotify.com/embed/album/1Is8gDYLYBZkVbLKP4CUTc",
        "https://open.spotify.com/album/1Is8gDYLYBZkVbLKP4CUTc",
    ),
    (
        "apple-music",
        "https://music.apple.com/kr/album/stay-with-me/1183079146?i=1183079150&l=en",
        "https://music.apple.com/kr/album/1183079146?i=1183079150",
    ),
    (
        "apple-music",
        "https://itunes.apple.com/us/artist/punch/id907243055",
        "https://music.apple.com/us/artist/907243055",
    ),
    (
        "musicbrainz",
        "http://beta.musicbrainz.org/artist/B8A7C51F-362C-4DCB-A259-BC6E0095F0A6/relationships",
        "https://musicbrainz.org/artist/b8a7c51f-362c-4dcb-a259-bc6e0095f0a6",
    ),
    (
        "wikidata",
        "https://m.wikidata.org/wiki/Q27950674#sitelinks",
        "https://www.wikidata.org/wiki/Q27950674",
    ),
    (
        "wikidata",
        "http://www.wikidata.org/entity/Q27950674",
        "https://www.wikidata.org/wiki/Q27950674",
    ),
    (
        "wikipedia",
        "https://ko.m.wikipedia.org/wiki/도깨비 (드라마)?wprov=sfla1",
        "https://ko.wikipedia.org/wiki/%EB%8F%84%EA%B9%A8%EB%B9%84_(%EB%93%9C%EB%9D%BC%EB%A7%88)",
    ),
    (
        "wikipedia",
        "https://en.wikipedia.org/w/index.php?title=Guardian: The Lonely&oldid=4",
        "https://en.wikipedia.org/wiki/Guardian:_The_Lonely",
    ),
    (
        "melon",
        "https://m2.melon.com/album/music.htm?albumId=10023456&utm_source=x",
        "https://www.melon.com/album/detail.htm?albumId=10023456",
    ),
    (
        "melon",
        "https://www.melon.com/artist/timeline.htm?artistId=698776",
        "https://www.melon.com/artist/detail.htm?artistId=698776",
    ),
    (
        "genie",
        "https://mw.genie.co.kr/detail/songInfo?xgnm=86906893",
        "https://www.genie.co.kr/detail/songInfo?xgnm=86906893",
    ),
    (
        "bugs",
        "https://m.bugs.co.kr/album/20072853?wl_ref=list",
        "https://music.bugs.co.kr/album/20072853",
    ),
    (
        "flo",
        "https://www.music-flo.com/detail/album/dnlezanae/albumtrack",
        "https://www.music-flo.com/detail/album/dnlezanae/albumtrack",
    ),
    (
        "vibe",
        "https://vibe.naver.com/track/15622222?x=1",
        "https://vibe.naver.com/track/15622222",
    ),
    (
        "vibe",
        "http://music.naver.com/album/index.nhn?albumId=1234",
        "https://vibe.naver.com/album/1234",
    ),
    (
        "naver-blog",
        "https://m.blog.naver.com/PostView.naver?blogId=cjenm&logNo=22090",
        "https://blog.naver.com/cjenm/22090",
    ),
    (
        "namuwiki",
        "https://namu.wiki/w/도깨비(드라마)/OST?from=x",
        "https://namu.wiki/w/%EB%8F%84%EA%B9%A8%EB%B9%84(%EB%93%9C%EB%9D%BC%EB%A7%88)/OST",
    ),
    (
        "instagram",
        "https://instagram.com/real__pcy?igsh=abc",
        "https://www.instagram.com/real__pcy/",
    ),
    (
        "x",
        "https://mobile.twitter.com/CJnDrama/status/804/photo/1?s=20",
        "https://x.com/CJnDrama/status/804",
    ),
    (
        "tmdb",
        "https://www.themoviedb.org/tv/67915-goblin?language=ko-KR",
        "https://www.themoviedb.org/tv/67915",
    ),
    (
        "imdb",
        "https://m.imdb.com/ko/title/tt5994346/fullcredits?ref_=x",
        "https://www.imdb.com/title/tt5994346/",
    ),
    (
        "netflix",
        "https://www.netflix.com/kr-en/title/81012510?s=i",
        "https://www.netflix.com/title/81012510",
    ),
    (
        "maniadb",
        "https://maniadb.com/album/123",
        "http://www.maniadb.com/album/123",
    ),
    (
        "youtube",
        "youtu.be/pcKR0LPwoYs",
        "https://www.youtube.com/watch?v=pcKR0LPwoYs",
    ),
    (
        "example.org",
        "https://WWW.Example.org:443/a?utm_source=b&c=d&fbclid=e#f",
        "https://www.example.org/a?c=d#f",
    ),
    (
        "melon",
        "https://m.melon.com/chart/index.htm?utm_medium=x",
        "https://www.melon.com/chart/index.htm",
    ),
];

#[test]
fn every_site_folds_its_addresses() {
    for (site, given, canonical) in TABLE {
        let folded = fold(given).unwrap();
        assert_eq!(
            (&*folded.url, &*folded.site),
            (*canonical, *site),
            "{given}"
        );
        assert_eq!(fold(canonical).unwrap(), folded, "{canonical}");
    }
}

#[test]
fn searches_and_blind_addresses_are_refused_with_the_reason() {
    for (given, site) in [
        ("https://www.youtube.com/results?search_query=x", "YouTube"),
        ("https://open.spotify.com/search/goblin", "Spotify"),
        (
            "https://open.spotify.com/intl-ko/search/goblin/albums",
            "Spotify",
        ),
        ("https://www.melon.com/search/total/index.htm?q=x", "Melon"),
        ("https://www.genie.co.kr/search/searchMain?query=x", "Genie"),
        ("https://music.bugs.co.kr/search/integrated?q=x", "Bugs"),
        ("https://www.music-flo.com/search/all?keyword=x", "FLO"),
        ("https://vibe.naver.com/search?query=x", "VIBE"),
        ("https://search.naver.com/search.naver?query=x", "Naver"),
        ("https://namu.wiki/Search?q=x", "Namuwiki"),
        ("https://ko.wikipedia.org/w/index.php?search=x", "Wikipedia"),
        ("https://musicbrainz.org/search?query=x", "MusicBrainz"),
        ("https://x.com/search?q=x", "X"),
        ("https://www.google.com/search?q=x", "Google"),
    ] {
        assert_eq!(fold(given), Err(LinkError::Search(site)), "{given}");
    }
    assert_eq!(fold("https://naver.me/abc"), Err(LinkError::Short));
    assert_eq!(
        fold("https://melon.com@evil.example/"),
        Err(LinkError::Named)
    );
    for bad in [
        "",
        "goblin",
        "javascript:alert(1)",
        "mailto:a@b.c",
        "ftp://a.b/",
        "//a.b/c",
        "https://",
        "data:text/html,x",
    ] {
        assert_eq!(fold(bad), Err(LinkError::NoAddress), "{bad}");
    }
}

#[test]
fn sources_keep_their_place_and_lose_their_followers() {
    let kept = "https://www.youtube.com/watch?v=a&t=40s";
    assert_eq!(untracked(kept).unwrap(), kept);
    assert_eq!(
        untracked("https://a.example/b?utm_source=x&p=4#c").unwrap(),
        "https://a.example/b?p=4#c"
    );
}

#[test]
fn sites_have_names() {
    assert_eq!(
        (name_of("tmdb"), name_of("official"), name_of("somewhere")),
        ("TMDB", "Official site", "somewhere")
    );
    assert_eq!(
        (key_of("YouTube"), key_of("FLO"), key_of("My site")),
        ("youtube", "flo", "My site")
    );
}

/// Addresses that look like those of the sites in the table.
fn addresses() -> impl Strategy<Value = String> {
    let hosts: Vec<&str> = SITES.iter().flat_map(|site| site.hosts).copied().collect();
    let pages: Vec<&str> = SITES
        .iter()
        .flat_map(|site| site.pages)
        .map(|(from, _)| *from)
        .collect();
    let filling = "[a-zA-Z0-9가-힣%/?&=#. _:()+-]{1,9}|[0-9]{1,6}|[a-z]{2}";
    (
        prop::sample::select(hosts),
        prop::sample::select(pages),
        filling,
        "[a-z0-9가-힣%&=?/. +-]{0,12}",
    )
        .prop_map(|(host, page, fill, rest)| {
            let mut text = format!("https://{host}/{page}");
            for name in [
                "n", "m", "num", "id", "uuid", "cc", "loc", "lang", "word", "handle", "title",
                "rest", "any",
            ] {
                text = text.replace(&format!("{{{name}}}"), &fill);
            }
            text.replace('*', "tail") + rest.as_str()
        })
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in prop_oneof![addresses(), "\\PC*", "https?://\\PC{0,40}"]) {
        if let Ok(once) = fold(&text) {
            prop_assert_eq!(fold(&once.url), Ok(once.clone()), "{}", text);
            let untracked = untracked(&text).unwrap();
            prop_assert_eq!(super::untracked(&untracked), Ok(untracked.clone()));
        }
    }
}
