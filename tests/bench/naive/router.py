"""The twin's tables are in the twin's database."""


class Router:
    def db_for_read(self, model, **hints):
        return "twin" if model._meta.app_label == "naive" else None

    db_for_write = db_for_read

    def allow_migrate(self, db, app_label, **hints):
        return False if db == "twin" or app_label == "naive" else None
