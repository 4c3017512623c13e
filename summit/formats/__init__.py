"""How the editors' pages write days and times: as the record does, on a clock of 24 hours."""
