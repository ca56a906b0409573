//! A large catalogue, written as content files and saved through the one way there is to save.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use yeoun::db::{Db, DbError, Settings, Store};
use yeoun::models::catalogue::{self, starter};
use yeoun::models::mood;
use yeoun::models::user::Editor;

use crate::data::CueRow;
use crate::seeds::{Dice, DramaSeed, Seeds, SongSeed};
use crate::{Outcome, machine};

/// The moment everything is saved at.
const AT: i64 = 1_772_323_200_000_000;
/// Dramas saved at once, each with its songs and its album: some three hundred pages.
const BATCH: usize = 20;

type Files = Vec<(String, String)>;

/// Makes the catalogue in a data directory; the starter catalogue comes first.
pub fn generate(data: &Path, seeds: &Seeds) -> Outcome {
    std::fs::create_dir_all(data)?;
    let db = Db::open(&Settings::new(Store::from_url(None, data)?))?;
    db.migrate()?;
    let (begun, cpu) = (Instant::now(), machine::cpu_seconds(std::process::id())?);
    import(&db, starter::files())?;
    let artists: Files = seeds
        .artists
        .iter()
        .map(|(slug, act)| (format!("artists/{slug}.md"), artist(act)))
        .collect();
    let mut pages = artists.len();
    import(&db, artists)?;
    let mut dice = Dice::new(2);
    for batch in seeds.dramas.chunks(BATCH) {
        let mut files = Files::new();
        for drama in batch {
            files.push((
                format!("dramas/{}.md", drama.slug),
                drama_file(drama, seeds, &mut dice)?,
            ));
            files.push((format!("albums/{}-ost.md", drama.slug), album_file(drama)));
            for song in &drama.songs {
                files.push((
                    format!("songs/{}.md", song.slug),
                    song_file(song, drama, seeds, &mut dice)?,
                ));
            }
        }
        pages += files.len();
        import(&db, files)?;
    }
    db.close();
    println!(
        "  saved {pages} pages in {:.0} s, {:.0} s of CPU, {}",
        begun.elapsed().as_secs_f64(),
        machine::cpu_seconds(std::process::id())? - cpu,
        machine::load()?
    );
    Ok(())
}

fn import(db: &Db, files: Files) -> Outcome {
    let report = db.write_blocking(move |conn| -> Result<_, DbError> {
        Ok(catalogue::import(conn, &Editor::operator(), &files, AT)?)
    })?;
    match report.problems.first() {
        Some(problem) => Err(format!("{} problems, first {problem}", report.problems.len()).into()),
        None => Ok(()),
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|letter| !letter.is_control())
        .take(80)
        .collect();
    format!(
        "\"{}\"",
        plain.trim().replace('\\', "\\\\").replace('"', "\\\"")
    )
}

fn names(title: &str, native: &str) -> String {
    let row = |value: &str, locale: &str| {
        format!(
            "[[names]]\nvalue = {}\nlocale = \"{locale}\"\nkind = \"official\"\nprimary = true\n\n",
            quoted(value)
        )
    };
    let native = if native.is_empty() {
        String::new()
    } else {
        row(native, "ko")
    };
    format!("{}{native}", row(title, "en"))
}

const SOURCES: &str = "[[sources]]\nid = 1\npublisher = \"A newspaper\"\ndetail = \"article 1425610\"\n\n\
    [[sources]]\nid = 2\npublisher = \"Public data set\"\ndetail = \"first table\"\n\n\
    [[sources]]\nid = 3\npublisher = \"An encyclopedia\"\ndetail = \"article of that name\"\n+++\n\n";

fn artist(act: &crate::data::ActRow) -> String {
    let kind = if act.is_group { "group" } else { "person" };
    let names = names(&act.name, &act.native);
    format!(
        "+++\ntype = \"{kind}\"\n\n{names}{SOURCES}Heard in many a drama, most often at the end of an episode.\n"
    )
}

