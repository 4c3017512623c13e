"""The score that MDN's HTTP Observatory would give, computed from answers.

The rules are those of its public table: each test gives one result with a modifier on 100; what
adds is counted only where the site has 90 or more without it. Source: mdn/mdn-http-observatory,
`src/grader/charts.js` (SCORE_TABLE, MINIMUM_SCORE_FOR_EXTRA_CREDIT) and `src/analyzer/`, read in
November 2026. Of the results only those that a site of this kind can get are written down; a
header of any other shape counts as invalid, with the worst modifier of its test. That a site is in
the browsers' list of preloaded hosts cannot be seen from an answer and is not counted.
"""

from __future__ import annotations

import re

FLOOR_FOR_MORE = 90
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
SIX_MONTHS = 15768000
BROAD = {"*", "http:", "https:", "data:", "ftp:", "http://*", "https://*"}
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'"}


def score(plain, secure, page):
    """`(score, {test: (result, modifier)})` of the answer over http, over https, and its page."""
    headers = secure.headers
    results = {
        "content-security-policy": of_policy(headers.get("Content-Security-Policy")),
        "cookies": of_cookies(secure.cookies),
        "cross-origin-resource-sharing": of_sharing(headers),
        "redirection": of_redirection(plain),
        "referrer-policy": of_referrer(headers.get("Referrer-Policy")),
        "strict-transport-security": of_hsts(headers.get("Strict-Transport-Security")),
        "subresource-integrity": of_integrity(page),
        "x-content-type-options": ("nosniff", 0)
        if headers.get("X-Content-Type-Options") == "nosniff"
        else ("not implemented", -5),
        "x-frame-options": of_frames(headers),
        "cross-origin-resource-policy": of_resources(headers.get("Cross-Origin-Resource-Policy")),
    }
    modifiers = [modifier for _result, modifier in results.values()]
    without = 100 + sum(one for one in modifiers if one < 0)
    more = sum(one for one in modifiers if one > 0) if without >= FLOOR_FOR_MORE else 0
    return max(0, without + more), results


def directives(policy):
    found = [part.split() for part in policy.split(";") if part.strip()]
    return {name: set(values) for name, *values in found}


def of_policy(policy):
    if not policy:
        return "not implemented", -25
    said = directives(policy)
    default = said.get("default-src", {"*"})
    script, style = said.get("script-src", default), said.get("style-src", default)
    objects = said.get("object-src", default)
    if (script & (BROAD | {"'unsafe-inline'"})) or (objects & BROAD):
        return "unsafe inline", -20
    if any("http://" in value for values in said.values() for value in values):
        return "insecure scheme", -20
    if "'unsafe-eval'" in script | style:
        return "unsafe eval", -10
    if style & (BROAD | UNSAFE):
        return "unsafe in style only", 0
    if default == {"'none'"} and said.get("form-action", {"*"}) <= {"'none'", "'self'"}:
        return "no unsafe, default-src none", 10
    return "no unsafe", 5


def of_cookies(cookies):
    if not cookies:
        return "none", 0
    kept = list(cookies.values())
    sessions = [one for one in kept if "session" in one.key]
    if not all(one["secure"] for one in kept):
        return "without secure", -20
    if not all(one["httponly"] for one in sessions):
        return "session without httponly", -30
    if not all(one["samesite"] in ("Lax", "Strict") for one in kept):
        return "secure, httponly", 0
    return "secure, httponly, samesite", 5


def of_sharing(headers):
    origin = headers.get("Access-Control-Allow-Origin")
    if origin is None or "Access-Control-Allow-Credentials" not in headers:
        return ("not implemented" if origin is None else "public, without credentials"), 0
    return "with credentials", -50


def of_redirection(plain):
    leads = plain.headers.get("Location", "")
    if plain.status_code not in (301, 302, 307, 308):
        return "missing", -20
    return ("to https", 0) if leads.startswith("https://") else ("not to https", -20)


def of_referrer(policy):
    if policy is None:
        return "not implemented", 0
    return ("private", 5) if policy in PRIVATE else ("unsafe", -5)


def of_hsts(header):
    found = re.search(r"max-age=(\d+)", header or "")
    if not found:
        return "not implemented", -20
    return ("at least six months", 0) if int(found[1]) >= SIX_MONTHS else ("too short", -10)


def of_integrity(page):
    sources = re.findall(r"<script[^>]* src=\"([^\"]*)\"[^>]*>", page)
    if not sources:
        return "no scripts", 0
    foreign = [one for one in sources if not re.match(r"/[^/]", one)]
    return ("foreign scripts without integrity", -50) if foreign else ("all of this origin", 0)


def of_frames(headers):
    said = directives(headers.get("Content-Security-Policy", ""))
    if "frame-ancestors" in said and not said["frame-ancestors"] & BROAD:
        return "by policy", 5
    known = headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN")
    return ("deny or sameorigin", 0) if known else ("not implemented", -20)


def of_resources(header):
    if header is None:
        return "not implemented", 0
    return ("of this site", 10) if header in ("same-origin", "same-site") else ("cross-origin", 0)
