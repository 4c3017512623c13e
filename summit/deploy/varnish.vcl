# The cache in front of one or several machines of the site: Varnish 7.1 with varnish-modules, as
# Debian 12 has them. nginx ends https and asks it; hosts, ports and record.example are yours.
#
#   varnishd -f /etc/varnish/record.vcl -s malloc,512m \
#     -a front=127.0.0.1:6081 -a purge=127.0.0.1:6082
#
# `purge` is the door of the site's own machines (CACHE_URLS): on an address that only they reach.
vcl 4.1;

import directors;
import std;
import var;
import xkey;

probe ready {
  .request =
    "GET /readyz HTTP/1.1"
    "Host: record.example"
    "Connection: close";
  .interval = 1s;
  .timeout = 7s;  # /readyz itself ends after three seconds for each database
  .window = 3;
  .threshold = 2;
  .initial = 2;
}

backend one {
  .host = "127.0.0.1";
  .port = "8001";
  .probe = ready;
  .connect_timeout = 1s;
  .first_byte_timeout = 35s;
}

backend two {
  .host = "127.0.0.1";
  .port = "8002";
  .probe = ready;
  .connect_timeout = 1s;
  .first_byte_timeout = 35s;
}

sub vcl_init {
  new site = directors.round_robin();
  site.add_backend(one);
  site.add_backend(two);
}

# Who may ask for the purge door at all; the addresses of the site's machines.
acl ours {
  "127.0.0.1";
  "::1";
}

# what comes in --------------------------------------------------------------------------------------

sub vcl_recv {
  if (local.socket == "purge") {
    if (req.method != "PURGE" || client.ip !~ ours) {
      return (synth(403, "Forbidden"));
    }
    # A key is taken to the letter: no pattern, no list, nothing that could widen it.
    if (req.http.Surrogate-Key !~ "^[a-z0-9-]{1,40}$" || req.http.Record-Version !~ "^[0-9]{1,18}$") {
      return (synth(400, "Bad key"));
    }
    if (std.integer(req.http.Record-Version, 0) > std.integer(var.global_get("version"), 0)) {
      var.global_set("version", req.http.Record-Version);
    }
    # Soft: what was kept stays at hand for the time when the site is down.
    set req.http.X-Gone = xkey.softpurge(req.http.Surrogate-Key);
    return (synth(200, "Purged"));
  }
  if (req.method == "PURGE" || req.method == "BAN" || req.url ~ "^/(livez|readyz)$") {
    return (synth(403, "Forbidden"));
  }
  if (req.restarts == 0) {
    unset req.http.X-Way;
    unset req.http.X-Last;
    # The last of these is nginx, which Varnish added; the one before is the reader as nginx saw it.
    set req.http.X-Forwarded-For = regsub(req.http.X-Forwarded-For, ",[^,]*$", "");
  }
  set req.backend_hint = site.backend();
  if (req.method != "GET" && req.method != "HEAD") {
    return (pass);
  }
  # Editors and previews see everything as it is. Of readers no cookie is asked.
  if (req.url ~ "^/(admin|[a-z]+/preview)(/|\?|$)" || req.http.Cookie ~ "(^|;\s*)(__Host-session|sessionid)=") {
    return (pass);
  }
  unset req.http.Cookie;
  set req.http.X-Way = "kept";
  if (req.restarts > 0 || !std.healthy(req.backend_hint)) {
    set req.grace = 24h;
  } else {
    set req.grace = 0.2s;  # who comes later waits for the new page
  }
  return (hash);
}

# what the site answers --------------------------------------------------------------------------------

sub vcl_backend_response {
  if (beresp.status >= 500 && bereq.http.X-Way) {
    if (bereq.is_bgfetch) {
      return (abandon);  # what is kept stays
    }
    if (bereq.retries == 0) {
      return (retry);  # of another machine
    }
    if (!bereq.http.X-Last) {
      return (abandon);  # vcl_synth looks for what is kept
    }
    set beresp.uncacheable = true;
    set beresp.ttl = 0s;
    set beresp.grace = 0s;
    return (deliver);
  }
  # Only what the site says may be kept; files that push everything else out are sent on.
  if (beresp.http.Cache-Control !~ "public" || beresp.http.Set-Cookie || beresp.http.Content-Type ~ "csv|zip|sqlite|octet-stream") {
    set beresp.uncacheable = true;
    set beresp.ttl = 10s;
    set beresp.grace = 0s;
    return (deliver);
  }
  set beresp.grace = 24h;
  if (beresp.http.Record-Version ~ "^[0-9]{1,18}$") {
    set beresp.http.xkey = beresp.http.Surrogate-Key;
    if (std.integer(beresp.http.Record-Version, 0) < std.integer(var.global_get("version"), 0)) {
      # Under way since before it, or from a replica that has not heard of it yet.
      set beresp.ttl = 0.2s;
    }
  }
  return (deliver);
}

sub vcl_backend_error {
  if (bereq.http.X-Way) {
    if (bereq.is_bgfetch) {
      return (abandon);
    }
    if (bereq.retries == 0) {
      return (retry);
    }
  }
  return (abandon);
}

# what goes out ----------------------------------------------------------------------------------------

sub vcl_deliver {
  if (resp.http.Record-Version ~ "^[0-9]{1,18}$" && std.integer(resp.http.Record-Version, 0) > std.integer(var.global_get("version"), 0)) {
    # A publication that nobody told of: what is older is out of date.
    var.global_set("version", resp.http.Record-Version);
    set req.http.X-Gone = xkey.softpurge("record");
  }
  unset resp.http.xkey;
  unset resp.http.Surrogate-Key;
  unset resp.http.Record-Version;
  unset resp.http.Via;
  unset resp.http.X-Varnish;
  set resp.http.X-Cache = "miss";
  if (obj.hits > 0) {
    set resp.http.X-Cache = "hit";
  }
}

sub vcl_synth {
  if (resp.status == 503 && req.http.X-Way && req.restarts == 0) {
    set req.http.X-Last = "1";
    return (restart);
  }
  unset resp.http.Via;
  unset resp.http.X-Varnish;
  set resp.http.Cache-Control = "no-store";
  set resp.http.Content-Security-Policy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  set resp.http.X-Content-Type-Options = "nosniff";
  if (resp.status == 503) {
    set resp.http.Retry-After = "10";
    set resp.http.Content-Type = "text/html; charset=utf-8";
    synthetic(std.fileread("/srv/summit-record/templates/site/503.html"));
  } else {
    set resp.http.Content-Type = "text/plain; charset=utf-8";
    if (req.http.X-Gone) {
      set resp.http.X-Gone = req.http.X-Gone;
    }
    synthetic(resp.reason + {"
"});
  }
  return (deliver);
}
