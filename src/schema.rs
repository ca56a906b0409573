// Written by the migrations' author to match them; a test compares it with both stores.

diesel::table! {
    pages (id) {
        id -> BigInt,
        kind -> Text,
        slug -> Text,
        state -> Text,
        title -> Text,
        native -> Text,
        disambiguation -> Text,
        sort_key -> Text,
        revision_id -> Nullable<BigInt>,
        last_row -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        merged_into -> Nullable<BigInt>,
        deletion_note -> Text,
        protection -> Text,
    }
}

diesel::table! {
    revisions (id) {
        id -> BigInt,
        page_id -> BigInt,
        number -> BigInt,
        parent_id -> Nullable<BigInt>,
        author -> Text,
        created_at -> BigInt,
        note -> Text,
        changed -> Text,
        tags -> Text,
        content -> Text,
        hides_text -> Bool,
        hides_note -> Bool,
        hides_author -> Bool,
    }
}

diesel::table! {
    hidden_parts (revision_id, part) {
        revision_id -> BigInt,
        part -> Text,
        value -> Text,
        reason -> Text,
        hidden_by -> Text,
        hidden_at -> BigInt,
    }
}

diesel::table! {
    takebacks (revision_id) {
        revision_id -> BigInt,
        page_id -> BigInt,
        number -> BigInt,
        from_number -> BigInt,
        to_number -> BigInt,
    }
}

diesel::table! {
    redirects (kind, slug) {
        kind -> Text,
        slug -> Text,
        page_id -> BigInt,
    }
}

diesel::table! {
    changes (id) {
        id -> BigInt,
        page_id -> BigInt,
        revision_id -> Nullable<BigInt>,
        action -> Text,
        author -> Text,
        note -> Text,
        touched -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    title_keys (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        kind -> Text,
        value -> Text,
        locale -> Text,
        name_kind -> Text,
        norm -> Text,
        jamo -> Text,
        initials -> Text,
        folded -> Text,
    }
}

diesel::table! {
    page_links (id) {
        id -> BigInt,
        from_id -> BigInt,
        to_id -> Nullable<BigInt>,
        to_kind -> Text,
        to_slug -> Text,
        relation -> Text,
    }
}

diesel::table! {
    external_links (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        url -> Text,
    }
}

diesel::table! {
    facets (page_id, facet, value) {
        page_id -> BigInt,
        kind -> Text,
        facet -> Text,
        value -> Text,
        sort_key -> Text,
    }
}

diesel::table! {
    tallies (kind, facet, value) {
        kind -> Text,
        facet -> Text,
        value -> Text,
        label -> Text,
        pages -> BigInt,
    }
}

diesel::table! {
    song_uses (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        position -> BigInt,
        drama_id -> BigInt,
        role -> Text,
        about -> Text,
        note -> Text,
        rank -> Text,
        reason -> Text,
        is_unverified -> Bool,
    }
}

diesel::table! {
    artist_credits (page_id, version_id, position) {
        page_id -> BigInt,
        version_id -> BigInt,
        position -> BigInt,
        version_kind -> Text,
        artist_id -> Nullable<BigInt>,
        name -> Text,
        join_phrase -> Text,
        is_unverified -> Bool,
    }
}

diesel::table! {
    credits (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        position -> BigInt,
        role -> Text,
        artist_id -> Nullable<BigInt>,
        name -> Text,
        detail -> Text,
        rank -> Text,
        is_unverified -> Bool,
    }
}

diesel::table! {
    cues (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        drama_id -> BigInt,
        season -> BigInt,
        episode -> BigInt,
        place -> BigInt,
        begin_s -> Nullable<BigInt>,
        end_s -> Nullable<BigInt>,
        part -> Text,
        cut -> Text,
        version_id -> Nullable<BigInt>,
        cue_kind -> Text,
        description -> Text,
        characters -> Text,
        moods -> Text,
        spoiler -> Nullable<BigInt>,
        certainty -> Text,
        rank -> Text,
    }
}

diesel::table! {
    episode_songs (drama_id, season, episode, song_id) {
        drama_id -> BigInt,
        season -> BigInt,
        episode -> BigInt,
        song_id -> BigInt,
        cues -> BigInt,
        first_place -> BigInt,
    }
}

diesel::table! {
    castings (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        position -> BigInt,
        character -> Text,
        character_ko -> Text,
        artist_id -> Nullable<BigInt>,
        name -> Text,
        part -> Text,
    }
}

diesel::table! {
    memberships (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        position -> BigInt,
        member_id -> Nullable<BigInt>,
        name -> Text,
        member_kind -> Text,
        begin_date -> Text,
        end_date -> Text,
    }
}

diesel::table! {
    album_facts (page_id) {
        page_id -> BigInt,
        drama_id -> Nullable<BigInt>,
        album_kind -> Text,
        part -> Text,
        place -> BigInt,
        release_date -> Text,
        label -> Text,
    }
}

diesel::table! {
    tracks (page_id, row_id) {
        page_id -> BigInt,
        row_id -> BigInt,
        place -> BigInt,
        song_id -> Nullable<BigInt>,
        version_id -> Nullable<BigInt>,
        title -> Text,
    }
}

diesel::table! {
    drama_facts (page_id) {
        page_id -> BigInt,
        first_aired -> Text,
        last_aired -> Text,
        episodes -> Nullable<BigInt>,
        networks -> Text,
    }
}

diesel::table! {
    article_facts (page_id) {
        page_id -> BigInt,
        summary -> Text,
    }
}

diesel::table! {
    users (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        password -> Text,
        role -> Text,
        state -> Text,
        created_at -> BigInt,
        blocked_until -> Nullable<BigInt>,
        block_reason -> Text,
    }
}

diesel::table! {
    patrols (revision_id) {
        revision_id -> BigInt,
        patrolled_by -> Text,
        patrolled_at -> BigInt,
    }
}

diesel::table! {
    watches (user_id, page_id) {
        user_id -> BigInt,
        page_id -> BigInt,
        is_wide -> Bool,
        seen -> BigInt,
        expires_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    sessions (token_hash) {
        token_hash -> Text,
        user_id -> BigInt,
        form_token -> Text,
        device -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    login_attempts (id) {
        id -> BigInt,
        bucket -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    invites (token_hash) {
        token_hash -> Text,
        role -> Text,
        created_at -> BigInt,
        expires_at -> BigInt,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        created_at -> BigInt,
        user_id -> Nullable<BigInt>,
        author -> Text,
        action -> Text,
        page_id -> Nullable<BigInt>,
        subject_id -> Nullable<BigInt>,
        reason -> Text,
        details -> Text,
    }
}

diesel::table! {
    drafts (user_id, place) {
        user_id -> BigInt,
        place -> Text,
        fields -> Text,
        saved_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    pages,
    revisions,
    takebacks,
    drafts,
    hidden_parts,
    patrols,
    watches,
    redirects,
    changes,
    title_keys,
    page_links,
    external_links,
    facets,
    tallies,
    song_uses,
    artist_credits,
    credits,
    cues,
    episode_songs,
    castings,
    memberships,
    album_facts,
    tracks,
    drama_facts,
    article_facts,
    users,
    sessions,
    login_attempts,
    invites,
    audit,
);
