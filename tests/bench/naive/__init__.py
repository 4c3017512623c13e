"""The site as a tutorial would have it: models, generic views, django-filter, Django's templates.

It shows what the site's pages show of the same data, and is written with ordinary care: indexes on
what is sorted and filtered, `select_related` and `prefetch_related` throughout.
"""
