"""How fast the site is at three sizes, against a naive twin of it and a bare view; `make bench`.

Numbers are CPU time in one process, and only ratios within one run say something: machines differ,
and so does one machine from hour to hour. Data is made by seed, so that every run asks the same.
"""

SIZES = {"S": 100, "M": 2_000, "L": 20_000}  # summits; ten sessions, ten commitments each
