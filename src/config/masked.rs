//! Passwords in addresses are not for the eyes of whoever looks over the operator's shoulder.

/// Replaces the password of a database address: between the first `:` of the user part and the last `@`, and in a
/// `password=` parameter.
pub(super) fn masked(url: &str) -> String {
    let (head, query) = url
        .split_once('?')
        .map_or((url, None), |(head, query)| (head, Some(query)));
    let mut shown = match head
        .split_once("://")
        .map(|(scheme, rest)| (scheme, rest.rsplit_once('@')))
    {
        Some((scheme, Some((user, host)))) => match user.split_once(':') {
            Some((name, _)) => format!("{scheme}://{name}:***@{host}"),
            None => head.to_owned(),
        },
        _ => head.to_owned(),
    };
    if let Some(query) = query {
        let pairs = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if name.to_ascii_lowercase().contains("password") => {
                format!("{name}=***")
            }
            _ => pair.to_owned(),
        });
        shown.push('?');
        shown.push_str(&pairs.collect::<Vec<_>>().join("&"));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn passwords_are_never_printed() {
        assert_eq!(
            masked("postgres://me:s3:c@ret@db:5432/x"),
            "postgres://me:***@db:5432/x"
        );
        assert_eq!(
            masked("postgres://me@db/x?sslmode=require&password=s3cret"),
            "postgres://me@db/x?sslmode=require&password=***"
        );
        assert_eq!(masked("postgres://db/x"), "postgres://db/x");
        assert_eq!(
            masked("sqlite:/var/lib/yeoun.db"),
            "sqlite:/var/lib/yeoun.db"
        );
    }
}