fn drama_file(drama: &DramaSeed, seeds: &Seeds, dice: &mut Dice) -> Outcome<String> {
    let row = &drama.row;
    let words = |words: &[String]| {
        words
            .iter()
            .map(|word| quoted(word))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut text = format!(
        "+++\nkind = \"series\"\nnetworks = [{}]\n",
        words(&row.networks)
    );
    if !row.aired.is_empty() {
        let _ = writeln!(text, "first_aired = {}", quoted(&row.aired));
    }
    let genres: Vec<String> = row
        .genres
        .iter()
        .map(|genre| genre.to_lowercase())
        .collect();
    let _ = writeln!(
        text,
        "episodes = {}\ngenres = [{}]",
        row.episodes,
        words(&genres)
    );
    let _ = writeln!(
        text,
        "moods = [{}, \"wistful\"]\n",
        quoted(dice.of(&mood::ALL)?.slug),
    );
    text.push_str(&names(&row.title, &row.native));
    let (director, _) = dice.of(&seeds.artists)?;
    let _ = write!(
        text,
        "[[credits]]\nrole = \"music_director\"\nartist = \"artist:{director}\"\nsources = [1]\n\n"
    );
    for (at, actor) in row.cast.iter().take(8).enumerate() {
        let part = if at < 4 { "main" } else { "support" };
        let _ = write!(
            text,
            "[[cast]]\ncharacter = \"Role {at}\"\ntext = {}\npart = \"{part}\"\n\n",
            quoted(actor)
        );
    }
    text.push_str(SOURCES);
    let _ = write!(
        text,
        "The music is by [[artist:{director}]],[^1] and there is much of it.\n\n"
    );
    for (at, song) in drama.songs.iter().take(10).enumerate() {
        let _ = writeln!(
            text,
            "[[song:{}]] is heard in episode {} at a moment nobody forgets.",
            song.slug,
            at + 1
        );
    }
    text.push_str("\n[^1]: A newspaper, article 1425610.\n");
    Ok(text)
}

fn album_file(drama: &DramaSeed) -> String {
    let title: String = drama.row.title.chars().take(70).collect();
    let mut text = format!(
        "+++\ndrama = \"drama:{}\"\nkind = \"album\"\npart = \"OST\"\norder = 900\n\n",
        drama.slug
    );
    text.push_str(&names(&format!("{title} OST"), ""));
    for (song, position) in drama.songs.iter().zip(1..) {
        let _ = write!(
            text,
            "[[tracks]]\nposition = {position}\nsong = \"song:{}\"\nversion = 1\nsources = [1]\n\n",
            song.slug
        );
    }
    text.push_str(SOURCES);
    text
}

fn song_file(
    song: &SongSeed,
    drama: &DramaSeed,
    seeds: &Seeds,
    dice: &mut Dice,
) -> Outcome<String> {
    let (singer, _) = dice.of(&seeds.artists)?;
    let (second, _) = dice.of(&seeds.artists)?;
    let (writer, _) = dice.of(&seeds.artists)?;
    let moods = [dice.of(&mood::ALL)?.slug, dice.of(&mood::ALL)?.slug];
    let mut text = format!(
        "+++\nmoods = [\"{}\", \"{}\"]\n\n{}",
        moods[0],
        moods[1],
        names(&song.title, &song.native)
    );
    let role = *dice.of(&["insert", "title", "ending", "couple_theme"])?;
    let _ = write!(
        text,
        "[[uses]]\ndrama = \"drama:{}\"\nrole = \"{role}\"\nsources = [1]\n\n",
        drama.slug
    );
    let credit = if dice.below(3) == 0 && singer != second {
        format!(
            "{{ artist = \"artist:{singer}\", join = \" & \" }}, {{ artist = \"artist:{second}\" }}"
        )
    } else {
        format!("{{ artist = \"artist:{singer}\" }}")
    };
    let (minutes, seconds, day) = (3 + dice.below(2), dice.below(60), 1 + dice.below(28));
    let year = 2000 + dice.below(26);
    let _ = write!(
        text,
        "[[versions]]\nid = 1\nkind = \"vocal\"\ncredit = [{credit}]\nlength = \"{minutes}:{seconds:02}\"\n\
         released = \"{year}-03-{day:02}\"\nsources = [1, 2]\n\n"
    );
    for role in ["lyricist", "composer", "arranger"] {
        let _ = write!(
            text,
            "[[credits]]\nrole = \"{role}\"\nartist = \"artist:{writer}\"\nsources = [1]\n\n"
        );
    }
    for (at, cue) in song.cues.iter().enumerate() {
        text.push_str(&cue_rows(cue, &drama.slug, at % 4 == 0));
    }
    text.push_str(SOURCES);
    let _ = write!(
        text,
        "One of the songs of [[drama:{}]], and not the least. [[artist:{singer}]] sings it; it came out on {day} March {year}, at \
         a running time of {minutes}:{seconds:02}.[^1] Words and music are by [[artist:{writer}]], who wrote it in one night, as \
         the story goes, and never changed a bar of it.\n\n\
         It is heard where the two leads part, and again where they do not.[^2] The *second* time the strings are left out, and a \
         piano plays what they played.\n\n**What the sources disagree about.** The day of release: one source has it a day \
         earlier,[^3] which a release at midnight in Seoul would explain.\n\n[^1]: A newspaper, article 1425610.\n\
         [^2]: Public data set, first table.\n[^3]: An encyclopedia.\n",
        drama.slug
    );
    Ok(text)
}

fn cue_rows(cue: &CueRow, drama: &str, described: bool) -> String {
    let time = |seconds: u32| {
        format!(
            "{}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    };
    let mut text = format!("[[cues]]\ndrama = \"drama:{drama}\"\n");
    if cue.season > 1 {
        let _ = writeln!(text, "season = {}", cue.season);
    }
    let (begin, end) = (time(cue.begin), time(cue.end));
    let _ = write!(
        text,
        "episode = {}\nbegin = \"{begin}\"\nend = \"{end}\"\nversion = 1\nkind = \"underscore\"\n",
        cue.episode
    );
    if mood::find(&cue.mood).is_some() {
        let _ = writeln!(text, "moods = [\"{}\"]", cue.mood);
    }
    if described {
        text.push_str("description = \"They meet again where they parted, and neither speaks.\"\n");
    }
    text.push_str("certainty = \"likely\"\nsources = [2]\n\n");
    text
}
