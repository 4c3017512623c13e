"""A site of its own, broken in every way we know; `make faults` counts what that costs.

Each script gives Figures. Nothing that was acknowledged may be lost, nothing may be half done, and
what readers and editors meet meanwhile is what `summit/deploy/README.md` says.
"""
