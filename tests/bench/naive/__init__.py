"""The site as a tutorial would have it: models, generic views, django-filter, Django's templates.

Its pages show the same as the site's: the facts, texts, marks, links and controls, the frame around
them and what stands in their heads; so that a ratio compares two ways of making one page. It is
written with ordinary care, neither slowed nor tuned: indexes on what is sorted and filtered,
columns for what facets ask, `select_related` and `prefetch_related` where a page loops, one GROUP
BY for a facet.
"""
