"""A whole summit file, and the ways to break it: each with every line the loader must say.

A case is a list of replacements in `WHOLE`; what is expected is exact: line, column, path, what
was found, what is allowed.
"""

WHOLE = """\
format: 1
slug: 2026-01-13-nara
code: 2026-nara
title:
  en: Summit in Nara
  ko: 나라 정상회담
event_status: held
starts: 2026-01-13
ends: 2026-01-14
timezone: Asia/Tokyo
city:
  en: Nara
country: jpn
checked_on: 2026-02-13
latitude: 34.685
cites: [s01]

delegations:
  - party: jpn
    role: host
  - party: kor
    role: guest

attendances:
  - participant: lee-jae-myung
    party: kor
    capacity: head-of-state

sessions:
  - key: talks
    kind: talks
    title:
      en: Talks
    date: 2026-01-13
    minutes: "20"

commitments:
  - number: 1
    title:
      en: Trade talks
    parties: [jpn, kor]
    kind: new
    topics: [trade]
    session: talks
    wordings:
      - party: kor
        verb: agreed
        gist:
          en: Agreed to talk
        exact: 합의했다
        exact_lang: ko
        cites: [s01]
    progress:
      - key: 2026-01-14-step
        date: 2026-01-14
        kind: step
        status: in-progress
        text:
          en: A first round
        cites: [s02 p. 3]
  - number: 2
    title:
      en: Youth visits
    parties: [jpn]
    kind: new

differences:
  - key: length
    question:
      en: How long did they talk?
    about: [sessions.talks.minutes]
    kind: counting
    values:
      - says: 20 minutes
        cites: [s01]
      - says: 88 minutes
        cites: [s02]

sources:
  - key: s01
    title: Readout
    language: en
    publisher: Office of the President
    kind: official
    published_on: 2026-01-14
    url: https://example.org/1
    read: whole
  - key: s02
    publisher: Ministry of Foreign Affairs
    kind: official
    published_on: 2026-01-15
    read: part

vocabulary:
  participants:
    - slug: lee-jae-myung
      kind: person
      name:
        ko: 이재명
  parties:
    - slug: jpn
      kind: state
      name:
        en: Japan
    - slug: kor
      kind: state
      name:
        en: Republic of Korea
  topics:
    - slug: trade
      name:
        en: Trade
"""


ANOTHER_WORDING = """\
      - party: kor
        verb: welcomed
        gist:
          en: Welcomed
        cites: [s01]
"""

Edits = list[tuple[str | None, str]]  # what is replaced (None: all of it), and by what

