"""The building: settings, addresses' root, middleware. No knowledge of the record lives here."""
