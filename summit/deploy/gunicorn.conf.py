"""How gunicorn serves the site under systemd: `gunicorn --config`, from the project's top.

The socket is systemd's, so that no connection is refused while the service restarts.
"""

import os

from summit.logs import configuration

wsgi_app = "summit.wsgi:application"
workers = int(os.environ.get("WORKERS") or 2)
threads = 4  # beside it a slow answer holds up nobody; the proxy holds slow readers
timeout = 30  # above the database's own limits, which answer 503 first
graceful_timeout = 25  # what is asked is answered before a worker goes
keepalive = 5
limit_request_line = 8190  # what is longer than the site takes is answered by it, with its headers
max_requests, max_requests_jitter = 20_000, 2_000
worker_tmp_dir = "/dev/shm"  # a heartbeat that a full or slow disk does not stop
control_socket_disable = True
logconfig_dict = configuration(as_json=True, audit=True)
logconfig_dict["loggers"]["gunicorn.error"] = {
    "level": "INFO",
    "handlers": ["console"],
    "propagate": False,
}