BROKEN: dict[str, tuple[Edits, list[str]]] = {
    # names
    "unknown fact of the summit": (
        [("city:\n", "citty:\n")],
        [
            (
                "11:1: citty: “citty” is not known here. Did you mean “city”? Allowed: format, "
                "vocabulary, slug, code, formerly, title, also, setting, event_status, "
                "outcome, starts, ends, timezone, city, region, country, venue, within, "
                "series, series_number, topics, summary, checked_on, latitude, longitude, "
                "cites, delegations, attendances, sessions, commitments, statements, gifts, "
                "notes, differences, sources."
            ),
        ],
    ),
    "unknown fact of a child": (
        [("    minutes:", "    minuts:")],
        [
            (
                "35:5: sessions.talks.minuts: “minuts” is not known here. Did you mean "
                "“minutes”? Allowed: key, formerly, kind, title, date, time, until, minutes, "
                "venue, summary, parties, participants, cites."
            ),
        ],
    ),
    "unknown language": (
        [("  ko: 나라", "  kr: 나라")],
        [
            "6:3: title.kr: “kr” is not known here. Allowed: en, ko, ja.",
        ],
    ),
    "unknown kind of vocabulary": (
        [("  topics:\n    - slug", "  topcs:\n    - slug")],
        [
            (
                "109:3: vocabulary.topcs: “topcs” is not known here. Did you mean “topics”? "
                "Allowed: participants, parties, topics, series, relations."
            ),
            (
                "43:14: commitments.1.topics.1: No topic “trade” is known. Add it to the "
                "vocabulary first, or to the file's own `vocabulary`."
            ),
        ],
    ),
    "name written twice": (
        [("ends: 2026-01-14\n", "ends: 2026-01-14\nstarts: 2026-01-12\n")],
        [
            "10:1: starts: “starts” stands here twice, first in line 8; keep one.",
        ],
    ),
    "name left out": (
        [("    kind: talks\n", "    : talks\n")],
        [
            (
                "31:5: This does not fit the lines above: check the indentation and the "
                "quotation marks."
            ),
        ],
    ),
    # values
    "misspelt choice": (
        [("role: guest", "role: gest")],
        [
            (
                "22:11: delegations.kor.role: “gest” is not one of its values. Did you mean "
                "“guest”? Allowed: host, guest, member, invited, neutral-host."
            ),
        ],
    ),
    "choice without a likeness": (
        [("role: guest", "role: lodger")],
        [
            (
                "22:11: delegations.kor.role: “lodger” is not one of its values. Allowed: "
                "host, guest, member, invited, neutral-host."
            ),
        ],
    ),
    "list where a text belongs": (
        [("  en: Nara\n", "  en: [Nara]\n")],
        [
            "12:7: city.en: Found a list where one text belongs.",
        ],
    ),
    "text where languages belong": (
        [("city:\n  en: Nara\n", "city: Nara\n")],
        [
            (
                "11:7: city: Found “Nara” where a text in languages belongs: one line each for "
                "en, ko, ja."
            ),
        ],
    ),
    "map where a list belongs": (
        [
            (
                "delegations:\n  - party: jpn\n    role: host\n  - party: kor\n    role: guest\n",
                "delegations:\n  jpn: host\n  kor: guest\n",
            )
        ],
        [
            "19:3: delegations: Found a map where a list (“- …” or “[…]”) belongs.",
        ],
    ),
    "list where a map belongs": (
        [("  - number: 2\n", "  - [number, 2]\n  - number: 2\n")],
        [
            "61:5: commitments.2: Found a list where a map (“name: value” lines) belongs.",
        ],
    ),
    "word where a whole number belongs": (
        [("  - number: 2\n", "  - number: second\n")],
        [
            "61:13: commitments.second.number: Found “second” where a whole number belongs.",
        ],
    ),
    "word where a number belongs": (
        [("latitude: 34.685", "latitude: 34°41′N")],
        [
            "15:11: latitude: Found “34°41′N” where a number belongs.",
        ],
    ),
    "number out of its range": (
        [("latitude: 34.685", "latitude: 134.685")],
        [
            "15:11: latitude: 134.685 is above 90, the most allowed.",
        ],
    ),
    "number too large for a database": (
        [("  - number: 2\n", "  - number: 9999999999\n")],
        [
            (
                "61:13: commitments.9999999999.number: 9999999999 is above 2147483647, the "
                "most allowed."
            ),
        ],
    ),
    "word where yes or no belongs": (
        [("    read: part\n", "    read: part\n    outcome: yes\n")],
        [
            "93:14: sources.s02.outcome: Found “yes” where true or false belongs.",
        ],
    ),
    "number where a slug belongs": (
        [("country: jpn", "country: 12")],
        [
            (
                "13:10: country: No party “12” is known. Add it to the vocabulary first, or to "
                "the file's own `vocabulary`."
            ),
        ],
    ),
    "key of the wrong form": (
        [("  - key: talks", "  - key: The Talks")],
        [
            (
                "30:10: sessions.The Talks.key: “The Talks” has the wrong form: use lower-case "
                "letters, digits and single hyphens."
            ),
            "44:14: commitments.1.session: No session “talks” in this summit.",
            (
                "71:13: differences.length.about.1: “sessions.talks.minutes” leads to nothing "
                "in this summit; write a fact (starts), a row (sessions.KEY) or a fact of a "
                "row (sessions.KEY.minutes)."
            ),
        ],
    ),
    "nothing where a value belongs": (
        [("timezone: Asia/Tokyo", "timezone:")],
        [
            "10:10: timezone: Found nothing where one text belongs.",
        ],
    ),
    "text with no language": (
        [("city:\n  en: Nara\n", "city: {}\n")],
        [
            "11:7: city: Found no language; write at least one.",
        ],
    ),
    "text that is too long": (
        [
            (
                "Office of the President",
                "OOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOOO",
            )
        ],
        [
            ("83:16: sources.s01.publisher: The text has 201 characters; at most 200 fit here."),
        ],
    ),
    "missing facts": (
        [("    publisher: Ministry of Foreign Affairs\n", ""), ("    read: part\n", "")],
        [
            "88:5: sources.s02: “publisher” is missing.",
            "88:5: sources.s02: “read” is missing.",
        ],
    ),
    "missing facts of the summit": (
        [("code: 2026-nara\n", ""), ("starts: 2026-01-13\n", "")],
        [
            "1:1: “code” is missing.",
            "1:1: “starts” is missing.",
        ],
    ),
    "no format": (
        [("format: 1\n", "")],
        [
            "1:1: The line “format: 1” is missing at the head of the file.",
        ],
    ),
    "format that is no number": (
        [("format: 1\n", "format: one\n")],
        [
            "1:9: format: Found “one”; this site reads “format: 1”.",
        ],
    ),
    "older format": (
        [("format: 1\n", "format: 0\n")],
        [
            (
                "1:9: format: Format 0 is older than 1, which this site reads: upgrade the "
                "file first, or dump the summit again from a record that has it."
            ),
        ],
    ),
    "newer format": (
        [("format: 1\n", "format: 2\n")],
        [
            (
                "1:9: format: Format 2 is newer than 1, which this site reads: update the site "
                "first."
            ),
        ],
    ),
    # dates
    "date that is none": (
        [("starts: 2026-01-13", "starts: 13.01.2026")],
        [
            (
                "8:9: starts: “13.01.2026” is not a date: write 2026, 2026-01, 2026-01-13 or, "
                "if about, 2026-01-13~."
            ),
        ],
    ),
    "date in words": (
        [("starts: 2026-01-13", "starts: about 13 January 2026")],
        [
            ("8:9: starts: “about 13 January 2026” is not a date: did you mean “2026-01-13~”?"),
        ],
    ),
    "day that does not exist": (
        [("    date: 2026-01-14\n", "    date: 2026-02-30\n")],
        [
            (
                "55:15: commitments.1.progress.2026-01-14-step.date: “2026-02-30” is not a "
                "date: February 2026 has 28 days"
            ),
        ],
    ),
    "interval turned round": (
        [("    date: 2026-01-13\n", "    date: 2026-01-14/2026-01-13\n")],
        [
            (
                "34:11: sessions.talks.date: “2026-01-14/2026-01-13” is not a date: it ends "
                "before it begins; write the earlier date first"
            ),
        ],
    ),
    "date where a full day belongs": (
        [("checked_on: 2026-02-13", "checked_on: 2026-02")],
        [
            "14:13: checked_on: “2026-02” is not a full date; write it like 2026-02-13.",
        ],
    ),
    "ends before it starts": (
        [("ends: 2026-01-14", "ends: 2026-01-12")],
        [
            "9:7: ends: The summit ends (2026-01-12) before it starts (2026-01-13).",
        ],
    ),
    # keys and references
    "source key twice": (
        [("  - key: s02", "  - key: s01")],
        [
            (
                "88:10: sources.s01.key: “s01” stands in this list twice (first as entry 1); "
                "each key may stand once."
            ),
            (
                "60:17: commitments.1.progress.2026-01-14-step.cites.1: No source “s02” in "
                "this summit. Add it under `sources` or name another."
            ),
            (
                "77:17: differences.length.values.2.cites.1: No source “s02” in this summit. "
                "Add it under `sources` or name another."
            ),
        ],
    ),
    "commitment number twice": (
        [("  - number: 2\n", "  - number: 1\n")],
        [
            (
                "61:13: commitments.1.number: “1” stands in this list twice (first as entry "
                "1); each number may stand once."
            ),
        ],
    ),
    "wording of a party twice": (
        [
            (
                "    progress:\n",
                ANOTHER_WORDING + "    progress:\n",
            )
        ],
        [
            (
                "53:16: commitments.1.wordings.kor.party: “kor” stands in this list twice "
                "(first as entry 1); each party may stand once."
            ),
        ],
    ),
    "member of a set twice": (
        [("parties: [jpn, kor]", "parties: [jpn, kor, jpn]")],
        [
            "41:25: commitments.1.parties.3: “jpn” stands in this list twice.",
        ],
    ),
    "source that is not there": (
        [("cites: [s02 p. 3]", "cites: [s20 p. 3]")],
        [
            (
                "60:17: commitments.1.progress.2026-01-14-step.cites.1: No source “s20” in "
                "this summit. Add it under `sources` or name another."
            ),
        ],
    ),
    "citation that is none": (
        [("cites: [s02 p. 3]", "cites: [S02]")],
        [
            (
                "60:17: commitments.1.progress.2026-01-14-step.cites.1: “S02” is not a "
                "citation: write a source's key, and after a space a place in it (“s14 art. "
                "118”), without commas."
            ),
        ],
    ),
    "citation of a fact that is not there": (
        [("cites: [s01]\n\n", "cites: {titel: [s01]}\n\n")],
        [
            (
                "16:9: cites.titel: “titel” is no fact of this row. Did you mean “title”? "
                "Allowed: slug, code, formerly, title, also, setting, event_status, outcome, "
                "starts, ends, timezone, city, region, country, venue, within, series, "
                "series_number, topics, summary, checked_on, latitude, longitude, all."
            ),
        ],
    ),
    "citation of a member that is not there": (
        [("    session: talks\n", "    session: talks\n    cites:\n      topics.history: [s01]\n")],
        [
            (
                "46:23: commitments.1.cites.topics.history: “history” is not among the topics "
                "of this row."
            ),
        ],
    ),
    "session that is not there": (
        [("session: talks", "session: talk")],
        [
            (
                "44:14: commitments.1.session: No session “talk” in this summit. Did you mean "
                "“talks”?"
            ),
        ],
    ),
    "about leads to nothing": (
        [("about: [sessions.talks.minutes]", "about: [sessions.talks.length]")],
        [
            (
                "71:13: differences.length.about.1: “sessions.talks.length” leads to nothing "
                "in this summit; write a fact (starts), a row (sessions.KEY) or a fact of a "
                "row (sessions.KEY.minutes)."
            ),
        ],
    ),
    "name that is not in the vocabulary": (
        [("country: jpn", "country: jpnn")],
        [
            (
                "13:10: country: No party “jpnn” is known. Did you mean “jpn”? Add it to the "
                "vocabulary first, or to the file's own `vocabulary`."
            ),
        ],
    ),
    "name of another kind": (
        [("topics: [trade]", "topics: [jpn]")],
        [
            (
                "43:14: commitments.1.topics.1: No topic “jpn” is known. Add it to the "
                "vocabulary first, or to the file's own `vocabulary`."
            ),
        ],
    ),
    "superseded entry that is not there": (
        [
            (
                "        status: in-progress\n",
                "        status: in-progress\n        supersedes: earlier\n",
            )
        ],
        [
            (
                "58:21: commitments.1.progress.2026-01-14-step.supersedes: No other entry "
                "“earlier” in this commitment's progress."
            ),
        ],
    ),
    "continues its own summit": (
        [("    session: talks\n", "    session: talks\n    continues: [2026-nara-2]\n")],
        [
            (
                "45:17: commitments.1.continues.1: 2026-nara-2 is of this same summit; "
                "`continues` points to earlier summits."
            ),
        ],
    ),
    "former key in use": (
        [("  - key: s02", "  - key: s02\n    formerly: [s01]")],
        [
            (
                "89:16: sources.s02.formerly.1: “s01” belongs to “s01” in this list; it cannot "
                "be a former key of this row too."
            ),
        ],
    ),
    "topic below itself": (
        [
            (
                "      name:\n        en: Trade\n",
                "      name:\n        en: Trade\n      parent: traed\n",
            )
        ],
        [
            (
                "113:15: vocabulary.topics.trade.parent: No topic “traed” is known. Did you "
                "mean “trade”? Add it to the vocabulary first, or to the file's own "
                "`vocabulary`."
            ),
        ],
    ),
    "only one value of a difference": (
        [("      - says: 88 minutes\n        cites: [s02]\n", "")],
        [
            "74:7: differences.length.values: At least two values are needed, found 1.",
        ],
    ),
    # words
    "address that is a script": (
        [("https://example.org/1", "javascript:alert(1)")],
        [
            "86:10: sources.s01.url: Write a public address that begins with https://.",
        ],
    ),
    "address with a user's name": (
        [("https://example.org/1", "https://user:word@example.org/1")],
        [
            "86:10: sources.s01.url: Write the address without a user's name in it.",
        ],
    ),
    "exact words without their language": (
        [("        exact_lang: ko\n", "")],
        [
            ("46:9: commitments.1.wordings.kor: Exact words need their language (`exact_lang`)."),
        ],
    ),
    "exact words without their source": (
        [("        exact_lang: ko\n        cites: [s01]\n", "        exact_lang: ko\n")],
        [
            "46:9: commitments.1.wordings.kor: Exact words need their source (`cites`).",
        ],
    ),
    "language that is none": (
        [("exact_lang: ko", "exact_lang: Korean text")],
        [
            (
                "51:21: commitments.1.wordings.kor.exact_lang: “Korean text” is not a language "
                "tag such as ko."
            ),
        ],
    ),
    "time zone that is none": (
        [("Asia/Tokyo", "Asia/Tokio")],
        [
            (
                "10:11: timezone: “Asia/Tokio” is no time zone. Did you mean “Asia/Tokyo”? "
                "Write it like Asia/Tokyo."
            ),
        ],
    ),
    # YAML that is no summit file
    "tag": (
        [("  en: Nara\n", "  en: !!python/object/apply:os.system [id]\n")],
        [
            (
                "12:7: city.en: The tag “tag:yaml.org,2002:python/object/apply:os.system” is "
                "not allowed; delete it."
            ),
        ],
    ),
    "anchor and alias": (
        [("  en: Summit in Nara", "  en: &name Summit in Nara"), ("  en: Nara\n", "  en: *name\n")],
        [
            "5:7: title.en: The anchor “&name” is not allowed; delete it.",
            "12:7: city.en: “*name” repeats another place; write the value out.",
        ],
    ),
    "merge": (
        [("city:\n", "city:\n  <<: {ko: 나라}\n")],
        [
            "12:3: city.<<: “<<” (a merge) is not allowed; write the lines out.",
        ],
    ),
    "second document": (
        [("\ndelegations:", "\n---\ndelegations:")],
        [
            "18:1: A second document begins here (“---”); a file holds one.",
        ],
    ),
    "directive": (
        [("format: 1", "%YAML 1.1\n---\nformat: 1")],
        [
            "1:1: Directives (“%…”) are not allowed; delete the line.",
        ],
    ),
    "tab": (
        [("  ko: 나라", "\tko: 나라")],
        [
            "6:1: A tab stands here; indent with spaces.",
        ],
    ),
    "quotation mark never closed": (
        [('minutes: "20"', 'minutes: "20')],
        [
            "35:14: A quotation mark is opened here and never closed.",
        ],
    ),
    "colon inside a text": (
        [("  en: Summit in Nara", "  en: Summit: in Nara")],
        [
            (
                "5:13: A second “: ” cannot stand here: put the text in double quotes, or mend "
                "the indentation."
            ),
        ],
    ),
    "bracket never closed": (
        [("parties: [jpn]", "parties: [jpn")],
        [
            ("65:9: A “,” or the closing “]” of the list is missing. (It is opened in line 64.)"),
        ],
    ),
    "indentation that fits nothing": (
        [("    kind: talks", "   kind: talks")],
        [
            (
                "31:4: Here only a further entry (“- …”) of the list may stand; check the "
                "indentation."
            ),
        ],
    ),
    "escape of a zero": (
        [("en: Trade talks", 'en: "Trade\\0talks"')],
        [
            (
                "40:11: commitments.1.title.en: The text holds the invisible character U+0000; "
                "delete it."
            ),
        ],
    ),
    "escape of a control character": (
        [("en: Trade talks", 'en: "Trade\\x07talks"')],
        [
            (
                "40:11: commitments.1.title.en: The text holds the invisible character U+0007; "
                "delete it."
            ),
        ],
    ),
    "escape of half a character": (
        [("en: Trade talks", 'en: "Trade \\uD83D"')],
        [
            "40:20: The escape stands for no character; write the character itself.",
        ],
    ),
    "zero": (
        [("en: Trade talks", "en: Trade\0talks")],
        [
            "40:16: The invisible character U+0000 stands here; delete it.",
        ],
    ),
    "control character": (
        [("  ko: 나라 정상회담", "  ko: 나라\x07 정상회담")],
        [
            "6:9: The invisible character U+0007 stands here; delete it.",
        ],
    ),
    "deeper than twelve": (
        [("about: [sessions.talks.minutes]", "about: [[[[[[[[[[]]]]]]]]]]")],
        [
            "71:21: Maps and lists stand in each other deeper than 12 levels.",
        ],
    ),
    "map as a name": (
        [("timezone: Asia/Tokyo", "? {a: b}\n: c")],
        [
            "10:3: A map or list cannot be a name; write a word.",
        ],
    ),
    "not a map": (
        [(None, "- a list\n")],
        [
            "1:1: Found a list where a map (“name: value” lines) belongs.",
        ],
    ),
    "one word": (
        [(None, "summit\n")],
        [
            "1:1: Found “summit” where a map (“name: value” lines) belongs.",
        ],
    ),
    "nothing": (
        [(None, "")],
        [
            "1:1: The file is empty.",
        ],
    ),
    "comment only": (
        [(None, "# later\n")],
        [
            "1:1: The file is empty.",
        ],
    ),
    # several at once
    "faults of all kinds at once": (
        [
            ("ends: 2026-01-14", "ends: 2026-01-12"),
            ("role: guest", "role: gest"),
            ("session: talks", "session: dinner"),
            ("cites: [s02 p. 3]", "cites: [s09]"),
            ("https://example.org/1", "javascript:alert(1)"),
            ("    date: 2026-01-14\n", "    date: 2026-02-30\n"),
        ],
        [
            (
                "22:11: delegations.kor.role: “gest” is not one of its values. Did you mean "
                "“guest”? Allowed: host, guest, member, invited, neutral-host."
            ),
            (
                "55:15: commitments.1.progress.2026-01-14-step.date: “2026-02-30” is not a "
                "date: February 2026 has 28 days"
            ),
            "9:7: ends: The summit ends (2026-01-12) before it starts (2026-01-13).",
            "44:14: commitments.1.session: No session “dinner” in this summit.",
            (
                "60:17: commitments.1.progress.2026-01-14-step.cites.1: No source “s09” in "
                "this summit. Add it under `sources` or name another."
            ),
            "86:10: sources.s01.url: Write a public address that begins with https://.",
        ],
    ),
    "source without its key": (
        [("  - key: s01\n    title", "  - title")],
        [
            "80:5: sources.1: “key” is missing.",
            (
                "16:9: cites.1: No source “s01” in this summit. Add it under `sources` or name "
                "another."
            ),
            (
                "52:17: commitments.1.wordings.kor.cites.1: No source “s01” in this summit. "
                "Add it under `sources` or name another."
            ),
            (
                "75:17: differences.length.values.1.cites.1: No source “s01” in this summit. "
                "Add it under `sources` or name another."
            ),
        ],
    ),
}


def edited(edits: Edits) -> bytes:
    """The text of `WHOLE` with every replacement made, each of which must find its place."""
    text = WHOLE
    for old, new in edits:
        assert old is None or text.count(old) == 1, old
        text = new if old is None else text.replace(old, new)
    return text.encode()
