//! The words by which roles are printed, in English and Korean.

/// Role, instrument, and the words for both; small letters. Words that end in "by" or "at" need nothing behind them.
pub const WORDS: &[(&str, &str, &str)] = &[
    (
        "composer",
        "",
        "composed by|music by|written and composed by|composed|composer|composers|composition|music|작곡|작곡가",
    ),
    (
        "lyricist",
        "",
        "lyrics by|written by|words by|lyrics|lyric|lyricist|lyricists|words|작사|작사가",
    ),
    (
        "rap_lyrics",
        "",
        "rap lyrics by|rap written by|rap making by|rap lyrics|rap making|랩메이킹|랩 메이킹|랩작사|랩 작사",
    ),
    (
        "arranger",
        "",
        "arranged by|arrangement by|arranged|arranger|arrangers|arrangement|편곡|편곡자",
    ),
    (
        "string_arranger",
        "",
        "strings arranged by|string arranged by|string arrangement by|strings arrangement by|string arrangement|strings arrangement|스트링 편곡|스트링편곡|현악 편곡",
    ),
    (
        "producer",
        "",
        "produced by|producer|producers|프로듀서|프로듀싱",
    ),
    (
        "ost_producer",
        "",
        "ost produced by|executive producer|ost producer|ost 제작|총괄 프로듀서|총괄프로듀서",
    ),
    (
        "music_director",
        "",
        "music directed by|music director|music supervisor|음악감독|음악 감독",
    ),
    (
        "vocals",
        "",
        "vocals by|vocal by|sung by|vocals|vocal|singer|song by|노래|보컬|가창",
    ),
    ("featuring", "", "featuring|feat.|feat|ft.|피처링|피쳐링"),
    ("rap", "", "rap by|rap|랩"),
    (
        "chorus",
        "",
        "background vocals by|chorus by|background vocals|background vocal|chorus|backing vocals|코러스",
    ),
    (
        "narration",
        "",
        "narration by|narrated by|narration|내레이션|나레이션",
    ),
    (
        "programming",
        "",
        "programmed by|programming by|midi programming by|midi programming|programming|midi|프로그래밍|미디|미디 프로그래밍",
    ),
    (
        "recording_engineer",
        "",
        "recorded by|recording by|recording engineer|recording engineers|recording|녹음|레코딩",
    ),
    (
        "mix_engineer",
        "",
        "mixed by|mixing by|mix by|mixing engineer|mix engineer|mixing|mixed|mix|믹싱|믹스",
    ),
    (
        "mastering_engineer",
        "",
        "mastered by|mastering by|mastering engineer|mastering|mastered|마스터링",
    ),
    (
        "vocal_director",
        "",
        "vocal directed by|vocal directing by|vocal directing|vocal director|보컬 디렉팅|보컬디렉팅|보컬 디렉터",
    ),
    ("studio", "recording", "recorded at"),
    ("studio", "mixing", "mixed at"),
    ("studio", "mastering", "mastered at"),
    ("studio", "", "studio|녹음실|스튜디오"),
    (
        "publisher",
        "",
        "published by|publisher|music publisher|발매",
    ),
    ("label", "", "label|record label|레이블"),
    (
        "distributor",
        "",
        "distributed by|distributor|distribution|유통|유통사",
    ),
    ("ost_company", "", "ost 제작사|ost company"),
    (
        "instrument",
        "piano",
        "piano by|piano|piano performed by|피아노",
    ),
    (
        "instrument",
        "keyboards",
        "keyboard by|keyboards by|keyboard|keyboards|키보드|건반",
    ),
    (
        "instrument",
        "guitar",
        "guitar by|guitars by|guitar|guitars|기타",
    ),
    (
        "instrument",
        "acoustic guitar",
        "acoustic guitar by|acoustic guitar|어쿠스틱 기타",
    ),
    (
        "instrument",
        "electric guitar",
        "electric guitar by|electric guitar|일렉 기타|일렉기타",
    ),
    (
        "instrument",
        "bass",
        "bass by|bass|bass guitar by|bass guitar|베이스",
    ),
    ("instrument", "drums", "drums by|drum by|drums|drum|드럼"),
    (
        "instrument",
        "percussion",
        "percussion by|percussion|퍼커션",
    ),
    (
        "instrument",
        "strings",
        "strings by|string by|strings|string|스트링|현악",
    ),
    ("instrument", "violin", "violin by|violin|바이올린"),
    ("instrument", "viola", "viola by|viola|비올라"),
    ("instrument", "cello", "cello by|cello|첼로"),
    ("instrument", "flute", "flute by|flute|플루트"),
    (
        "instrument",
        "synthesiser",
        "synthesizer by|synthesizer|synth by|synth|신스|신디사이저",
    ),
];
